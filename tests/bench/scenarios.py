"""What is timed: one function a scenario, from outside, through a pseudo-terminal.

Each starts the program anew, presses what a person would press, and gives its figures by name. Times end with
the last bytes that the program wrote, so that drawing them here costs it nothing.
"""

from __future__ import annotations

import itertools
import json
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from bench.benchnotebooks import MARK_CELL, TYPING_CELL, bench_notebook, big_notebook
from bench.contenders import FLOOR, Contender
from bench.timedterminal import TimedTerminal, milliseconds_to
from e2e import keys
from e2e.slowline import FarTerminal
from e2e.terminal import NotShownError, Terminal
from programs import isolated_environment

if TYPE_CHECKING:
    import psutil

LETTERS = "zqxzwqxkzjqhxwzqjxkh"
"""None of them is what stands behind the cursor, so that a letter is not taken for one that was there."""
_LINES_TYPED = 5
_LINES_SCROLLED = 10
_IDLE = 60.0
"""Seconds."""
FLOOD_LINES = 200_000
_BETWEEN_KEYS = 0.02
"""Seconds, while the output of a flood is drawn."""

Figures: TypeAlias = dict[str, float]
T = TypeVar("T", bound=Terminal)


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
def _opened(
    setting: Setting, flood: int = 0, kind: type[T] = TimedTerminal, path: Path | None = None
) -> Iterator[T]:
    """The program with the notebook's first cell on the screen."""
    path = path or bench_notebook(setting.folder / "bench.ipynb", setting.cells, flood, setting.typing_lines)
    environment = isolated_environment(setting.folder)
    argv = [*setting.contender.command, path]
    with kind(argv, columns=120, rows=40, env=environment, cwd=setting.folder) as terminal:
        terminal.wait_for("FIRSTMARK", setting.timeout)
        yield terminal


def _settle(terminal: Terminal, setting: Setting) -> None:
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
            "of that helpers, MB": _memory(terminal) - _rss(terminal),
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
            pressed = terminal.send(setting.contender.page)
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
        _begin_typing(terminal, setting)
        times, sent = _type(terminal, pause=0.1)
        figures = _typed(times) | {"a key, bytes": statistics.median(sent)}
        if setting.typing_lines > _LINES_SCROLLED * 10:
            figures["a line scrolled, bytes"] = _scroll(terminal)
    return figures


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
        opened = len(terminal.raw)
        _type_once(terminal, setting)
        typed = len(terminal.raw) - opened
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
            **{f"{name.removesuffix(', ms')} meanwhile, ms": each for name, each in _typed(times).items()},
            "memory grown, MB": _memory(terminal) - memory,
            "sent, kB": (len(terminal.raw) - typed) / 1e3,
        }


def far_away(setting: Setting) -> Figures:
    """Keys, and keys while a cell prints, at the far end of a slow line."""
    with _opened(setting, kind=FarTerminal) as terminal:
        _settle(terminal, setting)
        _begin_typing(terminal, setting)
        times, _ = _type(terminal, pause=0.1)
    figures = _typed(times)
    elsewhere = setting.folder / "flood"  # where nothing is left that was typed and not saved
    elsewhere.mkdir()
    with _opened(replace(setting, folder=elsewhere), FLOOD_LINES, kind=FarTerminal) as terminal:
        _settle(terminal, setting)
        terminal.send(setting.contender.down)
        terminal.wait_quiet(0.5)
        terminal.send(setting.contender.run_next + setting.contender.edit)
        meanwhile = _typed(_type_until(terminal, "FLOODDONE", setting.timeout))
    return figures | {f"{name.removesuffix(', ms')} in a flood, ms": each for name, each in meanwhile.items()}


def idling(setting: Setting) -> Figures:
    """Nothing happens, with a kernel that has nothing to do; then Esc, alone, ends editing."""
    with _opened(setting) as terminal:
        _settle(terminal, setting)
        terminal.draw_for(5.0)
        before, seconds = len(terminal.raw), sum(map(_seconds, _own(terminal)))
        terminal.draw_for(_IDLE)
        used = sum(map(_seconds, _own(terminal))) - seconds
        figures = {
            "a minute idle, bytes": float(len(terminal.raw) - before),
            "processor, %": used / _IDLE * 100,
        }
        times: list[float] = []
        for _ in range(10):
            terminal.send(setting.contender.edit)
            terminal.wait_quiet(0.3)
            pressed = terminal.send(keys.ESCAPE)
            terminal.wait_quiet(0.3)
            times.append((terminal.last_read - pressed) * 1e3)
        return figures | {"Esc to its effect, ms": statistics.median(times)}


def big(setting: Setting) -> Figures:
    """A large notebook: opened, paged, edited, saved. The floor's column has what `json.loads` takes, too."""
    path = big_notebook(setting.folder / "big.ipynb", setting.cells)
    size = path.stat().st_size / 1e6
    with _opened(setting, path=path) as terminal:
        first_paint = terminal.last_read - terminal.started
        if setting.contender.name == FLOOR:
            data = path.read_bytes()
            began = time.process_time()
            json.loads(data)
            return {"first paint, s": first_paint + time.process_time() - began}
        _settle(terminal, setting)
        figures = {
            "first paint, s": first_paint,
            "memory of the program by the file's size": _rss(terminal) / size,
        }
        times: list[float] = []
        for _ in range(10):
            pressed = terminal.send(setting.contender.page)
            times.append((terminal.wait_quiet(0.25) - pressed) * 1e3)
        figures["page, ms"] = statistics.median(times)
        pressed = terminal.send(setting.contender.last_cell)
        figures["jump to the end, ms"] = (terminal.wait_for("LASTMARK") - pressed) * 1e3
        terminal.send("gg")
        terminal.wait_for("FIRSTMARK")
        _begin_typing(terminal, setting)
        times, _ = _type(terminal, pause=0.1)
        figures |= _typed(times)
        pressed = terminal.send(keys.CTRL_S)
        figures["saved after, s"] = terminal.wait_for("saved big", setting.timeout) - pressed
        return figures


SCENARIOS: dict[str, Callable[[Setting], Figures]] = {
    "open": opening,
    "move": moving,
    "type": typing,
    "run": running,
    "flood": flooding,
    "line": far_away,
    "idle": idling,
    "big": big,
}


def _begin_typing(terminal: Terminal, setting: Setting) -> None:
    """Go to the cell that is typed in, and edit it."""
    terminal.send(setting.contender.down * TYPING_CELL)
    terminal.wait_quiet(0.5)
    terminal.send(setting.contender.edit)
    terminal.wait_quiet(0.5)


def _type_once(terminal: Terminal, setting: Setting) -> None:
    """Type some letters, and go back to the first cell: what that loads is not of what comes then."""
    terminal.send(setting.contender.down * MARK_CELL)
    terminal.wait_quiet(0.5)
    terminal.send(setting.contender.edit)
    terminal.wait_quiet(0.5)
    for letter in LETTERS:
        terminal.send(letter)
        terminal.wait_quiet(0.1)
    terminal.send(keys.ESCAPE)
    terminal.wait_quiet(0.5)
    terminal.send(setting.contender.up * MARK_CELL)
    terminal.wait_quiet(0.5)


def _typed(times: Sequence[float]) -> Figures:
    return {
        "key to letter, ms": statistics.median(times),
        "99 of 100 within, ms": statistics.quantiles(times, n=100)[-1],
        "slowest key, ms": max(times),
    }


def _scroll(terminal: Terminal) -> float:
    """Go down past the edge of the screen, line by line; the bytes that each takes then."""
    sent: list[int] = []
    for line in range(terminal.rows + _LINES_SCROLLED):
        before = len(terminal.raw)
        terminal.send(keys.DOWN)
        terminal.wait_quiet(0.05)
        if line >= terminal.rows:
            sent.append(len(terminal.raw) - before)
    return statistics.median(sent)


def _type(terminal: Terminal, pause: float) -> tuple[list[float], list[int]]:
    """Type lines of letters one by one; for each the milliseconds until it is shown, and the bytes sent."""
    times: list[float] = []
    sent: list[int] = []
    for line in range(_LINES_TYPED):
        typed = f"line{line}"
        terminal.send(typed)
        terminal.wait_for(typed, 20)
        terminal.draw_for(0.3)
        for letter in LETTERS:
            before = len(terminal.raw)
            typed += letter
            times.append(milliseconds_to(terminal, letter, typed, 20))
            terminal.draw_for(pause)
            sent.append(len(terminal.raw) - before)
        terminal.send(keys.ENTER)
    return times, sent


def _type_until(terminal: Terminal, shown: str, timeout: float) -> list[float]:
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
            times.append(milliseconds_to(terminal, letter, typed, timeout))
            terminal.draw_for(_BETWEEN_KEYS)
    return times


def _own(terminal: Terminal) -> list[psutil.Process]:
    """The processes of the program: its helpers too, but not the kernel nor what the kernel started."""
    family = terminal.family()
    kernels = [one for one in family if "ipykernel" in " ".join(one.cmdline())]
    theirs = {process.pid for kernel in kernels for process in [kernel, *kernel.children(recursive=True)]}
    return [one for one in family if one.pid not in theirs]


def _rss(terminal: Terminal) -> float:
    """Megabytes of resident memory of the program alone."""
    return next(
        (one.memory_info().rss / 1e6 for one in _own(terminal) if one.pid == terminal.process.pid), 0.0
    )


def _memory(terminal: Terminal) -> float:
    """Megabytes of resident memory of the program and its helpers."""
    return sum(one.memory_info().rss for one in _own(terminal)) / 1e6


def _seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system
