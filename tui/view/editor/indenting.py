"""Indenting and dedenting: of lines, and of what follows the cursor."""

from __future__ import annotations

from tui.document.textchange import TextChange
from tui.view.editor.edits import replace, replace_each, touched_lines
from tui.view.editor.indentation import indentation_of, shallower
from tui.view.editor.state import EditorContext, EditorResult, EditorState


def indent(state: EditorState, context: EditorContext) -> EditorResult:
    """Takes selected lines a level deeper; otherwise puts spaces up to the next stop, or a tab, there."""
    if selects_lines(state, context):
        return _indent_lines(state, context)
    unit, start = context.language.indent, state.selection.start
    size = len(unit)
    column = context.layout.unwrapped_column(start)
    text = unit if unit == "\t" else " " * (size - column % size)
    return replace(state, start, state.selection.end, text)


def dedent(state: EditorState, context: EditorContext) -> EditorResult:
    """Takes the lines that the selection is in, or the cursor's, a level back."""
    changes: list[TextChange] = []
    for line in touched_lines(state, context.layout):
        start, _ = context.layout.line_span(line)
        indentation = indentation_of(context.layout.line_text(line))
        kept = shallower(indentation, context.language.indent)
        if kept != indentation:
            changes.append(TextChange(start + len(kept), indentation[len(kept) :], ""))
    return replace_each(state, changes)


def selects_lines(state: EditorState, context: EditorContext) -> bool:
    """Whether the selection reaches over a newline or covers a whole line that is not empty."""
    selection, layout = state.selection, context.layout
    start, end = layout.line_span(layout.line_of_offset(selection.start))
    return not selection.is_empty and (
        selection.end > end or (selection.start, selection.end) == (start, end)
    )


def is_in_indentation(state: EditorState, context: EditorContext) -> bool:
    """Whether only spaces and tabs are before the cursor in its line: there, shift+tab is to dedent."""
    head = state.selection.head
    start, _ = context.layout.line_span(context.layout.line_of_offset(head))
    return not state.text[start:head].strip(" \t")


def _indent_lines(state: EditorState, context: EditorContext) -> EditorResult:
    changes: list[TextChange] = []
    for line in touched_lines(state, context.layout):
        start, end = context.layout.line_span(line)
        if start < end:
            changes.append(TextChange(start, "", context.language.indent))
    return replace_each(state, changes)
