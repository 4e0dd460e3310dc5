"""`J` and `gJ`: lines made one."""

from __future__ import annotations

from tui.view.editor.vim.scene import Scene
from tui.view.editor.vim.state import FailedError


def join(scene: Scene, first: int, last: int, *, with_spaces: bool) -> Scene:
    """The lines as one, the cursor where the last was joined. Raises FailedError for the last line."""
    buffer = scene.buffer
    last = min(last, buffer.last_line)
    if last <= first:
        raise FailedError
    scene, at = scene.undoing_to(scene.cursor), 0
    for _ in range(first, last):
        buffer = scene.buffer
        at, following = buffer.end(first), buffer.line(first + 1)
        text = following.lstrip(" \t") if with_spaces else following
        before = buffer.line(first)[-1:]
        is_apart = with_spaces and text and not text.startswith(")") and before and before not in " \t"
        end = at + 1 + len(following) - len(text)
        scene = scene.replaced(at, end, " " if is_apart else "")
    return scene.at(scene.buffer.on_character(at))
