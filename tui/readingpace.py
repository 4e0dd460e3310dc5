"""How often is shown what a cell prints: at once, but what passes too fast to be read only now and then."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_SKIMMED = 16_000
"""Code points a second: some two hundred lines, more than anybody can take in as they pass."""
LONGEST = 0.25
"""Seconds between two showings at most."""


class ReadingPace:
    """What was shown stands for as long as it takes to skim it, `LONGEST` at most: a showing costs bytes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until = 0.0
        self._length = 0

    @property
    def is_due(self) -> bool:
        """Whether what came meanwhile is to be shown now."""
        return self._clock() >= self._until

    def printed(self, length: int) -> None:
        """So many code points more are to be shown."""
        self._length += length

    def hurry(self) -> None:
        """Something came that is not to wait."""
        self._until = 0.0

    def shown(self) -> None:
        """All that came is shown."""
        self._until = self._clock() + min(LONGEST, self._length / _SKIMMED)
        self._length = 0
