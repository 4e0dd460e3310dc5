"""The line at the bottom: the keys that matter now, or a message, or a question that waits for one key."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from tui.render.rowops import crop, row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MUTED = Style(Role.MUTED)
_KEY = Style(Role.TEXT)


class Severity(Enum):
    """How much a message matters."""

    INFORMATION = Role.TEXT
    WARNING = Role.WARNING
    ERROR = Role.ERROR


@dataclass(frozen=True, slots=True)
class Hint:
    """A key as a person reads it, and what it does."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Hints:
    """What the keys do now, most useful first."""

    hints: tuple[Hint, ...]
    pending: str = ""
    """Keys typed of a longer sequence."""


@dataclass(frozen=True, slots=True)
class Message:
    """Something that happened; it stays until the next action."""

    text: str
    severity: Severity = Severity.INFORMATION


@dataclass(frozen=True, slots=True)
class Question:
    """A question answered by one key; escape is always the answer "" and changes nothing."""

    text: str
    answers: Mapping[str, str]
    """Key to what it means."""


BottomLine: TypeAlias = Hints | Message | Question


def bottom_row(line: BottomLine, width: int) -> Row:
    """The line at a width; hints that do not fit are left out, texts are cut, answers only at last."""
    match line:
        case Message(text, severity):
            return crop(text_row(f" {clean(text)}", Style(severity.value)), 0, width)
        case Question(text, answers):
            keys = _pairs([*answers.items(), ("esc", "back")])
            room = max(width - row_width(keys) - 2, width // 3)
            row = text_row(f" {clean(text)}", Style(Role.WARNING, bold=True))
            return crop((*_shortened(row, room), *text_row("  ", _MUTED), *keys), 0, width)
        case Hints(hints, pending):
            return _hints_row(hints, pending, width)


@lru_cache(maxsize=4)  # most keys change nothing of it
def _hints_row(hints: tuple[Hint, ...], pending: str, width: int) -> Row:
    tail = text_row(f"{clean(pending)}… ", Style(Role.ACCENT)) if pending else ()
    room = width - row_width(tail)
    row: Row = text_row(" ", _MUTED)
    for hint in hints:
        pair = _pairs([(hint.key, hint.title)])
        if row_width(row) + row_width(pair) > room:
            break
        row = (*row, *pair)
    filler = text_row(" " * max(0, room - row_width(row)), _MUTED) if tail else ()
    return (*row, *filler, *tail)


def _shortened(row: Row, width: int) -> Row:
    if row_width(row) <= width:
        return row
    return (*crop(row, 0, width - 1), *text_row("…", row[-1].style))


def _pairs(pairs: Sequence[tuple[str, str]]) -> Row:
    return tuple(
        span for key, title in pairs for span in (*text_row(key, _KEY), *text_row(f" {title}  ", _MUTED))
    )
