"""`p` and `P`: what a register holds, put into the text."""

from __future__ import annotations

from tui.render.width import cell_width
from tui.view.editor.vim.blocks import place_in
from tui.view.editor.vim.registers import read
from tui.view.editor.vim.scene import Scene
from tui.view.editor.vim.state import Change, Register


def put(scene: Scene, change: Change) -> Scene:
    """`p`, `P`, `gp` and `gP`."""
    command = change.command
    register = read(scene, command.register)
    return put_register(
        scene, register, command.times, before=command.name[-1] == "P", goes_behind=command.name[0] == "g"
    )


def put_register(
    scene: Scene, register: Register, count: int, *, before: bool, goes_behind: bool = False
) -> Scene:
    """A register's text before the cursor or behind it; the cursor on it, or behind."""
    scene = scene.undoing_to(scene.cursor)
    if register.is_linewise:
        return _put_lines(scene, register.text * count, before=before, goes_behind=goes_behind)
    if register.block_width:
        return put_block(scene, register, count, before=before, goes_behind=goes_behind)
    if not register.text:
        return scene
    at = scene.cursor
    if not before and at < scene.buffer.end_at(at):
        at = scene.buffer.after(at)
    text = register.text * count
    scene = scene.replaced(at, at, text)
    end = at + len(text)
    scene = scene.with_marks({"[": at, "]": max(at, end - 1)})
    if goes_behind:
        return scene.at(end)
    return scene.at(at if "\n" in text else scene.buffer.before(end))


def put_block(
    scene: Scene, register: Register, count: int, *, before: bool, goes_behind: bool = False
) -> Scene:
    """Each row of a block into a line of its own, all at the cursor's column; short lines are filled."""
    at, layout = scene.cursor, scene.buffer.layout
    is_behind = not before and at < scene.buffer.end_at(at)
    column = layout.unwrapped_column(scene.buffer.after(at) if is_behind else at)
    first, start, end = scene.line, 0, 0
    for line, row in enumerate(register.text.split("\n"), first):
        if line > scene.buffer.last_line:
            scene = scene.replaced(len(scene.text), len(scene.text), "\n")
        filled = row + " " * max(0, register.block_width - cell_width(row))
        row_start, end, scene = _put_row(scene, line, column, (row, filled), count)
        start = row_start if line == first else start
    scene = scene.with_marks({"[": start, "]": max(start, end - 1)})
    return scene.at(end if goes_behind else start)


def _put_row(
    scene: Scene, line: int, column: int, row: tuple[str, str], count: int
) -> tuple[int, int, Scene]:
    """A row of a block, bare and filled up, at a column of a line; where it begins and ends."""
    buffer, layout = scene.buffer, scene.buffer.layout
    bare, filled = row
    at = place_in(buffer, line, column)
    is_last = layout.unwrapped_column(buffer.end(line)) <= column
    before = column - layout.unwrapped_column(at)
    stop, behind = at, 0
    if before and buffer.text.startswith("\t", at):
        stop, behind = at + 1, layout.unwrapped_column(at + 1) - column
    text = filled * (count - 1) + (bare if is_last else filled)
    scene = scene.replaced(at, stop, " " * before + text + " " * behind)
    return at + before, at + before + len(text), scene


def _put_lines(scene: Scene, text: str, *, before: bool, goes_behind: bool) -> Scene:
    buffer, line = scene.buffer, scene.line
    if before:
        at = buffer.start(line)
        scene = scene.replaced(at, at, text)
        first = line
    else:
        at = buffer.end(line)
        scene = scene.replaced(at, at, "\n" + text.removesuffix("\n"))
        first = line + 1
    behind = first + text.count("\n")
    marks = {"[": scene.buffer.start(first), "]": scene.buffer.start(behind - 1)}
    scene = scene.with_marks(marks)
    if goes_behind:
        return scene.at(scene.buffer.start(min(behind, scene.buffer.last_line)))
    return scene.at(scene.buffer.text_start(first))
