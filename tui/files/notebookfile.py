"""A notebook and the file that it is in: opened, changed as a value, saved.

`read` and `create` give a NotebookFile, `save` gives the next one. All of it may run on any thread.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path

from kernelbridge.outputs import JsonObject, JsonValue
from tui.document.notebook import Notebook
from tui.files.diagnosis import unreadable_bytes
from tui.files.errors import ChangedOutside, EmptyFile, OutsideChange, ReadOnlyNotebook, SaveMismatch
from tui.files.form import Form, ReadOnly, Rest
from tui.files.jsonform import read_json
from tui.files.place import Found, Here, Place
from tui.files.textnames import is_text_notebook

__all__ = [
    "Beginning",
    "NotebookFile",
    "Overwrite",
    "ReadOnly",
    "begin_at",
    "changed_outside",
    "create",
    "create_at",
    "given",
    "read",
    "read_at",
    "save",
]


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
    form: Form = field(repr=False)
    """How the notebook is written."""
    read_only: ReadOnly | None = None
    warning: str | None = None
    """What to tell the user once, after reading or saving."""
    on_disk: bool = True
    """False for a new notebook before its first save."""

    @property
    def path(self) -> Path:
        """What to call it."""
        return self.place.path

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        return self.form.data

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
            form = self.form.woven(self.path, self.notebook, notebook)
        except RecursionError as error:
            raise SaveMismatch(
                self.path, "not saved, something in it nests too deeply to be written"
            ) from error
        return replace(self, notebook=notebook, form=form, warning=None)

    def read_again(self, found: NotebookFile, notebook: Notebook) -> NotebookFile:
        """The file as it was found on the disk meanwhile, of which `notebook` has cells that are known."""
        return replace(found, notebook=notebook, form=found.form.following(self.form))

    def at(self, place: Place) -> NotebookFile:
        """The same text, to be saved as a new file elsewhere; without text, where that is of another form."""
        path = place.path
        if path.suffix != self.path.suffix and (is_text_notebook(path) or is_text_notebook(self.path)):
            return create_at(place)
        stays = None if self.read_only is not None and self.read_only.is_of_place else self.read_only
        return replace(self, place=place, on_disk=False, warning=None, read_only=stays)


@dataclass(frozen=True, slots=True)
class Beginning:
    """A file that proved to be a notebook, as far as the first cells: what is shown before all is made."""

    file: NotebookFile
    """With the first cells, or with all."""
    rest: Rest | None = None

    @property
    def count(self) -> int:
        """How many cells there are in all."""
        return len(self.file.notebook.cells) if self.rest is None else self.rest.count

    def whole(self) -> NotebookFile:
        """The file with all cells; what was made of the first ones is made anew."""
        return self.file if self.rest is None else replace(self.file, notebook=self.rest.whole())


def read(path: Path) -> NotebookFile:
    """Open the notebook at `path`. Raises CannotRead, each kind of trouble with one of its own."""
    return read_at(Here(path))


def read_at(place: Place) -> NotebookFile:
    """Open the notebook at a place. Raises CannotRead, each kind of trouble with one of its own."""
    return begin_at(place, None).file


def begin_at(place: Place, most: int | None) -> Beginning:
    """As `read_at`, with at most so many cells at first."""
    beginning = _read(place, place.read(), most)
    if not place.is_writable():
        warning = "the file is write-protected; save under another name"
        return replace(beginning, file=replace(beginning.file, warning=warning))
    return beginning


def given(name: Path, data: bytes) -> NotebookFile:
    """The notebook of a file's bytes that came another way, such as by a pipe; `name` is for messages.

    Raises CannotRead as `read` does.
    """
    if not data and not is_text_notebook(name):
        raise EmptyFile(name, "nothing came")
    return replace(_read(Here(name), data).file, on_disk=False)


def _read(place: Place, data: bytes, most: int | None = None) -> Beginning:
    trouble = None if is_text_notebook(place.path) else unreadable_bytes(place.path, data)
    if trouble is not None:
        raise trouble
    try:
        return _opened(place, data, data.decode(), most)
    except UnicodeDecodeError as error:
        # Surrogates stand for the bytes that are no UTF-8, so that `data` can give the same bytes back.
        beginning = _opened(place, data, data.decode("utf-8", "surrogateescape"), most)
        read_only = ReadOnly(f"its text is not valid UTF-8 (byte {error.start + 1})")
        return replace(beginning, file=replace(beginning.file, read_only=read_only))


def _opened(place: Place, data: bytes, text: str, most: int | None = None) -> Beginning:
    if is_text_notebook(place.path):
        from tui.files.textform import read_text  # which takes longer to load than all else here

        opened = read_text(place.path, data, text)
    else:
        opened = read_json(place.path, data, text, most)
    file = NotebookFile(place, opened.notebook, opened.form, opened.read_only, opened.warning)
    return Beginning(file, opened.rest)


def create(path: Path, metadata: JsonObject | None = None) -> NotebookFile:
    """A new notebook: nbformat 4.5 with an empty code cell, or text; nothing is written before a save."""
    return create_at(Here(path), metadata)


def create_at(place: Place, metadata: JsonObject | None = None) -> NotebookFile:
    """As `create`, at any place."""
    if is_text_notebook(place.path):
        return replace(_opened(place, b"", "").file, on_disk=False)
    from tui.files.style import Style  # late: few notebooks are new

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
    return replace(_opened(place, text.encode(), text).file, on_disk=False)


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
