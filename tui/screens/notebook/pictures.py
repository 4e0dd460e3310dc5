"""Which pictures a cell has."""

from __future__ import annotations

from kernelbridge.outputs import DisplayData, ExecuteResult
from tui.document.notebook import Cell, CellKind
from tui.render.content import Content
from tui.render.picture.draw import DRAWN
from tui.render.registry import candidates


def pictures_of(cell: Cell) -> list[Content]:
    """The pictures that a cell shows, of a code cell those of its outputs, in their order."""
    if cell.kind is CellKind.MARKDOWN:
        from tui.render.markdown import markdown_pictures

        return list(markdown_pictures(cell.source, cell.attachments))
    found: list[Content] = []
    for output in cell.outputs:
        if isinstance(output, DisplayData | ExecuteResult):
            contents = [candidate.content for candidate in candidates(output.data, output.metadata)]
            found += [content for content in contents if DRAWN.fullmatch(content.mime)][:1]
    return found
