"""Edits of a notebook: what each does, that each can be taken back, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernelbridge.outputs import Stream
from kernelbridge.streamtext import StreamText
from strategies import edits, notebooks, text_changes, texts
from tui.document.changes import Changes, changes_of
from tui.document.edits import (
    ChangeText,
    Edit,
    EditError,
    InsertCells,
    MoveCells,
    RemoveCells,
    ReplaceCell,
    SetCellMetadata,
    SetNotebookMetadata,
    SetOutputs,
    apply,
    apply_all,
)
from tui.document.notebook import Cell, CellKey, CellKind, Notebook, new_key
from tui.document.selection import TextSelection
from tui.document.textchange import TextChange

PRINTED = (Stream("stdout", StreamText.of("hello\n")),)
NO_CELL = CellKey(-1)


def code(source: str) -> Cell:
    return Cell(new_key(), CellKind.CODE, source)


def sources(notebook: Notebook) -> list[str]:
    return [cell.source for cell in notebook.cells]


@pytest.fixture
def abcd() -> Notebook:
    return Notebook(tuple(code(name) for name in "abcd"))


def test_a_text_change_changes_one_cell_and_no_other_value(abcd: Notebook) -> None:
    key = abcd.cells[1].key
    changed, inverse = apply(abcd, ChangeText(key, TextChange(1, "", "!")))
    assert sources(changed) == ["a", "b!", "c", "d"]
    assert changed.cells[0] is abcd.cells[0]
    assert inverse == ChangeText(key, TextChange(1, "!", ""))


def test_inserted_cells_come_before_the_index(abcd: Notebook) -> None:
    changed, inverse = apply(abcd, InsertCells(1, (code("x"), code("y"))))
    assert sources(changed) == ["a", "x", "y", "b", "c", "d"]
    assert inverse == RemoveCells(1, 2)


def test_removed_cells_come_back_as_they_were(abcd: Notebook) -> None:
    changed, inverse = apply(abcd, RemoveCells(1, 2))
    assert sources(changed) == ["a", "d"]
    assert inverse == InsertCells(1, abcd.cells[1:3])


@pytest.mark.parametrize(
    ("index", "count", "to", "expected"),
    [(0, 1, 3, "bcda"), (3, 1, 0, "dabc"), (0, 2, 1, "cabd"), (1, 2, 2, "adbc"), (0, 4, 0, "abcd")],
)
def test_moved_cells_begin_at_the_index_of_the_result(
    abcd: Notebook, index: int, count: int, to: int, expected: str
) -> None:
    changed, inverse = apply(abcd, MoveCells(index, count, to))
    assert "".join(sources(changed)) == expected
    assert inverse == MoveCells(to, count, index)


def test_a_replaced_cell_brings_its_outputs_back(abcd: Notebook) -> None:
    ran, _ = apply(abcd, SetOutputs(abcd.cells[0].key, PRINTED, 7))
    prose = Cell(ran.cells[0].key, CellKind.MARKDOWN, "a")
    changed, inverse = apply(ran, ReplaceCell(prose))
    assert changed.cells[0] is prose
    assert apply(changed, inverse)[0] == ran


def test_metadata_of_a_cell_and_of_the_notebook(abcd: Notebook) -> None:
    changed, _ = apply_all(
        abcd, (SetCellMetadata(abcd.cells[2].key, {"tags": ["x"]}), SetNotebookMetadata({"a": 1}))
    )
    assert changed.cells[2].metadata == {"tags": ["x"]}
    assert changed.metadata == {"a": 1}
    assert changed.cells[0] is abcd.cells[0]


def test_an_edit_may_name_a_cell_that_the_one_before_inserted_or_moved(abcd: Notebook) -> None:
    new = code("x")
    changed, _ = apply_all(
        abcd,
        (
            InsertCells(0, (new,)),
            ChangeText(new.key, TextChange(1, "", "1")),
            MoveCells(0, 1, 4),
            ChangeText(new.key, TextChange(2, "", "2")),
            ChangeText(abcd.cells[3].key, TextChange(0, "d", "D")),
        ),
    )
    assert sources(changed) == ["a", "b", "c", "D", "x12"]
    assert changed.index_of(new.key) == 4


@pytest.mark.parametrize(
    "nothing",
    [InsertCells(2, ()), RemoveCells(4, 0), MoveCells(1, 2, 1)],
    ids=lambda edit: type(edit).__name__,
)
def test_an_edit_that_changes_nothing_gives_the_same_notebook(
    abcd: Notebook, nothing: InsertCells | RemoveCells | MoveCells
) -> None:
    changed, inverse = apply(abcd, nothing)
    assert changed is abcd
    assert apply(changed, inverse)[0] is abcd


@pytest.mark.parametrize(
    "misfit",
    [
        ChangeText(NO_CELL, TextChange(0, "", "x")),
        SetOutputs(NO_CELL, (), None),
        SetCellMetadata(NO_CELL, {}),
        ReplaceCell(Cell(NO_CELL, CellKind.CODE, "")),
        InsertCells(5, ()),
        InsertCells(-1, ()),
        RemoveCells(3, 2),
        RemoveCells(0, -1),
        RemoveCells(-1, 1),
        MoveCells(0, 2, 3),
        MoveCells(0, 1, -1),
        MoveCells(4, 1, 0),
    ],
    ids=repr,
)
def test_what_does_not_fit_is_refused(abcd: Notebook, misfit: ChangeText) -> None:
    with pytest.raises(EditError):
        apply(abcd, misfit)


@pytest.mark.parametrize(
    "change",
    [TextChange(0, "z", ""), TextChange(5, "", "x"), TextChange(-1, "", "x"), TextChange(0, "ab", "")],
)
def test_a_text_change_must_find_the_text_that_it_removes(abcd: Notebook, change: TextChange) -> None:
    with pytest.raises(EditError, match=f"cell {abcd.cells[0].key}"):
        apply(abcd, ChangeText(abcd.cells[0].key, change))


def test_keys_stay_unique(abcd: Notebook) -> None:
    twice = code("x")
    for cells in ((abcd.cells[0],), (twice, twice)):
        with pytest.raises(EditError, match="taken"):
            apply(abcd, InsertCells(0, cells))
    back, _ = apply_all(abcd, (RemoveCells(0, 1), InsertCells(3, (abcd.cells[0],))))
    assert sources(back) == ["b", "c", "d", "a"]


def test_only_code_cells_take_outputs() -> None:
    prose = Cell(new_key(), CellKind.MARKDOWN, "text")
    with pytest.raises(EditError, match="no code cell"):
        apply(Notebook((prose,)), SetOutputs(prose.key, PRINTED, 1))


def test_when_one_of_many_does_not_fit_the_notebook_is_what_it_was(abcd: Notebook) -> None:
    with pytest.raises(EditError):
        apply_all(abcd, (RemoveCells(0, 4), RemoveCells(0, 1)))
    assert sources(abcd) == ["a", "b", "c", "d"]


def test_changes_name_the_cells_that_have_another_value_came_or_went(abcd: Notebook) -> None:
    key, gone, new = abcd.cells[0].key, abcd.cells[1].key, code("x")
    done = (
        ChangeText(key, TextChange(0, "", "x")),
        RemoveCells(1, 1),
        InsertCells(0, (new,)),
        SetNotebookMetadata({}),
    )
    _, inverses = apply_all(abcd, done)
    assert changes_of(done, inverses) == Changes(
        frozenset((key, gone, new.key)), structure=True, metadata=True
    )
    assert not Changes()
    assert Changes() | Changes(structure=True) == Changes(structure=True)


@given(st.data())
def test_every_edit_taken_back_gives_the_same_notebook(data: st.DataObject) -> None:
    notebook = data.draw(notebooks())
    edit = data.draw(edits(notebook))
    changed, inverse = apply(notebook, edit)
    back, forward = apply(changed, inverse)
    assert back == notebook
    assert apply(back, forward)[0] == changed


@given(st.data())
def test_many_edits_at_once_are_the_same_edits_one_by_one(data: st.DataObject) -> None:
    first = data.draw(notebooks())
    one_by_one = first
    done: list[Edit] = []
    for _ in range(data.draw(st.integers(0, 6))):
        done.append(data.draw(edits(one_by_one)))
        one_by_one, _ = apply(one_by_one, done[-1])
    at_once, inverses = apply_all(first, done)
    assert at_once == one_by_one
    assert apply_all(at_once, inverses)[0] == first
    assert at_once.positions == {cell.key: at for at, cell in enumerate(at_once.cells)}
    assert one_by_one.positions == at_once.positions


@given(st.data())
def test_a_text_change_taken_back_gives_the_same_text(data: st.DataObject) -> None:
    text = data.draw(texts())
    change = data.draw(text_changes(text))
    assert change.inverse().apply(change.apply(text)) == text


@given(st.data())
def test_a_selection_stays_within_the_text_that_changes(data: st.DataObject) -> None:
    text = data.draw(texts())
    offsets = st.integers(0, len(text))
    selection = TextSelection(data.draw(offsets), data.draw(offsets))
    change = data.draw(text_changes(text))
    mapped, changed = selection.mapped(change), change.apply(text)
    assert 0 <= mapped.start <= mapped.end <= len(changed)
    assert text[: min(selection.start, change.start)] == changed[: min(mapped.start, change.start)]
