r"""LaTeX as kernels print it (`text/latex`): one formula, or words with formulas among them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tui.render.markdown.flow import flow
from tui.render.math.typesetting import NotTypeset, typeset_display, typeset_inline
from tui.render.rowops import text_row
from tui.sanitize import clean_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.render.rows import Row

_OPENING: Final = re.compile(r"\$\$?|\\[\[(]|\\begin\{(?P<name>[A-Za-z]+\*?)\}")
_UP_TO_DOLLAR: Final = re.compile(r"(?:[^$\\]|\\.)+", re.DOTALL)
_CLOSING: Final = {"\\[": "\\]", "\\(": "\\)"}
_IN_LINE: Final = ("$", "\\(")
_NOT_WORDS: Final = re.compile(r"[\\{}$&#^_%~]")
_LONGEST: Final = 20_000
_WIDE_ENOUGH: Final = 10_000


@dataclass(frozen=True, slots=True)
class _Words:
    text: str


@dataclass(frozen=True, slots=True)
class _Formula:
    source: str
    is_displayed: bool


def typeset_latex(source: str, width: int) -> Sequence[Row] | NotTypeset:
    """The rows of a LaTeX output, at most `width` cells wide.

    A formula alone is displayed, also between single dollars, as sympy writes it. Among words it stands in
    the line.
    """
    if len(source) > _LONGEST:
        return NotTypeset("it is too long to be set")
    parts = _parts("\n".join(clean_lines(source)).strip())
    if isinstance(parts, NotTypeset):
        return parts
    if len(parts) == 1:
        parts = [_Formula(part.source, True) if isinstance(part, _Formula) else part for part in parts]
    rows: list[Row] = []
    line: list[Row] = []

    def end_line() -> None:
        words = tuple(span for row in line for span in row)
        if any(span.text.strip() for span in words):
            rows.extend(flow(words, width))
        line.clear()

    for part in parts:
        match part:
            case _Words():
                line.append(text_row(part.text))
            case _Formula(is_displayed=True):
                end_line()
                displayed = typeset_display(part.source, width)
                if isinstance(displayed, NotTypeset):
                    return displayed
                rows.extend(displayed.rows)
            case _Formula():
                inline = typeset_inline(part.source)
                if isinstance(inline, NotTypeset):
                    return inline
                line.append(inline)
    end_line()
    return rows or NotTypeset("it has nothing to be seen")


def can_be_typeset(source: str) -> bool:
    """Whether a page that is wide enough could show it."""
    return not isinstance(typeset_latex(source, _WIDE_ENOUGH), NotTypeset)


def _parts(text: str) -> list[_Words | _Formula] | NotTypeset:
    parts: list[_Words | _Formula] = []
    at = 0
    while found := _OPENING.search(text, at):
        _add_words(parts, text[at : found.start()])
        at = _end_of(text, found)
        if at < 0:
            return NotTypeset("its mathematics has no end")
        parts.append(_Formula(text[found.start() : at], found.group() not in _IN_LINE))
    _add_words(parts, text[at:])
    if any(isinstance(part, _Words) and _NOT_WORDS.search(part.text) for part in parts):
        return NotTypeset("it is more than words and mathematics")
    return parts


def _end_of(text: str, opening: re.Match[str]) -> int:
    """Where the mathematics ends that was opened so; -1 where it does not."""
    if opening.group().startswith("$"):
        inner = _UP_TO_DOLLAR.match(text, opening.end())
        is_closed = inner is not None and text.startswith(opening.group(), inner.end())
        return inner.end() + len(opening.group()) if inner is not None and is_closed else -1
    closing = _CLOSING.get(opening.group()) or f"\\end{{{opening['name']}}}"
    start = text.find(closing, opening.end())
    return -1 if start < 0 else start + len(closing)


def _add_words(parts: list[_Words | _Formula], text: str) -> None:
    if words := re.sub(r"\s+", " ", text):
        parts.append(_Words(words))
