"""The note in a notebook's metadata that a run of it is not over, or was cut off, and where.

Metadata, because nbformat leaves its keys open and every program keeps those that it does not know; no extra
cell, which would be taken for content. A run that goes well leaves no note, and takes away an earlier one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, cast

from kernelbridge.outputs import JsonObject, JsonValue
from tui.document.notebook import Notebook

_OURS: Final = "tnb"
_RUN: Final = "run"


def marked(notebook: Notebook, status: str, cell: int | None) -> Notebook:
    """The notebook with the note: how the run stands, and the number of the cell that it came to."""
    note: dict[str, JsonValue] = {"status": status}
    if cell is not None:
        note["cell"] = cell
        name = notebook.cells[cell - 1].id if cell <= len(notebook.cells) else None
        if name is not None:
            note["cell_id"] = name
    own = {**_own(notebook.metadata), _RUN: note}
    return replace(notebook, metadata={**notebook.metadata, _OURS: own})


def unmarked(notebook: Notebook) -> Notebook:
    """The notebook without the note; the very same object where there is none."""
    own = _own(notebook.metadata)
    if _RUN not in own:
        return notebook
    rest = {key: value for key, value in own.items() if key != _RUN}
    others = {key: value for key, value in notebook.metadata.items() if key != _OURS or rest}
    return replace(notebook, metadata={**others, _OURS: rest} if rest else others)


def _own(metadata: JsonObject) -> JsonObject:
    own = metadata.get(_OURS)
    return cast("JsonObject", own) if isinstance(own, Mapping) else {}
