"""Cells as nbformat 4 writes them, to and from the document's cells.

Reading takes what can be shown. Writing a cell that was read starts from the JSON it was read from and
changes only the fields that the document changed, so that what the document does not know stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kernelbridge.outputs import JsonObject, JsonValue
from tui.document.notebook import Cell, CellKey, CellKind
from tui.files.jsontext import (
    as_integer,
    is_array,
    is_text_list,
    joined,
    object_or_empty,
    same_json,
    same_text,
)
from tui.files.outputjson import read_outputs, same_outputs, write_outputs

_KINDS = {kind.value: kind for kind in CellKind}
_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
"""What `str.splitlines`, and so nbformat, ends a line at."""


@dataclass(frozen=True, slots=True)
class CellForm:
    """How a file writes its cells."""

    has_ids: bool = True
    """nbformat 4.5 and later."""
    source_as_string: bool = False
    key_order: Sequence[str] = ()
    """The keys of a cell of the file; a new one follows their order."""


def read_cell(value: JsonObject, key: CellKey) -> Cell:
    """The cell that `value` is; what cannot be read of it is left out."""
    word = value.get("cell_type")
    kind = _KINDS.get(word, CellKind.RAW) if isinstance(word, str) else CellKind.RAW
    source = joined(value.get("source"))
    name = value.get("id")
    is_code = kind is CellKind.CODE
    return Cell(
        key,
        kind,
        _readable(value.get("source")) if source is None else source,
        read_outputs(value.get("outputs")) if is_code else (),
        as_integer(value.get("execution_count")) if is_code else None,
        object_or_empty(value.get("metadata")),
        object_or_empty(value.get("attachments")),
        name if isinstance(name, str) else None,
    )


def _readable(source: JsonValue) -> str:
    """What can be shown of a source that is neither text nor a list of lines: the lines among it."""
    return "".join(item for item in source if isinstance(item, str)) if is_array(source) else ""


def write_cell(cell: Cell, form: CellForm) -> JsonObject:
    """A cell that the file does not have yet, with every key that nbformat asks for."""
    lines: JsonValue = cell.source if form.source_as_string else cell.source.splitlines(keepends=True)
    value: dict[str, JsonValue] = {"cell_type": cell.kind.value, "metadata": cell.metadata, "source": lines}
    if form.has_ids and cell.id is not None:
        value["id"] = cell.id
    if cell.attachments:
        value["attachments"] = cell.attachments
    if cell.kind is CellKind.CODE:
        value["execution_count"] = cell.execution_count
        value["outputs"] = write_outputs(cell.outputs, (), None)
    places = {key: place for place, key in enumerate(form.key_order)}
    return {key: value[key] for key in sorted(value, key=lambda key: (places.get(key, len(places)), key))}


def rewrite_cell(cell: Cell, old: Cell, value: JsonObject, form: CellForm) -> JsonObject:
    """The JSON of `cell`: that of `old`, which is `value`, with what differs between the two changed."""
    new = dict(value)
    if cell.kind is not old.kind:
        new["cell_type"] = cell.kind.value
    if not same_text(cell.source, old.source):
        new["source"] = _write_source(cell.source, value.get("source"), form)
    if not same_json(cell.metadata, old.metadata):
        new["metadata"] = cell.metadata
    if not same_json(cell.attachments, old.attachments):
        _put(new, "attachments", cell.attachments or None)
    if form.has_ids and cell.id != old.id:
        _put(new, "id", cell.id)
    if cell.kind is CellKind.CODE:
        _rewrite_results(new, cell, old)
    elif old.kind is CellKind.CODE:
        new.pop("outputs", None)
        new.pop("execution_count", None)
    return new


def same_cell(one: Cell, other: Cell) -> bool:
    """Whether a file would hold the same for both. Keys are not written, nor results of what is not code."""
    return one is other or (
        one.kind is other.kind
        and same_text(one.source, other.source)
        and one.id == other.id
        and same_json(one.metadata, other.metadata)
        and same_json(one.attachments, other.attachments)
        and (
            one.kind is not CellKind.CODE
            or (one.execution_count == other.execution_count and same_outputs(one.outputs, other.outputs))
        )
    )


def reads_back(cell: Cell, found: Cell, form: CellForm) -> bool:
    """Whether `found` is what a file gives back for `cell`, less what it has no room for, such as an id."""
    return same_cell(cell, found) or same_cell(_settled(cell, form), _settled(found, form))


def _settled(cell: Cell, form: CellForm) -> Cell:
    return read_cell(write_cell(cell, form), cell.key)


def _rewrite_results(new: dict[str, JsonValue], cell: Cell, old: Cell) -> None:
    if old.kind is not CellKind.CODE:
        new["outputs"] = write_outputs(cell.outputs, (), None)
        new["execution_count"] = cell.execution_count
        return
    if not same_outputs(cell.outputs, old.outputs):
        new["outputs"] = write_outputs(cell.outputs, old.outputs, new.get("outputs"))
    if cell.execution_count != old.execution_count:
        new["execution_count"] = cell.execution_count


def _put(new: dict[str, JsonValue], key: str, value: str | Mapping[str, JsonValue] | None) -> None:
    """Set a key, or with None take it out."""
    if value is None:
        new.pop(key, None)
    else:
        new[key] = value


def _write_source(source: str, old: JsonValue, form: CellForm) -> JsonValue:
    """The source the way the cell had it: a string stays one, elements of a list stay where they fit."""
    if isinstance(old, str):
        return source
    if is_text_list(old):
        return _relined(source, old)
    return source if form.source_as_string else source.splitlines(keepends=True)


def _relined(source: str, old: Sequence[str]) -> list[str]:
    """The source as a list that begins and ends with elements of the old one, whole lines or not."""
    head = start = 0
    while head < len(old) and source.startswith(old[head], start):
        end = start + len(old[head])
        if head == len(old) - 1 and end < len(source) and old[head][-1:] not in _LINE_ENDS:
            break
        head, start = head + 1, end
    tail, stop = len(old), len(source)
    while tail > head and stop - len(old[tail - 1]) >= start and source.endswith(old[tail - 1], start, stop):
        begin = stop - len(old[tail - 1])
        torn = tail > 1 and old[tail - 2][-1:] not in _LINE_ENDS
        if begin > start and source[begin - 1] not in _LINE_ENDS and not torn:
            break
        tail, stop = tail - 1, begin
    return [*old[:head], *source[start:stop].splitlines(keepends=True), *old[tail:]]
