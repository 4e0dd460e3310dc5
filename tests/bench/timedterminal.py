"""A terminal that notes when bytes come, also while it draws those before, which takes it some 10 ms."""

from __future__ import annotations

import os
import queue
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from e2e.terminal import Terminal

_SOON = 0.0005
"""Seconds until the thread that listens gets its turn while another draws."""


class TimedTerminal(Terminal):
    """A terminal with a thread that listens to the program."""

    def __init__(
        self,
        argv: Sequence[str | Path],
        *,
        columns: int = 80,
        rows: int = 24,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        super().__init__(argv, columns=columns, rows=rows, env=env, cwd=cwd)
        self._came: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
        sys.setswitchinterval(_SOON)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                data = os.read(self._master, 1 << 16)
            except OSError:  # the terminal was closed
                return
            self._came.put((time.monotonic(), data))

    def read(self, seconds: float) -> bool:
        """Draw what comes within `seconds`; whether anything came."""
        try:
            self.last_read, data = self._came.get(timeout=seconds) if seconds else self._came.get_nowait()
        except queue.Empty:
            return False
        self.take(data)
        return True


def milliseconds_to(terminal: Terminal, keys: str, pattern: str, timeout: float) -> float:
    """From keys to what they bring on the screen.

    The first bytes are waited for as a terminal waits: to look at the screen meanwhile takes milliseconds, in
    which a scheduler may leave the program that the key has woken waiting behind this one.
    """
    pressed = terminal.send(keys)
    terminal.read(timeout)
    return (terminal.wait_for(pattern, timeout) - pressed) * 1e3
