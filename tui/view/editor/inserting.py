"""Text put in at the cursor: typed, pasted, and new lines with their indentation."""

from __future__ import annotations

from typing import Final

from tui.view.editor.edits import replace
from tui.view.editor.indentation import indentation_after, indentation_of, reindented
from tui.view.editor.state import EditorContext, EditorResult, EditorState

_WORD_ENDS: Final = frozenset(" :(")
"""Typed behind a word, they say that it is complete."""


def insert_text(state: EditorState, context: EditorContext, text: str) -> EditorResult:
    """Types text over the selection; what closes a block, as `else:` or `}`, takes its line a level back."""
    start, end = state.selection.start, state.selection.end
    line = context.layout.line_of_offset(start)
    line_start, _ = context.layout.line_span(line)
    before = state.text[line_start:start]
    closes_word = text in _WORD_ENDS
    typed = before if closes_word else before + text
    if closes_word or text in context.language.closes:
        moved = reindented(context.layout, line, typed, context.language)
        if moved != typed:
            return replace(state, line_start, end, moved + text if closes_word else moved)
    return replace(state, start, end, text)


def paste(state: EditorState, _context: EditorContext, text: str) -> EditorResult:
    r"""Puts text over the selection as it is, but for its newlines, which become "\n"."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return replace(state, state.selection.start, state.selection.end, text)


def newline(state: EditorState, context: EditorContext) -> EditorResult:
    """Begins a line as deep as the language asks for; a line of spaces only is left empty."""
    layout = context.layout
    start, end = state.selection.start, state.selection.end
    line = layout.line_of_offset(start)
    line_start, _ = layout.line_span(line)
    _, line_end = layout.line_span(layout.line_of_offset(end))
    before, after = state.text[line_start:start], state.text[end:line_end]
    if not before.strip():
        return replace(state, start if after.strip() else line_start, end, "\n" + before)
    settled = reindented(layout, line, before, context.language)
    text = "\n" + indentation_after(settled, context.language)
    end += len(indentation_of(after))
    if settled != before:
        return replace(state, line_start, end, settled + text)
    return replace(state, start, end, text)
