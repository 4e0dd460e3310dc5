"""`:normal`: keys pressed in one line after the other."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tui.view.editor.vim.effects import PlayInLines
from tui.view.editor.vim.macros import keys_of
from tui.view.editor.vim.scene import Scene
from tui.view.editor.vim.state import FailedError, Mode

MARKS: Final = "\0"
"""What the names of marks begin with that `:g` sets for a while."""


def normal(scene: Scene, argument: str, lines: tuple[int | str, ...]) -> Scene:
    """Asks for the keys to be pressed, in each of the lines where any are said."""
    keys = keys_of(argument.removeprefix("!").removeprefix(" "))
    if not keys:
        raise FailedError("The keys are missing")
    return scene.asking(PlayInLines(keys, lines))


def in_line(scene: Scene, line: int | str) -> Scene | None:
    """The scene as keys find it in a line, or the last there is; None where a mark's line is gone."""
    if isinstance(line, int):
        return scene.at(scene.buffer.start(min(line, scene.buffer.last_line)))
    at = scene.vim.places.marks.get(line, len(scene.text) + 1)
    return None if at > len(scene.text) or at != scene.buffer.start_at(at) else scene.at(at)


def is_done(scene: Scene) -> bool:
    """Whether the keys left nothing that `esc` would have to end."""
    vim = scene.vim
    return vim.mode is Mode.NORMAL and not (vim.pending or vim.prompt or vim.confirming)


def without_marks(scene: Scene) -> Scene:
    """Without the marks of a global command."""
    places = scene.vim.places
    marks = {name: at for name, at in places.marks.items() if not name.startswith(MARKS)}
    return scene.with_places(replace(places, marks=marks))
