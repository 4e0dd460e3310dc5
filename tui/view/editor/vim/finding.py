"""`f`, `F`, `t` and `T`: a character within the line, and the same again."""

from __future__ import annotations

from dataclasses import replace

from tui.view.editor.vim.reach import Kind, Reach
from tui.view.editor.vim.scene import Scene
from tui.view.editor.vim.state import Command, FailedError, Find

_OTHER_WAY = {"f": "F", "F": "f", "t": "T", "T": "t"}


def find(scene: Scene, command: Command) -> Reach:
    """To the next such character, or before it."""
    if len(command.argument) != 1:
        raise FailedError
    sought = Find(command.name, command.argument)
    scene = scene.with_memory(replace(scene.memory, find=sought))
    return replace(_reach(scene, sought, command.times, passes_neighbour=False), scene=scene)


def find_again(scene: Scene, command: Command) -> Reach:
    """The same as last time, or the other way."""
    last = scene.memory.find
    if last is None:
        raise FailedError
    if command.name == ",":
        last = replace(last, key=_OTHER_WAY[last.key])
    return _reach(scene, last, command.times, passes_neighbour=command.times == 1)


def _reach(scene: Scene, sought: Find, count: int, *, passes_neighbour: bool) -> Reach:
    """`passes_neighbour`: where `t` stands right before one already, it goes on to the next."""
    buffer, at = scene.buffer, scene.cursor
    start, end = buffer.layout.line_span(scene.line)
    is_till, is_forward = sought.key in "tT", sought.key in "ft"
    if is_till and passes_neighbour:
        beside = buffer.after(at) if is_forward else buffer.before(at)
        if start <= beside < end and buffer.text[beside] == sought.character:
            at = beside
    for _ in range(count):
        if is_forward:
            at = buffer.text.find(sought.character, min(buffer.after(at), end), end)
        else:
            at = buffer.text.rfind(sought.character, start, at)
        if at < 0:
            raise FailedError
    if is_till:
        at = buffer.before(at) if is_forward else buffer.after(at)
    return Reach(at, Kind.INCLUSIVE if is_forward else Kind.EXCLUSIVE)
