"""What is timed: one function a scenario, from outside, through a pseudo-terminal.

Each starts the program anew, presses what a person would press, and gives its figures by name. Times end with
the last bytes that the program wrote, so that drawing them here costs it nothing.
"""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from bench.benchnotebooks import MARK_CELL, TYPING_CELL, bench_notebook
from bench.contenders import Contender
from bench.timedterminal import TimedTerminal
from e2e import keys
from e2e.terminal import NotShownError
from programs import isolated_environment

if TYPE_CHECKING:
    import psutil

LETTERS = "zqxzwqxkzjqvxwzqjxkv"
FLOOD_LINES = 200_000
_BETWEEN_KEYS = 0.02
"""Seconds, while the output of a flood is drawn."""

Figures: TypeAlias = dict[str, float]


@dataclass(frozen=True, slots=True)
class Setting:
    """On what a scenario is played."""

    contender: Contender
    folder: Path
    cells: int
    typing_lines: int = 20
    timeout: float = 60.0
    """Seconds after which a program has failed."""


@contextmanager
def _opened(setting: Setting, flood: int = 0) -> Iterator[TimedTerminal]:
    """The program with the notebook's first cell on the screen."""
    path = bench_notebook(setting.folder / "bench.ipynb", setting.cells, flood, setting.typing_lines)
    environment = isolated_environment(setting.folder)
    argv = [*setting.contender.command, path]
    with TimedTerminal(argv, columns=120, rows=40, env=environment, cwd=setting.folder) as terminal:
        terminal.wait_for("FIRSTMARK", setting.timeout)
        yield terminal


def _settle(terminal: TimedTerminal, setting: Setting) -> None:
    """Wait for the kernel, and until the screen is quiet."""
    if setting.contender.ready:
        terminal.wait_for(setting.contender.ready, setting.timeout)
    terminal.wait_quiet(1.0, setting.timeout)
    if setting.contender.before:
        terminal.send(setting.contender.before)
        terminal.wait_quiet(0.5)


def opening(setting: Setting) -> Figures:
    """From the start to the first cell on the screen, and what it has cost once all is quiet."""
    with _opened(setting) as terminal:
        first_paint = terminal.last_read - terminal.started
        _settle(terminal, setting)
        return {
            "first paint, s": first_paint,
            "processor until quiet, s": sum(_seconds(one) for one in _own(terminal)),
            "memory, MB": _memory(terminal),
            "sent, kB": len(terminal.raw) / 1e3,
        }


def moving(setting: Setting) -> Figures:
    """Pages down, and the jump to the last cell."""
    with _opened(setting) as terminal:
        _settle(terminal, setting)
        times: list[float] = []
        sent: list[int] = []
        for _ in range(10 if setting.cells > 100 else 3):
            before = len(terminal.raw)
            pressed = terminal.send(keys.PAGE_DOWN)
            settled = terminal.wait_quiet(0.25)
            if len(terminal.raw) > before:
                times.append((settled - pressed) * 1e3)
                sent.append(len(terminal.raw) - before)
        pressed = terminal.send(setting.contender.last_cell or setting.contender.down * setting.cells)
        end = terminal.wait_for("LASTMARK", setting.timeout)
        jump = {"jump to the end, ms": max(0.0, end - pressed) * 1e3}
        if not times:
            return jump
        return {"page, ms": statistics.median(times), "page, bytes": statistics.median(sent), **jump}


def typing(setting: Setting) -> Figures:
    """From a key in the editor to its letter on the screen."""
    with _opened(setting) as terminal:
        _settle(terminal, setting)
        terminal.send(setting.contender.down * TYPING_CELL)
        terminal.wait_quiet(0.5)
        terminal.send(keys.ENTER)
        terminal.wait_quiet(0.5)
        times, sent = _type(terminal, pause=0.15)
    return {
        "key to letter, ms": statistics.median(times),
        "slowest key, ms": max(times),
        "a key, bytes": statistics.median(sent),
    }


def running(setting: Setting) -> Figures:
    """From the start of the program to the first output, pressed as soon as there is a screen."""
    with _opened(setting) as terminal:
        if setting.contender.before:
            terminal.wait_quiet(0.3)
            terminal.send(setting.contender.before)
        terminal.send(setting.contender.down * MARK_CELL)
        terminal.wait_quiet(0.2)
        terminal.send(setting.contender.run)
        return {"start to first output, s": terminal.wait_for("OUTMARK", setting.timeout) - terminal.started}


def flooding(setting: Setting) -> Figures:
    """A cell prints very many lines while the next one is typed in."""
    with _opened(setting, FLOOD_LINES) as terminal:
        _settle(terminal, setting)
        memory = _memory(terminal)
        terminal.send(setting.contender.down)
        terminal.wait_quiet(0.3)
        began = terminal.send(setting.contender.run_next)
        terminal.send(keys.ENTER)
        times = _type_until(terminal, "FLOODDONE", setting.timeout)
        done = terminal.last_read
        terminal.send(keys.ESCAPE)
        terminal.wait_quiet(1.0)
        return {
            "until all is printed, s": done - began,
            "key to letter meanwhile, ms": statistics.median(times),
            "slowest key meanwhile, ms": max(times),
            "memory grown, MB": _memory(terminal) - memory,
            "sent, kB": len(terminal.raw) / 1e3,
        }


SCENARIOS: dict[str, Callable[[Setting], Figures]] = {
    "open": opening,
    "move": moving,
    "type": typing,
    "run": running,
    "flood": flooding,
}


def _type(terminal: TimedTerminal, pause: float) -> tuple[list[float], list[int]]:
    """Type letters one by one; for each the milliseconds until it is shown, and the bytes sent."""
    typed = ""
    times: list[float] = []
    sent: list[int] = []
    for letter in LETTERS:
        before = len(terminal.raw)
        typed += letter
        pressed = terminal.send(letter)
        times.append((terminal.wait_for(typed, 20) - pressed) * 1e3)
        rest = time.monotonic() + pause
        while (left := rest - time.monotonic()) > 0:
            terminal.read(left)
        sent.append(len(terminal.raw) - before)
    return times, sent


def _type_until(terminal: TimedTerminal, shown: str, timeout: float) -> list[float]:
    """Type lines of letters until a text is shown; for each letter the milliseconds until it is."""
    times: list[float] = []
    deadline = time.monotonic() + timeout
    for line in itertools.count():
        typed = f"line{line}"
        terminal.send(keys.ENTER + typed)
        terminal.wait_for(typed, timeout)
        for letter in LETTERS:
            if shown in terminal.text:
                return times
            if time.monotonic() > deadline:
                raise NotShownError(f"{shown!r} did not come within {timeout} s\n{terminal.text}")
            typed += letter
            pressed = terminal.send(letter)
            times.append((terminal.wait_for(typed, timeout) - pressed) * 1e3)
            terminal.draw_for(_BETWEEN_KEYS)
    return times


def _own(terminal: TimedTerminal) -> list[psutil.Process]:
    """The processes of the program: its helpers too, but not the kernel nor what the kernel started."""
    family = terminal.family()
    kernels = [one for one in family if "ipykernel" in " ".join(one.cmdline())]
    theirs = {process.pid for kernel in kernels for process in [kernel, *kernel.children(recursive=True)]}
    return [one for one in family if one.pid not in theirs]


def _memory(terminal: TimedTerminal) -> float:
    """Megabytes of resident memory of the program and its helpers."""
    return sum(one.memory_info().rss for one in _own(terminal)) / 1e6


def _seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system
