"""The prompt as rows: its number, the code in the colours of its language, and where the cursor is in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tui.console.livearea import Place
from tui.document.selection import TextSelection
from tui.render.languages import Language
from tui.render.rowops import crop, row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.view.editor.layout import TextLayout
from tui.view.editor.state import EditorContext, EditorState
from tui.view.sourcepart import SourcePart

_SIGN: Final = Style(Role.OK, bold=True)
_AGAIN: Final = Style(Role.FAINT)
_NARROWEST: Final = 8
"""Cells of code beside the number; with fewer the number gives way."""


class PromptView:
    """Lays the prompt out. The lexers are loaded once there is code to colour."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._width = 80
        self._number = "1"
        self._part: SourcePart | None = None

    @property
    def language(self) -> Language:
        """What the code is written in."""
        return self._language

    def speak(self, language: Language) -> None:
        """Takes another language."""
        if language != self._language:
            self._language, self._part = language, None

    def fit(self, width: int, number: str) -> None:
        """Takes the width of the terminal, and the number of what is typed."""
        if self._text_width_for(width, number) != self._text_width:
            self._part = None
        self._width, self._number = width, number

    def context(self, state: EditorState, page_rows: int) -> EditorContext:
        """What the editor's commands need to know."""
        layout = self._laid(state.text).layout if state.text else TextLayout.of("", self._text_width)
        return EditorContext(layout, page_rows, self._language)

    def rows(self, state: EditorState) -> tuple[list[Row], Place]:
        """All rows of the prompt, and the cursor's place in them."""
        first, again = self._signs()
        if not state.text:
            return [first], Place(0, row_width(first))
        part = self._laid(state.text)
        layout, selection = part.layout, state.selection
        rows: list[Row] = []
        for index in range(part.height):
            row = _selected(part.row(index), layout, index, selection)
            sign = first if index == 0 else _blank(again) if part.goes_on(index) else again
            rows.append((*sign, *row))
        row, column = layout.position(selection.head)
        return rows, Place(row, column + row_width(first))

    def echo(self, code: str) -> list[Row]:
        """The rows of code that was run, as it stood in the prompt."""
        return self.rows(EditorState(code, TextSelection.at(0)))[0]

    def _laid(self, text: str) -> SourcePart:
        if self._part is None:
            self._part = SourcePart(text, self._language, self._text_width, numbered=False)
        else:
            self._part.set_text(text)
        return self._part

    def _signs(self) -> tuple[Row, Row]:
        label = f"In [{self._number}]: "
        if self._width - len(label) - 1 < _NARROWEST:
            label = "> "
        again = "...: ".rjust(len(label)) if len(label) > 4 else ". "
        return text_row(label, _SIGN), text_row(again, _AGAIN)

    def _text_width_for(self, width: int, number: str) -> int:
        label = len(f"In [{number}]: ")
        beside = label if width - label - 1 >= _NARROWEST else 2
        # One cell is kept for the cursor behind a row that is full.
        return max(4, width - beside - 1)

    @property
    def _text_width(self) -> int:
        return self._text_width_for(self._width, self._number)


def code_rows(code: str, language: Language, width: int) -> list[Row]:
    """Code in its colours, in rows of at most `width` cells."""
    part = SourcePart(code, language, width, numbered=False)
    return [part.row(index) for index in range(part.height)]


def _blank(row: Row) -> Row:
    return text_row(" " * row_width(row))


def _selected(row: Row, layout: TextLayout, index: int, selection: TextSelection) -> Row:
    """The row with what is selected of it in reverse; a selected line end shows as one cell."""
    if selection.is_empty:
        return row
    first, first_column = layout.position(selection.start)
    last, last_column = layout.position(selection.end)
    if not first <= index <= last:
        return row
    width = row_width(row)
    start = first_column if index == first else 0
    end = last_column if index == last else width
    held = crop(row, start, end) or (text_row(" ") if index < last else ())
    reverse = tuple(span._replace(style=replace(span.style, reverse=True)) for span in held)
    return (*crop(row, 0, start), *reverse, *crop(row, end, width))
