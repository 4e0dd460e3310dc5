"""Whether a person looks at the terminal, as far as it tells."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_QUIET: Final = 60.0
"""Seconds without a key after which a terminal that does not tell of its focus counts as not looked at."""


class Attention:
    """What is known from the focus, or else from keys."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._has_focus: bool | None = None
        """None until the terminal tells."""
        self._last_key = clock()

    def focus(self, *, has_focus: bool) -> None:
        """The terminal tells whether it has the focus."""
        self._has_focus = has_focus

    def key(self) -> None:
        """Something was typed or clicked."""
        self._last_key = self._clock()

    @property
    def is_elsewhere(self) -> bool:
        """Whether nobody seems to look."""
        if self._has_focus is not None:
            return not self._has_focus
        return self._clock() - self._last_key >= _QUIET
