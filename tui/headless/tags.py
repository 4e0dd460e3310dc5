"""Tags of cells, and those that mean something to what runs notebooks (nbclient, papermill, nbval)."""

from __future__ import annotations

from typing import Final

from tui.document.notebook import Cell

PARAMETERS: Final = "parameters"
"""papermill's: the cell that parameters go behind."""
INJECTED: Final = "injected-parameters"
"""papermill's: the cell that was put in with them."""
RAISES: Final = "raises-exception"
"""Jupyter's: the cell may fail."""
SKIPPED: Final = "skip-execution"
"""nbclient's: the cell is not run."""


def tags_of(cell: Cell) -> tuple[str, ...]:
    """The tags that the cell has."""
    tags = cell.metadata.get("tags")
    return tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else ()
