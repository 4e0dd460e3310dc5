"""`:s` with the flag c: the matches one after the other, and what each answer does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tui.view.editor.vim.scene import Scene
from tui.view.editor.vim.state import Confirming, Match, Perform

ANSWERS: Final = "y/n/a/q/l/^E/^Y"
_SCROLLING: Final = {"ctrl+e": "view.line-down", "ctrl+y": "view.line-up"}


def confirming(scene: Scene, matches: Sequence[Match], replacement: str) -> Scene:
    """Asks for the first of the matches."""
    first, *others = matches
    return _asking(scene, Confirming(first, tuple(others), replacement))


def answered(scene: Scene, asked: Confirming, key: str) -> Scene:
    """What a key answers: yes, no, all, quit, or this one and no more; any other is none."""
    match key:
        case "y":
            scene, asked = _replaced(scene, asked)
            return _next(scene, asked) if asked.others else _ended(_in_line(scene))
        case "n":
            return _next(scene, asked) if asked.others else _ended(scene)
        case "l":
            return _ended(_in_line(_replaced(scene, asked)[0]))
        case "a":
            scene = _all_replaced(scene, asked)
            return _ended(scene.at(scene.buffer.text_start(scene.line)))
        case "q" | "escape" | "ctrl+left_square_bracket" | "ctrl+c":
            return _ended(scene)
        case _:
            return scene.asking(Perform(_SCROLLING[key])) if key in _SCROLLING else scene


def _asking(scene: Scene, asked: Confirming) -> Scene:
    at = scene.buffer.on_character(asked.place[0])
    return scene.with_vim(replace(scene.vim, confirming=asked)).at(at)


def _next(scene: Scene, asked: Confirming) -> Scene:
    return _asking(scene, asked.following())


def _replaced(scene: Scene, asked: Confirming) -> tuple[Scene, Confirming]:
    """With the match replaced, the cursor behind the last line break of what took its place."""
    start, end = asked.place
    new = asked.asked.replacement
    scene = scene.undoing_to(scene.buffer.start_at(start)).replaced(start, end, new)
    shift = asked.shift + len(new) - (end - start)
    return scene.at(start + new.rfind("\n") + 1), replace(asked, shift=shift)


def _all_replaced(scene: Scene, asked: Confirming) -> Scene:
    scene, asked = _replaced(scene, asked)
    while asked.others:
        scene, asked = _replaced(scene, asked.following())
    return scene


def _in_line(scene: Scene) -> Scene:
    return scene.at(scene.buffer.start_at(scene.cursor))


def _ended(scene: Scene) -> Scene:
    scene = scene.with_vim(replace(scene.vim, confirming=None))
    return scene.at(scene.buffer.on_character(scene.cursor))
