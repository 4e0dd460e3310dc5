"""Work that goes on beside the console and ends with it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from tui.render.drawing import Pending
from tui.render.rows import Row


class Tasks:
    """Tasks on the running event loop."""

    def __init__(self, changed: Callable[[], None]) -> None:
        """`changed` is called when one of them is done."""
        self._changed = changed
        self._running: set[asyncio.Task[None]] = set()

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Begins one."""
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._done)
        return task

    def paint(self, pending: Pending, ready: Callable[[Sequence[Row]], None]) -> None:
        """Draws what is slow to draw on a thread."""

        async def paint() -> None:
            ready(await asyncio.to_thread(pending.draw))

        self.spawn(paint())

    def cancel(self) -> None:
        """Ends all of them."""
        for task in self._running:
            task.cancel()

    def _done(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.result()  # what nobody expects is not to pass unseen
            self._changed()
