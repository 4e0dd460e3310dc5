"""Runs that belong to no cell, as rows: who ran them, the code, and what it printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kernelbridge.runstatus import RunStatus
from tui.otherruns import OtherRun, Whose
from tui.render.canvas import Canvas, Detail
from tui.render.drawing import Pending
from tui.render.outputs import draw_output
from tui.render.rowops import crop, row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_ROWS = 60
"""Of one output; the end of a longer one is shown."""
_RULE = text_row("┊ ", Style(Role.RULE))
_NOTHING = "No one else has run anything on this kernel."
_WHY = {
    Whose.FOREIGN: "another frontend",
    Whose.OTHER_NOTEBOOK: "another notebook",
    Whose.SCRATCH: "typed beside the notebook",
    Whose.CELL_CHANGED: "a cell that is gone or has changed",
}


def rows_of_runs(runs: Sequence[OtherRun], width: int) -> tuple[list[Row], list[int]]:
    """All rows, none wider than `width` cells, and which of them begins each run."""
    rows: list[Row] = []
    starts: list[int] = []
    for run in runs:
        starts.append(len(rows))
        rows.extend(_rows_of_run(run, width))
        rows.append(())
    return rows or [text_row(_NOTHING, Style(Role.MUTED))], starts


def rows_of_scratch(run: OtherRun, width: int) -> list[Row]:
    """A run that was typed beside the notebook: the code behind a sign, and what it printed."""
    sign, style = _sign(run.status)
    lines = [clean(line) for line in run.code.split("\n")]
    rows = [
        crop((*text_row("  " if at else f"{sign} ", style), *text_row(line, Style(Role.CODE))), 0, width)
        for at, line in enumerate(lines)
    ]
    return rows + _output_rows(run, width)


def _rows_of_run(run: OtherRun, width: int) -> list[Row]:
    rows = [_heading(run, width)]
    rows += [crop(text_row(f"  {clean(line)}", Style(Role.CODE)), 0, width) for line in run.code.split("\n")]
    return rows + _output_rows(run, width)


def _output_rows(run: OtherRun, width: int) -> list[Row]:
    rows: list[Row] = []
    room = max(2, width - 2 - row_width(_RULE))
    for output in run.outputs.items:
        drawing = draw_output(output, Canvas(room, Detail.FULL))
        drawn = drawing.draw() if isinstance(drawing, Pending) else drawing
        left_out = len(drawn) - _MOST_ROWS
        if left_out > 0:
            rows.append(text_row(f"  ┊ … {left_out:,} rows above", Style(Role.MUTED)))
        rows += [(*text_row("  "), *_RULE, *row) for row in drawn[max(0, left_out) :]]
    return rows


def _heading(run: OtherRun, width: int) -> Row:
    sign, style = _sign(run.status)
    count = "" if run.execution_count is None else f" [{run.execution_count}]"
    told = text_row(f"{sign}{count} ", style)
    why = text_row(f"{_WHY[run.whose]} · ", Style(Role.MUTED))
    return crop((*told, *why, *text_row(clean(run.by), Style(Role.STRONG, bold=True))), 0, width)


def _sign(status: RunStatus | None) -> tuple[str, Style]:
    match status:
        case None:
            return "…", Style(Role.ACCENT)
        case RunStatus.OK:
            return "✓", Style(Role.OK)
        case RunStatus.ABORTED | RunStatus.CANCELLED:
            return "·", Style(Role.MUTED)
        case RunStatus.ERROR | RunStatus.LOST:
            return "✗", Style(Role.ERROR)
