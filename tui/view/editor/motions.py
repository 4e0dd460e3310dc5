"""Where the cursor goes: by character, word, row, line, page and text; and the commands that do it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from tui.document.selection import TextSelection
from tui.view.editor.layout import TextLayout
from tui.view.editor.state import Boundary, EditorCommand, EditorContext, EditorResult, EditorState
from tui.view.editor.words import word_end_after, word_start_before


class Target(NamedTuple):
    """Where a motion ends."""

    offset: int
    goal_column: int | None = None
    """In cells; kept from one vertical motion to the next."""
    boundary: Boundary | None = None
    """Set when the motion has nowhere to go."""


Motion: TypeAlias = Callable[[EditorContext, int, int | None], Target]
"""From an offset and a goal column, if one is kept."""


def moving(motion: Motion) -> EditorCommand:
    """The command that moves the cursor; a selection is given up, which counts as movement."""

    def command(state: EditorState, context: EditorContext) -> EditorResult:
        selection = state.selection
        target = motion(context, _start(context, selection), selection.goal_column)
        moved = TextSelection(target.offset, target.offset, target.goal_column)
        return EditorResult(moved, boundary=target.boundary if selection.is_empty else None)

    return command


def stepping(motion: Motion) -> EditorCommand:
    """The same for one step to the left or right: from a selection it goes to that end and no further."""
    move = moving(motion)

    def command(state: EditorState, context: EditorContext) -> EditorResult:
        if state.selection.is_empty:
            return move(state, context)
        end = state.selection.start if motion is left else state.selection.end
        return EditorResult(TextSelection.at(context.layout.border_at(end)))

    return command


def extending(motion: Motion) -> EditorCommand:
    """The command that moves the cursor and keeps the anchor; past the last row, to the text's end."""

    def command(state: EditorState, context: EditorContext) -> EditorResult:
        selection = state.selection
        start = _start(context, selection)
        target = motion(context, start, selection.goal_column)
        offset = target.offset
        if target.boundary is not None:
            offset = 0 if target.boundary is Boundary.ABOVE else len(state.text)
        extended = TextSelection(context.layout.border_at(selection.anchor), offset, target.goal_column)
        return EditorResult(extended, boundary=target.boundary if offset == start else None)

    return command


def left(context: EditorContext, offset: int, _goal: int | None) -> Target:
    """One grapheme back."""
    return _backward(offset, context.layout.border_before(offset))


def right(context: EditorContext, offset: int, _goal: int | None) -> Target:
    """One grapheme on."""
    return _forward(offset, context.layout.border_after(offset))


def word_left(context: EditorContext, offset: int, _goal: int | None) -> Target:
    """To the start of the word or run of signs before."""
    return _backward(offset, word_start_before(context.layout, offset))


def word_right(context: EditorContext, offset: int, _goal: int | None) -> Target:
    """To the end of the word or run of signs after."""
    return _forward(offset, word_end_after(context.layout, offset))


def up(context: EditorContext, offset: int, goal: int | None) -> Target:
    """One row up, as near to the goal column as the row allows."""
    return _by_rows(context.layout, offset, goal, -1)


def down(context: EditorContext, offset: int, goal: int | None) -> Target:
    """One row down, as near to the goal column as the row allows."""
    return _by_rows(context.layout, offset, goal, 1)


def page_up(context: EditorContext, offset: int, goal: int | None) -> Target:
    """A page up, less the row that stays in sight."""
    return _by_rows(context.layout, offset, goal, -max(context.page_rows - 1, 1))


def page_down(context: EditorContext, offset: int, goal: int | None) -> Target:
    """A page down, less the row that stays in sight."""
    return _by_rows(context.layout, offset, goal, max(context.page_rows - 1, 1))


def line_start(context: EditorContext, offset: int, _goal: int | None) -> Target:
    """To the start of the row, where the line has wrapped; then to the line's text; then to column 0."""
    layout = context.layout
    start, end = layout.line_span(layout.line_of_offset(offset))
    row_start, _ = layout.row_span(layout.position(offset)[0])
    if start < row_start < offset:
        return Target(row_start)
    line = layout.text[start:end]
    text_start = layout.border_at(start + len(line) - len(line.lstrip()))
    return Target(start if offset == text_start else text_start)


def line_end(context: EditorContext, offset: int, _goal: int | None) -> Target:
    """To the end of the line; the end of a wrapped row is the start of the next and no place of its own."""
    return Target(context.layout.line_span(context.layout.line_of_offset(offset))[1])


def text_start(_context: EditorContext, _offset: int, _goal: int | None) -> Target:
    """To the start of the text."""
    return Target(0)


def text_end(context: EditorContext, _offset: int, _goal: int | None) -> Target:
    """To the end of the text."""
    return Target(len(context.layout.text))


def _start(context: EditorContext, selection: TextSelection) -> int:
    """The grapheme border that a motion starts from."""
    return context.layout.border_at(selection.head)


def _backward(offset: int, target: int) -> Target:
    return Target(target, boundary=Boundary.ABOVE if target == offset else None)


def _forward(offset: int, target: int) -> Target:
    return Target(target, boundary=Boundary.BELOW if target == offset else None)


def _by_rows(layout: TextLayout, offset: int, goal: int | None, rows: int) -> Target:
    row, column = layout.position(offset)
    goal = column if goal is None else goal
    target = min(max(row + rows, 0), layout.row_count - 1)
    if target == row:
        return Target(offset, goal, Boundary.ABOVE if rows < 0 else Boundary.BELOW)
    return Target(layout.offset_at(target, goal), goal)
