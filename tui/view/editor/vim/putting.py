"""`p` and `P`: what a register holds, put into the text."""

from __future__ import annotations

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
