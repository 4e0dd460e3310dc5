"""Comments put on lines and taken off again."""

from __future__ import annotations

from tui.document.textchange import TextChange
from tui.view.editor.edits import replace_each, touched_lines, unchanged
from tui.view.editor.indentation import indentation_of
from tui.view.editor.state import EditorContext, EditorResult, EditorState


def toggle_comment(state: EditorState, context: EditorContext) -> EditorResult:
    """Makes comments of the lines that the selection is in, or code again when all of them are comments.

    Empty lines are passed over unless there is no other. The signs are put one below the other.
    """
    sign = context.language.comment
    if sign is None:
        return unchanged(state)
    layout = context.layout
    spans = [layout.line_span(line) for line in touched_lines(state, layout)]
    filled = [(start, end) for start, end in spans if state.text[start:end].strip()] or spans[:1]
    depths = [len(indentation_of(state.text[start:end])) for start, end in filled]
    if all(
        state.text.startswith(sign, start + depth) for (start, _), depth in zip(filled, depths, strict=True)
    ):
        marks = [
            (start + depth, len(sign) + state.text.startswith(" ", start + depth + len(sign)))
            for (start, _), depth in zip(filled, depths, strict=True)
        ]
        return replace_each(state, [TextChange(at, state.text[at : at + size], "") for at, size in marks])
    depth = min(depths)
    return replace_each(state, [TextChange(start + depth, "", f"{sign} ") for start, _ in filled])
