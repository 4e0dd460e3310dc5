"""The replace mode, `R`: what is typed takes the place of what is there, and backspace brings that back."""

from __future__ import annotations

from dataclasses import replace

from tui.document.textchange import TextChange
from tui.view.editor.indentation import indentation_of
from tui.view.editor.vim.inserting import begin_insert
from tui.view.editor.vim.scene import Scene
from tui.view.editor.vim.state import Change, Mode


def begin_replace(scene: Scene, change: Change) -> Scene:
    """The replace mode at the cursor."""
    return begin_insert(scene, change, times=change.command.times).in_mode(Mode.REPLACE)


def type_over(scene: Scene, text: str) -> Scene:
    """One character, or a new line, over what is there; at the end of a line it is put in."""
    buffer, at = scene.buffer, scene.cursor
    if text == "\n":
        text += indentation_of(buffer.line(scene.line))
    end = at if text[0] == "\n" or at == buffer.end_at(at) else buffer.after(at)
    change = TextChange(at, scene.text[at:end], text)
    return _noted(scene.replaced(at, end, text).at(at + len(text)), change)


def take_back(scene: Scene) -> Scene:
    """Backspace: the character that was typed last gives way to the one before it; else one goes left."""
    inserting = scene.vim.inserting
    done = inserting.change if inserting is not None else None
    if inserting is None or done is None or not done.inserted:
        at = scene.cursor
        at = scene.buffer.before(at) if at > scene.buffer.start_at(at) else at
        moved = inserting and replace(inserting, start=at, change=None)
        return scene.with_vim(replace(scene.vim, inserting=moved)).at(at)
    inserted = done.inserted[:-1]
    kept = len(done.removed) - 1 if len(done.removed) == len(done.inserted) else len(done.removed)
    at = done.start + len(inserted)
    scene = scene.replaced(at, at + 1, done.removed[kept:]).at(at)
    change = TextChange(done.start, done.removed[:kept], inserted) if inserted else None
    return scene.with_vim(replace(scene.vim, inserting=replace(inserting, change=change)))


def _noted(scene: Scene, change: TextChange) -> Scene:
    inserting = scene.vim.inserting
    if inserting is None:
        return scene
    both = change if inserting.change is None else inserting.change.then(change)
    if both is None:
        inserting = replace(inserting, start=change.start)
    return scene.with_vim(replace(scene.vim, inserting=replace(inserting, change=both or change)))
