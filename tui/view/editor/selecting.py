"""Selections made whole: the text, lines, words; with the pointer by character, word or line."""

from __future__ import annotations

from tui.document.selection import TextSelection
from tui.view.editor import words
from tui.view.editor.layout import TextLayout
from tui.view.editor.state import EditorContext, EditorResult, EditorState


def select_all(state: EditorState, _context: EditorContext) -> EditorResult:
    """Selects the whole text."""
    return EditorResult(TextSelection(0, len(state.text)))


def select_line(state: EditorState, context: EditorContext) -> EditorResult:
    """Selects the lines that the selection reaches, with their newlines; again, one line more."""
    start, _ = _line_at(context.layout, state.selection.start)
    _, end = _line_at(context.layout, state.selection.end)
    return EditorResult(TextSelection(start, end))


def word_at(state: EditorState, context: EditorContext, offset: int | None = None) -> str:
    """The word, or run of signs or space, at an offset, or at the cursor."""
    start, end = words.word_at(context.layout, state.selection.head if offset is None else offset)
    return state.text[start:end]


def click(_state: EditorState, context: EditorContext, offset: int) -> EditorResult:
    """Puts the cursor at an offset."""
    return EditorResult(TextSelection.at(context.layout.border_at(offset)))


def drag(state: EditorState, context: EditorContext, offset: int) -> EditorResult:
    """Selects from the anchor to an offset; shift and a click do the same."""
    border_at = context.layout.border_at
    return EditorResult(TextSelection(border_at(state.selection.anchor), border_at(offset)))


def double_click(state: EditorState, context: EditorContext, offset: int) -> EditorResult:
    """Selects the word at an offset."""
    return drag_words(state, context, offset, offset)


def triple_click(state: EditorState, context: EditorContext, offset: int) -> EditorResult:
    """Selects the line at an offset, with its newline."""
    return drag_lines(state, context, offset, offset)


def drag_words(_state: EditorState, context: EditorContext, pressed: int, offset: int) -> EditorResult:
    """Selects whole words from where a double click was held to an offset."""
    return _between(words.word_at(context.layout, pressed), words.word_at(context.layout, offset))


def drag_lines(_state: EditorState, context: EditorContext, pressed: int, offset: int) -> EditorResult:
    """Selects whole lines from where a triple click was held to an offset."""
    return _between(_line_at(context.layout, pressed), _line_at(context.layout, offset))


def _between(pressed: tuple[int, int], reached: tuple[int, int]) -> EditorResult:
    """From one stretch to another, both included, with the cursor at the far end of the other."""
    if reached[0] < pressed[0]:
        return EditorResult(TextSelection(pressed[1], reached[0]))
    return EditorResult(TextSelection(pressed[0], reached[1]))


def _line_at(layout: TextLayout, offset: int) -> tuple[int, int]:
    """The offsets of the line at an offset, with its newline."""
    start, end = layout.line_span(layout.line_of_offset(offset))
    return start, min(end + 1, len(layout.text))
