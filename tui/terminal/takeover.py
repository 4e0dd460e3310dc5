"""Taking the terminal over before Textual is loaded, to draw a first frame while keys typed ahead wait.

What was done here the driver takes on, or `give_back` undoes it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import termios
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.terminal.display.cellrow import CellRow

ALTERNATE_SCREEN = "\x1b[?1049h"
_HIDE_CURSOR = "\x1b[?25l"
_NO_WRAP = "\x1b[?7l"
_GIVE_BACK = b"\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l"


@dataclass(frozen=True, slots=True)
class Takeover:
    """A terminal that shows a first frame."""

    descriptor: int
    attributes: list[Any]
    """Of the terminal as it was (`termios.tcgetattr`)."""
    shown: Sequence[CellRow]


ENDING_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)
"""They end the program in good order."""
_TYPED_SIGNALS = (termios.VQUIT, termios.VSUSP)
"""Keys that would end or stop the program under its first frame; ctrl+c stays, to give up waiting by."""
_NO_KEY = b"\0"

_held: list[Takeover] = []
"""There is one terminal, so at most one."""
_waiting: list[signal.Signals] = []
"""The signal that came while only the first frame was there."""


def take_over(descriptor: int, frame: str, shown: Sequence[CellRow] = ()) -> None:
    """Show a frame on the alternate screen and let keys wait, unechoed. Raises OSError and termios.error.

    `shown` is what the frame shows, where that is known. A signal to end waits from here on for the driver
    (`asked_to_end`); a second one ends the program at once.
    """
    attributes = termios.tcgetattr(descriptor)
    quiet = termios.tcgetattr(descriptor)
    quiet[0] &= ~(termios.ICRNL | termios.IXON)
    quiet[3] &= ~(termios.ECHO | termios.ICANON)
    for key in _TYPED_SIGNALS:
        quiet[6][key] = _NO_KEY
    _held.append(Takeover(descriptor, attributes, shown))
    for number in ENDING_SIGNALS:
        signal.signal(number, _wait_to_end)
    termios.tcsetattr(descriptor, termios.TCSANOW, quiet)
    data = f"{ALTERNATE_SCREEN}{_HIDE_CURSOR}{_NO_WRAP}{frame}\x1b[m".encode("utf-8", "replace")
    while data:
        data = data[os.write(descriptor, data) :]


def taken_on() -> Takeover | None:
    """What the driver takes on, if anything: from now on it is the driver's to give back."""
    return _held.pop() if _held else None


def give_back() -> None:
    """Put the terminal back as it was, unless the driver has it or it is gone."""
    held = taken_on()
    if held is not None:
        with contextlib.suppress(OSError, termios.error):
            os.write(held.descriptor, _GIVE_BACK)
            termios.tcsetattr(held.descriptor, termios.TCSANOW, held.attributes)


def asked_to_end() -> signal.Signals | None:
    """The signal to end, if one came before the driver did."""
    return _waiting.pop() if _waiting else None


def _wait_to_end(number: int, _frame: object) -> None:
    """Raise nothing: amid an import, that would leave a lock held for which other threads wait for ever."""
    if _waiting:
        give_back()
        signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(number)
    _waiting.append(signal.Signals(number))
