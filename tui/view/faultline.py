"""Which line of a cell an error happened in, as long as that line is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kernelbridge.outputs import ErrorOutput
from tui.document.notebook import CellKind

if TYPE_CHECKING:
    from tui.document.notebook import Cell, CellKey, Notebook
    from tui.render.tracebackframes import CellLine


def lines_at_fault(cell: Cell) -> Sequence[CellLine]:
    """The lines of cells that a cell's error names, the one where it happened last; none without an error."""
    errors = [output for output in cell.outputs if isinstance(output, ErrorOutput)]
    if not errors or cell.kind is not CellKind.CODE:
        return ()
    from tui.render.tracebackframes import cell_lines

    return cell_lines(errors[-1].traceback)


def fault_line(cell: Cell, named: Sequence[CellLine]) -> int | None:
    """The line of a cell's source, from 0, in which it failed; `named` are the `lines_at_fault`."""
    own = [line for line in named if line.count == cell.execution_count]
    lines = cell.source.split("\n") if named else []
    found = own or [line for line in named if line.quote]  # stored counts are not always those of the run
    return next((at for line in reversed(found) if (at := _place(line, lines)) is not None), None)


def place_of(line: CellLine, cell: Cell, notebook: Notebook) -> tuple[CellKey, int] | None:
    """The cell and its line, from 0, that the traceback of a cell names; None where it is there no more.

    A count that several cells have, as after a restart, is the cell's own, else of the one with that line.
    """
    if line.count in (None, cell.execution_count):
        ran = [cell]
    else:
        codes = (each for each in notebook.cells if each.kind is CellKind.CODE)
        ran = [each for each in codes if each.execution_count == line.count]
        if not ran and line.quote:
            ran = [cell]
    for each in ran:
        if (at := _place(line, each.source.split("\n"))) is not None:
            return each.key, at
    return None


def _place(line: CellLine, lines: Sequence[str]) -> int | None:
    """Where the line is: at its number, or where else the source holds what it quotes, once."""
    at = line.line - 1
    if not line.quote:
        return at if 0 <= at < len(lines) else None
    if 0 <= at < len(lines) and lines[at].strip() == line.quote:
        return at
    elsewhere = [number for number, text in enumerate(lines) if text.strip() == line.quote]
    return elsewhere[0] if len(elsewhere) == 1 else None
