"""Registers: what is yanked and deleted goes to them, and comes from them again."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tui.view.editor.vim.effects import CopyText
from tui.view.editor.vim.scene import Scene
from tui.view.editor.vim.state import FailedError, Register

UNNAMED, NOTHING = '"', "_"
_YANKED, _SMALL = "0", "-"
_CLIPBOARD: Final = frozenset("+*")


def yanked(scene: Scene, name: str, register: Register) -> Scene:
    """With text yanked into a register, or the usual one."""
    if name == NOTHING:
        return scene
    if name and name != UNNAMED:
        return _written(scene, name, register)
    return scene.with_register(_YANKED, register).with_register(UNNAMED, register)


def deleted(scene: Scene, name: str, register: Register, *, is_large: bool) -> Scene:
    """With text that was deleted in a register, and in those with a number or the one for small pieces."""
    if name == NOTHING:
        return scene
    if name and name != UNNAMED:
        scene = _written(scene, name, register)
    written = scene.memory.registers.get(UNNAMED)
    if is_large:
        scene = _shifted(scene).with_register("1", register)
    elif not name or name == UNNAMED:
        scene = scene.with_register(_SMALL, register)
    if name and name != UNNAMED and written is not None:
        return scene.with_register(UNNAMED, written)
    return scene.with_register(UNNAMED, register)


def read(scene: Scene, name: str) -> Register:
    """What is in a register. Raises FailedError for one that is empty or none."""
    if name in _CLIPBOARD:
        text = scene.surroundings.clipboard
        register: Register | None = Register(text, text.endswith("\n"))
        if (unnamed := scene.memory.registers.get(UNNAMED)) is not None and unnamed.text == text:
            register = unnamed
    elif name == ":" and scene.memory.lines:
        register = Register(scene.memory.lines[-1])
    elif name == "/" and scene.memory.search is not None:
        register = Register(scene.memory.search.pattern)
    else:
        _check(name or UNNAMED)
        register = scene.memory.registers.get(name.lower() or UNNAMED)
    if register is None or (not register.text and name in _CLIPBOARD):
        raise FailedError(f"Nothing in register {name or UNNAMED}")
    return register


def recorded(scene: Scene, name: str, text: str) -> Scene:
    """With the keys of a macro in a register."""
    register = Register(text)
    if name.isupper():
        before = scene.memory.registers.get(name.lower(), Register(""))
        register = Register(before.text + text)
    return scene.with_register(name.lower(), register)


def _written(scene: Scene, name: str, register: Register) -> Scene:
    """A capital letter adds to what is there."""
    if name in _CLIPBOARD:
        return scene.with_register(UNNAMED, register).asking(CopyText(register.text))
    _check(name)
    if name.isupper() and (before := scene.memory.registers.get(name.lower())) is not None:
        register = _joined(before, register)
    return scene.with_register(name.lower(), register).with_register(UNNAMED, register)


def _joined(first: Register, second: Register) -> Register:
    if first.block_width and not second.is_linewise:
        width = max(first.block_width, second.block_width)
        return Register(f"{first.text}\n{second.text}", block_width=width)
    if not first.is_linewise and not second.is_linewise:
        return Register(first.text + second.text)
    return Register(_as_lines(first) + _as_lines(second), is_linewise=True)


def _as_lines(register: Register) -> str:
    return register.text if register.is_linewise else register.text + "\n"


def _shifted(scene: Scene) -> Scene:
    """ "1 goes to "2 and so on."""
    registers = scene.memory.registers
    moved = {str(number + 1): registers[str(number)] for number in range(1, 9) if str(number) in registers}
    return scene.with_memory(replace(scene.memory, registers={**registers, **moved}))


def _check(name: str) -> None:
    is_one = len(name) == 1 and name.isascii() and (name.isalnum() or name in '"-')
    if not is_one:
        raise FailedError(f"There is no register {name}")
