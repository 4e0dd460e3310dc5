"""Commands that move, double and join whole lines: those that the selection is in."""

from __future__ import annotations

from tui.document.selection import TextSelection
from tui.view.editor.edits import replace, touched_lines, unchanged
from tui.view.editor.state import EditorContext, EditorResult, EditorState


def move_line_up(state: EditorState, context: EditorContext) -> EditorResult:
    """Exchanges the lines with the one above."""
    layout = context.layout
    lines = touched_lines(state, layout)
    if lines.start == 0:
        return unchanged(state)
    start, above_end = layout.line_span(lines.start - 1)
    end = layout.line_span(lines[-1])[1]
    moved, above = state.text[above_end + 1 : end], state.text[start:above_end]
    return _with_lines(state, start, end, f"{moved}\n{above}", start - above_end - 1)


def move_line_down(state: EditorState, context: EditorContext) -> EditorResult:
    """Exchanges the lines with the one below."""
    layout = context.layout
    lines = touched_lines(state, layout)
    if lines.stop == layout.line_count:
        return unchanged(state)
    start = layout.line_span(lines[0])[0]
    below_start, end = layout.line_span(lines.stop)
    moved, below = state.text[start : below_start - 1], state.text[below_start:end]
    return _with_lines(state, start, end, f"{below}\n{moved}", end - below_start + 1)


def duplicate_line(state: EditorState, context: EditorContext) -> EditorResult:
    """Puts a copy of the lines below them and goes there."""
    layout = context.layout
    lines = touched_lines(state, layout)
    start, end = layout.line_span(lines[0])[0], layout.line_span(lines[-1])[1]
    copy = "\n" + state.text[start:end]
    return _with_lines(state, end, end, copy, len(copy))


def join_lines(state: EditorState, context: EditorContext) -> EditorResult:
    """Joins the lines, or the line and the next, by one space for the newline and the space about it."""
    layout = context.layout
    lines = touched_lines(state, layout)
    last = min(max(lines[-1], lines[0] + 1), layout.line_count - 1)
    if last == lines[0]:
        return unchanged(state)
    start, first_end = layout.line_span(lines[0])
    end = layout.line_span(last)[1]
    first = state.text[start:first_end].rstrip(" \t")
    others = [line.strip(" \t") for line in state.text[first_end + 1 : end].split("\n")]
    joined = " ".join(filter(None, [first, *others]))
    cursor = len(joined) - len(others[-1])
    if 0 < cursor < len(joined):
        cursor -= 1
    return replace(state, start + len(first), end, joined[len(first) :], head=start + cursor)


def _with_lines(state: EditorState, start: int, end: int, text: str, shift: int) -> EditorResult:
    """The stretch replaced, with the selection moved along by `shift` as far as the text goes."""
    length = len(state.text) - (end - start) + len(text)
    moved = TextSelection(
        min(state.selection.anchor + shift, length), min(state.selection.head + shift, length)
    )
    return replace(state, start, end, text, head=moved.head, anchor=moved.anchor)
