"""The identity of a run, and how it can end: what both the events of a kernel and the screen speak of."""

from __future__ import annotations

from enum import Enum
from typing import NewType

RunId = NewType("RunId", str)
"""One execution of one piece of code, from the moment it was asked for."""


class RunStatus(Enum):
    """How a run ended."""

    OK = "ok"
    ERROR = "error"
    ABORTED = "aborted"
    """The kernel refused it, as it does with what is queued behind an error or an interrupt."""
    CANCELLED = "cancelled"
    """Taken out of the queue before it reached the kernel."""
    LOST = "lost"
    """The kernel died or was restarted under it."""
