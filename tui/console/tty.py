"""The terminal as the console has it: keys as they are pressed; and given back as it was."""

from __future__ import annotations

import contextlib
import os
import select
import termios
from typing import Any, Final

_BEGIN: Final = "\x1b[?2004h\x1b[>4;1m"
"""Pastes are marked, and enter with modifiers is told apart (xterm's modifyOtherKeys)."""
_END: Final = "\x1b[>4m\x1b[?2004l\x1b[0m\x1b[?25h"
_READ_SIZE: Final = 1 << 16
_SIZE_UNKNOWN: Final = (80, 24)


class Tty:
    """A terminal, read at one descriptor and written at another."""

    def __init__(self, source: int, sink: int) -> None:
        self.source = source
        self._sink = sink
        self._before: list[Any] | None = None

    def take(self) -> None:
        """Keys come one by one and unechoed from now on. Raises termios.error where it is no terminal."""
        before = termios.tcgetattr(self.source)
        raw = termios.tcgetattr(self.source)
        raw[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR | termios.IXON | termios.ISTRIP)
        raw[3] &= ~(termios.ECHO | termios.ICANON | termios.ISIG | termios.IEXTEN)
        raw[6][termios.VMIN], raw[6][termios.VTIME] = 1, 0
        termios.tcsetattr(self.source, termios.TCSADRAIN, raw)
        self._before = before
        self.write(_BEGIN)

    def give_back(self) -> None:
        """As it was before it was taken; once is enough, and a terminal that is gone is left alone."""
        before, self._before = self._before, None
        if before is None:
            return
        self.write(_END)
        with contextlib.suppress(termios.error):
            termios.tcsetattr(self.source, termios.TCSADRAIN, before)

    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        try:
            columns, rows = os.get_terminal_size(self._sink)
        except OSError:  # the terminal is gone
            columns = rows = 0
        return columns or _SIZE_UNKNOWN[0], rows or _SIZE_UNKNOWN[1]

    def read(self) -> bytes:
        """What was typed; nothing where the terminal is gone."""
        try:
            return os.read(self.source, _READ_SIZE)
        except OSError:
            return b""

    def write(self, text: str) -> None:
        """Sends text; to a terminal that is gone nothing is sent."""
        data = memoryview(text.encode("utf-8", "replace"))
        while data:
            try:
                data = data[os.write(self._sink, data) :]
            except BlockingIOError:  # another process that shares the terminal made it non-blocking
                select.select([], [self._sink], [])
            except OSError:
                return
