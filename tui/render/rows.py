"""Rows: one terminal line of styled text each, the only thing that a renderer makes.

Text in a span is printable and sanitized, holds no line break, tab or control, and its width in cells is
known. Colours are roles of the theme, or what the content itself asked for by SGR.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple, TypeAlias


class Role(Enum):
    """What a piece of text is; the theme says how that looks."""

    TEXT = "text"
    MUTED = "muted"
    FAINT = "faint"
    ACCENT = "accent"
    RULE = "rule"
    RULE_STDERR = "rule-stderr"
    RULE_ERROR = "rule-error"
    OK = "ok"
    WARNING = "warning"
    ERROR = "error"
    HEADING = "heading"
    EMPHASIS = "emphasis"
    STRONG = "strong"
    LINK = "link"
    QUOTE = "quote"
    CODE = "code"
    """Code that has no colour of its own."""
    CODE_IN_PROSE = "code-in-prose"
    KEYWORD = "keyword"
    NAME_FUNCTION = "name-function"
    NAME_CLASS = "name-class"
    NAME_BUILTIN = "name-builtin"
    DECORATOR = "decorator"
    STRING = "string"
    NUMBER = "number"
    COMMENT = "comment"
    OPERATOR = "operator"


Rgb: TypeAlias = tuple[int, int, int]
Color: TypeAlias = int | Rgb
"""0-255: the terminal's palette, of which 0-15 follow the theme; or red, green, blue."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a span looks. A colour given here wins over the role's."""

    role: Role = Role.TEXT
    fg: Color | None = None
    bg: Color | None = None
    bold: bool = False
    dim: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    reverse: bool = False
    link: str | None = None
    """An http or https address, percent-encoded, without control characters."""


class Span(NamedTuple):
    """A piece of a row in one style."""

    text: str
    style: Style
    width: int
    """In terminal cells."""


Row: TypeAlias = tuple[Span, ...]
