"""A program on a pseudo-terminal of its own, driven as by a person: keys in, and waiting for what is shown.

Queries are answered as a plain xterm answers them, so that a program that waits for a reply does not stall.
Times are seconds on the monotonic clock.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

from e2e.screen import Cell, Screen

PATIENCE = 30.0
"""Seconds after which what a test waits for is taken never to come."""

ALTERNATE_SCREEN = b"\x1b[?1049h"
"""What a full-screen program starts with."""

_MARK = "TNB_TEST_TERMINAL"
_ANSWERS = {
    b"\x1b[c": b"\x1b[?62;22c",
    b"\x1b[0c": b"\x1b[?62;22c",
    b"\x1b[>c": b"\x1b[>41;330;0c",
    b"\x1b[>0c": b"\x1b[>41;330;0c",
    b"\x1b[5n": b"\x1b[0n",
    b"\x1b]10;?": b"\x1b]10;rgb:dddd/dddd/dddd\x1b\\",
    b"\x1b]11;?": b"\x1b]11;rgb:1111/1111/1111\x1b\\",
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",
    b"\x1b[?2048$p": b"\x1b[?2048;0$y",
}
# The shell, a session leader without a terminal, gets the one that it opens as its own, and so its signals.
_ON_TERMINAL = 'exec "$@" <>"$0" >&0 2>&0'


class NotShownError(AssertionError):
    """The screen did not come to show what was waited for; the text ends with the screen."""


class Terminal:
    """A running program and its screen. Leaving its `with` block ends the program and all that it started."""

    def __init__(
        self,
        argv: Sequence[str | Path],
        *,
        columns: int = 80,
        rows: int = 24,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        answers: Mapping[bytes, bytes] | None = None,
    ) -> None:
        """Start `argv` in the environment `env`, that of this process by default.

        `answers` to queries come before those of an xterm.
        """
        self._answers = {**_ANSWERS, **(answers or {})}
        self.columns, self.rows = columns, rows
        self.screen = Screen(columns, rows)
        self.raw = bytearray()
        """Every byte that the program wrote."""
        self.last_read = 0.0
        """When the last of them came."""
        self._mark = uuid.uuid4().hex
        self._master, self._slave = pty.openpty()
        self._set_size()
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            ["/bin/sh", "-c", _ON_TERMINAL, os.ttyname(self._slave), *argv],
            env={**(os.environ if env is None else env), _MARK: self._mark},
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    # What the screen shows

    @property
    def text(self) -> str:
        """The rows of the screen, without the blanks at their ends."""
        return self.screen.text

    def find(self, text: str) -> tuple[int, int]:
        """Column and row, from 0, where `text` is first on the screen."""
        for row, line in enumerate(self.screen.lines):
            if (column := line.find(text)) >= 0:
                return column, row
        raise NotShownError(f"{text!r} is not on the screen\n{self.text}")

    def cell_of(self, text: str) -> Cell:
        """The cell in which `text` begins."""
        return self.screen.cell(*self.find(text))

    # Waiting

    def wait_for(self, pattern: str, timeout: float = PATIENCE) -> float:
        """Wait until the screen matches a regular expression; the moment of the bytes that brought it."""
        return self.wait_until(lambda: re.search(pattern, self.text) is not None, f"{pattern!r}", timeout)

    def wait_gone(self, pattern: str, timeout: float = PATIENCE) -> float:
        """Wait until the screen no longer matches a regular expression."""
        return self.wait_until(lambda: re.search(pattern, self.text) is None, f"no {pattern!r}", timeout)

    def wait_until(self, holds: Callable[[], bool], what: str, timeout: float = PATIENCE) -> float:
        """Wait for a condition, called `what` when it never comes. Raises NotShownError."""
        deadline = time.monotonic() + timeout
        while not holds():
            came = self.read(0.05)
            if not came and self.process.poll() is not None and not holds():
                raise NotShownError(
                    f"ended with {self.process.returncode}, and {what} never came\n{self.text}"
                )
            if time.monotonic() > deadline:
                raise NotShownError(f"{what} did not come within {timeout} s\n{self.text}")
        return self.last_read

    def press_until(self, keys: str, pattern: str) -> None:
        """Press keys, and press them again as long as nothing comes of it, as a person does."""
        deadline = time.monotonic() + PATIENCE
        while not re.search(pattern, self.text):
            if time.monotonic() > deadline:
                raise NotShownError(f"{keys!r} did not bring {pattern!r}\n{self.text}")
            self.send(keys)
            self.wait_quiet()

    def wait_quiet(self, quiet: float = 0.3, timeout: float = PATIENCE) -> float:
        """Wait until nothing has come for `quiet` seconds; when the last did. To measure, not to test."""
        deadline = time.monotonic() + timeout
        while self.read(quiet) and time.monotonic() < deadline:
            pass
        return self.last_read

    def wait_exit(self, timeout: float = PATIENCE) -> int:
        """Wait until the program ends; its exit status, or minus the signal that ended it."""
        deadline = time.monotonic() + timeout
        while self.process.poll() is None:
            self.read(0.05)
            if time.monotonic() > deadline:
                raise NotShownError(f"still running after {timeout} s\n{self.text}")
        while self.read(0):
            pass
        return self.process.returncode

    def read(self, seconds: float) -> bool:
        """Draw what comes within `seconds`; whether anything came."""
        ready, _, _ = select.select([self._master], [], [], seconds)
        if not ready:
            return False
        data = os.read(self._master, 1 << 16)
        self.last_read = time.monotonic()
        self.take(data)
        return True

    def take(self, data: bytes) -> None:
        """Draw what the program wrote, and answer what it asks."""
        self.raw += data
        self.screen.feed(data)
        self._answer(data)

    def draw_for(self, seconds: float) -> None:
        """Draw what comes until `seconds` have passed, to strike at different moments of a start."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            self.read(left)

    def line_settings(self) -> list[object]:
        """The settings of the terminal's line: echo, signals, flow control (`termios.tcgetattr`)."""
        return termios.tcgetattr(self._slave)

    def _answer(self, data: bytes) -> None:
        """Answer the queries that end in `data`; a read may cut one in two."""
        column, row = self.screen.cursor
        cursor = b"\x1b[%d;%dR" % (row + 1, column + 1)
        for query, answer in {**self._answers, b"\x1b[6n": cursor}.items():
            before = bytes(self.raw[: -len(data)][1 - len(query) :])
            self._write(answer * (before + data).count(query))

    # What a person does

    def send(self, keys: str | bytes) -> float:
        """Type; the moment the keys were on their way."""
        moment = time.monotonic()
        self._write(keys.encode() if isinstance(keys, str) else keys)
        return moment

    def _write(self, data: bytes) -> None:
        """Write all of `data`, reading meanwhile, so that a paste and its echo do not wait for each other."""
        while data:
            _, writable, _ = select.select([], [self._master], [], 0.05)
            if writable:
                data = data[os.write(self._master, data[:1024]) :]
            elif self.process.poll() is not None:
                return
            else:
                self.read(0)

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size; the system tells the program (SIGWINCH)."""
        self.columns, self.rows = columns, rows
        self.screen.resize(columns, rows)
        self._set_size()

    def _set_size(self) -> None:
        size = struct.pack("HHHH", self.rows, self.columns, self.columns * 8, self.rows * 16)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, size)

    # The processes behind it

    def family(self) -> list[psutil.Process]:
        """All processes that the program started and that still run, itself first."""
        alive = [one for one in psutil.process_iter() if _environment(one).get(_MARK) == self._mark]
        return sorted(alive, key=lambda one: one.pid != self.process.pid)

    def close(self) -> None:
        """End the program and everything that it started."""
        for one in self.family():
            with contextlib.suppress(psutil.NoSuchProcess):
                one.send_signal(signal.SIGKILL)
        self.process.wait()
        os.close(self._slave)
        os.close(self._master)

    def forget(self) -> None:
        """Close the terminal, as its window is closed, and leave alone what was started in it."""
        os.close(self._slave)
        os.close(self._master)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def is_kept(process: psutil.Process) -> bool:
    """Whether it is a keeper or a kernel, which are there to stay when their terminal is gone."""
    try:
        words = " ".join(process.cmdline())
    except (psutil.Error, OSError):
        return True
    return "kernelbridge.keeper." in words or "kernelbridge/keeper/local/bootstrap.py" in words


def _environment(process: psutil.Process) -> dict[str, str]:
    """The environment that a process was started in; nothing for one that is gone or another user's."""
    try:
        return process.environ()
    except (psutil.Error, OSError):
        return {}
