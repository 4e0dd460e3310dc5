"""The programs that the benchmark compares, and the keys that a person presses in each."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from e2e import keys
from programs import tnb_command

FLOOR = "floor"
EVERYTHING = ("open", "move", "type", "run", "flood", "line", "idle", "big")


@dataclass(frozen=True, slots=True)
class Contender:
    """A program that opens a notebook."""

    name: str
    command: tuple[str, ...]
    last_cell: str = ""
    """The key that goes to the last cell; empty where there is none: then `down`, once a cell."""
    down: str = "j"
    up: str = "k"
    run: str = keys.CTRL_E
    run_next: str = keys.CTRL_R
    before: str = ""
    """What brings a program that opens in its editor out of it."""
    ready: str = ""
    """What the screen shows once the kernel has started; empty where nothing tells."""
    edit: str = keys.ENTER
    page: str = keys.PAGE_DOWN
    plays: tuple[str, ...] = ("open", "move", "type", "run", "flood")
    """The scenarios that it is fit for."""


def contenders(given: Mapping[str, str]) -> list[Contender]:
    """tnb, the floor, and those rivals that are installed or whose command is `given` by name."""
    found = [
        Contender("tnb", tuple(tnb_command()), last_cell="G", ready="idle", plays=EVERYTHING),
        Contender(FLOOR, (sys.executable, str(Path(__file__).with_name("floor.py"))), plays=("open", "big")),
    ]
    if command := _command("euporie-notebook", given.get("euporie")):
        found.append(Contender("euporie", command, last_cell=keys.END))
    if command := _command("jupyter-netbook", given.get("netbook")):
        shift_enter, ctrl_enter = keys.KITTY_SHIFT_ENTER, keys.KITTY_CTRL_ENTER
        found.append(Contender("netbook", command, run=ctrl_enter, run_next=shift_enter, before=keys.ESCAPE))
    if command := _command("vim", None):
        # The file as it is: what the wire carries can be compared, and little else.
        plain = (*command, "-N", "-u", "NONE", "-i", "NONE", "-n")
        found.append(
            Contender("vim", plain, last_cell="G", edit="i", page="\x06", plays=("open", "move", "type"))
        )
    return found


def _command(name: str, given: str | None) -> tuple[str, ...]:
    if given:
        return tuple(given.split())
    installed = shutil.which(name)
    return (installed,) if installed else ()
