"""A notebook's text with the spans of its cells: one walk over it gives both document and places."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from kernelbridge.outputs import JsonObject, JsonValue
from tui.document.notebook import Cell, CellKind, Notebook, new_key
from tui.files.celljson import read_cell
from tui.files.diagnosis import not_json
from tui.files.errors import BeyondLimits, NotANotebook
from tui.files.jsontext import (
    Member,
    as_integer,
    is_object,
    read_object,
    scan_value,
    skip_space,
    walk_array,
)

_NAMES: dict[type, str] = {
    list: "a list",
    str: "a text",
    bool: "a truth value",
    int: "a number",
    float: "a number",
}
_LEAST_JSON: Final = 2 << 20
"""Characters of a text of which making all cells takes longer than a person would not notice."""
_MOST_JSON: Final = 16 << 20
"""Characters of a text whose cells are kept as JSON meanwhile, which takes some ten times as many bytes."""


class Span(NamedTuple):
    """Offsets into the bytes of a file."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Spans:
    """Many spans, at 16 bytes each."""

    starts: Sequence[int]
    ends: Sequence[int]

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, index: int) -> Span:
        return Span(self.starts[index], self.ends[index])

    def __iter__(self) -> Iterator[Span]:
        return map(Span, self.starts, self.ends)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a notebook's parts stand in its bytes."""

    data: bytes
    """The file's bytes, which are kept in place of the text: one emoji makes that four times as large."""
    members: tuple[Member, ...]
    """The top level's members, by their bytes; the value of `cells` is left out."""
    cells: Spans
    """The cells' own texts, in order."""

    @property
    def text(self) -> str:
        """The whole text, decoded anew each time. Surrogates stand for bytes that are no UTF-8."""
        return decoded(self.data)

    @property
    def octets(self) -> str:
        """The bytes as a text with one character for each, which is as long; only ASCII can be read in it."""
        return self.data.decode("latin-1")

    def text_of(self, span: Span) -> str:
        """A part of the text."""
        return decoded(self.data[span.start : span.end])

    def member(self, key: str) -> Member | None:
        """The top level's member of that key; of several the last, as for every parser."""
        for member in reversed(self.members):
            if member.key == key:
                return member
        return None

    def value(self, key: str) -> JsonValue:
        """The value of the top level's member of that key, None where there is none."""
        member = self.member(key)
        return None if member is None else member.value


class FoundCells:
    """The cells that are met in a text; those of a second `cells` member come in place of those of the first.

    They stay JSON until they are asked for, where that is worth it and not too much to keep.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._keeps_json = _LEAST_JSON <= len(text) <= _MOST_JSON
        self._met: list[JsonValue | Cell] = []
        self.starts, self.ends = array("q"), array("q")
        self.found = False

    def __len__(self) -> int:
        return len(self._met)

    def made(self, most: int | None = None) -> tuple[Cell, ...]:
        """The first cells, with keys of their own each time; or all, after which text and JSON are let go."""
        cells = tuple(
            each if isinstance(each, Cell) else self._cell(start, end, each)
            for each, start, end in zip(self._met[:most], self.starts, self.ends, strict=False)
        )
        if most is None:
            self._met[:], self._text = cells, ""
        return cells

    def scan(self, text: str, key: str, start: int) -> tuple[JsonValue, int]:
        """The value of a member of the top level; cells are taken one by one."""
        if key != "cells":
            return scan_value(text, key, start)
        self._met, self.starts, self.ends = [], array("q"), array("q")
        self.found = text.startswith("[", start)
        if not self.found:
            return scan_value(text, key, start)
        return None, walk_array(text, start, self._add)

    def _add(self, start: int, end: int, value: JsonValue) -> None:
        self._met.append(value if self._keeps_json else self._cell(start, end, value))
        self.starts.append(start)
        self.ends.append(end)

    def _cell(self, start: int, end: int, value: JsonValue) -> Cell:
        """The cell; what is no object is shown as raw text, its own JSON."""
        if is_object(value):
            return read_cell(value, new_key())
        return Cell(new_key(), CellKind.RAW, self._text[start:end])


@dataclass(frozen=True, slots=True)
class Found:
    """A notebook as it was found in a text, whose cells may not be made yet."""

    cells: FoundCells
    metadata: JsonObject
    version: tuple[int, int]

    def notebook(self, most: int | None = None) -> Notebook:
        """The document, with its first cells or with all."""
        return Notebook(self.cells.made(most), self.metadata, *self.version)


class _Bytes:
    """From offsets into a text, which are asked for in their order, to those into its bytes."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._offset = self._byte = 0

    def at(self, offset: int) -> int:
        self._byte += len(encoded(self._text[self._offset : offset]))
        self._offset = offset
        return self._byte


def decoded(data: bytes) -> str:
    """The text of bytes of a file; surrogates stand for what is no UTF-8."""
    return data.decode("utf-8", "surrogateescape")


def encoded(text: str) -> bytes:
    """The bytes of a text of a file."""
    return text.encode("utf-8", "surrogateescape")


def read_layout(path: Path, data: bytes, text: str) -> tuple[Found | None, Layout]:
    """What `text` has of a document, and its layout; None for nbformat 3 or older, which has another form.

    `data` is the text as bytes. Raises CannotRead where there is no document; `path` is for its message.
    """
    try:
        start = skip_space(text, 1 if text.startswith("\ufeff") else 0)
        if not text.startswith("{", start):
            _refuse_value(path, text, start)
        cells = FoundCells(text)
        members, end = read_object(text, start, cells.scan)
        end = skip_space(text, end)
        if end < len(text):
            raise json.JSONDecodeError("text behind the notebook's end", text, end)
    except json.JSONDecodeError as error:
        raise not_json(path, text, error) from error
    except RecursionError as error:
        raise BeyondLimits(path, "its JSON nests too deeply to be read") from error
    except ValueError as error:  # int() refuses more than sys.get_int_max_str_digits()
        raise BeyondLimits(path, "it has a number of too many digits to be read") from error
    layout = Layout(data, tuple(members), Spans(cells.starts, cells.ends))
    if len(data) != len(text):
        layout = _in_bytes(layout, text)
    major, minor = version(layout)
    if major < 4 and (major > 0 or not cells.found):
        return None, layout
    if not cells.found:
        problem = "its cells are not a list" if layout.member("cells") else "it has no cells"
        raise NotANotebook(path, f"it is JSON, but not a notebook: {problem}")
    metadata = layout.value("metadata")
    return Found(cells, metadata if is_object(metadata) else {}, (major, minor)), layout


def _in_bytes(layout: Layout, text: str) -> Layout:
    """The layout with offsets into its bytes, of one with offsets into its text."""
    place = _Bytes(text)
    members: list[Member] = []
    starts, ends = array("q"), array("q")
    array_of_cells = layout.member("cells")
    for member in layout.members:
        start, value_start = place.at(member.start), place.at(member.value_start)
        for span in layout.cells if member is array_of_cells else ():
            starts.append(place.at(span.start))
            ends.append(place.at(span.end))
        members.append(Member(start, value_start, place.at(member.end), member.key, member.value))
    return Layout(layout.data, tuple(members), Spans(starts, ends))


def _refuse_value(path: Path, text: str, start: int) -> None:
    """Raises NotANotebook for JSON that is no object, and what the parser raises for what is no JSON."""
    value, end = scan_value(text, "", start)
    end = skip_space(text, end)
    if end < len(text):
        raise json.JSONDecodeError("text behind the value's end", text, end)
    name = _NAMES.get(type(value), "nothing")
    raise NotANotebook(path, f"it is JSON, but not a notebook: {name}")


def version(layout: Layout) -> tuple[int, int]:
    """nbformat and its minor version, also where they are written as text or as 4.5, or not at all."""
    if layout.member("nbformat") is None:
        return _undeclared(layout), 0
    return _number(layout.value("nbformat"), 4), _number(layout.value("nbformat_minor"), 0)


def _undeclared(layout: Layout) -> int:
    """The nbformat of a notebook that does not say: worksheets are of 2 and 3, `code` and `text` of 1."""
    if layout.member("worksheets") is not None:
        return 3
    for span in layout.cells:
        cell, _ = scan_value(layout.text_of(span), "", 0)
        if is_object(cell):
            return 1 if "source" not in cell and ("code" in cell or "text" in cell) else 4
    return 4


def _number(value: JsonValue, fallback: int) -> int:
    if isinstance(value, float) and value == value and abs(value) < 1e6:
        return int(value)
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 6:
        return int(value)
    whole = as_integer(value)
    return fallback if whole is None else whole
