"""Commands that are told to end do so as if interrupted: what they began is put in order first."""

from __future__ import annotations

import signal
from types import FrameType
from typing import Final

INTERRUPTED: Final = 130
"""Exit status: as a program that SIGINT ended."""


def end_as_if_interrupted() -> None:
    """Have SIGTERM raise KeyboardInterrupt from now on."""
    signal.signal(signal.SIGTERM, _interrupt)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
