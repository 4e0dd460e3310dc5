"""Code from a pipe or a file: run whole, its output printed, the exit status telling whether it failed."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from typing import Final, TextIO

from kernelbridge.events import (
    Displayed,
    ErrorArrived,
    Event,
    InputRequested,
    LineChanged,
    OutputEvent,
    PageArrived,
    RunFinished,
)
from kernelbridge.keeper.frontends import FrontendName
from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.runstatus import RunId, RunStatus
from kernelbridge.session import Session
from kernelbridge.state import Dead
from kernelbridge.transports.base import Severed, Way
from tui.console.block import Block
from tui.console.ink import Ink
from tui.render.drawing import Pending
from tui.render.rows import Row

_UNWRAPPED: Final = 1 << 20
"""Cells of a row where no terminal shows it."""
_INTERRUPTED: Final = 128 + signal.SIGINT


class Piped:
    """Runs one piece of code. Errors and stderr go to stderr, everything else to stdout; both in rows."""

    def __init__(
        self, way: Way, kernel: JsonObject | None, out: TextIO, err: TextIO, ink: tuple[Ink, Ink]
    ) -> None:
        """`ink` is for each of the two."""
        self._kernel = kernel
        self._out, self._err = out, err
        self._inks = ink
        self._session = Session(way, self._heard, FrontendName("tnb console", os.getpid()))
        self._run: RunId | None = None
        self._blocks = {out: _block(), err: _block()}
        self._status: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def run(self, code: str, *, ends_kernel: bool) -> int:
        """The exit status."""
        asyncio.get_running_loop().add_signal_handler(signal.SIGINT, self._interrupt)
        self._session.open(self._kernel)
        self._run = self._session.run(code)
        status = await self._status
        self._print(at_end=True)
        if ends_kernel and len(self._session.frontends) <= 1:
            self._session.shutdown()
        await self._session.close()
        return status

    def _interrupt(self) -> None:
        self._session.interrupt()
        self._finish(_INTERRUPTED)

    def _finish(self, status: int) -> None:
        if not self._status.done():
            self._status.set_result(status)

    def _heard(self, event: Event) -> None:
        line, state = self._session.line, self._session.state
        if isinstance(event, LineChanged) and isinstance(line, Severed) and line.reason:
            self._complain(line.reason)
            self._finish(1)
        elif getattr(event, "run", None) == self._run and self._run is not None:
            self._heard_run(event)
        if isinstance(state, Dead) and not self._status.done():
            self._complain(f"the kernel is dead ({state.reason})")
            self._finish(1)

    def _heard_run(self, event: Event) -> None:
        match event:
            case RunFinished(status=status):
                self._session.discard((event.run,))
                self._finish(0 if status is RunStatus.OK else 1)
            case InputRequested():
                self._complain("the code asks for input, and there is nobody to ask")
                self._session.interrupt()
            case PageArrived(run=run, data=data):
                self._take(Displayed(run, data, {}, None))
            case ErrorArrived():
                self._take(event)
            case _ if isinstance(event, OutputEvent):
                self._take(event)
            case _:
                pass

    def _take(self, event: OutputEvent) -> None:
        is_error = isinstance(event, ErrorArrived) or getattr(event, "name", "") == "stderr"
        self._blocks[self._err if is_error else self._out].take(event)
        self._print(at_end=False)

    def _print(self, *, at_end: bool) -> None:
        """Prints what does not change any more: whole lines, and at the end the rest."""
        for ink, (file, block) in zip(self._inks, self._blocks.items(), strict=True):
            block.fit(_width(file))
            rows: list[Row] = block.shrink(0)
            if at_end:
                rows += block.left()
            for row in rows:
                file.write(ink.painted(row) + "\n")
            if rows:
                file.flush()

    def _complain(self, text: str) -> None:
        from tui.sanitize import clean

        self._print(at_end=False)
        self._err.write(f"tnb console: {clean(text)}\n")


def _block() -> Block:
    def paint_at_once(pending: Pending, ready: object) -> None:
        if callable(ready):
            ready(pending.draw())

    return Block(RunId(""), paint_at_once)


def _width(file: TextIO) -> int:
    try:
        return os.get_terminal_size(file.fileno()).columns or _UNWRAPPED
    except (OSError, ValueError):
        return _UNWRAPPED


async def run_piped(
    way: Way, kernel: JsonObject | None, code: str, ink: tuple[Ink, Ink], *, ends_kernel: bool
) -> int:
    """Runs code with what it prints on this process's stdout and stderr."""
    return await Piped(way, kernel, sys.stdout, sys.stderr, ink).run(code, ends_kernel=ends_kernel)
