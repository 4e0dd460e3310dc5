"""A terminal at the far end of a slow line: what is written is taken at once, as by sshd, and comes later."""

from __future__ import annotations

import os
import select
import time
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from e2e.terminal import Terminal

_PIECE: Final = 512
"""Bytes that arrive together."""


class FarTerminal(Terminal):
    """Bytes arrive `delay` seconds later each way, and `rate` of them a second."""

    def __init__(
        self,
        argv: Sequence[str | Path],
        *,
        columns: int = 80,
        rows: int = 24,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        delay: float = 0.075,
        rate: float = 100_000,
    ) -> None:
        self._delay, self._rate = delay, rate
        self._coming: deque[tuple[float, bytes]] = deque()
        self._going: deque[tuple[float, bytes]] = deque()
        self._is_free_at = 0.0
        self.most_waiting = 0
        """The most bytes that were ever on their way."""
        super().__init__(argv, columns=columns, rows=rows, env=env, cwd=cwd)

    @property
    def waiting(self) -> int:
        """Bytes that the program has written and the terminal has not got."""
        return sum(len(data) for _, data in self._coming)

    def read(self, seconds: float) -> bool:
        """Wait for what the line brings within `seconds`; whether anything arrived."""
        deadline = time.monotonic() + seconds
        while True:
            now = time.monotonic()
            due = min(
                [moment for moment, _ in (*list(self._coming)[:1], *list(self._going)[:1])], default=deadline
            )
            ready, _, _ = select.select([self._master], [], [], max(0.0, min(deadline, due) - now))
            if ready:
                self._put_on_line(os.read(self._master, 1 << 16))
            if self._deliver() or time.monotonic() >= deadline:
                return bool(self.last_read >= now)

    def _put_on_line(self, data: bytes) -> None:
        for start in range(0, len(data), _PIECE):
            piece = data[start : start + _PIECE]
            self._is_free_at = max(self._is_free_at, time.monotonic()) + len(piece) / self._rate
            self._coming.append((self._is_free_at + self._delay, piece))
        self.most_waiting = max(self.most_waiting, self.waiting)

    def _deliver(self) -> bool:
        now = time.monotonic()
        while self._going and self._going[0][0] <= now:
            super()._write(self._going.popleft()[1])
        arrived = False
        while self._coming and self._coming[0][0] <= now:
            self.last_read = now
            self.take(self._coming.popleft()[1])
            arrived = True
        return arrived

    def _write(self, data: bytes) -> None:
        if data:
            self._going.append((time.monotonic() + self._delay, data))
