"""Marks: places with a letter, and those that vim sets itself."""

from __future__ import annotations

from typing import Final

from tui.view.editor.vim.reach import Kind, Reach
from tui.view.editor.vim.scene import Scene
from tui.view.editor.vim.state import Command, FailedError

_JUMP: Final = "'"


def set_mark(scene: Scene, command: Command) -> Scene:
    """`m` and a letter."""
    name = _JUMP if command.argument in "'`" else command.argument
    if not (name == _JUMP or (name.isascii() and name.isalpha() and name.islower()) or name in "[]<>"):
        raise FailedError
    return scene.with_marks({name: scene.cursor})


def to_mark(scene: Scene, command: Command) -> Reach:
    """`'` goes to the line of a mark, the backquote to its very place."""
    at = place_of(scene, command.argument)
    if command.name == "`":
        return Reach(scene.buffer.on_character(at), is_jump=True)
    return Reach(scene.buffer.text_start(scene.buffer.line_at(at)), Kind.LINES, is_jump=True)


def place_of(scene: Scene, name: str) -> int:
    """Where a mark is. Raises FailedError when it is not set."""
    places = scene.vim.places
    if name in ("<", ">") and places.marked is not None:
        ends = sorted((places.marked.anchor, places.marked.head))
        return ends[name == ">"]
    at = places.marks.get(_JUMP if name == "`" else name)
    if at is None and name in (_JUMP, "`"):
        return 0
    if at is None:
        raise FailedError("Mark not set")
    return min(at, len(scene.text))
