"""A notebook as JSON, in nbformat: only what changed is written anew, in the file's own style."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from tui.document.notebook import CellKey, Notebook
from tui.files.celljson import CellForm, reads_back
from tui.files.errors import CannotRead, SaveMismatch
from tui.files.form import Form, Opened, ReadOnly
from tui.files.jsontext import same_json
from tui.files.layout import Layout, read_layout
from tui.files.older import read_older
from tui.files.weave import CellText, cell_form, weave


@dataclass(frozen=True, slots=True)
class JsonForm:
    """Where the notebook's parts stand in the text, and cells that were there before."""

    layout: Layout = field(repr=False)
    removed: Mapping[CellKey, CellText] = field(default_factory=dict[CellKey, CellText], repr=False)
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
        """The text with what changed spliced in, read back and compared."""
        data = _encoded(weave(self.layout, old, new, self.removed))
        layout = self.layout if data == self.layout.data else _verified(path, data, new)
        return JsonForm(layout, self._removed_by(old, new))

    def following(self, before: Form) -> Form:
        """This form, with the cells that the one before remembers."""
        return JsonForm(self.layout, before.removed) if isinstance(before, JsonForm) else self

    def _removed_by(self, old: Notebook, new: Notebook) -> Mapping[CellKey, CellText]:
        """The cells to remember once `new` is saved: all that ever were in the file and now are not."""
        present = {cell.key for cell in new.cells}
        places = [at for at, cell in enumerate(old.cells) if cell.key not in present]
        text = self.layout.text if places else ""
        gone: dict[CellKey, CellText] = {}
        for at in places:
            cell, span = old.cells[at], self.layout.cells[at]
            gone[cell.key] = CellText(cell, text[span.start : span.end])
        return {key: cell for key, cell in {**self.removed, **gone}.items() if key not in present}


def read_json(path: Path, data: bytes, text: str) -> Opened:
    """The notebook in a text of JSON, whose bytes are `data`. Raises CannotRead."""
    notebook, layout = read_layout(path, data, text)
    read_only: ReadOnly | None = None
    if notebook is None:
        notebook = read_older(layout)
        read_only = ReadOnly(f"it is of nbformat {notebook.nbformat}, which is opened for reading only")
    elif notebook.nbformat != 4:
        read_only = ReadOnly(f"it is of nbformat {notebook.nbformat}, which this version does not know")
    keys = [member.key for member in layout.members]
    twice = "it has a key twice at its top level; the last one counts" if len(set(keys)) < len(keys) else None
    return Opened(notebook, JsonForm(layout), read_only, twice)


def _encoded(pieces: Iterable[str]) -> bytes:
    """The bytes of a text, which as Python's string may take four times as many."""
    data = BytesIO()
    for piece in pieces:
        data.write(piece.encode("utf-8", "surrogateescape"))
    return data.getvalue()


def _verified(path: Path, data: bytes, notebook: Notebook) -> Layout:
    """The layout of the woven bytes, once they have proved to read as `notebook`."""
    text = data.decode("utf-8", "surrogateescape")
    try:
        found, layout = read_layout(path, data, text, notebook.cells)
    except CannotRead as error:
        raise SaveMismatch(path, f"not saved, the text to write was damaged: {error.problem}") from error
    difference = (
        "the version" if found is None else _difference(notebook, found, cell_form(notebook, layout, text))
    )
    if difference is not None:
        raise SaveMismatch(path, f"not saved, the text to write differed from the notebook in {difference}")
    return layout


def _difference(notebook: Notebook, found: Notebook, form: CellForm) -> str | None:
    """In what the document that was read back differs, None where it does not."""
    if len(found.cells) != len(notebook.cells):
        return "the number of cells"
    for number, (cell, back) in enumerate(zip(notebook.cells, found.cells, strict=True), 1):
        if not reads_back(cell, back, form):
            return f"cell {number}"
    if not same_json(notebook.metadata, found.metadata):
        return "the metadata"
    same = (notebook.nbformat, notebook.nbformat_minor) == (found.nbformat, found.nbformat_minor)
    return None if same else "the version"
