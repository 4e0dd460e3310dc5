"""The kernel of one notebook: chosen, launched beside the screen, never awaited by it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from kernelbridge.state import KernelInfo, KernelState, Missing, NoKernel, Starting
from tui.kernellaunch import state_on_opening
from tui.options import KernelChoice, WithoutKernel

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path

    from kernelbridge.outputs import JsonObject
    from tui.controller import Controller
    from tui.kernelevents import KernelEvents
    from tui.kernellaunch import Launch


class NotebookKernel:
    """Chooses, starts, restarts and ends the kernel; what it tells goes to the controller."""

    def __init__(
        self,
        controller: Controller,
        choice: KernelChoice,
        folder: Path,
        changed: Callable[[], None],
        launch: Launch,
    ) -> None:
        self._controller = controller
        self._choice = choice
        self._folder = folder
        self._changed = changed
        self._launch = launch
        self._without: Starting | NoKernel | Missing = state_on_opening(choice)
        """The state while there is no session."""
        self._is_choosing = False
        self._events: KernelEvents | None = None
        self.description: tuple[str, ...] = ()
        """The kernel and its environment, as far as they are known."""
        self._then: list[Callable[[], None]] = []
        """What waits for a session."""
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def state(self) -> KernelState:
        """What the kernel is doing."""
        session = self._controller.session
        return self._without if session is None else session.state

    @property
    def info(self) -> KernelInfo | None:
        """What the kernel said of itself."""
        session = self._controller.session
        return None if session is None else session.info

    def start_on_opening(self) -> None:
        """Launch the kernel that the notebook names, unless none is wanted."""
        if not isinstance(self._choice, WithoutKernel):
            self.start()

    def start(self, then: Callable[[], None] | None = None) -> None:
        """Start a kernel where there is none; `then` is done once runs can be asked for."""
        if self._controller.session is not None:
            if isinstance(self.state, NoKernel):
                self._spawn(self._controller.session.start())
            if then is not None:
                then()
            return
        if then is not None:
            self._then.append(then)
        if not self._is_choosing:
            self._is_choosing = True
            self._enter(Starting())
            self._spawn(self._choose_and_start())

    def interrupt(self) -> None:
        """Stop what runs, and cancel what waits behind it."""
        if self._controller.session is not None:
            self._spawn(self._controller.session.interrupt())

    def restart(self, then: Callable[[], None] | None = None) -> None:
        """A new process; `then` is done once runs can be asked for."""
        session = self._controller.session
        if session is None:
            self.start(then)
            return
        self._spawn(session.restart())
        if then is not None:
            # Behind the restart's first step, which gives up what ran and waited.
            asyncio.get_running_loop().call_soon(then)

    def answer(self, text: str) -> None:
        """Answer the code that waits for input."""
        if self._events is not None:
            self._events.answer(text)

    def shut_down(self) -> None:
        """End the kernel; the notebook stays."""
        if self._controller.session is not None:
            self._spawn(self._controller.session.shutdown())

    async def close(self) -> None:
        """End the kernel as the program ends."""
        for task in self._tasks:
            task.cancel()
        if self._controller.session is not None:
            await self._controller.session.shutdown()

    async def _choose_and_start(self) -> None:
        launched = await asyncio.to_thread(self._launch, self._choice, self._metadata(), self._folder)
        self._is_choosing = False
        if isinstance(launched, Missing):
            self._then.clear()
            self.description = (launched.name,) if launched.name else ()
            self._enter(launched)
            return
        transport, self.description = launched
        from kernelbridge.session import Session
        from tui.kernelevents import KernelEvents

        self._events = KernelEvents(self._controller)
        session = self._controller.session = Session(transport, self._events.deliver)
        starting = asyncio.get_running_loop().create_task(session.start())
        await asyncio.sleep(0)  # so that it says that it is starting
        waiting, self._then = self._then, []
        for then in waiting:
            then()
        self._changed()
        await starting

    def _metadata(self) -> JsonObject:
        return self._controller.document.notebook.metadata

    def _enter(self, state: Starting | NoKernel | Missing) -> None:
        self._without = state
        self._changed()

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
