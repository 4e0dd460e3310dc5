"""How a run of many notebooks is told: as a table that is drawn over and over, as lines, or as JSON."""

from __future__ import annotations

import json
import os
import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final, TextIO

from tui.clusters.spread import Spread, Standing
from tui.headless.columns import cut_to_columns
from tui.headless.progress import duration
from tui.sanitize import clean

_BAR: Final = 20
_UP: Final = "\x1b[{}A\r\x1b[J"
_REFRESH: Final = 0.2


class SpreadProgress(ABC):
    """Gets what becomes of the notebooks."""

    def __init__(self, out: TextIO) -> None:
        self.out = out
        self.begun = time.monotonic()

    @abstractmethod
    def tell(self, notebook: Spread) -> None:
        """Its standing is another."""

    @abstractmethod
    def look(self, notebooks: Sequence[Spread]) -> None:
        """All of them as they are now."""

    @abstractmethod
    def ended(self, notebooks: Sequence[Spread]) -> None:
        """There is no more to come: the summary."""

    def print(self, text: str) -> None:
        """Write it, whoever reads or has gone."""
        try:
            self.out.write(text)
            self.out.flush()
        except OSError:
            return


class SpreadLines(SpreadProgress):
    """A line whenever a notebook begins or ends, and a table in the end."""

    def __init__(self, out: TextIO, *, only_trouble: bool = False) -> None:
        super().__init__(out)
        self._only_trouble = only_trouble

    def tell(self, notebook: Spread) -> None:
        """Say it, unless only trouble is to be told and this is none."""
        is_trouble = bool(notebook.status) or notebook.standing is Standing.WAITING
        if is_trouble or not self._only_trouble:
            self.print(f"{told(notebook)}\n")

    def look(self, notebooks: Sequence[Spread]) -> None:
        """It was told already."""

    def ended(self, notebooks: Sequence[Spread]) -> None:
        """The whole of it."""
        if not self._only_trouble:
            self.print("\n".join(summary(notebooks, time.monotonic() - self.begun)) + "\n")


class SpreadTable(SpreadProgress):
    """A bar and the notebooks that run, drawn over and over; in the end the table of all."""

    def __init__(self, out: TextIO) -> None:
        super().__init__(out)
        self._drawn = 0
        """Lines to go up for the next drawing."""
        self._next = 0.0

    def tell(self, notebook: Spread) -> None:
        """What went wrong stays above the table."""
        if notebook.status or notebook.standing is Standing.WAITING:
            self._erase()
            self.print(f"{told(notebook)}\n")

    def look(self, notebooks: Sequence[Spread]) -> None:
        """Draw it."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _REFRESH
        width, height = _size(self.out)
        lines = [_bar(notebooks, time.monotonic() - self.begun)]
        lines += [running_line(each) for each in notebooks if each.standing is Standing.RUNNING]
        lines = [cut_to_columns(each, width - 1) for each in lines[: height - 1]]
        self._erase()
        self.print("".join(f"{each}\n" for each in lines))
        self._drawn = len(lines)

    def ended(self, notebooks: Sequence[Spread]) -> None:
        """The whole of it, where the table was."""
        self._erase()
        self.print("\n".join(summary(notebooks, time.monotonic() - self.begun)) + "\n")

    def _erase(self) -> None:
        if self._drawn:
            self.print(_UP.format(self._drawn))
        self._drawn = 0


class SpreadJson(SpreadProgress):
    """An object a line, for a program."""

    def tell(self, notebook: Spread) -> None:
        """One whose standing is another."""
        self._print("notebook", notebook)

    def look(self, notebooks: Sequence[Spread]) -> None:
        """It was told already."""

    def ended(self, notebooks: Sequence[Spread]) -> None:
        """How many of them are how."""
        counts = Counter(each.standing.value for each in notebooks)
        self.print(json.dumps({"event": "over", **counts}) + "\n")

    def _print(self, event: str, notebook: Spread) -> None:
        about = {
            "event": event,
            "notebook": notebook.path,
            "standing": notebook.standing.value,
            "engine": notebook.engine,
            "engine_pid": notebook.engine_pid,
            "cells": notebook.cells,
            "done": notebook.done,
            "seconds": round(notebook.seconds, 3),
            "exit_status": notebook.status,
            "complaint": notebook.complaint or None,
            "lost_on": list(notebook.lost_on),
        }
        self.print(json.dumps(about) + "\n")


def told(notebook: Spread) -> str:
    """What has become of it, in one line."""
    name, engine = _name(notebook), notebook.engine
    match notebook.standing:
        case Standing.WAITING if notebook.lost_on:
            return f"{name}: engine {_engine(notebook.lost_on[-1])} was lost, it is run again"
        case Standing.WAITING:
            return f"{name}: waits"
        case Standing.RUNNING:
            return f"{name}: runs on engine {_engine(engine)}"
        case Standing.RAN:
            return f"{name}: ran on engine {_engine(engine)}, {duration(notebook.seconds)}"
        case Standing.FAILED | Standing.LOST:
            return f"{name}: {clean(notebook.complaint) or f'status {notebook.status}'}"


def running_line(notebook: Spread) -> str:
    """How far it is, in one line."""
    cell = f"cell {notebook.cell} of {notebook.cells}" if notebook.cells else "starting"
    engine, took = _engine(notebook.engine), duration(notebook.seconds)
    return f"  engine {engine:<3} {took:>8}  {cell:<15} {_name(notebook)}"


def summary(notebooks: Sequence[Spread], seconds: float) -> list[str]:
    """A table of all, and how many of them are how."""
    rows = [("NOTEBOOK", "STATUS", "CELLS", "TIME", "ENGINE", ""), *map(_row, notebooks)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(each.ljust(width) for each, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    counts = Counter(each.standing for each in notebooks)
    said = [f"{counts[Standing.RAN]} of {len(notebooks)} notebooks ran"]
    said += [f"{counts[each]} {each.value}" for each in Standing if counts[each] and each is not Standing.RAN]
    lost = {(each.path, engine) for each in notebooks for engine in each.lost_on}
    if lost:
        gone = sorted({_engine(engine) for _, engine in lost})
        word = "engine" if len(gone) == 1 else "engines"
        said.append(f"{word} {', '.join(gone)} lost")
    return [*lines, f"{', '.join(said)}, {duration(seconds)}"]


def _row(notebook: Spread) -> tuple[str, ...]:
    again = [f"again, since engine {_engine(each)} was lost" for each in notebook.lost_on]
    notes = [*again, clean(notebook.complaint)] if notebook.complaint else again
    return (
        _name(notebook),
        notebook.standing.value,
        f"{notebook.done}/{notebook.cells}" if notebook.cells else "-",
        duration(notebook.seconds),
        _engine(notebook.engine),
        "; ".join(notes),
    )


def _name(notebook: Spread) -> str:
    """As it is called from here."""
    path = Path(notebook.path)
    here = Path.cwd()
    return clean(str(path.relative_to(here) if path.is_relative_to(here) else path))


def _engine(number: int | None) -> str:
    return "-" if number is None else str(number)


def _bar(notebooks: Sequence[Spread], seconds: float) -> str:
    done = sum(each.standing.is_over for each in notebooks)
    filled = _BAR * done // max(1, len(notebooks))
    bar = f"[{'#' * filled}{'.' * (_BAR - filled)}] {done}/{len(notebooks)} notebooks"
    bad = sum(bool(each.status) for each in notebooks)
    return f"{bar}, {duration(seconds)}" + (f", {bad} with trouble" if bad else "")


def _size(out: TextIO) -> tuple[int, int]:
    try:
        size = os.get_terminal_size(out.fileno())
    except (OSError, ValueError):
        return 80, 24
    return size.columns or 80, size.lines or 24
