"""Lays all keys out as rows: by mode, by group, in as many columns as there is room for."""

from __future__ import annotations

import textwrap
from itertools import zip_longest
from typing import TypeAlias

from tui.actions import ACTIONS, Action, Group, Mode
from tui.keymap import Keymap
from tui.render.rowops import crop, pad, text_row
from tui.render.rows import Role, Row, Style

_NARROWEST = 20
_NARROWEST_COLUMN = 44
_GAP = 3
_MOST_COLUMNS = 2
_GOES_ON = "  "
"""Before what does not fit in one row, so that it does not look like a key or a title of its own."""
_HEADING = Style(Role.HEADING, bold=True)
_GROUP = Style(Role.ACCENT)
_KEYS = Style(Role.STRONG, bold=True)

Section: TypeAlias = tuple[str, list[tuple[str, str]]]
"""A heading, and under it keys and what they do."""

_MODES = {Mode.COMMAND: "Command mode: keys act on cells", Mode.EDIT: "Edit mode: keys type into the cell"}


def help_rows(keymap: Keymap, width: int) -> list[Row]:
    """All actions and their keys, in rows of at most `width` cells: cut where there is no room at all."""
    if width < _NARROWEST:
        return [crop(row, 0, width) for row in help_rows(keymap, _NARROWEST)]
    rows: list[Row] = []
    for mode, heading in _MODES.items():
        rows += [text_row(line, _HEADING) for line in textwrap.wrap(heading, width)]
        sections = [(group.value, _with_keys(keymap, group, mode)) for group in Group]
        rows += [(), *_columns([section for section in sections if section[1]], width), ()]
    return [*rows, *_without_keys(keymap, width)]


def _with_keys(keymap: Keymap, group: Group, mode: Mode) -> list[tuple[str, str]]:
    """Keys and title of each action of a group that has keys in that mode."""
    labels = ((action, keymap.labels(action.id, mode)) for action in ACTIONS if action.group is group)
    return [("  ".join(keys), action.title) for action, keys in labels if keys]


def _columns(sections: list[Section], width: int) -> list[Row]:
    """The sections one below the other, each in the column that is the shortest so far."""
    count = max(1, min(_MOST_COLUMNS, (width + _GAP) // (_NARROWEST_COLUMN + _GAP)))
    column_width = (width - _GAP * (count - 1)) // count
    longest = max((len(keys) for _, entries in sections for keys, _ in entries), default=0)
    keys_width = min(longest, column_width * 2 // 5)
    columns: list[list[Row]] = [[] for _ in range(count)]
    for heading, entries in sections:
        column = min(columns, key=len)
        column += [()] if column else []
        column += [text_row(heading, _GROUP), *_entries(entries, keys_width, column_width)]
    return [_beside(parts, column_width + _GAP) for parts in zip_longest(*columns, fillvalue=())]


def _beside(parts: tuple[Row, ...], step: int) -> Row:
    """The parts in one row, each beginning `step` cells after the one before."""
    row: Row = ()
    for place, part in enumerate(parts):
        row = (*pad(row, place * step), *part) if part else row
    return row


def _entries(entries: list[tuple[str, str]], keys_width: int, width: int) -> list[Row]:
    rows: list[Row] = []
    for keys, title in entries:
        labels = textwrap.wrap(keys, keys_width, subsequent_indent=_GOES_ON)
        lines = textwrap.wrap(title, max(1, width - keys_width - 2), subsequent_indent=_GOES_ON)
        for label, line in zip_longest(labels, lines, fillvalue=""):
            rows.append((*pad(text_row(label, _KEYS), keys_width + 2), *text_row(line)))
    return rows


def _without_keys(keymap: Keymap, width: int) -> list[Row]:
    """The actions that only the list of commands has."""
    titles = [action.title for action in ACTIONS if not _has_keys(keymap, action)]
    if not titles:
        return []
    palette = keymap.labels("app.palette", Mode.COMMAND)
    heading = f"Without a key, in the list of commands{f' ({palette[0]})' if palette else ''}"
    lines = [line for title in titles for line in textwrap.wrap(title, width)]
    return [
        *(text_row(line, _HEADING) for line in textwrap.wrap(heading, width)),
        (),
        *(text_row(line) for line in lines),
    ]


def _has_keys(keymap: Keymap, action: Action) -> bool:
    return any(keymap.keys(action.id, mode) for mode in Mode)
