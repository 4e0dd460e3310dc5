"""What is looked at of code that has stopped, as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from tui.render.rowops import crop, row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.sanitize import clean
from tui.screens.debugging.inspection import FailedEntry, FrameEntry, HeldEntry, ScopeEntry

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.debugging.protocol import Frame
    from tui.screens.debugging.inspection import Entry

_NAME: Final = Style(Role.STRONG, bold=True)
_MUTED: Final = Style(Role.MUTED)
_VALUE: Final = Style(Role.CODE)
_CHOSEN: Final = Style(Role.WARNING, bold=True)
_LONGEST: Final = 500
"""Characters of a value that are looked at."""


def row_of(entry: Entry, width: int, place_of: Callable[[Frame], str]) -> Row:
    """An entry in at most `width` cells; `place_of` says where in the notebook a frame is."""
    match entry:
        case FrameEntry(frame, is_chosen):
            row = _frame_row(frame, place_of(frame), is_chosen=is_chosen)
        case ScopeEntry(scope, is_open):
            row = (*text_row(f" {_sign(1, is_open=is_open)} "), *text_row(clean(scope.name), _MUTED))
        case HeldEntry():
            row = _held_row(entry)
        case FailedEntry(expression, why):
            said = " ".join(clean(why[-_LONGEST:].strip().rpartition("\n")[2]).split())
            row = (*text_row(f" › {_line(expression)}  ", _NAME), *text_row(said, Style(Role.ERROR)))
        case _:
            assert_never(entry)
    if row_width(row) <= width:
        return row
    return (*crop(row, 0, width - 1), *text_row("…", row[-1].style))


def _frame_row(frame: Frame, place: str, *, is_chosen: bool) -> Row:
    mark = text_row(" -> " if is_chosen else "    ", _CHOSEN)
    where = place or f"{clean(frame.path.rpartition('/')[2])}:{frame.line}"
    return (*mark, *text_row(_line(frame.name), _NAME), *text_row(f"  {where}", _MUTED))


def _held_row(entry: HeldEntry) -> Row:
    held = entry.held
    lead = "›" if entry.is_result else " "
    indent = "  " * max(0, entry.depth - 1)
    sign = _sign(held.reference, is_open=entry.is_open)
    return (
        *text_row(f" {indent}{lead}{sign} " if entry.depth or entry.is_result else f" {sign} "),
        *text_row(_line(held.name), _NAME),
        *text_row(f"  {_line(held.type_name)}" if held.type_name else "", _MUTED),
        *text_row(f"  {_line(held.value)}", _VALUE),
    )


def _sign(reference: int, *, is_open: bool) -> str:
    if not reference:
        return " "
    return "-" if is_open else "+"


def _line(text: str) -> str:
    return clean(text[:_LONGEST].replace("\n", "↵"))
