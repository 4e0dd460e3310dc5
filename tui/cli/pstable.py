"""The table of `tnb ps`, in as many columns of cells as a terminal has."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.render.width import cell_width, graphemes
from tui.sanitize import clean

if TYPE_CHECKING:
    from kernelbridge.keeperframes import Attached
    from kernelbridge.running import RunningKernel

_GAP = "  "
_CUT = "…"
_LEAST = {"NOTEBOOK": 12, "ATTACHED": 8, "KERNEL": 7, "HOST": 6}
"""Columns that may be cut, the first of them first, and how much of them must stay."""


def table(kernels: Sequence[RunningKernel], home: Path, now: float, width: int | None) -> list[str]:
    """Its lines, the first with the names of the columns; no wider than `width` cells."""
    columns = {
        "ID": [each.home.id for each in kernels],
        "NOTEBOOK": [_notebook(each, home) for each in kernels],
        "KERNEL": [each.kernelspec or "-" for each in kernels],
        "STATE": [each.word.value for each in kernels],
        "FOR": ["-" if each.since is None else spell(now - each.since) for each in kernels],
        "PID": [str(each.pid or "-") for each in kernels],
        "ATTACHED": [", ".join(map(_who, each.attached)) or "-" for each in kernels],
    }
    if not all(each.is_here for each in kernels):
        columns["HOST"] = [each.home.meta.host for each in kernels]
    texts = {name: [name, *map(clean, cells)] for name, cells in columns.items()}
    widths = _fitted({name: max(map(cell_width, cells)) for name, cells in texts.items()}, width)
    rows = [
        _GAP.join(_filled(name, cells[index], widths[name]) for name, cells in texts.items()).rstrip()
        for index in range(len(kernels) + 1)
    ]
    return rows if width is None else [_cut_end(row, width) for row in rows]


def spell(seconds: float) -> str:
    """How long something has been so, in at most two units."""
    whole = max(0, int(seconds))
    for size, unit, smaller, small_unit in ((86400, "d", 3600, "h"), (3600, "h", 60, "min")):
        if whole >= size:
            rest = whole % size // smaller
            return f"{whole // size} {unit}" + (f" {rest} {small_unit}" if rest else "")
    return f"{whole // 60} min" if whole >= 60 else f"{whole} s"


def _fitted(widths: dict[str, int], width: int | None) -> dict[str, int]:
    """The columns' widths, with those cut that may be."""
    if width is None:
        return widths
    over = sum(widths.values()) + len(_GAP) * (len(widths) - 1) - width
    fitted = dict(widths)
    for name, least in _LEAST.items():
        if over > 0 and name in fitted:
            less = min(over, max(0, fitted[name] - least))
            fitted[name] -= less
            over -= less
    return fitted


def _filled(name: str, text: str, width: int) -> str:
    cut = _cut_begin(text, width) if name == "NOTEBOOK" else _cut_end(text, width)
    room = " " * (width - cell_width(cut))
    return room + cut if name == "PID" else cut + room


def _cut_end(text: str, width: int) -> str:
    if cell_width(text) <= width:
        return text
    kept, room = "", width - 1
    for each in graphemes(text):
        room -= each.width
        if room < 0:
            break
        kept += text[each.start : each.end]
    return kept + _CUT if width > 0 else ""


def _cut_begin(text: str, width: int) -> str:
    """A path's end tells more than its beginning."""
    if cell_width(text) <= width:
        return text
    kept, room = "", width - 1
    for each in reversed(graphemes(text)):
        room -= each.width
        if room < 0:
            break
        kept = text[each.start : each.end] + kept
    return _CUT + kept if width > 0 else ""


def _notebook(kernel: RunningKernel, home: Path) -> str:
    path = kernel.home.meta.notebook
    if path is None:
        return "-"
    real = os.path.realpath(home)
    short = f"~{path[len(real) :]}" if path.startswith(f"{real}/") and real != "/" else path
    return f"{short} (not there)" if kernel.is_notebook_gone else short


def _who(frontend: Attached) -> str:
    where = f" on {frontend.host}" if frontend.host not in ("", os.uname().nodename) else ""
    return f"{frontend.name or 'a frontend'} {frontend.pid}{where}"
