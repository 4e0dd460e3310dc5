"""Commands that delete. With a selection each deletes that; otherwise what its name says."""

from __future__ import annotations

from tui.view.editor.edits import replace, touched_lines, unchanged
from tui.view.editor.state import EditorContext, EditorResult, EditorState
from tui.view.editor.words import word_end_after, word_start_before


def delete_left(state: EditorState, context: EditorContext) -> EditorResult:
    """Deletes the grapheme before the cursor; in an indentation of spaces, back to the level before."""
    layout, head = context.layout, state.selection.head
    start, _ = layout.line_span(layout.line_of_offset(head))
    before = state.text[start:head]
    unit = context.language.indent
    if before and before.strip(" ") == "" and unit.strip(" ") == "":
        return _delete(state, head - ((len(before) - 1) % len(unit) + 1), head)
    return _delete(state, layout.border_before(head), head)


def delete_right(state: EditorState, context: EditorContext) -> EditorResult:
    """Deletes the grapheme after the cursor."""
    head = state.selection.head
    return _delete(state, head, context.layout.border_after(head))


def delete_word_left(state: EditorState, context: EditorContext) -> EditorResult:
    """Deletes back to the start of a word, within the line; at the line's start, the newline before."""
    layout, head = context.layout, state.selection.head
    start, _ = layout.line_span(layout.line_of_offset(head))
    return _delete(state, max(start, word_start_before(layout, head)) if head > start else head - 1, head)


def delete_word_right(state: EditorState, context: EditorContext) -> EditorResult:
    """Deletes on to the end of a word, within the line; at the line's end, the newline."""
    layout, head = context.layout, state.selection.head
    _, end = layout.line_span(layout.line_of_offset(head))
    return _delete(state, head, min(end, word_end_after(layout, head)) if head < end else head + 1)


def delete_to_line_start(state: EditorState, context: EditorContext) -> EditorResult:
    """Deletes what is before the cursor in its line; at the line's start, the newline before."""
    layout, head = context.layout, state.selection.head
    start, _ = layout.line_span(layout.line_of_offset(head))
    return _delete(state, start if start < head else head - 1, head)


def delete_to_line_end(state: EditorState, context: EditorContext) -> EditorResult:
    """Deletes what is after the cursor in its line; at the line's end, the newline."""
    layout, head = context.layout, state.selection.head
    _, end = layout.line_span(layout.line_of_offset(head))
    return _delete(state, head, end if head < end else head + 1)


def delete_line(state: EditorState, context: EditorContext) -> EditorResult:
    """Deletes the lines that the selection is in; the cursor keeps its column on the line that follows."""
    layout = context.layout
    lines = touched_lines(state, layout)
    start, end = layout.line_span(lines[0])[0], layout.line_span(lines[-1])[1]
    column = state.selection.head - layout.line_span(layout.line_of_offset(state.selection.head))[0]
    if lines.stop < layout.line_count:
        next_start, next_end = layout.line_span(lines.stop)
        head = start + min(column, next_end - next_start)
        return replace(state, start, next_start, "", head=head)
    if lines.start > 0:
        previous_start, previous_end = layout.line_span(lines.start - 1)
        return replace(state, previous_end, end, "", head=min(previous_start + column, previous_end))
    return replace(state, start, end, "")


def delete_selection(state: EditorState, _context: EditorContext) -> EditorResult:
    """Deletes the selection and nothing else: what cutting does behind copying."""
    return replace(state, state.selection.start, state.selection.end, "")


def _delete(state: EditorState, start: int, end: int) -> EditorResult:
    """Deletes the selection; when there is none, what of `[start, end)` lies in the text."""
    if not state.selection.is_empty:
        return replace(state, state.selection.start, state.selection.end, "")
    start, end = max(start, 0), min(end, len(state.text))
    return replace(state, start, end, "") if start < end else unchanged(state)
