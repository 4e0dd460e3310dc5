"""Results made from replaced stretches of text: what every changing command ends with."""

from __future__ import annotations

from collections.abc import Sequence

from tui.document.selection import TextSelection
from tui.document.textchange import TextChange
from tui.view.editor.layout import TextLayout
from tui.view.editor.lines import next_border
from tui.view.editor.state import EditorResult, EditorState


def replace(
    state: EditorState, start: int, end: int, text: str, *, head: int | None = None, anchor: int | None = None
) -> EditorResult:
    """Puts `text` in place of `[start, end)`.

    The cursor goes to `head`, in the changed text, or behind what was put in. The selection begins at
    `anchor`, or is empty.
    """
    head = start + len(text) if head is None else head
    return _edited(
        state, TextChange(start, state.text[start:end], text), head if anchor is None else anchor, head
    )


def replace_each(state: EditorState, changes: Sequence[TextChange]) -> EditorResult:
    """Makes several changes in one: in order, apart, and all with offsets of the state's own text."""
    anchor, head = state.selection.anchor, state.selection.head
    if not changes:
        return unchanged(state)
    for change in reversed(changes):
        anchor, head = change.map_offset(anchor), change.map_offset(head)
    return _edited(state, joined(state.text, changes), anchor, head)


def unchanged(state: EditorState) -> EditorResult:
    """Nothing to do."""
    return EditorResult(state.selection)


def touched_lines(state: EditorState, layout: TextLayout) -> range:
    """The lines that the selection is in; not one that it only reaches the start of."""
    selection = state.selection
    first, last = layout.line_of_offset(selection.start), layout.line_of_offset(selection.end)
    if last > first and selection.end == layout.line_span(last)[0]:
        last -= 1
    return range(first, last + 1)


def joined(text: str, changes: Sequence[TextChange]) -> TextChange:
    """One change that does what several do, which are in order and apart."""
    start = end = changes[0].start
    parts: list[str] = []
    for change in changes:
        parts += (text[end : change.start], change.inserted)
        end = change.start + len(change.removed)
    return TextChange(start, text[start:end], "".join(parts))


def _edited(state: EditorState, change: TextChange, anchor: int, head: int) -> EditorResult:
    """The result of a change; an end of the selection that is now inside a grapheme goes behind it."""
    end = change.start + len(change.removed)
    first = state.text.rfind("\n", 0, change.start) + 1
    last = state.text.find("\n", end)
    tail = state.text[end : last if last >= 0 else len(state.text)]
    changed_lines = state.text[first : change.start] + change.inserted + tail

    def settled(offset: int) -> int:
        within = 0 <= offset - first <= len(changed_lines)
        return first + next_border(changed_lines, offset - first) if within else offset

    selection = TextSelection(settled(anchor), settled(head))
    return EditorResult(selection, change if change.removed != change.inserted else None)
