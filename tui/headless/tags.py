"""Tags of cells, and those that mean something to what runs notebooks (nbclient, papermill, nbval)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

from kernelbridge.outputs import JsonValue
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
    return _texts(tags) if isinstance(tags, list) else ()


def _texts(values: Sequence[JsonValue]) -> tuple[str, ...]:
    return tuple(cast("str", value) for value in values if isinstance(value, str))
