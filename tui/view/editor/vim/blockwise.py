"""What is done with a marked block: line by line, with what its edges cut of tabs and wide characters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from tui.render.width import cell_width
from tui.view.editor.measuring import TAB_STOP
from tui.view.editor.rectangle import Rectangle
from tui.view.editor.vim.blocks import Piece, corner, piece_of, place_in
from tui.view.editor.vim.blocktyping import in_each_line
from tui.view.editor.vim.buffer import Buffer
from tui.view.editor.vim.inserting import begin_insert
from tui.view.editor.vim.numbers import IN_MARKED, add_in_block
from tui.view.editor.vim.operators import recased, rotated, swapped
from tui.view.editor.vim.putting import put_register
from tui.view.editor.vim.registers import deleted, read, yanked
from tui.view.editor.vim.scene import Scene
from tui.view.editor.vim.state import Change, FailedError, Register, Repeating, Side

_Acting: TypeAlias = Callable[[Scene, Rectangle, Change], Scene]


def taken_block(buffer: Buffer, block: Rectangle) -> Register:
    """The text of a block; what is cut is blank, as is what a line is too short for."""
    rows: list[str] = []
    for line in block.lines:
        piece = piece_of(buffer, block, line)
        text = " " * piece.head + buffer.text[piece.start : piece.end] + " " * piece.tail
        rows.append(" " * block.width if piece.lacks else text)
    width = max(1, block.width - 1) if block.to_ends else block.width
    return Register("\n".join(rows), block_width=width)


def remove_block(scene: Scene, block: Rectangle) -> Scene:
    """Without the block's text; the cursor where it began."""
    piece = piece_of(scene.buffer, block, block.lines[0])
    scene = in_each_line(
        scene,
        block,
        lambda _, piece: (piece.outer_start, piece.outer_end, " " * (piece.before + piece.behind)),
    )
    return scene.at(piece.outer_start + piece.before)


def _into_register(scene: Scene, block: Rectangle, name: str) -> Scene:
    if not scene.text:
        return scene
    return deleted(scene, name, taken_block(scene.buffer, block), is_large=len(block.lines) > 1)


def _delete(scene: Scene, block: Rectangle, change: Change) -> Scene:
    scene = remove_block(_into_register(scene, block, change.command.register), block)
    return scene.at(scene.buffer.on_character(scene.cursor))


def _yank(scene: Scene, block: Rectangle, change: Change) -> Scene:
    scene = yanked(scene, change.command.register, taken_block(scene.buffer, block))
    last = piece_of(scene.buffer, block, block.lines[-1])
    return scene.with_marks({"[": scene.cursor, "]": max(last.start, scene.buffer.before(last.end))})


def _change(scene: Scene, block: Rectangle, change: Change) -> Scene:
    scene = remove_block(_into_register(scene, block, change.command.register), block)
    return _typing(scene, block, change, Side.LEFT)


def _insert(scene: Scene, block: Rectangle, change: Change) -> Scene:
    """`I`: what is typed comes to all lines that reach the block's left edge."""
    return _typing(scene, block, change, Side.LEFT, returns_to=scene.cursor)


def _append(scene: Scene, block: Rectangle, change: Change) -> Scene:
    """`A`: behind the block, to which short lines are filled; behind `$`, at the end of each line."""
    returns_to = scene.cursor
    piece = piece_of(scene.buffer, block, block.lines[0])
    at = piece.outer_end
    if piece.lacks_right and not block.to_ends:
        scene = scene.replaced(at, at, " " * piece.lacks_right)
        at += piece.lacks_right
    return _typing(scene.at(at), block, change, Side.RIGHT, returns_to=returns_to)


def _typing(
    scene: Scene, block: Rectangle, change: Change, side: Side, *, returns_to: int | None = None
) -> Scene:
    line = scene.buffer.line(scene.line)
    column = scene.cursor - scene.buffer.start(scene.line)
    repeating = Repeating(block, side, column, len(line), returns_to)
    times = 1 if change.command.name in "csC" else change.command.times
    return begin_insert(scene, change, times=times, repeating=repeating)


def _replace(scene: Scene, block: Rectangle, change: Change) -> Scene:
    """`r`: every cell of it holds the character; `r` and enter break the lines there."""
    key = change.command.argument
    character = {"enter": "\n", "tab": "\t", "space": " "}.get(key, key)
    if len(character) != 1:
        raise FailedError
    wide = 1 if character == "\t" else max(1, cell_width(character))

    def one(_: Buffer, piece: Piece) -> tuple[int, int, str]:
        if piece.is_empty:
            return piece.start, piece.start, ""
        if character == "\n":
            return piece.outer_start, piece.outer_end, " " * piece.before + "\n"
        count, rest = divmod(block.width - piece.lacks_right, wide)
        blank = piece.behind + (rest if not piece.lacks_right else 0)
        return piece.outer_start, piece.outer_end, " " * piece.before + character * count + " " * blank

    return in_each_line(scene, block, one).at(scene.cursor)


def _recasing(recase: Callable[[str], str]) -> _Acting:
    def act(scene: Scene, block: Rectangle, _change: Change) -> Scene:
        def one(buffer: Buffer, piece: Piece) -> tuple[int, int, str]:
            return piece.start, piece.end, recased(buffer.text[piece.start : piece.end], recase)

        return in_each_line(scene, block, one).at(scene.cursor)

    return act


def _shifting(direction: int) -> _Acting:
    """`>` and `<` move what is right of the block's left edge."""

    def act(scene: Scene, block: Rectangle, change: Change) -> Scene:
        unit = scene.surroundings.language.indent
        size = TAB_STOP if unit == "\t" else len(unit)
        by = change.command.times * size

        def one(buffer: Buffer, piece: Piece) -> tuple[int, int, str]:
            if piece.lacks or buffer.is_empty(buffer.line_at(piece.start)):
                return piece.start, piece.start, ""
            return _deeper(buffer, piece, by, unit) if direction > 0 else _less_deep(buffer, piece, by, block)

        return in_each_line(scene, block, one).at(scene.cursor)

    return act


def _deeper(buffer: Buffer, piece: Piece, by: int, unit: str) -> tuple[int, int, str]:
    """The white space around the left edge, wider."""
    start = end = piece.outer_start
    line_start, line_end = buffer.start_at(start), buffer.end_at(start)
    while start > line_start and buffer.text[start - 1] in " \t":
        start -= 1
    while end < line_end and buffer.text[end] in " \t":
        end += 1
    column = buffer.layout.unwrapped_column
    wanted = column(end) - column(start) + by
    if unit != "\t":
        return start, end, " " * wanted
    within = column(start) % TAB_STOP
    tabs, blanks = divmod(within + wanted, TAB_STOP)
    return start, end, "\t" * tabs + " " * (blanks if tabs else wanted)


def _less_deep(buffer: Buffer, piece: Piece, by: int, block: Rectangle) -> tuple[int, int, str]:
    """The white space behind the left edge, narrower."""
    text, column = buffer.text, buffer.layout.unwrapped_column
    end, line_end = piece.outer_start, buffer.end_at(piece.outer_start)
    if piece.before:
        if text[end] != "\t":
            return end, end, ""
        end += 1
    while end < line_end and text[end] in " \t":
        end += 1
    wanted = column(end) - min(by, column(end) - block.left)
    start = place_in(buffer, buffer.line_at(end), wanted)
    return start, end, " " * (wanted - column(start))


def _put_over(scene: Scene, block: Rectangle, change: Change) -> Scene:
    """`p`: what was marked goes to the unnamed register, unless it is `P`."""
    command = change.command
    register = read(scene, command.register)
    if command.name[-1] != "P" and taken_block(scene.buffer, block).text:
        scene = _into_register(scene, block, "")
    scene = remove_block(scene, block)
    goes_behind = command.name[0] == "g"
    if register.is_linewise:
        is_at_end = scene.cursor > scene.buffer.on_character(scene.cursor)
        last = block.lines[-1] if command.name[-1] == "p" else block.lines[0]
        before = command.name[-1] == "P" and not is_at_end
        scene = scene.at(scene.buffer.start(last))
        return put_register(scene, register, command.times, before=before, goes_behind=goes_behind)
    if "\n" in register.text or register.block_width:
        return put_register(scene, register, command.times, before=True, goes_behind=goes_behind)
    return _put_in_each(scene, block, register.text * command.times)


def _put_in_each(scene: Scene, block: Rectangle, text: str) -> Scene:
    """A text within a line comes to each line that reaches the left edge."""
    at = scene.cursor

    def one(buffer: Buffer, piece: Piece) -> tuple[int, int, str]:
        place = min(piece.outer_start, buffer.end_at(piece.outer_start))
        return place, place, "" if piece.lacks else text

    return in_each_line(scene, block, one).at(max(at, at + len(text) - 1))


ACTIONS: Final[Mapping[str, _Acting]] = MappingProxyType(
    {
        **dict.fromkeys(("d", "x", "X", "D", "delete", "backspace"), _delete),
        **dict.fromkeys(("y", "Y"), _yank),
        **dict.fromkeys(("c", "s", "C"), _change),
        **dict.fromkeys(IN_MARKED, add_in_block),
        "I": _insert,
        "A": _append,
        "r": _replace,
        **dict.fromkeys(("~", "g~"), _recasing(swapped)),
        **dict.fromkeys(("u", "gu"), _recasing(str.lower)),
        **dict.fromkeys(("U", "gU"), _recasing(str.upper)),
        "g?": _recasing(rotated),
        ">": _shifting(1),
        "<": _shifting(-1),
        **dict.fromkeys(("p", "P", "gp", "gP"), _put_over),
    }
)
"""By their keys; what is not among them takes whole lines."""

TO_ENDS: Final = frozenset("CD")
"""They go to the end of each line."""


def act_on_block(scene: Scene, block: Rectangle, change: Change) -> Scene:
    """Does a command with a block, here or, by `.`, elsewhere; the cursor goes to its corner first."""
    at = corner(scene.buffer, block)
    return ACTIONS[change.command.name](scene.undoing_to(at).at(at), block, change)
