"""Lays out the kernels that can be chosen as rows: under quiet headings, in columns as there is room."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kernelbridge.kernelchoices import Choice, Section
from tui.render.rowops import crop, pad, row_width, text_row
from tui.render.rows import Role, Row, Span, Style
from tui.sanitize import clean

_HEADING = Style(Role.FAINT)
_TITLE = Style()
_FITTING = Style(Role.ACCENT, bold=True)
_QUIET = Style(Role.MUTED)
_FAINT = Style(Role.FAINT)
_PROBLEM = Style(Role.WARNING)
_NOW = text_row("● ", Style(Role.OK))
_NOT_NOW = text_row("  ")
_NONE_FITS = text_row(" No kernel fits.", _QUIET)
_NONE_FOUND = text_row(" No kernel was found here: pip install ipykernel", _QUIET)
_GAP = 2
_WIDEST_LANGUAGE = 16
_WITH_DETAILS = 56
"""The narrowest width at which details have a column of their own."""


@dataclass(frozen=True, slots=True)
class KernelRow:
    """A row of the list."""

    row: Row
    choice: Choice | None = None
    """None for headings, and where there is nothing to choose."""
    is_heading: bool = False


def fitting(query: str, choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """Those in which every word of the query stands, in the order given."""
    words = query.lower().split()
    return tuple(choice for choice in choices if all(word in _searched(choice) for word in words))


def kernel_rows(choices: Sequence[Choice], query: str, width: int) -> list[KernelRow]:
    """The kernels that fit the query, section by section, in rows of at most `width` cells."""
    found = fitting(query, choices)
    if not found:
        return [KernelRow(crop(_NONE_FITS if query.strip() else _NONE_FOUND, 0, width))]
    columns = _columns(found, width)
    rows: list[KernelRow] = []
    section: Section | None = None
    for choice in found:
        if choice.section is not section:
            section = choice.section
            rows.append(KernelRow(crop(text_row(f" {section.value}", _HEADING), 0, width), is_heading=True))
        rows.append(KernelRow(crop(_row(choice, query, columns), 0, width), choice))
    return rows


def detail_row(choice: Choice | None, width: int) -> Row:
    """All that is known of the marked kernel, or why it cannot be had."""
    if choice is None:
        return ()
    style = _PROBLEM if choice.problem else _QUIET
    detail = _shortened(text_row(clean(choice.detail), style), max(1, width - 2))
    return crop((*text_row(" "), *detail), 0, width)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Their widths; 0 for those that there is no room for."""

    title: int
    detail: int
    language: int


def _columns(choices: Sequence[Choice], width: int) -> _Columns:
    room = max(1, width - row_width(_NOT_NOW) - 1)
    language = max(row_width(text_row(clean(choice.language))) for choice in choices)
    language = min(language, _WIDEST_LANGUAGE)
    language = language if language + _GAP + 16 <= room else 0
    room -= language + _GAP if language else 0
    title = max(row_width(text_row(clean(choice.title))) for choice in choices)
    if width < _WITH_DETAILS:
        return _Columns(room, 0, language)
    title = min(title, room // 2)
    return _Columns(title, room - title - _GAP, language)


def _row(choice: Choice, query: str, columns: _Columns) -> Row:
    is_now = choice.section is Section.NOW
    title = _shortened(_title(choice, query), columns.title)
    row = pad((*(_NOW if is_now else _NOT_NOW), *title), row_width(_NOT_NOW) + columns.title)
    if columns.detail:
        detail = _shortened(text_row(clean(choice.detail), _QUIET), columns.detail)
        row = (*row, *text_row(" " * _GAP), *pad(detail, columns.detail))
    if columns.language:
        language = _shortened(text_row(clean(choice.language), _FAINT), columns.language)
        gap = _GAP + columns.language - row_width(language)
        row = (*row, *text_row(" " * gap), *language)
    return row


def _title(choice: Choice, query: str) -> Row:
    """The title, with what of it is searched for."""
    text, style = clean(choice.title), _QUIET if choice.problem else _TITLE
    words = [re.escape(word) for word in sorted(query.split(), key=len, reverse=True)]
    if not words:
        return text_row(text, style)
    pieces = re.split(f"({'|'.join(words)})", text, flags=re.IGNORECASE)
    return tuple(_styled(pieces, style))


def _styled(pieces: Sequence[str], style: Style) -> Iterator[Span]:
    for place, piece in enumerate(pieces):
        yield from text_row(piece, _FITTING if place % 2 else style)


def _shortened(row: Row, width: int) -> Row:
    """The row in at most `width` cells: what is left out is in its middle, as paths differ at their ends."""
    whole = row_width(row)
    if whole <= width:
        return row
    left = (width - 1) * 2 // 5
    dots = text_row("…", row[-1].style)
    return (*crop(row, 0, left), *dots, *crop(row, whole - (width - 1 - left), whole))


def _searched(choice: Choice) -> str:
    return clean(f"{choice.title} {choice.detail} {choice.language} {choice.section.value}").lower()
