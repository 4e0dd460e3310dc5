"""The bytes of a changed document, woven from those it was read from and what is new in it.

What did not change is copied and never decoded: weaving costs as much as copying, and what changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from kernelbridge.outputs import JsonValue
from tui.document.notebook import Cell, CellKey, Notebook
from tui.files.celljson import CellForm, rewrite_cell, same_cell, write_cell
from tui.files.jsontext import Element, Member, is_object, read_object, same_json, scan_value
from tui.files.layout import Layout, Span, encoded
from tui.files.splice import Item, Splicer
from tui.files.style import Style, detect, line_margin

PLACE = "0"
"""What stands for a cell in the skeleton."""


@dataclass(frozen=True, slots=True)
class CellText:
    """A cell and the text that it was read from."""

    cell: Cell
    text: str


@dataclass(frozen=True, slots=True)
class Woven:
    """The bytes of a changed document, and what is needed to prove that they read as it."""

    data: bytes
    skeleton: bytes
    """The same with a 0 in the place of each cell: what is around the cells, small whatever they hold."""
    lengths: Sequence[int]
    """How many bytes each cell takes."""
    written: Sequence[int]
    """The places of the cells that are new or changed; the others are copies."""


def cell_form(notebook: Notebook, layout: Layout) -> CellForm:
    """How the file writes its cells, as its first one shows."""
    keys: tuple[str, ...] = ()
    as_string = False
    first = layout.text_of(layout.cells[0]) if layout.cells else ""
    if first.startswith("{"):
        members, _ = read_object(first, 0)
        keys = tuple(member.key for member in members)
        as_string = any(member.key == "source" and isinstance(member.value, str) for member in members)
    has_ids = (notebook.nbformat, notebook.nbformat_minor) >= (4, 5)
    return CellForm(has_ids, as_string, keys)


def weave(layout: Layout, old: Notebook, new: Notebook, removed: Mapping[CellKey, CellText]) -> Woven:
    """The bytes of `new`, made of those of `old`, whose layout is `layout`.

    `removed` has cells that the file had before and that may come back. Raises RecursionError for metadata or
    outputs that nest too deeply to be written.
    """
    form = cell_form(new, layout)
    octets = layout.octets
    style = detect(octets, layout.members, form.key_order)
    source = _Source(layout, octets, style)
    changed, added = source.changes(old, new)
    splicer = Splicer(octets, style)
    cells = _Cells(source, splicer, form, old, removed).woven(new)

    def whole(items: Sequence[Item]) -> Iterator[str]:
        return _top_level(splicer, layout, {**changed, **cells.array_of(items)}, added)

    return Woven(
        _joined(whole(cells.items)),
        _joined(whole([Item(item.origin, PLACE) for item in cells.items])),
        cells.lengths,
        cells.written,
    )


def _joined(pieces: Iterable[str]) -> bytes:
    """The bytes that pieces of octets stand for."""
    data = BytesIO()
    for piece in pieces:
        data.write(piece.encode("latin-1"))
    return data.getvalue()


def _octets(text: str) -> str:
    """A text that is new as octets, like those that it is to stand among."""
    return text if text.isascii() else encoded(text).decode("latin-1")


def _top_level(
    splicer: Splicer, layout: Layout, changed: Mapping[str, Iterable[str]], added: Mapping[str, str]
) -> Iterator[str]:
    text = splicer.text
    items: list[tuple[str, Item]] = []
    for index, member in enumerate(layout.members):
        value = changed.get(member.key) if member is layout.member(member.key) else None
        head = None if value is None else text[member.start : member.value_start]
        items.append((member.key, Item(index, head, value or ())))
    items += [(key, Item(None, member)) for key, member in added.items()]
    if added and splicer.style.sort_keys:
        items.sort(key=lambda pair: pair[0])
    start = text.index("{")
    end = text.rindex("}") + 1
    yield text[:start]
    yield from splicer.pieces(start, end, layout.members, [item for _, item in items], "")
    yield text[end:]


@dataclass(frozen=True, slots=True)
class _Source:
    """The file as it was, of which parts are written anew."""

    layout: Layout
    octets: str
    style: Style

    def excerpt(self, span: Span) -> tuple[str, int]:
        """A part of the text behind the white space that its line begins with; and where it begins there."""
        margin = line_margin(self.octets, span.start)
        return margin + self.layout.text_of(span), len(margin)

    def changes(self, old: Notebook, new: Notebook) -> tuple[dict[str, Iterable[str]], dict[str, str]]:
        """What of the top level, but for the cells, is another value; and what is a new member."""
        changed: dict[str, Iterable[str]] = {}
        added: dict[str, str] = {}
        for key, was, value in (
            ("metadata", old.metadata, new.metadata),
            ("nbformat", old.nbformat, new.nbformat),
            ("nbformat_minor", old.nbformat_minor, new.nbformat_minor),
        ):
            if same_json(was, value):
                continue
            member = self.layout.member(key)
            if member is None:
                added[key] = _octets(self.style.member(key, value, self.style.indent))
            else:
                changed[key] = (_octets(self._value(member, value)),)
        return changed, added

    def _value(self, member: Member, value: JsonValue) -> str:
        text, start = self.excerpt(Span(member.value_start, member.end))
        return Splicer(text, self.style).value(start, value, self.style.indent)


@dataclass(frozen=True, slots=True)
class _WovenCells:
    """The cells as items of their array."""

    splicer: Splicer
    array: Member | None
    old: Sequence[Element]
    items: Sequence[Item]
    lengths: Sequence[int]
    written: Sequence[int]

    def array_of(self, items: Sequence[Item]) -> Mapping[str, Iterable[str]]:
        """The array around items in pieces, by its key; nothing where it stays as empty as it was."""
        if self.array is None or not (self.old or items):
            return {}
        start, end, margin = self.array.value_start, self.array.end, self.splicer.style.indent
        return {"cells": self.splicer.pieces(start, end, self.old, items, margin)}


@dataclass(frozen=True, slots=True)
class _Cells:
    """Weaves the array of cells."""

    source: _Source
    splicer: Splicer
    form: CellForm
    old: Notebook
    removed: Mapping[CellKey, CellText]

    def woven(self, new: Notebook) -> _WovenCells:
        """The cells of `new`, those that changed written anew."""
        layout, style = self.source.layout, self.splicer.style
        array = layout.member("cells")
        elements = [Element(span.start, span.end, None) for span in layout.cells]
        margin = style.indent
        if array is not None:
            margin = self.splicer.item_margin(array.value_start, array.end, elements, margin)
        places = {cell.key: index for index, cell in enumerate(self.old.cells)}
        items: list[Item] = []
        lengths: list[int] = []
        written: list[int] = []
        for index, cell in enumerate(new.cells):
            place = places.get(cell.key)
            text = self._written(cell, place, margin)
            if text is None and place is not None:
                items.append(Item(place))
                lengths.append(elements[place].end - elements[place].start)
            elif text is not None:
                octets = _octets(text)
                items.append(Item(place, octets))
                lengths.append(len(octets))
                written.append(index)
        return _WovenCells(self.splicer, array, elements, items, lengths, written)

    def _written(self, cell: Cell, place: int | None, margin: str | None) -> str | None:
        """The text of a cell; None where it is the one that stands at its place in the file."""
        if place is not None:
            old = self.old.cells[place]
            if same_cell(cell, old):
                return None
            return self._changed(cell, old, *self.source.excerpt(self.source.layout.cells[place]), margin)
        before = self.removed.get(cell.key)
        if before is None:
            return self.splicer.style.value(write_cell(cell, self.form), margin)
        if same_cell(cell, before.cell):
            return before.text
        return self._changed(cell, before.cell, before.text, 0, margin)

    def _changed(self, cell: Cell, old: Cell, text: str, start: int, margin: str | None) -> str:
        value, _ = scan_value(text, "", start)
        style = self.splicer.style
        if not is_object(value):
            return style.value(write_cell(cell, self.form), margin)
        return Splicer(text, style).value(start, rewrite_cell(cell, old, value, self.form), margin)
