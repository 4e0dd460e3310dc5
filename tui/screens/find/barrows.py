"""The rows of the bar in which a person types what to find."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from tui.render.rowops import crop, pad, row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.sanitize import clean

if TYPE_CHECKING:
    from tui.document.query import Query
    from tui.screens.find.search import Search

_LABEL = Style(Role.MUTED)
_ACTIVE = Style(Role.ACCENT, bold=True)
_FAINT = Style(Role.FAINT)
_CURSOR = text_row(" ", Style(reverse=True))


class Switch(Enum):
    """How what is typed is understood; the value is the letter that switches it, with alt."""

    CASE = "c"
    WORD = "w"
    REGEX = "r"
    OUTPUTS = "o"


_TITLES = {Switch.CASE: "case", Switch.WORD: "word", Switch.REGEX: "regex", Switch.OUTPUTS: "outputs"}


def is_on(query: Query, switch: Switch) -> bool:
    """Whether a switch of the query is on."""
    match switch:
        case Switch.CASE:
            return query.match_case
        case Switch.WORD:
            return query.whole_word
        case Switch.REGEX:
            return query.is_regex
        case Switch.OUTPUTS:
            return query.in_outputs


def switched(query: Query, switch: Switch) -> Query:
    """The query with a switch the other way."""
    now = not is_on(query, switch)
    match switch:
        case Switch.CASE:
            return replace(query, match_case=now)
        case Switch.WORD:
            return replace(query, whole_word=now)
        case Switch.REGEX:
            return replace(query, is_regex=now)
        case Switch.OUTPUTS:
            return replace(query, in_outputs=now)


@dataclass(frozen=True, slots=True)
class Field:
    """A line to type in."""

    label: str
    text: str
    is_active: bool
    placeholder: str = ""


def field_row(field: Field, width: int, tail: Row = ()) -> Row:
    """The line: its label, the end of what was typed, and at the right `tail`."""
    style = _ACTIVE if field.is_active else _LABEL
    label = text_row(f" {field.label} › ", style)
    room = max(1, width - row_width(label) - row_width(tail) - 1)
    text = text_row(clean(field.text))
    text = crop(text, row_width(text) - room, row_width(text))
    cursor = _CURSOR if field.is_active else ()
    rest = () if field.text else text_row(f" {field.placeholder}", _FAINT)
    row = crop((*label, *text, *cursor, *rest), 0, max(1, width - row_width(tail)))
    return (*pad(row, width - row_width(tail)), *tail)


def count_row(search: Search) -> Row:
    """How much was found, and which of it one is at."""
    if search.complaint:
        return text_row(f" {clean(search.complaint)} ", Style(Role.ERROR))
    if not search.query.text:
        return ()
    count = len(search.found)
    more = "" if search.is_over else "+"
    if not count:
        return text_row(_none_of(search.query) if search.is_over else " … ", Style(Role.WARNING))
    if search.at is None:
        return text_row(f" {count:,}{more} ", _LABEL)
    return text_row(f" {search.at + 1:,} of {count:,}{more} ", _LABEL)


def _none_of(query: Query) -> str:
    """That nothing was found, and where else to look."""
    return " none " if query.in_outputs else " none in cells; Alt+O: outputs "


def switch_places(query: Query, width: int) -> list[tuple[Switch, Row]]:
    """The switches in the order in which they stand, each as long as there is room for all of them."""
    full = [(switch, _switch_row(query, switch, f"Alt+{switch.value.upper()} ")) for switch in Switch]
    if sum(row_width(row) for _, row in full) + 1 <= width:
        return full
    return [(switch, _switch_row(query, switch, "")) for switch in Switch]


def _switch_row(query: Query, switch: Switch, key: str) -> Row:
    now = is_on(query, switch)
    sign = "●" if now else "○"
    return (*text_row(key, _LABEL), *text_row(f"{sign} {_TITLES[switch]}  ", _ACTIVE if now else _LABEL))


def switch_row(query: Query, width: int) -> Row:
    """All switches."""
    spans = tuple(span for _, row in switch_places(query, width) for span in row)
    return crop((*text_row(" "), *spans), 0, width)


def switch_at(query: Query, width: int, column: int) -> Switch | None:
    """The switch that is drawn at a column."""
    start = 1
    for switch, row in switch_places(query, width):
        if start <= column < start + row_width(row):
            return switch
        start += row_width(row)
    return None
