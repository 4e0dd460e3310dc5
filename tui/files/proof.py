"""What is about to be written, proved to read as the notebook that it is written for.

The proof goes by parts, so that it costs what changed costs, however large the rest is. A cell that was
copied reads as it did, as its bytes are the same. One that was written is read back by itself. What stands
around the cells is read with a 0 in the place of each: in JSON, any value may stand where a 0 may.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from itertools import accumulate
from operator import add
from pathlib import Path

from tui.document.notebook import Cell, CellKey, CellKind, Notebook
from tui.files.celljson import read_cell, reads_back
from tui.files.errors import CannotRead, SaveMismatch
from tui.files.jsontext import Member, is_object, same_json, scan_value
from tui.files.layout import Layout, Spans, decoded, read_layout, version
from tui.files.weave import PLACE, Woven, cell_form


def proved(path: Path, woven: Woven, notebook: Notebook) -> Layout:
    """The layout of the woven bytes, which read as `notebook`. Raises SaveMismatch where they do not."""
    try:
        skeleton, around = read_layout(path, woven.skeleton, decoded(woven.skeleton))
        found = None if skeleton is None else skeleton.notebook()
        if found is None or not _stands_for(found, notebook, woven):
            raise SaveMismatch(path, "not saved, the text to write was not that of as many cells")
        layout = _filled(around, woven)
        difference = _difference(notebook, found, layout, woven)
    except CannotRead as error:
        raise SaveMismatch(path, f"not saved, the text to write was damaged: {error.problem}") from error
    except (ValueError, RecursionError) as error:
        raise SaveMismatch(path, f"not saved, the text to write of a cell was damaged: {error}") from error
    if difference is not None:
        raise SaveMismatch(path, f"not saved, the text to write differed from the notebook in {difference}")
    return layout


def _stands_for(skeleton: Notebook, notebook: Notebook, woven: Woven) -> bool:
    """Whether there is one 0 for each cell, and nothing else."""
    count = len(notebook.cells)
    grown = len(woven.skeleton) + sum(woven.lengths) - count * len(PLACE)
    return (
        len(skeleton.cells) == len(woven.lengths) == count
        and all(cell.kind is CellKind.RAW and cell.source == PLACE for cell in skeleton.cells)
        and len(woven.data) == grown
    )


def _filled(around: Layout, woven: Woven) -> Layout:
    """The layout of the woven bytes, from that of their skeleton."""
    places = around.cells.starts
    growth = [*accumulate((length - len(PLACE) for length in woven.lengths), initial=0)]

    def moved(offset: int) -> int:
        return offset + growth[bisect_left(places, offset)]

    members = tuple(
        Member(moved(one.start), moved(one.value_start), moved(one.end), one.key, one.value)
        for one in around.members
    )
    starts = array("q", map(moved, places))
    ends = array("q", map(add, starts, woven.lengths))
    return Layout(woven.data, members, Spans(starts, ends))


def _difference(notebook: Notebook, found: Notebook, layout: Layout, woven: Woven) -> str | None:
    """In what the document that was read back differs, None where it does not."""
    form = cell_form(notebook, layout)
    for place in woven.written:
        cell = notebook.cells[place]
        if not reads_back(cell, _cell_in(layout.text_of(layout.cells[place]), cell.key), form):
            return f"cell {place + 1}"
    if not same_json(notebook.metadata, found.metadata):
        return "the metadata"
    return None if version(layout) == (notebook.nbformat, notebook.nbformat_minor) else "the version"


def _cell_in(text: str, key: CellKey) -> Cell:
    """The cell that a text is. Raises ValueError where it is not one value of JSON, from end to end."""
    value, end = scan_value(text, "", 0)
    if end != len(text):
        raise ValueError("something follows it")
    return read_cell(value, key) if is_object(value) else Cell(key, CellKind.RAW, text)
