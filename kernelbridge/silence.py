"""Notices that the other side of a line leaves what it was told without an answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

PATIENCE = 10.0
"""Seconds: a keeper that comes up on a busy machine takes some of them."""


class Silence:
    """Counts the time between what wants an answer and whatever comes next; nothing else costs any."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._timer: asyncio.TimerHandle | None = None
        self._is_on = False

    @property
    def is_on(self) -> bool:
        """Whether an answer has been due for too long."""
        return self._is_on

    def expect(self) -> None:
        """Something was said that is answered at once, as a rule."""
        if self._timer is None and not self._is_on:
            self._timer = asyncio.get_running_loop().call_later(PATIENCE, self._begin)

    def end(self) -> None:
        """Something came, or there is nobody any more to wait for."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._is_on:
            self._is_on = False
            self._changed()

    def _begin(self) -> None:
        self._timer = None
        self._is_on = True
        self._changed()
