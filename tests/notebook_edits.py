"""What people do to notebooks, done to the document and, by other means, to the JSON of its file."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from kernelbridge.outputs import DisplayData, ErrorOutput, ExecuteResult, Stream
from kernelbridge.streamtext import StreamText
from tui.document.notebook import Cell, CellKind, Notebook, new_key

NEW_OUTPUTS = (
    Stream("stdout", StreamText.of("one\ntwo\n")),
    DisplayData({"image/png": "aGk=", "text/plain": "<Figure>"}, {"image/png": {"width": 3}}, "transient-id"),
    ExecuteResult({"text/html": "<b>\n</b>", "text/plain": "3", "application/json": {"a": [1, "é"]}}, {}, 7),
    ErrorOutput("ValueError", "no", ("\x1b[31mno\x1b[0m", "line 1\nline 2")),
)
NEW_OUTPUTS_JSON = [
    {"name": "stdout", "output_type": "stream", "text": ["one\n", "two\n"]},
    {
        "data": {"image/png": "aGk=", "text/plain": ["<Figure>"]},
        "metadata": {"image/png": {"width": 3}},
        "output_type": "display_data",
    },
    {
        "data": {"application/json": {"a": [1, "é"]}, "text/html": ["<b>\n", "</b>"], "text/plain": ["3"]},
        "execution_count": 7,
        "metadata": {},
        "output_type": "execute_result",
    },
    {
        "ename": "ValueError",
        "evalue": "no",
        "output_type": "error",
        "traceback": ["\x1b[31mno\x1b[0m", "line 1\nline 2"],
    },
]


@dataclass(frozen=True)
class Edited:
    """A document after an edit, and its file's JSON as it should then be."""

    notebook: Notebook
    document: dict[str, Any]


Edit = Callable[[Notebook, dict[str, Any], random.Random], Edited | None]
"""One edit at a random place; None where the notebook has no cell that it could be done to."""


def change_character(notebook: Notebook, document: dict[str, Any], chance: random.Random) -> Edited | None:
    """Another character in the place of one that ends no line."""
    cells = [at for at, cell in enumerate(notebook.cells) if _letters(cell.source) and _sound(document, at)]
    if not cells:
        return None
    at = chance.choice(cells)
    source = notebook.cells[at].source
    place = chance.choice(_letters(source))
    text = source[:place] + ("Q" if source[place] != "Q" else "R") + source[place + 1 :]
    new = copy.deepcopy(document)
    new["cells"][at]["source"] = text
    return Edited(notebook.with_cell(at, replace(notebook.cells[at], source=text)), new)


def append_line(notebook: Notebook, document: dict[str, Any], chance: random.Random) -> Edited | None:
    """A line more at the end of a cell."""
    cells = [at for at in range(len(notebook.cells)) if _sound(document, at)]
    if not cells:
        return None
    at = chance.choice(cells)
    text = notebook.cells[at].source + "\nnew = 'ü'"
    new = copy.deepcopy(document)
    new["cells"][at]["source"] = text
    return Edited(notebook.with_cell(at, replace(notebook.cells[at], source=text)), new)


def insert(notebook: Notebook, document: dict[str, Any], chance: random.Random) -> Edited | None:
    """A new code cell."""
    at = chance.randint(0, len(notebook.cells))
    cell = Cell(new_key(), CellKind.CODE, "a = 1\nb = '\t\"é'", id="fresh-id")
    new = copy.deepcopy(document)
    written: dict[str, Any] = {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": cell.source,
    }
    if notebook.nbformat_minor >= 5:
        written["id"] = "fresh-id"
    new["cells"].insert(at, written)
    return Edited(replace(notebook, cells=(*notebook.cells[:at], cell, *notebook.cells[at:])), new)


def delete(notebook: Notebook, document: dict[str, Any], chance: random.Random) -> Edited | None:
    """A cell less."""
    if not notebook.cells:
        return None
    at = chance.randrange(len(notebook.cells))
    new = copy.deepcopy(document)
    del new["cells"][at]
    return Edited(replace(notebook, cells=(*notebook.cells[:at], *notebook.cells[at + 1 :])), new)


def move(notebook: Notebook, document: dict[str, Any], chance: random.Random) -> Edited | None:
    """A cell somewhere else."""
    if len(notebook.cells) < 2:
        return None
    source, target = chance.sample(range(len(notebook.cells)), 2)
    cells = list(notebook.cells)
    cells.insert(target, cells.pop(source))
    new = copy.deepcopy(document)
    new["cells"].insert(target, new["cells"].pop(source))
    return Edited(replace(notebook, cells=tuple(cells)), new)


def run(notebook: Notebook, document: dict[str, Any], chance: random.Random) -> Edited | None:
    """New outputs behind the first of the old ones, and a new count."""
    cells = [
        at for at, cell in enumerate(notebook.cells) if cell.kind is CellKind.CODE and _sound(document, at)
    ]
    if not cells:
        return None
    at = chance.choice(cells)
    cell = notebook.cells[at]
    kept = document["cells"][at].get("outputs")
    outputs = kept[:1] if isinstance(kept, list) else []
    new = copy.deepcopy(document)
    new["cells"][at]["outputs"] = [*copy.deepcopy(outputs), *NEW_OUTPUTS_JSON]
    new["cells"][at]["execution_count"] = 4321
    changed = replace(cell, outputs=(*cell.outputs[: len(outputs)], *NEW_OUTPUTS), execution_count=4321)
    return Edited(notebook.with_cell(at, changed), new)


EDITS: dict[str, Edit] = {
    "change a character": change_character,
    "append a line": append_line,
    "insert a cell": insert,
    "delete a cell": delete,
    "move a cell": move,
    "run a cell": run,
}


def comparable(document: Any) -> str:
    """JSON with the sources joined, as text: how a source is cut into lines is the file's own matter."""
    cells: list[Any] = []
    for cell in document["cells"]:
        source = cell.get("source") if isinstance(cell, dict) else None
        is_list = isinstance(source, list) and all(isinstance(line, str) for line in source)
        cells.append({**cell, "source": "".join(source)} if is_list else cell)
    return json.dumps({**document, "cells": cells}, sort_keys=True)


def changed_lines(old: bytes, new: bytes) -> tuple[int, int]:
    """How many lines, ended by line feeds, one change in one place takes out and puts in."""
    before, after = old.split(b"\n"), new.split(b"\n")
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    return len(before) - head - tail, len(after) - head - tail


def _common(one: list[bytes], other: list[bytes]) -> int:
    return next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
        min(len(one), len(other)),
    )


def _letters(source: str) -> list[int]:
    """The places of characters that can be changed without changing where lines end."""
    return [place for place, char in enumerate(source) if char.isalnum()]


def _sound(document: dict[str, Any], at: int) -> bool:
    return isinstance(document["cells"][at], dict)
