"""`J` and `gJ`: lines made one."""

from __future__ import annotations

from tui.view.editor.vim.scene import Scene
from tui.view.editor.vim.state import FailedError


def join(scene: Scene, first: int, last: int, *, with_spaces: bool) -> Scene:
    """The lines as one, the cursor where the last of them was joined. Raises FailedError for the last line."""
    buffer = scene.buffer
    last = min(last, buffer.last_line)
    if last <= first:
        raise FailedError
    joined, at = buffer.line(first), 0
    for line in range(first + 1, last + 1):
        text = buffer.line(line)
        if with_spaces:
            text = text.lstrip(" \t")
        at = len(joined)
        if with_spaces and text and not text.startswith(")") and joined and joined[-1] not in " \t":
            joined += " "
        joined += text
    start = buffer.start(first)
    scene = scene.undoing_to(scene.cursor).replaced(start, buffer.end(last), joined)
    return scene.at(scene.buffer.on_character(start + at))
