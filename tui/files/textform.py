"""A notebook as text with cells in it, by jupytext: scripts, Markdown, R Markdown, Quarto.

The text stays as its author wrote it: jupytext writes the notebook as it was and as it is, and only the lines
in which these two differ are changed. Outputs are no part of it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from kernelbridge.outputs import JsonObject, JsonValue
from tui.document.notebook import Cell, Notebook, new_key
from tui.files.celljson import CellForm, read_cell, write_cell
from tui.files.errors import CannotRead, SaveMismatch
from tui.files.form import Form, Opened
from tui.files.jsontext import object_or_empty, same_json
from tui.files.jupytextlibrary import JupytextError, jupytext
from tui.files.linemerge import Lines, merged
from tui.files.textnames import SCRIPTS

_WRITTEN_AS: Final = {".md": ".md", ".markdown": ".md", ".rmd": ".Rmd", ".qmd": ".Rmd"}
"""Quarto's chunks are those of R Markdown, which needs no other program to be read."""
_BOM: Final = "\ufeff"
_CELL_FORM: Final = CellForm(has_ids=False, source_as_string=True)


@dataclass(frozen=True, slots=True)
class TextForm:
    """A text, and what jupytext calls its form."""

    data: bytes = field(repr=False)
    written_as: str
    """Such as `.py:percent`."""

    @property
    def holds_outputs(self) -> bool:
        """They are not."""
        return False

    def woven(self, path: Path, old: Notebook, new: Notebook) -> TextForm:
        """The text with the lines of what changed, read back and compared."""
        if _says_the_same(old, new):
            return self
        text = self.data.decode("utf-8", "surrogateescape")
        try:
            base, now = (_written(each, self.written_as) for each in (old, new))
            for candidate in (_laid_over(text, base, now), _laid_over(text, None, now)):
                difference = _difference(new, _read(candidate, self.written_as))
                if difference is None:
                    return replace(self, data=candidate.encode("utf-8", "surrogateescape"))
        except JupytextError as error:
            raise SaveMismatch(path, f"not saved, {error}") from error
        raise SaveMismatch(
            path, f"not saved, this text cannot hold {difference}: it would read back otherwise"
        )

    def following(self, before: Form) -> Form:  # noqa: ARG002 - the protocol has it
        """This form: what was there before is not needed."""
        return self


def read_text(path: Path, data: bytes, text: str) -> Opened:
    """The notebook in a text, whose bytes are `data`. Raises CannotRead."""
    suffix = path.suffix if path.suffix.lower() in SCRIPTS else _WRITTEN_AS[path.suffix.lower()]
    try:
        notebook = _read(text, suffix if text.strip() else new_form(path))
    except JupytextError as error:
        raise CannotRead(path, str(error)) from error
    representation = object_or_empty(
        object_or_empty(notebook.metadata.get("jupytext")).get("text_representation")
    )
    name = representation.get("format_name")
    return Opened(notebook, TextForm(data, f"{suffix}:{name}" if isinstance(name, str) else suffix))


def new_form(path: Path) -> str:
    """What jupytext calls the form of a new text of that name."""
    suffix = path.suffix.lower()
    return _WRITTEN_AS.get(suffix) or f"{path.suffix}:percent"


def _read(text: str, written_as: str) -> Notebook:
    """The notebook that a text says. Raises JupytextError."""
    lines = text.removeprefix(_BOM).splitlines()
    with jupytext() as library:
        node = library.reads("\n".join([*lines, ""]), written_as)
        value: JsonObject = json.loads(json.dumps(node))
    metadata = dict(object_or_empty(value.get("metadata")))
    language = object_or_empty(metadata.get("jupytext")).get("main_language")
    if "kernelspec" not in metadata and isinstance(language, str):
        metadata["language_info"] = {"name": language}  # which jupytext does not write
    cells = value.get("cells")
    listed: list[JsonValue] = [*cells] if isinstance(cells, list) else []
    return Notebook(
        tuple(_without_id(read_cell(object_or_empty(each), new_key())) for each in listed), metadata, 4, 4
    )


def _without_id(cell: Cell) -> Cell:
    return replace(cell, id=None)


def _written(notebook: Notebook, written_as: str) -> list[str]:
    """The lines that jupytext writes for a notebook. Raises JupytextError."""
    cells = [
        write_cell(replace(cell, outputs=(), execution_count=None), _CELL_FORM) for cell in notebook.cells
    ]
    value = {"cells": cells, "metadata": notebook.metadata, "nbformat": 4, "nbformat_minor": 4}
    with jupytext() as library:
        text: str = library.writes(library.reads(json.dumps(value), "ipynb"), written_as)
    return text.splitlines()


def _laid_over(text: str, base: Sequence[str] | None, now: Sequence[str]) -> str:
    """The text with what leads from `base`, by default itself, to `now`; in its own line ends."""
    body = text.removeprefix(_BOM)
    end = "\r\n" if body.count("\r\n") * 2 > body.count("\n") else "\n"
    raw = body.splitlines(keepends=True)
    is_open = bool(raw) and raw[-1].splitlines() == [raw[-1]]
    if is_open:
        raw[-1] += end
    kept = Lines(body.splitlines(), raw)
    before, new = (Lines(said, [line + end for line in said]) for said in (base or (), now))
    joined = merged(kept if base is None else before, new, kept)
    return (_BOM if text.startswith(_BOM) else "") + (joined.removesuffix(end) if is_open else joined)


def _says_the_same(old: Notebook, new: Notebook) -> bool:
    """Whether nothing differs that is part of the text."""
    if len(old.cells) != len(new.cells) or not same_json(old.metadata, new.metadata):
        return False
    pairs = zip(old.cells, new.cells, strict=True)
    return all(
        one is other or (one.kind, one.source, one.metadata) == (other.kind, other.source, other.metadata)
        for one, other in pairs
    )


def _difference(notebook: Notebook, found: Notebook) -> str | None:
    """What would read back otherwise; None where nothing would. Empty lines around a cell say nothing."""
    for number, (cell, back) in enumerate(zip(notebook.cells, found.cells, strict=False), 1):
        if cell.kind is not back.kind or cell.source.strip("\n") != back.source.strip("\n"):
            return f"cell {number}"
    return None if len(notebook.cells) == len(found.cells) else "as many cells"
