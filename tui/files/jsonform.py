"""A notebook as JSON, in nbformat: only what changed is written anew, in the file's own style."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tui.document.notebook import CellKey, Notebook
from tui.files.form import Form, Opened, ReadOnly, Rest
from tui.files.layout import Layout, read_layout
from tui.files.older import read_older

if TYPE_CHECKING:
    from tui.files.weave import CellText


@dataclass(frozen=True, slots=True)
class JsonForm:
    """Where the notebook's parts stand in the text, and cells that were there before."""

    layout: Layout = field(repr=False)
    removed: Mapping[CellKey, CellText] = field(default_factory=dict["CellKey", "CellText"], repr=False)
    """Cells that were in the file and that undoing may bring back."""

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        return self.layout.data

    @property
    def holds_outputs(self) -> bool:
        """They are."""
        return True

    def woven(self, path: Path, old: Notebook, new: Notebook) -> JsonForm:
        """The text with what changed spliced in, which has proved to read as the notebook."""
        from tui.files.proof import proved  # late: reading a file does without what writing takes
        from tui.files.weave import weave

        woven = weave(self.layout, old, new, self.removed)
        layout = self.layout if woven.data == self.layout.data else proved(path, woven, new)
        return JsonForm(layout, self._removed_by(old, new))

    def following(self, before: Form) -> Form:
        """This form, with the cells that the one before remembers."""
        return JsonForm(self.layout, before.removed) if isinstance(before, JsonForm) else self

    def _removed_by(self, old: Notebook, new: Notebook) -> Mapping[CellKey, CellText]:
        """The cells to remember once `new` is saved: all that ever were in the file and now are not."""
        from tui.files.weave import CellText

        present = {cell.key for cell in new.cells}
        gone = {
            cell.key: CellText(cell, self.layout.text_of(self.layout.cells[at]))
            for at, cell in enumerate(old.cells)
            if cell.key not in present
        }
        return {key: cell for key, cell in {**self.removed, **gone}.items() if key not in present}


def read_json(path: Path, data: bytes, text: str, most: int | None = None) -> Opened:
    """The notebook in a text of JSON, whose bytes are `data`; all cells, or the first of them.

    Raises CannotRead.
    """
    found, layout = read_layout(path, data, text)
    read_only: ReadOnly | None = None
    if found is None:
        notebook = read_older(layout)
        read_only = ReadOnly(f"it is of nbformat {notebook.nbformat}, which is opened for reading only")
    else:
        notebook = found.notebook(most)
    if found is not None and notebook.nbformat != 4:
        read_only = ReadOnly(f"it is of nbformat {notebook.nbformat}, which this version does not know")
    keys = [member.key for member in layout.members]
    twice = "it has a key twice at its top level; the last one counts" if len(set(keys)) < len(keys) else None
    opened = Opened(notebook, JsonForm(layout), read_only, twice)
    if found is None or len(notebook.cells) == len(found.cells):
        return opened
    return replace(opened, rest=Rest(len(found.cells), found.notebook))
