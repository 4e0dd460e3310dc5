"""A notebook and the file that it is in: opened, changed as a value, saved.

`read` and `create` give a NotebookFile, `save` gives the next one. All of it may run on any thread.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path

from kernelbridge.outputs import JsonObject, JsonValue
from tui.document.notebook import CellKey, Notebook
from tui.files.celljson import CellForm, reads_back
from tui.files.diagnosis import unreadable_bytes
from tui.files.errors import (
    CannotRead,
    ChangedOutside,
    OutsideChange,
    ReadOnlyNotebook,
    SaveMismatch,
)
from tui.files.jsontext import same_json
from tui.files.layout import Layout, read_layout
from tui.files.older import read_older
from tui.files.place import Found, Here, Place
from tui.files.style import Style
from tui.files.weave import CellText, cell_form, weave


@dataclass(frozen=True, slots=True)
class ReadOnly:
    """Why a notebook can be looked at but not saved."""

    reason: str
    """One line for a person."""
    is_of_place: bool = False
    """Whether a copy at another place can be edited."""


class Overwrite(Enum):
    """What saving does about a file that is not the one that was read."""

    IF_UNCHANGED = "if unchanged"
    """Refuse with ChangedOutside."""
    ANYWAY = "anyway"
    """Write over it, or again where it was removed."""


@dataclass(frozen=True, slots=True)
class NotebookFile:
    """A document as it is in a file, with the file's bytes."""

    place: Place
    notebook: Notebook
    """What the text says; a changed document is saved by comparing with it, by the cells' keys."""
    layout: Layout = field(repr=False)
    read_only: ReadOnly | None = None
    warning: str | None = None
    """What to tell the user once, after reading or saving."""
    on_disk: bool = True
    """False for a new notebook before its first save."""
    removed: Mapping[CellKey, CellText] = field(default_factory=dict[CellKey, CellText], repr=False)
    """Cells that were in the file and that undoing may bring back."""

    @property
    def path(self) -> Path:
        """What to call it."""
        return self.place.path

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        return self.layout.data

    def encode(self, notebook: Notebook) -> bytes:
        """The bytes to save for `notebook`: the file's own, spliced where something changed.

        Raises CannotSave: ReadOnlyNotebook, or SaveMismatch where the bytes would not read back as
        `notebook`.
        """
        return self.with_notebook(notebook).data

    def with_notebook(self, notebook: Notebook) -> NotebookFile:
        """The file as it will be when `notebook` is saved. Raises CannotSave as `encode` does."""
        if notebook is self.notebook:
            return self
        if self.read_only is not None:
            if notebook == self.notebook:
                return self
            raise ReadOnlyNotebook(self.path, f"not saved, {self.read_only.reason}")
        try:
            text = weave(self.layout, self.notebook, notebook, self.removed)
            data = text.encode("utf-8", "surrogateescape")
            layout = self.layout if data == self.layout.data else self._verified(data, text, notebook)
        except RecursionError as error:
            raise SaveMismatch(
                self.path, "not saved, something in it nests too deeply to be written"
            ) from error
        return replace(
            self, notebook=notebook, layout=layout, removed=self._removed_by(notebook), warning=None
        )

    def at(self, place: Place) -> NotebookFile:
        """The same text, to be saved as a new file at another place."""
        stays = None if self.read_only is not None and self.read_only.is_of_place else self.read_only
        return replace(self, place=place, on_disk=False, warning=None, read_only=stays)

    def _verified(self, data: bytes, text: str, notebook: Notebook) -> Layout:
        """The layout of the woven text, once it has proved to read as `notebook`."""
        try:
            found, layout = read_layout(self.path, data, text)
        except CannotRead as error:
            raise SaveMismatch(
                self.path, f"not saved, the text to write was damaged: {error.problem}"
            ) from error
        difference = (
            "the version"
            if found is None
            else _difference(notebook, found, cell_form(notebook, layout, text))
        )
        if difference is not None:
            raise SaveMismatch(
                self.path, f"not saved, the text to write differed from the notebook in {difference}"
            )
        return layout

    def _removed_by(self, notebook: Notebook) -> Mapping[CellKey, CellText]:
        """The cells to remember once `notebook` is saved: all that ever were in the file and now are not."""
        present = {cell.key for cell in notebook.cells}
        places = [at for at, cell in enumerate(self.notebook.cells) if cell.key not in present]
        text = self.layout.text if places else ""
        gone: dict[CellKey, CellText] = {}
        for at in places:
            cell, span = self.notebook.cells[at], self.layout.cells[at]
            gone[cell.key] = CellText(cell, text[span.start : span.end])
        return {key: cell for key, cell in {**self.removed, **gone}.items() if key not in present}


def read(path: Path) -> NotebookFile:
    """Open the notebook at `path`. Raises CannotRead, each kind of trouble with one of its own."""
    return read_at(Here(path))


def read_at(place: Place) -> NotebookFile:
    """Open the notebook at a place. Raises CannotRead, each kind of trouble with one of its own."""
    file = _read(place, place.read())
    if not place.is_writable():
        return replace(file, warning="the file is write-protected; save under another name")
    return file


def given(name: Path, data: bytes) -> NotebookFile:
    """The notebook of a file's bytes that came another way, such as by a pipe; `name` is for messages.

    Raises CannotRead as `read` does.
    """
    return replace(_read(Here(name), data), on_disk=False)


def _read(place: Place, data: bytes) -> NotebookFile:
    trouble = unreadable_bytes(place.path, data)
    if trouble is not None:
        raise trouble
    try:
        return _opened(place, data, data.decode())
    except UnicodeDecodeError as error:
        # Surrogates stand for the bytes that are no UTF-8, so that `data` can give the same bytes back.
        file = _opened(place, data, data.decode("utf-8", "surrogateescape"))
        return replace(file, read_only=ReadOnly(f"its text is not valid UTF-8 (byte {error.start + 1})"))


def _opened(place: Place, data: bytes, text: str) -> NotebookFile:
    notebook, layout = read_layout(place.path, data, text)
    read_only: ReadOnly | None = None
    if notebook is None:
        notebook = read_older(layout)
        read_only = ReadOnly(f"it is of nbformat {notebook.nbformat}, which is opened for reading only")
    elif notebook.nbformat != 4:
        read_only = ReadOnly(f"it is of nbformat {notebook.nbformat}, which this version does not know")
    keys = [member.key for member in layout.members]
    twice = "it has a key twice at its top level; the last one counts" if len(set(keys)) < len(keys) else None
    return NotebookFile(place, notebook, layout, read_only, twice)


def create(path: Path, metadata: JsonObject | None = None) -> NotebookFile:
    """A new notebook of one empty code cell, as nbformat 4.5; nothing is written before it is saved."""
    return create_at(Here(path), metadata)


def create_at(place: Place, metadata: JsonObject | None = None) -> NotebookFile:
    """As `create`, at any place."""
    cell: JsonObject = {
        "cell_type": "code",
        "execution_count": None,
        "id": os.urandom(4).hex(),
        "metadata": {},
        "outputs": [],
        "source": [],
    }
    document: JsonValue = {"cells": [cell], "metadata": metadata or {}, "nbformat": 4, "nbformat_minor": 5}
    text = Style().value(document, "") + "\n"
    return replace(_opened(place, text.encode(), text), on_disk=False)


def save(
    file: NotebookFile, notebook: Notebook, *, overwrite: Overwrite = Overwrite.IF_UNCHANGED
) -> NotebookFile:
    """Save `notebook` and return the file as it then is; where nothing changed, nothing is written.

    What is there is compared with what was read before anything is written, and once more right before it is
    replaced. Raises CannotSave.
    """
    new = file.with_notebook(notebook)
    found = file.place.look()
    if overwrite is Overwrite.IF_UNCHANGED:
        change = _outside_change(file, found)
        if change is not None:
            raise ChangedOutside(file.path, change)
    if file.on_disk and found.holds(new.data):
        return replace(new, warning=None)
    warning = file.place.write(new.data, found, anyway=overwrite is Overwrite.ANYWAY)
    return replace(new, warning=warning, on_disk=True)


def changed_outside(file: NotebookFile) -> OutsideChange | None:
    """What happened to the file since it was read or saved; None where its bytes are the same."""
    return _outside_change(file, file.place.look())


def _outside_change(file: NotebookFile, found: Found) -> OutsideChange | None:
    if not file.on_disk:
        return OutsideChange.APPEARED if found.exists else None
    if not found.exists:
        return OutsideChange.REMOVED
    return None if found.holds(file.data) else OutsideChange.MODIFIED


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
