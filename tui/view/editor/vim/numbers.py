"""`ctrl+a` and `ctrl+x`: the number at the cursor, or the next in its line, made larger or smaller."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tui.view.editor.rectangle import Rectangle
from tui.view.editor.vim.blocks import piece_of
from tui.view.editor.vim.reach import Span
from tui.view.editor.vim.scene import Scene
from tui.view.editor.vim.state import Change, FailedError

_NUMBER: Final = re.compile(r"0[xX][0-9a-fA-F]+|0[bB][01]+|-?[0-9]+")
_WRAP: Final = 1 << 64


def add(scene: Scene, change: Change) -> Scene:
    """By the count, or by 1."""
    by = change.command.times * (1 if change.command.name == "ctrl+a" else -1)
    start = scene.buffer.start_at(scene.cursor)
    line = scene.buffer.line(scene.line)
    column = scene.cursor - start
    found = next((one for one in _NUMBER.finditer(line) if one.end() > column), None)
    if found is None:
        raise FailedError
    text = _added(found[0], by)
    scene = scene.undoing_to(scene.cursor).replaced(start + found.start(), start + found.end(), text)
    return scene.at(start + found.start() + len(text) - 1)


IN_MARKED: Final = ("ctrl+a", "ctrl+x", "gctrl+a", "gctrl+x")
"""With text marked; those with `g` change each number by more than the last."""


def add_in_span(scene: Scene, span: Span, change: Change) -> Scene:
    """The first marked number of each line."""
    buffer = scene.buffer
    stretches = [(buffer.start(line), buffer.end(line)) for line in span.lines(buffer)]
    if span.is_linewise:
        scene = scene.at(stretches[0][0])
    else:
        stretches = [(max(start, span.start), min(end, span.end)) for start, end in stretches]
    return _add_in_each(scene, stretches, change)


def add_in_block(scene: Scene, block: Rectangle, change: Change) -> Scene:
    """The first number of each line within a block."""
    pieces = [piece_of(scene.buffer, block, line) for line in block.lines]
    return _add_in_each(scene, [(piece.start, piece.end) for piece in pieces], change)


def _add_in_each(scene: Scene, stretches: Sequence[tuple[int, int]], change: Change) -> Scene:
    name = change.command.name
    by = change.command.times * (1 if name.endswith("ctrl+a") else -1)
    step = by if name.startswith("g") else 0
    start, end = stretches[0][0], stretches[-1][1]
    parts, at = list[str](), start
    for first, last in stretches:
        found = _NUMBER.search(scene.text, first, last)
        if found is not None:
            parts += (scene.text[at : found.start()], _added(found[0], by))
            at, by = found.end(), by + step
    scene = scene.undoing_to(scene.cursor)
    return scene.replaced(start, end, "".join(parts) + scene.text[at:end]).at(scene.cursor)


def _added(number: str, by: int) -> str:
    prefix, digits = number[:2], number[2:]
    if prefix.lower() == "0x":
        value = f"{(int(digits, 16) + by) % _WRAP:0{len(digits)}x}"
        letters = [one for one in digits if one.isalpha()]
        return prefix + (value.upper() if letters and letters[-1].isupper() else value)
    if prefix.lower() == "0b":
        return prefix + f"{(int(digits, 2) + by) % _WRAP:0{len(digits)}b}"
    sign, digits = ("-", number[1:]) if number.startswith("-") else ("", number)
    value = int(number) + by
    width = len(digits) if digits.startswith("0") and len(digits) > 1 else 0
    return f"{'-' if value < 0 or (sign and value == 0 and width) else ''}{abs(value):0{width}d}"
