"""Cells and lines of a table as text for the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.screens.table.source import SourceError

if TYPE_CHECKING:
    from tui.screens.table.opentable import OpenTable

_BUSY = "the kernel is busy: nothing is copied"


async def cell_text(table: OpenTable) -> str:
    """All of the cell under the cursor. Raises SourceError."""
    window = table.window
    if not window.lines:
        raise SourceError("there is no cell")
    if not table.source.is_ready():
        raise SourceError(_BUSY)
    return await table.source.whole(window.line, window.number(window.place))


async def lines_text(table: OpenTable, height: int) -> str:
    """The lines in sight below the names, with all columns, as tab-separated values. Raises SourceError."""
    window = table.window
    if not table.source.is_ready():
        raise SourceError(_BUSY)
    shape = window.shape
    lines = range(window.top, min(window.top + height, window.lines))
    found = await table.source.read(lines, range(len(shape.columns)))
    names = [column.name for column in (*shape.index, *shape.columns)]
    rows = [names, *([*line.index, *line.cells] for line in found)]
    return "".join("\t".join(" ".join(cell.split()) for cell in row) + "\n" for row in rows)
