"""`ctrl+a` and `ctrl+x`: the number at the cursor, or the next in its line, made larger or smaller."""

from __future__ import annotations

import re
from typing import Final

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
