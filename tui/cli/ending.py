"""Commands that are told to end do so as if interrupted: what they began is put in order first."""

from __future__ import annotations

import signal
from types import FrameType
from typing import Final

INTERRUPTED: Final = 130
"""Exit status: as a program that SIGINT ended."""


def end_as_if_interrupted() -> None:
    """Have SIGTERM and SIGHUP raise KeyboardInterrupt from now on; one that is ignored stays ignored."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _interrupt)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
