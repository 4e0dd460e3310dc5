"""The way out to the terminal: what it takes at once goes at once, what it does not waits in a thread."""

from __future__ import annotations

import io
import os
import select
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import ReadableBuffer

_OCTETS: Final = "latin-1"
"""Bytes as a text of one character for each: Textual's thread takes text, and half a character is none."""


class TerminalOutlet:
    """Writes UTF-8 to the terminal, whatever the locale, and never raises; lone surrogates become "?".

    Waking a thread takes longer than all else that is done for a letter. So text goes to the terminal without
    one, as far as that has room; what is left, and all that comes before the thread is done with it, is the
    thread's.
    """

    def __init__(self, fileno: int) -> None:
        self._device = _TerminalDevice(fileno)
        self.file: Final = io.TextIOWrapper(self._device, encoding=_OCTETS, newline="", write_through=True)
        """What the thread writes to; closing it leaves `fileno` open."""
        self._now = _that_never_waits(fileno)
        self._left_behind = 0
        """Bytes that were ever left to the thread."""

    def send(self, text: str, by_thread: Callable[[str], None]) -> None:
        """Write a text; `by_thread` has the thread write to `file` what the terminal has no room for yet."""
        data = text.encode("utf-8", "replace")
        if self._left_behind == self._device.done:
            data = data[self._taken_at_once(data) :]
        if data:
            self._left_behind += len(data)
            by_thread(data.decode(_OCTETS))

    def _taken_at_once(self, data: bytes) -> int:
        if self._now is None:
            return 0
        try:
            return os.write(self._now, data)
        except OSError:  # no room at all, or hung up, which the thread finds out, too
            return 0


def _that_never_waits(fileno: int) -> int | None:
    """Another descriptor of a terminal, to which writing never waits; None where there is none to be had.

    Whether one waits belongs to what was opened, which the shell and other programs share.
    """
    try:
        other = os.open(os.ttyname(fileno), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    if os.fstat(other).st_rdev == os.fstat(fileno).st_rdev:
        return other
    os.close(other)
    return None


class _TerminalDevice(io.RawIOBase):
    """Writes everything it is given, or, once the terminal is gone, nothing, without a word."""

    name = "<terminal>"

    def __init__(self, fileno: int) -> None:
        super().__init__()
        self._fileno = fileno
        self._gone = False
        self.done = 0
        """Bytes that were ever given to it, and are written."""

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
        self.done += size
        return size
