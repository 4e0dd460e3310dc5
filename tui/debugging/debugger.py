"""The debugger of a notebook's kernel: off, on, or stopped at a line; what is asked of it, and what it tells.

Breakpoints are the notebook's: they outlive the debugger, the kernel and (keptbreakpoints.py) tnb.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from kernelbridge.keeper.jsontypes import text_in, whole_in
from kernelbridge.state import Busy, Idle
from tui.debugging.adapter import DebugAdapter, DebugError
from tui.debugging.breakpoints import Breakpoints
from tui.document.notebook import CellKind

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable, Sequence

    from kernelbridge.events import DebugEventArrived
    from kernelbridge.session import Session
    from tui.debugging.keptbreakpoints import Lines
    from tui.debugging.protocol import Frame
    from tui.document.notebook import Cell, CellKey, Notebook


@dataclass(frozen=True, slots=True)
class Off:
    """Nobody has started it, or it has ended."""


@dataclass(frozen=True, slots=True)
class On:
    """Code stops where it is to; none has."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """A thread waits at a line."""

    thread: int
    reason: str
    """As the debugger calls it, not sanitized."""
    frames: Sequence[Frame]
    """The innermost first."""


_PATIENCE = 2.0
"""Seconds for what has stopped to go on."""

DebugState: TypeAlias = Off | On | Stopped


@dataclass(frozen=True, slots=True)
class Spot:
    """A line of a cell, from 0."""

    cell: CellKey
    line: int


class Step(Enum):
    """How to go on; the value is the protocol's word."""

    CONTINUE = "continue"
    OVER = "next"
    INTO = "stepIn"
    OUT = "stepOut"


class Debugger:
    """One for a notebook, whichever kernel it has. To be used on one event loop."""

    def __init__(self, notebook: Callable[[], Notebook], changed: Callable[[], None]) -> None:
        """`changed` is called whenever the state or the breakpoints are others."""
        self._notebook = notebook
        self._changed = changed
        self._session: Session | None = None
        self._adapter: DebugAdapter | None = None
        self._cells: dict[str, tuple[CellKey, str]] = {}
        """By the debugger's path, the cell, and the source that it has there."""
        self._order = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._stops = 0
        """How often code stopped or went on: what is told of an earlier stop is old."""
        self._goes_on = asyncio.Event()
        self.state: DebugState = Off()
        self.breakpoints = Breakpoints()

    @property
    def is_on(self) -> bool:
        """Whether code stops where it is to."""
        return not isinstance(self.state, Off)

    @property
    def adapter(self) -> DebugAdapter:
        """What answers questions about what has stopped. Raises DebugError where there is none."""
        if self._adapter is None:
            raise DebugError("there is no debugger")
        return self._adapter

    def spot(self, frame: Frame) -> Spot | None:
        """The line of the notebook that a frame is at; None where it is elsewhere, or was changed since."""
        key, source = self._cells.get(frame.path, (None, ""))
        if key is None or key not in self._notebook() or self._notebook().cell(key).source != source:
            return None
        return Spot(key, frame.line - 1)

    # -- what a person wants ----

    def toggle(self, key: CellKey, line: int) -> bool:
        """Stop at a line of a cell, or not any more; whether it is to stop there now."""
        is_set = self.breakpoints.toggle(key, line, self._notebook().cell(key).source)
        self._changed()
        if self.is_on:
            self._spawn(self._tell_breakpoints())
        return is_set

    def adopt(self, places: Lines) -> None:
        """Stop at these lines, too."""
        for key, lines in places.items():
            self.breakpoints.adopt(key, self._notebook().cell(key).source, lines)
        self._changed()
        if self.is_on:
            self._spawn(self._tell_breakpoints())

    def clear(self) -> None:
        """Stop nowhere."""
        self.breakpoints.clear()
        self._changed()
        if self.is_on:
            self._spawn(self._tell_breakpoints())

    async def prepare(self, session: Session, keys: Iterable[CellKey]) -> None:
        """Have code of these cells stop where it is to; starts the debugger. Raises DebugError."""
        async with self._order:
            await self._attach(session)
            for key in {*keys, *self.breakpoints.all}:
                await self._dump(key)

    async def go(self, step: Step) -> None:
        """Go on from where code has stopped. Raises DebugError."""
        if isinstance(self.state, Stopped):
            thread, self._stops = self.state.thread, self._stops + 1
            self._enter(On())
            await self.adapter.go(step.value, thread)

    async def release(self) -> None:
        """Have what has stopped go on, and stop nowhere: an interrupt is for its code then.


        One that comes while it waits would be caught in the debugger, which follows no code after that.
        """
        adapter, self._goes_on = self.adapter, asyncio.Event()
        for path in list(self._cells):
            await adapter.set_breakpoints(path, ())
        await self.go(Step.CONTINUE)
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                await self._goes_on.wait()

    async def end(self) -> None:
        """Have code stop nowhere any more, and go on where it did."""
        adapter, is_on = self._adapter, self.is_on
        self._forget()
        if adapter is not None and is_on:
            try:
                await adapter.disconnect()
            except DebugError:
                return  # it is gone, which is what was wanted

    # -- what happens ----

    def follow(self) -> None:
        """The notebook has changed: breakpoints move with its text."""
        if self.breakpoints.follow(self._notebook()) or isinstance(self.state, Stopped):
            self._changed()

    def heed_kernel(self, session: Session | None) -> None:
        """The kernel is in another state, or is another; one that others debug may have stopped."""
        if session is None or not isinstance(session.state, Idle | Busy):
            if self._session is not None or self.is_on:
                self._forget()
            return
        if session is not self._session and session.info is not None and session.is_caught_up:
            self._session, self._adapter = session, DebugAdapter(session.ask)
            if session.info.supports_debugger:
                self._spawn(self._rejoin(self._adapter))
        elif isinstance(session.state, Idle) and isinstance(self.state, Stopped):
            self._stops += 1
            self._enter(On())

    def heard(self, event: DebugEventArrived) -> None:
        """Take what the debugger tells, whoever started it."""
        match event.event:
            case "stopped":
                thread = whole_in(event.body, "threadId")
                if thread is not None and self._adapter is not None:
                    self._stops += 1
                    reason = text_in(event.body, "reason")
                    self._spawn(self._stop(self._adapter, thread, reason, self._stops))
            case "continued":
                self._stops += 1
                self._goes_on.set()
                if self.is_on:
                    self._enter(On())
            case "initialized":
                if not self.is_on:
                    self._enter(On())
            case "terminated":
                self._forget_all_but_kernel()
            case _:
                pass

    async def close(self) -> None:
        """Nothing is asked any more; the debugger stays as it is."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # -- how it is done ----

    async def _attach(self, session: Session) -> None:
        if self.is_on and session is self._session:
            return
        if session.info is None or not session.info.supports_debugger:
            raise DebugError("this kernel has no debugger")
        if not isinstance(session.state, Idle) or session.queue or session.running is not None:
            # ipykernel would not answer anything before it is, an interrupt by message included.
            raise DebugError("the debugger is started once the kernel is idle")
        if session is not self._session or self._adapter is None:
            self._session, self._adapter = session, DebugAdapter(session.ask)
        self._cells.clear()
        if not (await self._adapter.info()).is_started:
            await self._adapter.attach()
        self._enter(On())

    async def _dump(self, key: CellKey) -> None:
        """Have the debugger know a cell as it is now, and where it is to stop in it."""
        if key not in self._notebook():
            return
        cell = self._notebook().cell(key)
        if cell.kind is not CellKind.CODE or not cell.source.strip():
            return
        path = await self._know(cell)
        await self.adapter.set_breakpoints(path, sorted(line + 1 for line in self.breakpoints.of(key)))

    async def _know(self, cell: Cell) -> str:
        path = await self.adapter.dump(cell.source)
        twin = self._cells.get(path)
        is_taken = twin is not None and twin[0] != cell.key and self.breakpoints.of(twin[0])
        if not is_taken or self.breakpoints.of(cell.key):
            self._cells[path] = cell.key, cell.source
        return path

    async def _tell_breakpoints(self) -> None:
        """Tell the debugger where code is to stop, in cells that it knows as they are."""
        async with self._order:
            for path, (key, source) in list(self._cells.items()):
                if key in self._notebook() and self._notebook().cell(key).source == source:
                    lines = sorted(line + 1 for line in self.breakpoints.of(key))
                    await self.adapter.set_breakpoints(path, lines)
            for key in self.breakpoints.all:
                await self._dump(key)

    async def _rejoin(self, adapter: DebugAdapter) -> None:
        """Find out whether a kernel that was there before is being debugged, and has stopped."""
        info = await adapter.info()
        if not info.is_started or adapter is not self._adapter:
            return
        self._enter(On())
        if info.breakpoints:
            await self._know_all()
            for path, lines in info.breakpoints.items():
                if (known := self._cells.get(path)) is not None:
                    self.breakpoints.adopt(*known, (line - 1 for line in lines))
            self._changed()
        if info.stopped_threads:
            self._stops += 1
            stop = self._stops
            for thread in info.stopped_threads:  # all of them stop; one runs a cell
                if isinstance(self.state, On):
                    await self._stop(adapter, thread, "", stop, must_be_in_cell=True)

    async def _stop(
        self, adapter: DebugAdapter, thread: int, reason: str, stop: int, *, must_be_in_cell: bool = False
    ) -> None:
        frames = await adapter.frames(thread)
        if any(frame.path and frame.path not in self._cells for frame in frames):
            await self._know_all()
        if must_be_in_cell and not any(frame.path in self._cells for frame in frames):
            return
        if stop == self._stops and adapter is self._adapter:
            self._enter(Stopped(thread, reason, self._without_plumbing(frames)))

    async def _know_all(self) -> None:
        """Which of the debugger's paths is which cell."""
        async with self._order:
            for cell in self._notebook().cells:
                if cell.kind is CellKind.CODE and cell.source.strip():
                    await self._know(cell)

    def _without_plumbing(self, frames: Sequence[Frame]) -> Sequence[Frame]:
        """The calls up to the cell that runs; what called that is the kernel's own."""
        last = max((at for at, frame in enumerate(frames) if frame.path in self._cells), default=len(frames))
        return frames[: last + 1]

    def _forget(self) -> None:
        self._session = self._adapter = None
        self._forget_all_but_kernel()

    def _forget_all_but_kernel(self) -> None:
        self._cells.clear()
        self._stops += 1
        self._enter(Off())

    def _enter(self, state: DebugState) -> None:
        if state != self.state:
            self.state = state
            self._changed()

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(_quietly(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _quietly(work: Coroutine[None, None, None]) -> None:
    """What is done by itself, and not for a person who waits to be told."""
    try:
        await work
    except DebugError:
        return
