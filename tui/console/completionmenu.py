"""Completions: what all have in common, and the list below the prompt from which one is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from kernelbridge.replies import Completions
from tui.document.selection import TextSelection
from tui.render.rowops import crop, pad, row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.sanitize import clean
from tui.view.editor.state import EditorState

_MATCH: Final = Style(Role.TEXT)
_CHOSEN: Final = Style(Role.TEXT, reverse=True)
_NOTE: Final = Style(Role.MUTED)
_GAP: Final = 2
_WIDEST: Final = 40
_MOST: Final = 5_000
"""Matches that are listed."""


@dataclass(frozen=True, slots=True)
class Menu:
    """Several ways to go on, of which one may be chosen already."""

    matches: tuple[str, ...]
    start: int
    """Where they begin in the text."""
    before: EditorState
    """The prompt without any of them."""
    end: int
    """Up to where they take the place of what was typed, in `before`."""
    chosen: int | None = None

    def moved(self, step: int) -> Menu:
        """With the next chosen, or the one before; round about."""
        if self.chosen is None:
            return replace(self, chosen=0 if step > 0 else len(self.matches) - 1)
        return replace(self, chosen=(self.chosen + step) % len(self.matches))

    @property
    def state(self) -> EditorState:
        """The prompt with what is chosen."""
        if self.chosen is None:
            return self.before
        return _with(self.before, self.start, self.end, self.matches[self.chosen])


def completed(state: EditorState, answer: Completions) -> tuple[EditorState, Menu | None]:
    """The prompt with what all completions have in common, and a menu where there are several."""
    start, end = answer.start, min(answer.end, len(state.text))
    matches = tuple(dict.fromkeys(_typable(match.text) for match in answer.matches[:_MOST]))
    matches = tuple(match for match in matches if match)
    if not matches or not start <= end:
        return state, None
    if len(matches) == 1:
        return _with(state, start, end, matches[0]), None
    common = _common_beginning(matches)
    if len(common) > end - start and common.startswith(state.text[start:end]):
        state = _with(state, start, end, common)
        end = start + len(common)
    return state, Menu(matches, start, state, end)


def menu_rows(menu: Menu, width: int, most: int) -> list[Row]:
    """The matches in columns, read downwards, in at most `most` rows of `width` cells."""
    if most < 1:
        return []
    cells = [crop(text_row(clean(match), _MATCH), 0, min(_WIDEST, width)) for match in menu.matches]
    column = min(max(map(row_width, cells)) + _GAP, width)
    columns = max(1, (width + _GAP) // column)
    height = -(-len(cells) // columns)
    chosen = -1 if menu.chosen is None else menu.chosen
    top, shown = 0, height
    if height > most:
        shown = max(1, most - 1)
        top = min(max(0, (chosen % height) - shown + 1), height - shown)
    rows: list[Row] = []
    for line in range(top, top + shown):
        row: Row = ()
        for index in range(line, len(cells), height):
            cell = cells[index]
            if index == chosen:
                cell = tuple(span._replace(style=_CHOSEN) for span in cell)
            row = (*pad(row, (index // height) * column), *cell)
        rows.append(crop(row, 0, width))
    if height > most > 1:
        more = len(menu.matches) - shown * columns
        rows.append(crop(text_row(f"… {max(1, more)} more: tab goes through them", _NOTE), 0, width))
    return rows


def _common_beginning(texts: Sequence[str]) -> str:
    first, last = min(texts), max(texts)  # what these two share is shared by all between them
    for at, (one, other) in enumerate(zip(first, last, strict=False)):
        if one != other:
            return first[:at]
    return first


def _typable(text: str) -> str:
    """A match as it may stand in the prompt: without controls."""
    return "".join(character for character in text if character >= " " and character != "\x7f")


def _with(state: EditorState, start: int, end: int, text: str) -> EditorState:
    return EditorState(
        state.text[:start] + text + state.text[end:],
        TextSelection.at(start + len(text)),
    )
