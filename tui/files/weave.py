"""The text of a changed document, woven from the text it was read from and what is new in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from tui.document.notebook import Cell, CellKey, Notebook
from tui.files.celljson import CellForm, rewrite_cell, same_cell, write_cell
from tui.files.jsontext import Element, is_object, read_object, same_json, scan_value
from tui.files.layout import Layout
from tui.files.splice import Item, Splicer
from tui.files.style import detect


@dataclass(frozen=True, slots=True)
class CellText:
    """A cell and the text that it was read from."""

    cell: Cell
    text: str


def cell_form(notebook: Notebook, layout: Layout, text: str) -> CellForm:
    """How the file, whose text is `text`, writes its cells, as its first one shows."""
    keys: tuple[str, ...] = ()
    as_string = False
    if layout.cells and text.startswith("{", layout.cells[0].start):
        members, _ = read_object(text, layout.cells[0].start)
        keys = tuple(member.key for member in members)
        as_string = any(member.key == "source" and isinstance(member.value, str) for member in members)
    has_ids = (notebook.nbformat, notebook.nbformat_minor) >= (4, 5)
    return CellForm(has_ids, as_string, keys)


def weave(layout: Layout, old: Notebook, new: Notebook, removed: Mapping[CellKey, CellText]) -> Iterator[str]:
    """The text of `new` in pieces, made of the text of `old`, whose layout is `layout`.

    `removed` has cells that the file had before and that may come back. Raises RecursionError for metadata or
    outputs that nest too deeply to be written.
    """
    text = layout.text
    form = cell_form(new, layout, text)
    style = detect(text, layout.members, form.key_order)
    splicer = Splicer(text, style)
    changed: dict[str, Iterable[str]] = {}
    cells = _Cells(splicer, form, layout, old, removed).woven(new)
    if cells is not None:
        changed["cells"] = cells
    added: dict[str, str] = {}
    top_margin = style.indent
    for key, was, value in (
        ("metadata", old.metadata, new.metadata),
        ("nbformat", old.nbformat, new.nbformat),
        ("nbformat_minor", old.nbformat_minor, new.nbformat_minor),
    ):
        if same_json(was, value):
            continue
        member = layout.member(key)
        if member is None:
            added[key] = style.member(key, value, top_margin)
        else:
            changed[key] = (splicer.value(member.value_start, value, top_margin),)
    return _top_level(splicer, layout, changed, added)


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
class _Cells:
    """Weaves the array of cells."""

    splicer: Splicer
    form: CellForm
    layout: Layout
    old: Notebook
    removed: Mapping[CellKey, CellText]

    def woven(self, new: Notebook) -> Iterable[str] | None:
        """The text of the array in pieces, or None where it stays."""
        places = {cell.key: index for index, cell in enumerate(self.old.cells)}
        array = self.layout.member("cells")
        if array is None:
            return None
        elements = [Element(span.start, span.end, None) for span in self.layout.cells]
        margin = self.splicer.item_margin(array.value_start, array.end, elements, self.splicer.style.indent)
        items = [self._item(cell, places.get(cell.key), margin) for cell in new.cells]
        if items == [Item(index) for index in range(len(elements))]:
            return None
        return self.splicer.pieces(array.value_start, array.end, elements, items, self.splicer.style.indent)

    def _item(self, cell: Cell, place: int | None, margin: str | None) -> Item:
        if place is not None:
            old = self.old.cells[place]
            if same_cell(cell, old):
                return Item(place)
            span = self.layout.cells[place]
            return Item(place, self._changed(cell, old, self.splicer, span.start, margin))
        before = self.removed.get(cell.key)
        if before is None:
            return Item(None, self.splicer.style.value(write_cell(cell, self.form), margin))
        if same_cell(cell, before.cell):
            return Item(None, before.text)
        splicer = replace(self.splicer, text=before.text)
        return Item(None, self._changed(cell, before.cell, splicer, 0, margin))

    def _changed(self, cell: Cell, old: Cell, splicer: Splicer, start: int, margin: str | None) -> str:
        value, _ = scan_value(splicer.text, "", start)
        if not is_object(value):
            return splicer.style.value(write_cell(cell, self.form), margin)
        return splicer.value(start, rewrite_cell(cell, old, value, self.form), margin)
