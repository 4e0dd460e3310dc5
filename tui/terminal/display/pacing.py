"""No more frames on their way than the terminal has time for, told by its answers to status requests.

What ssh and ptys hold back cannot be seen from here. A terminal that answers none is sent everything at once.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Final

REQUEST: Final = "\x1b[5n"
"""DSR 5 (ECMA-48 8.3.35); any terminal answers `CSI 0 n` once it has taken what came before."""
_UNASKED: Final = 1500
"""Characters that may be sent between two requests: what a slow line brings within some milliseconds."""
_OUTSTANDING: Final = 2
"""Requests that may wait for an answer, as one frame is drawn while the next is on its way."""
_PATIENCE: Final = 1.0
"""Seconds after which a request is taken to be lost, as among what is pasted just then."""


class Pacing:
    """Counts what was sent and what was answered."""

    def __init__(
        self,
        later: Callable[[float, Callable[[], None]], object],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`later` calls something after so many seconds."""
        self._later = later
        self._clock = clock
        self._answers = False
        """Whether this terminal has ever answered."""
        self._waiting: deque[float] = deque()
        """When each request went that has no answer yet."""
        self._unasked = 0
        self._again: Callable[[], None] | None = None

    def probe(self) -> str:
        """The first request, to see whether the terminal answers."""
        return REQUEST

    def may_send(self, again: Callable[[], None]) -> bool:
        """Whether a frame may go now; if not, `again` is called as soon as one may."""
        self._forget_the_lost()
        if self._answers and len(self._waiting) >= _OUTSTANDING:
            if self._again is None:
                self._later(_PATIENCE, self._expire)
            self._again = again
            return False
        return True

    def sent(self, size: int) -> str:
        """A frame of so many characters goes; what to send behind it."""
        self._unasked += size
        if not self._answers or self._unasked < _UNASKED:
            return ""
        self._unasked = 0
        self._waiting.append(self._clock())
        return REQUEST

    def answered(self) -> None:
        """The terminal has answered a request."""
        self._answers = True
        if self._waiting:
            self._waiting.popleft()
        if self._again is not None and len(self._waiting) < _OUTSTANDING:
            again, self._again = self._again, None
            again()

    def _expire(self) -> None:
        """What waits for answers that are lost goes."""
        if self._again is None:
            return
        self._forget_the_lost()
        if len(self._waiting) < _OUTSTANDING:
            again, self._again = self._again, None
            again()
        else:
            self._later(_PATIENCE, self._expire)

    def _forget_the_lost(self) -> None:
        now = self._clock()
        while self._waiting and now - self._waiting[0] >= _PATIENCE:
            self._waiting.popleft()
