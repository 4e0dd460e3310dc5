"""What was copied in tnb: cells, and text; shared by all notebooks that are open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.document.notebook import Cell


@dataclass(slots=True)
class Clipboard:
    """What was copied here."""

    cells: tuple[Cell, ...] = ()
    origin: str = ""
    """The notebook that the cells are of, as its place is called."""
    text: str = ""
