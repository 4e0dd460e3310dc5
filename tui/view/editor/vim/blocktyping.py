"""One line of a block after the other; and what is typed in the first of them, in all."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from tui.view.editor.rectangle import Rectangle
from tui.view.editor.vim.blocks import Piece, piece_of
from tui.view.editor.vim.buffer import Buffer
from tui.view.editor.vim.scene import Scene
from tui.view.editor.vim.state import Repeating, Side

InPiece: TypeAlias = Callable[[Buffer, Piece], tuple[int, int, str]]
"""Of a line's part of a block, the stretch of the text to replace, and by what."""


def in_each_line(scene: Scene, block: Rectangle, change: InPiece) -> Scene:
    """With a stretch of each line replaced, all by one change."""
    buffer = scene.buffer
    first, end = buffer.start(block.lines[0]), buffer.end(block.lines[-1])
    parts, at = list[str](), first
    for line in block.lines:
        start, stop, inserted = change(buffer, piece_of(buffer, block, line))
        parts += (buffer.text[at:start], inserted)
        at = stop
    return scene.replaced(first, end, "".join(parts) + buffer.text[at:end])


def typed_in_lines(scene: Scene, repeating: Repeating, text: str) -> Scene:
    """What was typed in a block's first line, in the others, too."""
    block = repeating.block
    others = range(block.lines[0] + 1, min(block.lines[-1], scene.buffer.last_line) + 1)
    if not others or not text:
        return scene
    one = _at_left(text) if repeating.side is Side.LEFT else _at_right(text, to_ends=block.to_ends)
    return in_each_line(scene, Rectangle(others, block.left, block.right, block.to_ends), one)


def _at_left(text: str) -> InPiece:
    def one(buffer: Buffer, piece: Piece) -> tuple[int, int, str]:
        at = piece.outer_start
        if piece.lacks:
            return at, at, ""
        if not piece.before or buffer.text[at] != "\t":
            return at, at, " " * piece.before + text
        return at, at + 1, " " * piece.before + text + " " * (piece.head + piece.behind)

    return one


def _at_right(text: str, *, to_ends: bool) -> InPiece:
    def one(buffer: Buffer, piece: Piece) -> tuple[int, int, str]:
        at = piece.outer_end
        if to_ends or not piece.behind:
            return at, at, " " * (0 if to_ends else piece.lacks_right) + text
        at = buffer.before(at)
        cut = piece.tail or piece.before + piece.head
        if buffer.text[at] != "\t":
            return at, at, " " * cut + text
        return at, at + 1, " " * cut + text + " " * piece.behind

    return one
