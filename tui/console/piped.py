"""Code from a pipe or a file: run whole, its output printed, the exit status telling whether it failed."""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import signal
import sys
from collections.abc import Callable, Sequence
from typing import Final, TextIO

from kernelbridge.events import (
    Displayed,
    ErrorArrived,
    Event,
    InputRequested,
    OutputEvent,
    PageArrived,
    RunFinished,
    StreamArrived,
)
from kernelbridge.keeper.frontends import FrontendName
from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.runstatus import RunId, RunStatus
from kernelbridge.session import Session
from kernelbridge.state import Dead
from kernelbridge.transports.base import LoggedOut, Severed, Way
from tui.console.block import Block
from tui.owntheme import read_own_theme, theme_name
from tui.render.drawing import Pending
from tui.render.rowops import text_row
from tui.render.rows import Row
from tui.sanitize import clean
from tui.view.ink import Ink
from tui.view.rowpainter import ColorDepth, color_depth

_UNWRAPPED: Final = 1 << 20
"""Cells of a row where no terminal shows it."""
_INTERRUPTED: Final = 128 + signal.SIGINT
_NOBODY_READS: Final = 128 + signal.SIGPIPE


class _Sink:
    """Either of stdout and stderr: what goes there, as rows that are printed once they do not change."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._ink = Ink(
            read_own_theme(theme_name("auto")), color_depth() if file.isatty() else ColorDepth.NONE
        )
        self._block = Block(RunId(""), _paint_at_once)
        if isinstance(file, io.TextIOWrapper):
            file.reconfigure(errors="replace")

    def take(self, event: OutputEvent) -> None:
        """Takes an output. Raises OSError."""
        self._block.take(event)
        self._block.fit(_width(self._file))
        self._print(self._block.shrink(0))

    def finish(self) -> None:
        """Prints what is left. Raises OSError."""
        self._block.fit(_width(self._file))
        self._print([*self._block.shrink(0), *self._block.left()])

    def say(self, text: str) -> None:
        """Prints a line of the console's own. Raises OSError."""
        self._print([text_row(clean(f"tnb console: {text}"))])

    def _print(self, rows: Sequence[Row]) -> None:
        for row in rows:
            self._file.write(self._ink.painted(row) + "\n")
        if rows:
            self._file.flush()


class Piped:
    """Runs one piece of code. Errors and stderr go to stderr, everything else to stdout; both in rows."""

    def __init__(self, way: Way, kernel: JsonObject | None, out: TextIO, err: TextIO) -> None:
        self._kernel = kernel
        self._out, self._err = _Sink(out), _Sink(err)
        self._session = Session(way, self._heard, FrontendName("tnb console", os.getpid()))
        self._run: RunId | None = None
        self._status: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def run(self, code: str, *, ends_kernel: bool) -> int:
        """The exit status. Raises OSError when what is printed cannot be written any more."""
        asyncio.get_running_loop().add_signal_handler(signal.SIGINT, self._interrupt)
        self._session.open(self._kernel)
        self._run = self._session.run(code)
        try:
            status = await self._status
            self._out.finish()
            self._err.finish()
        finally:
            if self._session.running is not None:
                self._session.interrupt()
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
        try:
            self._take(event)
        except OSError as error:
            if not self._status.done():
                self._status.set_exception(error)

    def _take(self, event: Event) -> None:
        line, state = self._session.line, self._session.state
        if isinstance(line, Severed | LoggedOut) and line.reason:
            self._fail(line.reason)
        elif isinstance(state, Dead):
            self._fail(f"the kernel is dead ({state.reason})")
        elif self._run is not None and getattr(event, "run", None) == self._run:
            self._take_of_run(event)

    def _take_of_run(self, event: Event) -> None:
        match event:
            case RunFinished(status=status):
                self._session.discard((event.run,))
                if status not in (RunStatus.OK, RunStatus.ERROR):
                    self._fail(f"the code was not run to its end ({status.value})")
                self._finish(0 if status is RunStatus.OK else 1)
            case InputRequested():
                self._err.say("the code asks for input, and there is nobody to ask")
                self._session.interrupt()
            case PageArrived(run=run, data=data):
                self._out.take(Displayed(run, data, {}, None))
            case ErrorArrived() | StreamArrived(name="stderr"):
                self._err.take(event)
            case _ if isinstance(event, OutputEvent):
                self._out.take(event)
            case _:
                pass

    def _fail(self, why: str) -> None:
        if not self._status.done():
            self._out.finish()
            self._err.say(why)
        self._finish(1)


def _paint_at_once(pending: Pending, ready: Callable[[Sequence[Row]], None]) -> None:
    ready(pending.draw())


def _width(file: TextIO) -> int:
    try:
        return os.get_terminal_size(file.fileno()).columns or _UNWRAPPED
    except (OSError, ValueError):
        return _UNWRAPPED


async def run_piped(way: Way, kernel: JsonObject | None, code: str, *, ends_kernel: bool) -> int:
    """Runs code with what it prints on this process's stdout and stderr."""
    try:
        return await Piped(way, kernel, sys.stdout, sys.stderr).run(code, ends_kernel=ends_kernel)
    except OSError as error:
        # Whoever read has gone, or there is no room; the interpreter's own flush at its end must not fail.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return _NOBODY_READS
        with contextlib.suppress(OSError):
            print(f"tnb console: standard output: {error.strerror}", file=sys.stderr)  # noqa: T201  one line
        return 1
