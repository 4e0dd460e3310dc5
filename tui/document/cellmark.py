"""Which cell a run is of, told so that another process finds it: most notebooks have no cell ids.

A mark names a cell by what it says. It finds the very cell or none: never one that was changed since, and
never one of several that look the same unless it is clear which.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.document.notebook import Cell, CellKey, CellKind, Notebook

if TYPE_CHECKING:
    from kernelbridge.outputs import JsonObject, JsonValue


@dataclass(frozen=True, slots=True)
class CellMark:
    """A code cell of a notebook."""

    notebook: str
    """The path of the notebook, resolved."""
    id: str | None
    """nbformat's, where it has one."""
    digest: str
    """Of the source."""
    twin: int
    """Which of the code cells that have this source it is, from 0."""
    twins: int
    """How many have it."""

    def to_json(self) -> JsonObject:
        """As it goes to the keeper and comes back."""
        return {
            "notebook": self.notebook,
            "id": self.id,
            "digest": self.digest,
            "twin": self.twin,
            "twins": self.twins,
        }

    @classmethod
    def from_json(cls, value: JsonValue) -> CellMark | None:
        """The mark, or None where it is none, as of another kind of frontend."""
        if not isinstance(value, Mapping):
            return None
        notebook, cell_id, digest = value.get("notebook"), value.get("id"), value.get("digest")
        twin, twins = value.get("twin"), value.get("twins")
        if not isinstance(notebook, str) or not isinstance(digest, str):
            return None
        if not isinstance(twin, int) or not isinstance(twins, int):
            return None
        return cls(notebook, cell_id if isinstance(cell_id, str) else None, digest, twin, twins)


def mark_of(notebook: Notebook, key: CellKey, path: str) -> CellMark:
    """The mark of a code cell. Raises KeyError when there is none of that key."""
    cell = notebook.cell(key)
    twins = [other.key for other in notebook.cells if _is_twin(other, cell)]
    return CellMark(path, cell.id, _digest(cell.source), twins.index(key), len(twins))


class MarkedCells:
    """Finds the cells that marks mean; looks at every cell once, when it is first asked."""

    def __init__(self, notebook: Notebook, path: str, formerly: Sequence[str] = ()) -> None:
        """`formerly` are paths that it had before it was renamed."""
        self._paths = {path, *formerly}
        self._by_id: dict[str, list[Cell]] = {}
        self._by_digest: dict[str, list[Cell]] = {}
        for cell in notebook.cells:
            if cell.kind is not CellKind.CODE:
                continue
            if cell.id is not None:
                self._by_id.setdefault(cell.id, []).append(cell)
            self._by_digest.setdefault(_digest(cell.source), []).append(cell)

    def are_of(self, mark: CellMark) -> bool:
        """Whether the mark is of this notebook, whatever became of its cell."""
        return mark.notebook in self._paths

    def find(self, mark: CellMark) -> CellKey | None:
        """The cell that a mark means; None where it is gone, was changed since, or is unclear."""
        if not self.are_of(mark):
            return None
        if mark.id is not None and (named := self._by_id.get(mark.id)):
            is_clear = len(named) == 1 and _digest(named[0].source) == mark.digest
            return named[0].key if is_clear else None
        twins = self._by_digest.get(mark.digest, [])
        if len(twins) != mark.twins or not 0 <= mark.twin < len(twins):
            return None
        cell = twins[mark.twin]
        return cell.key if mark.id is None or cell.id is None else None


def _is_twin(one: Cell, other: Cell) -> bool:
    return one.kind is CellKind.CODE and one.source == other.source


def _digest(source: str) -> str:
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[:32]
