"""Notebooks as text and back, by jupytext: scripts with cells, Markdown, MyST, R Markdown, Quarto."""

from __future__ import annotations

import secrets
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from tui.conversion.errors import ConversionError
from tui.document.notebook import Cell, Notebook
from tui.document.rekeying import with_keys_of
from tui.files.jupytextlibrary import JupytextError, jupytext
from tui.files.notebookfile import NotebookFile, given

_HAS_IDS: Final = (4, 5)


def as_text(notebook: str, format_: str) -> str:
    """The text of a notebook in a format as jupytext calls it, py:percent. Raises ConversionError."""
    with _jupytext() as library:
        return library.writes(library.reads(notebook, "ipynb"), format_)


def from_text(text: str, format_: str) -> str:
    """The text of the notebook that a text is of. Raises ConversionError."""
    with _jupytext() as library:
        notebook = library.reads(text, format_)
        notebook.metadata.pop("jupytext", None)  # how it was written, which is no part of it
        written: str = library.writes(notebook, "ipynb")
    return written if written.endswith("\n") else f"{written}\n"


def updated(notebook: Notebook, text: str, name: Path) -> Notebook:
    """The notebook with the cells that the text of another one has.

    Outputs stay where the source is the same; metadata stays, and what the text says of a cell comes over it.
    """
    found = with_keys_of(_read(text, name).notebook, notebook)
    has_ids = (notebook.nbformat, notebook.nbformat_minor) >= _HAS_IDS
    return notebook.with_cells(tuple(_over(notebook, cell, has_ids=has_ids) for cell in found.cells))


def _read(text: str, name: Path) -> NotebookFile:
    """What jupytext made of a text is JSON, however the text is called."""
    return given(name.with_suffix(".ipynb"), text.encode("utf-8", "surrogateescape"))


def _over(notebook: Notebook, cell: Cell, *, has_ids: bool) -> Cell:
    if cell.key not in notebook:
        return replace(cell, id=secrets.token_hex(4) if has_ids else None)
    old = notebook.cell(cell.key)
    metadata = {**old.metadata, **cell.metadata}
    if (old.kind, old.source, old.metadata) == (cell.kind, cell.source, metadata):
        return old
    if (old.kind, old.source) == (cell.kind, cell.source):
        return replace(old, metadata=metadata)
    return replace(cell, id=old.id, metadata=metadata, attachments=old.attachments)


@contextmanager
def _jupytext() -> Generator[Any]:
    """jupytext; what goes wrong is ConversionError."""
    try:
        with jupytext() as library:
            yield library
    except JupytextError as error:
        raise ConversionError(str(error)) from error
