"""Notebooks that are kept in two files: as JSON with outputs, and as text, which `jupytext.formats` names.

The text has the cells, and the JSON their results. A file that has changes of its own is never written over.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Final

from kernelbridge.outputs import JsonObject
from tui.document.carrying import with_results_of
from tui.document.notebook import Cell, Notebook
from tui.document.rekeying import with_keys_of
from tui.files.errors import FileError
from tui.files.jsontext import object_or_empty
from tui.files.notebookfile import Beginning, NotebookFile, Overwrite, begin_at, create, read, save
from tui.files.place import Here

_HAS_IDS: Final = (4, 5)
_OF_TEXT: Final = {"lines_to_next_cell", "lines_to_end_of_cell_marker"}
"""What jupytext notes about a text in the metadata of its cells."""


def partners(file: NotebookFile) -> list[Path]:
    """The other files of a notebook of this machine, there or not; none that are in other folders."""
    formats = object_or_empty(file.notebook.metadata.get("jupytext")).get("formats")
    if not isinstance(formats, str) or not isinstance(file.place, Here):
        return []
    suffixes = [f".{each.partition(':')[0].strip()}" for each in formats.split(",") if "/" not in each]
    if file.path.suffix not in suffixes:
        return []
    return [file.path.with_suffix(each) for each in suffixes if each not in (file.path.suffix, ".", ".auto")]


def read_paired(path: Path) -> NotebookFile:
    """As `read`, with the results that a text's partner has. Raises CannotRead."""
    return begin_paired(path, None).file


def begin_paired(path: Path, most: int | None) -> Beginning:
    """As `read_paired`, with at most so many cells at first."""
    beginning = begin_at(Here(path), most)
    if beginning.file.form.holds_outputs:
        return beginning
    return Beginning(_with_results(beginning.file))


def _with_results(file: NotebookFile) -> NotebookFile:
    """A text's notebook, with the results that its partner has."""
    for partner in partners(file):
        try:
            found = read(partner) if partner.exists() else file
        except FileError as error:
            return replace(file, warning=f"it has no outputs: {error}")
        if found.form.holds_outputs:
            results = with_keys_of(found.notebook, file.notebook)
            return replace(file, notebook=with_results_of(file.notebook, results))
    return file


def save_paired(
    file: NotebookFile, notebook: Notebook, *, overwrite: Overwrite = Overwrite.IF_UNCHANGED
) -> NotebookFile:
    """As `save`, and its partners with it; what they stand in the way of is a warning. Raises CannotSave."""
    saved = save(file, notebook, overwrite=overwrite)
    problems = [_follow(path, file.notebook, notebook) for path in partners(saved)]
    warnings = [each for each in (saved.warning, *problems) if each is not None]
    return replace(saved, warning="; ".join(warnings) or None)


def _follow(path: Path, before: Notebook, notebook: Notebook) -> str | None:
    """Bring a partner up to date; a line that says why not."""
    try:
        if not path.exists():
            new = create(path)
            save(new, replace(notebook, cells=tuple(map(_without_notes, notebook.cells))))
            return None
        found = read(path)
        there = found.read_again(found, with_keys_of(found.notebook, notebook))
        if not (_same(there.notebook, before) or _same(there.notebook, notebook)):
            return f"{path.name}, which is paired with it, has changes of its own and was not written"
        save(there, _brought_up(there, notebook))
    except FileError as error:
        return str(error)
    return None


def _same(one: Notebook, other: Notebook) -> bool:
    """Whether the cells say the same, but for empty lines around them."""
    said = [[(cell.kind, cell.source.strip("\n")) for cell in each.cells] for each in (one, other)]
    return said[0] == said[1]


def _brought_up(there: NotebookFile, notebook: Notebook) -> Notebook:
    """The partner's notebook with the cells of this one; what it has of its own stays."""
    old = there.notebook
    has_ids = (old.nbformat, old.nbformat_minor) >= _HAS_IDS
    return old.with_cells(
        tuple(
            _over(old.cell(cell.key), cell)
            if cell.key in old
            else replace(_without_notes(cell), id=os.urandom(4).hex() if has_ids else None)
            for cell in notebook.cells
        )
    )


def _over(old: Cell, cell: Cell) -> Cell:
    source = old.source if old.source.strip("\n") == cell.source.strip("\n") else cell.source
    return replace(
        old, kind=cell.kind, source=source, outputs=cell.outputs, execution_count=cell.execution_count
    )


def _without_notes(cell: Cell) -> Cell:
    metadata: JsonObject = {key: value for key, value in cell.metadata.items() if key not in _OF_TEXT}
    return replace(cell, metadata=metadata)
