"""The way in: a console on this process's terminal, or code from a pipe."""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import dataclass

from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.transports.base import Way
from tui.console.driver import Driver
from tui.console.ink import Ink
from tui.console.piped import run_piped
from tui.console.tty import Tty
from tui.owntheme import DARK, LIGHT, read_own_theme, theme_name
from tui.view.rowpainter import ColorDepth, color_depth

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
    name = theme_name(chosen.theme)
    theme = read_own_theme(name if name in (DARK, LIGHT) else theme_name("auto"))
    if not sys.stdin.isatty():
        code = sys.stdin.read()
        if not code.strip():
            return 0
        out, err = (
            Ink(theme, color_depth() if file.isatty() else ColorDepth.NONE)
            for file in (sys.stdout, sys.stderr)
        )
        try:
            return asyncio.run(run_piped(way, kernel, code, (out, err), ends_kernel=chosen.ends_kernel))
        except BrokenPipeError:
            # Whoever read has gone; the interpreter's own flush at its end must not fail once more.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 1
    if not sys.stdout.isatty():
        sys.stderr.write("tnb console: it prints prompts, and standard output is not a terminal\n")
        return _MISUSED

    async def run() -> int:
        tty = Tty(sys.stdin.fileno(), sys.stdout.fileno())
        ink = Ink(theme, color_depth())
        return await Driver(tty, ink, way, kernel, ends_kernel=chosen.ends_kernel).run()

    return asyncio.run(run())
