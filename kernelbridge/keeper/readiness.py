"""Whether a kernel that was started is ready: it answers, and is heard, and no output is missed (JEP 65)."""

from __future__ import annotations

import asyncio
import time
from typing import Callable

from kernelbridge.keeper.jsontypes import EMPTY, JsonObject
from kernelbridge.keeper.kernels import Channel, Kernel, Request
from kernelbridge.keeper.questions import Answer

ASK_AGAIN = 0.25
"""Seconds after which an unanswered subscription is probed with another `kernel_info_request`."""
_DEAF = 10.0
"""Seconds after which a kernel that answers and publishes nothing is taken for one that has no status."""

Ask = Callable[[Channel, Request, Callable[[Answer], None]], str]
_WHO_IS_IT = Request("kernel_info_request", EMPTY)


class Readiness:
    """Waits for the answer on shell and for the first word on iopub, of one kernel after another."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._subscribed = asyncio.Event()

    def heard(self) -> None:
        """Takes that something came on iopub."""
        self._subscribed.set()

    def begin_anew(self) -> None:
        """Takes that the kernel is gone: whoever waits for it waits no more."""
        self._subscribed.set()
        self._subscribed = asyncio.Event()

    async def listen(self) -> None:
        """Has a kernel that may be busy say something on iopub: asks on control, which no run holds up."""
        subscribed, until = self._subscribed, time.monotonic() + _DEAF
        while not subscribed.is_set() and time.monotonic() < until:
            self._ask(Channel.CONTROL, _WHO_IS_IT, _ignore)
            await asyncio.wait((asyncio.ensure_future(subscribed.wait()),), timeout=ASK_AGAIN)

    async def wait(self, kernel: Kernel, answered: Callable[[JsonObject], None]) -> bool:
        """Whether it got ready, and no other came in its place; `answered` gets what it says of itself."""
        subscribed = self._subscribed
        answer: asyncio.Future[Answer] = asyncio.get_event_loop().create_future()
        self._ask(Channel.SHELL, _WHO_IS_IT, answer.set_result)
        message = (await answer).message
        if message is None or subscribed is not self._subscribed:
            return False
        answered(message.content)
        until = time.monotonic() + _DEAF
        while not subscribed.is_set() and time.monotonic() < until:
            await asyncio.wait((asyncio.ensure_future(subscribed.wait()),), timeout=ASK_AGAIN)
            if not subscribed.is_set():
                kernel.send(Channel.SHELL, _WHO_IS_IT)
        return subscribed is self._subscribed


def _ignore(_: Answer) -> None:
    """What matters is what is published beside the answer."""
