"""The way in: a console on this process's terminal, or code from a pipe."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass

from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.transports.base import Way
from tui.console.driver import Driver
from tui.console.piped import run_piped
from tui.console.tty import Tty

_MISUSED = 2


@dataclass(frozen=True, slots=True)
class ConsoleOptions:
    """How a console is to be."""

    theme: str = "auto"
    """As in the configuration; colours are those of tnb's own dark or light theme."""
    ends_kernel: bool = True
    """Leaving ends the kernel, where it is idle and no other frontend uses it; not one that was joined."""


def run_console(way: Way, kernel: JsonObject | None, options: ConsoleOptions | None = None) -> int:
    """Runs a console to its end and returns the exit status.

    `kernel` is launched where the keeper has none (docs/keeper.md, `launch`). What is no terminal is read to
    its end and run whole.
    """
    chosen = options or ConsoleOptions()
    if not sys.stdin.isatty():
        return _run_piped(way, kernel, chosen)
    if not sys.stdout.isatty():
        sys.stderr.write("tnb console: it prints prompts, and standard output is not a terminal\n")
        return _MISUSED

    async def run() -> int:
        tty = Tty(sys.stdin.fileno(), sys.stdout.fileno())
        return await Driver(tty, chosen.theme, way, kernel, ends_kernel=chosen.ends_kernel).run()

    return asyncio.run(run())


def _run_piped(way: Way, kernel: JsonObject | None, options: ConsoleOptions) -> int:
    code = sys.stdin.buffer.read().decode("utf-8", "replace").rstrip("\n")
    if not code.strip():
        return 0
    return asyncio.run(run_piped(way, kernel, code, ends_kernel=options.ends_kernel))
