"""What a kernel tells, but for what a process of it tells that another is to take the place of.

One that is ended speaks meanwhile, and may die by itself: that is nothing of its successor's.
"""

from __future__ import annotations

from typing import Awaitable

from kernelbridge.keeper.kernels import Channel, Death, KernelListener
from kernelbridge.keeper.wire import WireMessage


class Gate:
    """The listener of one kernel: hands on what it hears while it is open, as it is at first."""

    def __init__(self, listener: KernelListener) -> None:
        self._listener = listener
        self._closings = 0

    @property
    def is_open(self) -> bool:
        """Whether it was opened as often as closed."""
        return self._closings == 0

    def close(self) -> None:
        """Lets nothing through; may be closed several times over."""
        self._closings += 1

    async def open_after(self, work: Awaitable[None]) -> None:
        """Takes back one closing once the work is done, or has failed."""
        try:
            await work
        finally:
            self._closings -= 1

    def heard(self, channel: Channel, message: WireMessage) -> None:
        """Hands on a message."""
        if self.is_open:
            self._listener.heard(channel, message)

    def missed(self, since: float, until: float, dropped: int | None = None) -> None:
        """Hands on that some are missing."""
        if self.is_open:
            self._listener.missed(since, until, dropped)

    def died(self, death: Death) -> None:
        """Hands on a death."""
        if self.is_open:
            self._listener.died(death)
