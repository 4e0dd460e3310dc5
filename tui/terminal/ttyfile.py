"""The way out to the terminal: a text file that a lost terminal cannot break."""

from __future__ import annotations

import io
import os
import select
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class _TerminalDevice(io.RawIOBase):
    """Writes everything it is given, or, once the terminal is gone, nothing, without a word."""

    name = "<terminal>"

    def __init__(self, fileno: int) -> None:
        super().__init__()
        self._fileno = fileno
        self._gone = False

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._fileno

    def isatty(self) -> bool:
        return os.isatty(self._fileno)

    def write(self, data: ReadableBuffer, /) -> int:
        rest = memoryview(data).cast("B")
        size = len(rest)
        while rest and not self._gone:
            try:
                rest = rest[os.write(self._fileno, rest) :]
            except BlockingIOError:  # another process that shares the terminal made it non-blocking
                select.select([], [self._fileno], [])
            except OSError:  # hung up: SIGHUP or the end of the input ends the program in good order
                self._gone = True
        return size


def open_terminal_file(fileno: int) -> io.TextIOWrapper:
    """A file that writes UTF-8 to the terminal at `fileno`, whatever the locale, and never raises.

    Lone surrogates become "?". Closing it leaves `fileno` open.
    """
    return io.TextIOWrapper(
        _TerminalDevice(fileno),
        encoding="utf-8",
        errors="replace",
        newline="",
        write_through=True,
    )
