"""What is unsaved of a notebook, as text that can be laid over its file again, changed meanwhile or not.

Cells that are as in the file are only counted; the others are told whole. Results of runs are left out where
they are the keeper's to give again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from kernelbridge.keeper.jsontypes import number_in, text_in, whole_in
from tui.document.notebook import Cell, CellKind, Notebook, new_key
from tui.files.celljson import CellForm, read_cell, write_cell
from tui.files.jsontext import is_array, is_object, same_json

if TYPE_CHECKING:
    from kernelbridge.outputs import JsonObject, JsonValue
    from tui.files.notebookfile import NotebookFile

_FORM = CellForm()
_VERSION = 1
_MOST_OUTPUT = 1 << 18
"""Characters of a new cell's outputs that are kept; what was pasted may be large, and typing goes on."""
_PIECE = 1 << 18
"""Bytes that are digested in one go."""


class DamagedRecoveryError(Exception):
    """The text is no recovery of ours, or not whole."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Which process wrote it."""

    host: str
    boot: str
    pid: int
    started: str
    """As `machine.started_at` says it."""


@dataclass(frozen=True, slots=True)
class _Same:
    """Cells of the file from `first` to before `end`."""

    first: int
    end: int


@dataclass(frozen=True, slots=True)
class _Told:
    """A cell that the file does not hold so."""

    base: int | None
    """Which cell of the file it was; None for a new one."""
    was: str
    """The digest of the source that this had."""
    cell: JsonObject


_Entry: TypeAlias = _Same | _Told


@dataclass(frozen=True, slots=True)
class Recovery:
    """What was unsaved of one notebook at one moment."""

    notebook: str
    """The identity of its place (`Place.identity`)."""
    written: float
    """Seconds since the epoch."""
    writer: Writer
    base: str
    """The digest of the file that it belongs to; empty for a new notebook."""
    entries: Sequence[_Entry]
    metadata: JsonObject | None
    """None where it is as in the file."""

    def fits(self, file: NotebookFile) -> bool:
        """Whether the file is still the one that it belongs to."""
        return self.base == _base_of(file)

    def laid_over(self, file: NotebookFile) -> Notebook:
        """The file's notebook with what was unsaved; cells keep their keys.

        Where the file changed meanwhile nothing of it is taken away: a cell is replaced where it still has
        the source that it had, else it is put in beside it. Raises DamagedRecoveryError.
        """
        found = file.notebook
        cells = self._exact(found) if self.fits(file) else self._merged(found)
        notebook = found.with_cells(tuple(cells))
        return notebook if self.metadata is None else replace(notebook, metadata=self.metadata)

    def _exact(self, found: Notebook) -> list[Cell]:
        cells: list[Cell] = []
        for entry in self.entries:
            match entry:
                case _Same(first, end):
                    cells += found.cells[first:end]
                case _Told(None, _, value):
                    cells.append(read_cell(value, new_key()))
                case _Told(int(base), _, value) if base < len(found.cells):
                    cells.append(_changed(found.cells[base], value))
                case _:
                    raise DamagedRecoveryError("a cell that the file has not")
        return cells

    def _merged(self, found: Notebook) -> list[Cell]:
        cells = list(found.cells)
        places: dict[str, list[int]] = {}
        for index, cell in enumerate(found.cells):
            places.setdefault(_digest(cell.source), []).append(index)
        added: list[tuple[int, Cell]] = []
        behind = 0
        for entry in self.entries:
            if isinstance(entry, _Same):
                behind = min(entry.end, len(cells))
                continue
            same = places.get(entry.was, []) if entry.base is not None else []
            if same:
                place = min(same, key=lambda index: abs(index - behind))
                same.remove(place)
                cells[place] = _changed(found.cells[place], entry.cell)
                behind = place + 1
            else:
                added.append((behind, read_cell(entry.cell, new_key())))
        for place, cell in reversed(added):
            cells.insert(place, cell)
        return cells


def encode(file: NotebookFile, notebook: Notebook, writer: Writer, now: float) -> str:
    """The text of what `notebook` has and the file has not."""
    base = file.notebook
    head, tail = _untouched(base.cells, notebook.cells)
    run = [0, head] if head else []
    entries: list[JsonValue] = [run] if head else []
    for cell in notebook.cells[head : len(notebook.cells) - tail]:
        index = base.positions.get(cell.key)
        value = _told(cell, None if index is None else base.cells[index])
        if value is None and index is not None:
            if run and run[1] == index:
                run[1] += 1
                continue
            run = [index, index + 1]
            entries.append(run)
        else:
            run = []
            was = "" if index is None else _digest(base.cells[index].source)
            entries.append({"base": index, "was": was, "cell": value})
    if tail:
        entries.append([len(base.cells) - tail, len(base.cells)])
    return json.dumps(
        {
            "recovery": _VERSION,
            "notebook": file.place.identity,
            "written": now,
            "host": writer.host,
            "boot": writer.boot,
            "pid": writer.pid,
            "started": writer.started,
            "base": _base_of(file),
            "cells": entries,
            "metadata": None if same_json(notebook.metadata, base.metadata) else notebook.metadata,
        }
    )


def decode(text: str) -> Recovery:
    """Raises DamagedRecoveryError."""
    try:
        value: JsonValue = json.loads(text)
        if not isinstance(value, Mapping) or value.get("recovery") != _VERSION:
            raise DamagedRecoveryError("not a recovery of this version")
        cells, metadata, pid = value.get("cells"), value.get("metadata"), whole_in(value, "pid")
        notebook, written = text_in(value, "notebook"), number_in(value, "written")
        if not is_array(cells) or not notebook or written is None or pid is None:
            raise DamagedRecoveryError("not whole")
        writer = Writer(text_in(value, "host"), text_in(value, "boot"), pid, text_in(value, "started"))
        return Recovery(
            notebook,
            written,
            writer,
            text_in(value, "base"),
            [_entry(each) for each in cells],
            metadata if is_object(metadata) else None,
        )
    except (ValueError, RecursionError) as error:
        raise DamagedRecoveryError("not whole") from error


def _untouched(base: Sequence[Cell], cells: Sequence[Cell]) -> tuple[int, int]:
    """How many cells at the beginning, and at the end, are the very same: most, while one is typed in."""
    most = min(len(base), len(cells))
    head = next((at for at in range(most) if base[at] is not cells[at]), most)
    tail = next((at for at in range(most - head) if base[-1 - at] is not cells[-1 - at]), most - head)
    return head, tail


def _told(cell: Cell, base: Cell | None) -> JsonObject | None:
    """The cell as JSON; None where the file has it so, but for results of runs."""
    if base is None:
        kept = cell if len(repr(cell.outputs)) <= _MOST_OUTPUT else replace(cell, outputs=())
        return write_cell(kept, _FORM)
    if cell is base:
        return None
    is_cleared = bool(base.outputs) and not cell.outputs and cell.execution_count is None
    same = replace(cell, outputs=base.outputs, execution_count=base.execution_count)
    if same == base and not is_cleared:
        return None
    value = dict(write_cell(replace(cell, outputs=()), _FORM))
    if not is_cleared:
        value.pop("outputs", None)
    return value


def _changed(base: Cell, value: JsonObject) -> Cell:
    """The cell of a file as it was told; its results are the file's, unless they were cleared."""
    cell = read_cell(value, base.key)
    if "outputs" in value or cell.kind is not CellKind.CODE:
        return cell
    return replace(cell, outputs=base.outputs, execution_count=base.execution_count)


class _LastDigest:
    """That of a file's bytes, which are the same object until it is saved, and may be very many."""

    def __init__(self) -> None:
        self._last: tuple[bytes, str] = (b"", "")

    def of(self, data: bytes) -> str:
        """The digest, made piece by piece: Python's own lets no other thread work meanwhile."""
        known, digest = self._last
        if known is not data:
            made, view = hashlib.sha256(), memoryview(data)
            for start in range(0, len(data), _PIECE):
                made.update(view[start : start + _PIECE])
            digest = made.hexdigest()
            self._last = (data, digest)
        return digest


_DIGEST = _LastDigest()


def _base_of(file: NotebookFile) -> str:
    return _DIGEST.of(file.data) if file.on_disk else ""


def _digest(source: str) -> str:
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _entry(value: JsonValue) -> _Entry:
    match value:
        case [int(first), int(end)] if 0 <= first <= end:
            return _Same(first, end)
        case {"base": None | int() as base, "was": str(was), "cell": dict(cell)} if base is None or base >= 0:
            return _Told(base, was, cell)
        case _:
            raise DamagedRecoveryError("a cell that cannot be read")
