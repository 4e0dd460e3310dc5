"""A notebook without what running it left: outputs, counts, and metadata that programs leave in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from tui.document.notebook import CellKind

if TYPE_CHECKING:
    from collections.abc import Collection

    from kernelbridge.outputs import JsonObject
    from tui.document.notebook import Cell, Notebook

KEEPING: Final = "keep_output"
"""The tag, or the key of metadata, of a cell whose outputs are kept."""
_WIDGETS: Final = "widgets"
"""The notebook's metadata that outputs of widgets stand on."""


@dataclass(frozen=True, slots=True)
class Cleaning:
    """What is to be taken out."""

    outputs: bool = True
    counts: bool = True
    cell_metadata: frozenset[str] = frozenset()
    """Keys of the metadata of cells."""
    notebook_metadata: frozenset[str] = frozenset()
    """Keys of the metadata of the notebook."""


def cleaned(notebook: Notebook, cleaning: Cleaning) -> Notebook:
    """The notebook without it; the very same where there is nothing of it."""
    cells = tuple(_cleaned(cell, cleaning) for cell in notebook.cells)
    wanted = cleaning.notebook_metadata
    if cleaning.outputs and not any(_keeps(cell) for cell in notebook.cells):
        wanted |= {_WIDGETS}
    metadata = _without(notebook.metadata, wanted)
    if metadata is notebook.metadata and all(map(_same, cells, notebook.cells)):
        return notebook
    return replace(notebook.with_cells(cells), metadata=metadata)


def _cleaned(cell: Cell, cleaning: Cleaning) -> Cell:
    outputs, count = cell.outputs, cell.execution_count
    if cell.kind is CellKind.CODE and not _keeps(cell):
        outputs = () if cleaning.outputs else outputs
        count = None if cleaning.counts else count
    metadata = _without(cell.metadata, cleaning.cell_metadata)
    if outputs is cell.outputs and count == cell.execution_count and metadata is cell.metadata:
        return cell
    return replace(cell, outputs=outputs, execution_count=count, metadata=metadata)


def _keeps(cell: Cell) -> bool:
    tags = cell.metadata.get("tags")
    return bool(cell.metadata.get(KEEPING)) or (isinstance(tags, list) and KEEPING in tags)


def _without(metadata: JsonObject, keys: Collection[str]) -> JsonObject:
    if not any(key in metadata for key in keys):
        return metadata
    return {key: value for key, value in metadata.items() if key not in keys}


def _same(one: Cell, other: Cell) -> bool:
    return one is other
