"""`:s` with the flag c: the matches one after the other, and what each answer does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tui.view.editor.vim.effects import Perform
from tui.view.editor.vim.scene import Scene
from tui.view.editor.vim.state import Confirming, Match

ANSWERS: Final = "y/n/a/q/l/^E/^Y"
_SCROLLING: Final = {"ctrl+e": "view.line-down", "ctrl+y": "view.line-up"}


def with_all(scene: Scene, matches: Sequence[Match], shift: int = 0) -> Scene:
    """With all matches replaced at once, the cursor in the line of the last; they are so much further on."""
    start, end = matches[0].start + shift, matches[-1].end + shift
    parts, at = list[str](), start
    for match in matches:
        parts += (scene.text[at : match.start + shift], match.replacement)
        at = match.end + shift
    last = matches[-1].replacement
    place = start + sum(map(len, parts)) - len(last) + last.rfind("\n") + 1
    scene = scene.replaced(start, end, "".join(parts))
    line = scene.buffer.line_at(min(place, len(scene.text)))
    return scene.at(scene.buffer.text_start(line))


def confirming(scene: Scene, matches: Sequence[Match], replacement: str) -> Scene:
    """Asks for the first of the matches."""
    first, *others = matches
    return _asking(scene, Confirming(first, tuple(others), replacement, scene.text))


def answered(scene: Scene, asked: Confirming, key: str) -> Scene:
    """What a key answers: yes, no, all, quit, or this one and no more; any other is none."""
    if asked.text != scene.text:
        return _ended(scene)
    match key:
        case "y":
            scene, asked = _replaced(scene, asked)
            return _next(scene, asked) if asked.others else _ended(_in_line(scene))
        case "n":
            return _next(scene, asked) if asked.others else _ended(scene)
        case "l":
            return _ended(_in_line(_replaced(scene, asked)[0]))
        case "a":
            scene = scene.undoing_to(scene.buffer.start_at(asked.place[0]))
            return _ended(with_all(scene, (asked.asked, *asked.others), asked.shift))
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
    asked = replace(asked, shift=shift, text=scene.text)
    return scene.at(start + new.rfind("\n") + 1), asked


def _in_line(scene: Scene) -> Scene:
    return scene.at(scene.buffer.start_at(scene.cursor))


def _ended(scene: Scene) -> Scene:
    scene = scene.with_vim(replace(scene.vim, confirming=None))
    return scene.at(scene.buffer.on_character(scene.cursor))
