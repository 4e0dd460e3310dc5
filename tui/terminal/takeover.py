"""Taking the terminal over before Textual is loaded, to draw a first frame while keys typed ahead wait.

What was done here the driver takes on, or `give_back` undoes it.
"""

from __future__ import annotations

import os
import termios
from dataclasses import dataclass
from typing import Any

ALTERNATE_SCREEN = "\x1b[?1049h"
_HIDE_CURSOR = "\x1b[?25l"
_GIVE_BACK = b"\x1b[0m\x1b[?25h\x1b[?1049l"


@dataclass(frozen=True, slots=True)
class Takeover:
    """A terminal that shows a first frame."""

    descriptor: int
    attributes: list[Any]
    """Of the terminal as it was (`termios.tcgetattr`)."""


_held: list[Takeover] = []
"""There is one terminal, so at most one."""


def take_over(descriptor: int, frame: str) -> None:
    """Show a frame on the alternate screen and let keys wait, unechoed. Raises OSError and termios.error."""
    attributes = termios.tcgetattr(descriptor)
    quiet = termios.tcgetattr(descriptor)
    quiet[0] &= ~(termios.ICRNL | termios.IXON)
    quiet[3] &= ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(descriptor, termios.TCSANOW, quiet)
    _held.append(Takeover(descriptor, attributes))
    data = f"{ALTERNATE_SCREEN}{_HIDE_CURSOR}{frame}".encode("utf-8", "replace")
    while data:
        data = data[os.write(descriptor, data) :]


def taken_on() -> Takeover | None:
    """What the driver takes on, if anything: from now on it is the driver's to give back."""
    return _held.pop() if _held else None


def give_back() -> None:
    """Put the terminal back as it was, unless the driver has it."""
    held = taken_on()
    if held is not None:
        os.write(held.descriptor, _GIVE_BACK)
        termios.tcsetattr(held.descriptor, termios.TCSANOW, held.attributes)
