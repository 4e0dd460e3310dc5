"""The exit statuses of `tnb run`, besides those of signals (128 and their number)."""

from __future__ import annotations

from typing import Final

RAN: Final = 0
FAILED: Final = 1
MISUSED: Final = 2
NO_KERNEL: Final = 3
TIMED_OUT: Final = 4
NO_FILE: Final = 5
