"""Hypothesis strategies that several areas share: texts, outputs, cells, notebooks and edits that fit.

Those without arguments are made once: making them takes longer than drawing from them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from kernelbridge.outputs import DisplayData, ErrorOutput, ExecuteResult, Stream, UnknownOutput
from kernelbridge.streamtext import StreamText
from tui.document.edits import (
    ChangeText,
    InsertCells,
    MoveCells,
    RemoveCells,
    ReplaceCell,
    SetCellMetadata,
    SetNotebookMetadata,
    SetOutputs,
)
from tui.document.notebook import Cell, CellKind, Notebook, new_key
from tui.document.textchange import TextChange

if TYPE_CHECKING:
    from kernelbridge.outputs import JsonObject, JsonValue, MimeBundle, Output
    from tui.document.edits import Edit

_CHARACTERS = st.sampled_from(
    "ab=()# \t\n\r"  # code, and every kind of line break
    "日한e\u0301𝒳"  # wide, combining, astral
    "👩\u200d👧🇯🇵\ufe0f\u200b"  # what emoji are made of
    "\ud83d\udc00\x1b\x00["  # halves of surrogate pairs, controls, markup
) | st.characters(exclude_categories=())


@cache
def texts(max_size: int = 12) -> st.SearchStrategy[str]:
    """Wide, combining, astral and control characters, lone surrogates, every kind of line break."""
    return st.text(_CHARACTERS, max_size=max_size)


@cache
def json_values() -> st.SearchStrategy[JsonValue]:
    leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts(3)
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts(2), inner, max_size=2),
        max_leaves=4,
    )


@cache
def json_objects() -> st.SearchStrategy[JsonObject]:
    return st.dictionaries(texts(2), json_values(), max_size=2)


@cache
def mime_bundles() -> st.SearchStrategy[MimeBundle]:
    return st.fixed_dictionaries(
        {"text/plain": texts(4)},
        optional={
            "text/html": texts(4),
            "image/png": st.just("iVBORw0KGgo="),
            "application/json": json_values(),
        },
    )


@cache
def execution_counts() -> st.SearchStrategy[int | None]:
    return st.none() | st.integers(0, 10_000)


@cache
def outputs() -> st.SearchStrategy[tuple[Output, ...]]:
    """The outputs of one cell."""
    one = st.one_of(
        st.builds(Stream, st.sampled_from(("stdout", "stderr")), texts(6).map(StreamText.of)),
        st.builds(DisplayData, mime_bundles(), json_objects()),
        st.builds(ExecuteResult, mime_bundles(), json_objects(), execution_counts()),
        st.builds(ErrorOutput, texts(2), texts(3), st.lists(texts(4), max_size=3).map(tuple)),
        st.builds(UnknownOutput, json_objects()),
    )
    return st.lists(one, max_size=2).map(tuple)


@cache
def _attachments() -> st.SearchStrategy[JsonObject]:
    return st.dictionaries(texts(2), mime_bundles(), max_size=2)


_KINDS = st.sampled_from(CellKind)


@st.composite
def cells(draw: st.DrawFn, kinds: st.SearchStrategy[CellKind] | None = None, *, ids: bool = True) -> Cell:
    """A cell with a key that no other has, and what nbformat lets its kind have."""
    kind = draw(kinds or _KINDS)
    is_code = kind is CellKind.CODE
    key = new_key()
    return Cell(
        key,
        kind,
        draw(texts()),
        outputs=draw(outputs()) if is_code else (),
        execution_count=draw(execution_counts()) if is_code else None,
        metadata=draw(json_objects()),
        attachments={} if is_code else draw(_attachments()),
        id=f"cell-{key}" if ids else None,
    )


@cache
def _some_cells(*, ids: bool) -> st.SearchStrategy[Cell]:
    return cells(ids=ids)


@st.composite
def notebooks(draw: st.DrawFn, min_cells: int = 0, max_cells: int = 4) -> Notebook:
    """A notebook of nbformat 4, whose cells have ids from 4.5 on."""
    minor = draw(st.integers(0, 5))
    some_cells = draw(st.lists(_some_cells(ids=minor >= 5), min_size=min_cells, max_size=max_cells))
    return Notebook(tuple(some_cells), draw(json_objects()), 4, minor)


@st.composite
def text_changes(draw: st.DrawFn, text: str) -> TextChange:
    """A change that fits the text."""
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, len(text)))
    return TextChange(start, text[start:end], draw(texts(4)))


@st.composite
def blocks(draw: st.DrawFn, notebook: Notebook) -> range:
    """Neighbouring cells of the notebook, or none."""
    start = draw(st.integers(0, len(notebook.cells)))
    return range(start, draw(st.integers(start, len(notebook.cells))))


@st.composite
def structure_edits(draw: st.DrawFn, notebook: Notebook) -> Edit:
    """Cells of the notebook inserted, removed or moved."""
    block = draw(blocks(notebook))
    match draw(st.sampled_from((InsertCells, RemoveCells, MoveCells))):
        case kind if kind is InsertCells:
            new = draw(st.lists(_some_cells(ids=notebook.nbformat_minor >= 5), max_size=2))
            return InsertCells(block.start, tuple(new))
        case kind if kind is RemoveCells:
            return RemoveCells(block.start, len(block))
        case _:
            to = draw(st.integers(0, len(notebook.cells) - len(block)))
            return MoveCells(block.start, len(block), to)


@st.composite
def cell_edits(draw: st.DrawFn, cell: Cell) -> Edit:
    """One of the edits that change this cell."""
    possible: list[st.SearchStrategy[Edit]] = [
        text_changes(cell.source).map(lambda change: ChangeText(cell.key, change)),
        json_objects().map(lambda metadata: SetCellMetadata(cell.key, metadata)),
        _some_cells(ids=False).map(lambda other: ReplaceCell(_with_key_of(cell, other))),
    ]
    if cell.kind is CellKind.CODE:
        possible.append(st.builds(SetOutputs, st.just(cell.key), outputs(), execution_counts()))
    return draw(st.one_of(possible))


def edits(notebook: Notebook) -> st.SearchStrategy[Edit]:
    """Any edit that fits the notebook."""
    anywhere = structure_edits(notebook) | json_objects().map(SetNotebookMetadata)
    if not notebook.cells:
        return anywhere
    return anywhere | st.sampled_from(notebook.cells).flatmap(cell_edits)


def _with_key_of(cell: Cell, other: Cell) -> Cell:
    return Cell(
        cell.key,
        other.kind,
        other.source,
        other.outputs,
        other.execution_count,
        other.metadata,
        other.attachments,
        cell.id,
    )
