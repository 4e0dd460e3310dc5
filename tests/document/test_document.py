"""An open notebook: undo and redo, results of runs beside them, and whether there is something to save."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kernelbridge.outputs import Output, Stream, UnknownOutput
from kernelbridge.streamtext import StreamText
from strategies import edits, execution_counts, notebooks, outputs
from tui.document.cells import convert, paste
from tui.document.changes import Changes
from tui.document.document import Document
from tui.document.edits import (
    ChangeText,
    Edit,
    EditError,
    InsertCells,
    RemoveCells,
    ReplaceCell,
    SetOutputs,
)
from tui.document.history import Place
from tui.document.notebook import Cell, CellKey, CellKind, Notebook, new_key
from tui.document.textchange import TextChange

NOWHERE = Place()


def printed(text: str) -> tuple[Output, ...]:
    return (Stream("stdout", StreamText.of(text)),)


OLD, NEW = printed("old"), printed("new")


def opened(*sources: str) -> tuple[Document, tuple[CellKey, ...]]:
    """A document of code cells that all ran before, and their keys."""
    some = tuple(Cell(new_key(), CellKind.CODE, source, OLD, 1) for source in sources)
    return Document(Notebook(some)), tuple(cell.key for cell in some)


def perform(document: Document, *some: Edit) -> Changes:
    return document.perform(some, NOWHERE, NOWHERE)


def insert(key: CellKey, text: str) -> ChangeText:
    return ChangeText(key, TextChange(0, "", text))


def test_an_opened_document_has_nothing_to_undo_or_save() -> None:
    document, _ = opened("a")
    assert not document.can_undo
    assert not document.can_redo
    assert not document.is_modified
    assert document.undo() is None
    assert document.redo() is None


def test_a_step_of_many_edits_is_undone_at_once() -> None:
    document, (first, second) = opened("a", "b")
    opening = document.notebook
    changes = perform(document, insert(first, "x"), RemoveCells(1, 1))
    assert changes == Changes(frozenset((first, second)), structure=True)
    undone = document.undo()
    assert undone is not None
    assert undone.changes == changes
    assert document.notebook == opening


def test_an_edit_that_does_not_fit_leaves_everything_as_it_was() -> None:
    document, (first,) = opened("a")
    opening, revision = document.notebook, document.revision
    with pytest.raises(EditError):
        perform(document, insert(first, "x"), RemoveCells(5, 1))
    assert document.notebook is opening
    assert document.revision == revision
    assert not document.can_undo


def test_what_changes_nothing_is_no_step() -> None:
    document, (first,) = opened("a")
    assert not perform(document)
    assert not perform(document, ChangeText(first, TextChange(0, "a", "a")))
    assert not document.can_undo
    assert not document.is_modified


def test_a_new_edit_ends_what_could_be_done_again() -> None:
    document, (first,) = opened("a")
    perform(document, insert(first, "x"))
    document.undo()
    perform(document, insert(first, "y"))
    assert not document.can_redo
    assert document.notebook.cell(first).source == "ya"


class TestResults:
    """What a run brings is no step of the history, and no undo takes it away."""

    def test_results_are_shown_modify_the_document_and_are_not_undone(self) -> None:
        document, (first,) = opened("a")
        assert document.set_results(first, NEW, 2) == Changes(frozenset((first,)))
        assert document.notebook.cell(first).outputs == NEW
        assert document.notebook.cell(first).execution_count == 2
        assert document.is_modified
        assert not document.can_undo

    def test_undo_of_an_older_text_edit_keeps_them(self) -> None:
        document, (first,) = opened("a")
        perform(document, insert(first, "x"))
        document.set_results(first, NEW, 2)
        document.undo()
        assert document.notebook.cell(first) == Cell(first, CellKind.CODE, "a", NEW, 2)

    def test_undo_of_clearing_brings_the_old_ones_back(self) -> None:
        document, (first,) = opened("a")
        perform(document, SetOutputs(first, (), None))
        document.undo()
        assert document.notebook.cell(first).outputs == OLD
        assert not document.is_modified

    def test_undo_and_redo_of_clearing_keep_what_came_later(self) -> None:
        document, (first,) = opened("a")
        perform(document, SetOutputs(first, (), None))
        document.set_results(first, NEW, 2)
        document.undo()
        assert document.notebook.cell(first).outputs == NEW
        document.redo()
        assert document.notebook.cell(first).outputs == NEW

    def test_clearing_after_the_run_is_undone_and_done_again(self) -> None:
        document, (first,) = opened("a")
        document.set_results(first, NEW, 2)
        perform(document, SetOutputs(first, (), None))
        document.undo()
        assert document.notebook.cell(first).outputs == NEW
        document.redo()
        assert document.notebook.cell(first).outputs == ()

    def test_a_deleted_cell_comes_back_with_what_came_meanwhile(self) -> None:
        document, (first, second) = opened("a", "b")
        perform(document, RemoveCells(0, 1))
        assert not document.set_results(first, NEW, 2)
        document.undo()
        assert document.notebook.cell(first).outputs == NEW
        assert document.notebook.cell(second).outputs == OLD

    def test_a_new_cell_whose_insertion_is_undone_and_done_again_has_its_results(self) -> None:
        document, _ = opened("a")
        new = Cell(new_key(), CellKind.CODE, "new")
        perform(document, InsertCells(1, (new,)))
        document.set_results(new.key, NEW, 2)
        document.undo()
        document.redo()
        assert document.notebook.cell(new.key).outputs == NEW

    def test_a_cut_cell_is_pasted_with_what_came_meanwhile(self) -> None:
        document, (first, _) = opened("a", "b")
        cut = document.notebook.cells[:1]
        perform(document, RemoveCells(0, 1))
        document.set_results(first, NEW, 2)
        perform(document, InsertCells(1, paste(document.notebook, cut)))
        assert document.notebook.cell(first).outputs == NEW
        document.undo()
        document.undo()
        assert document.notebook.cell(first).outputs == NEW

    def test_a_cut_cell_whose_outputs_were_cleared_after_the_run_stays_cleared(self) -> None:
        document, (first,) = opened("a")
        document.set_results(first, NEW, 2)
        perform(document, SetOutputs(first, (), None))
        cut = document.notebook.cells
        perform(document, RemoveCells(0, 1))
        perform(document, InsertCells(0, cut))
        assert document.notebook.cell(first).outputs == ()

    def test_results_that_waited_can_be_cleared_like_any_others(self) -> None:
        document, (first,) = opened("a")
        perform(document, RemoveCells(0, 1))
        document.set_results(first, NEW, 2)
        document.undo()
        perform(document, SetOutputs(first, (), None))
        cut = document.notebook.cells
        perform(document, RemoveCells(0, 1), InsertCells(0, cut))
        assert document.notebook.cell(first).outputs == ()

    @pytest.mark.parametrize("way_back", ["undo", "convert"])
    def test_a_cell_made_markdown_while_it_runs_has_its_results_when_it_is_code_again(
        self, way_back: str
    ) -> None:
        document, (first,) = opened("a")
        perform(document, ReplaceCell(convert(document.notebook.cell(first), CellKind.MARKDOWN)))
        assert not document.set_results(first, NEW, 2)
        assert document.notebook.cell(first).outputs == ()
        if way_back == "undo":
            document.undo()
        else:
            perform(document, ReplaceCell(convert(document.notebook.cell(first), CellKind.CODE)))
        assert document.notebook.cell(first).outputs == NEW
        assert document.notebook.cell(first).execution_count == 2

    def test_markdown_never_takes_outputs_not_even_by_redo(self) -> None:
        document, (first,) = opened("a")
        perform(document, ReplaceCell(convert(document.notebook.cell(first), CellKind.MARKDOWN)))
        document.undo()
        document.set_results(first, NEW, 2)
        document.redo()
        assert document.notebook.cell(first).outputs == ()
        document.undo()
        assert document.notebook.cell(first).outputs == NEW

    def test_the_newest_of_many_results_wins(self) -> None:
        document, (first,) = opened("a")
        perform(document, RemoveCells(0, 1))
        for text in ("1", "12", "123"):
            document.set_results(first, printed(text), 2)
        document.undo()
        assert document.notebook.cell(first).outputs == printed("123")

    def test_the_very_same_results_again_change_nothing(self) -> None:
        document, (first,) = opened("a")
        assert not document.set_results(first, OLD, 1)
        assert not document.is_modified


class TestModified:
    """Whether the notebook differs from what the file holds."""

    def test_undo_back_to_the_saved_state_is_unmodified_and_further_is_not(self) -> None:
        document, (first,) = opened("a")
        perform(document, insert(first, "x"))
        document.mark_saved(document.snapshot().revision)
        perform(document, insert(first, "y"))
        seen = [document.is_modified]
        for travel in (document.undo, document.undo, document.redo, document.redo):
            travel()
            seen.append(document.is_modified)
        assert seen == [True, False, True, False, True]

    def test_an_edit_made_while_saving_leaves_it_modified(self) -> None:
        document, (first,) = opened("a")
        perform(document, insert(first, "x"))
        saved = document.snapshot()
        perform(document, insert(first, "y"))
        document.mark_saved(saved.revision)
        assert document.is_modified
        document.undo()
        assert document.notebook == saved.notebook
        assert not document.is_modified

    def test_another_edit_in_place_of_the_saved_one_is_modified(self) -> None:
        document, (first,) = opened("a")
        perform(document, insert(first, "x"))
        document.mark_saved(document.snapshot().revision)
        document.undo()
        perform(document, insert(first, "y"))
        assert document.is_modified

    def test_a_cell_that_comes_back_with_newer_results_is_modified(self) -> None:
        document, (first,) = opened("a")
        perform(document, RemoveCells(0, 1))
        document.set_results(first, NEW, 2)
        document.undo()
        assert document.is_modified

    def test_results_for_a_deleted_cell_alone_leave_the_saved_document_unmodified(self) -> None:
        document, (first,) = opened("a")
        perform(document, RemoveCells(0, 1))
        document.mark_saved(document.snapshot().revision)
        document.set_results(first, NEW, 2)
        assert not document.is_modified


@given(st.data())
def test_any_edits_undone_give_the_first_notebook_and_redone_the_last(data: st.DataObject) -> None:
    first = data.draw(notebooks())
    document = Document(first)
    for _ in range(data.draw(st.integers(1, 5))):
        perform(document, data.draw(edits(document.notebook)))
    last = document.notebook
    while document.undo():
        pass
    assert document.notebook == first
    assert not document.is_modified
    while document.redo():
        pass
    assert document.notebook == last


def without_results(notebook: Notebook) -> Notebook:
    bare = (replace(cell, outputs=(), execution_count=None) for cell in notebook.cells)
    return replace(notebook, cells=tuple(bare))


def test_results_that_came_while_a_change_of_kind_was_undone_outlive_doing_it_again() -> None:
    code = Cell(new_key(), CellKind.CODE, "run")
    document = Document(Notebook((code,)))
    here = Place(code.key)
    document.perform([ReplaceCell(replace(code, kind=CellKind.MARKDOWN))], here, here)
    document.undo()
    brought = (UnknownOutput({"came": "late"}),)
    document.set_results(code.key, brought, 7)
    document.redo()
    document.perform([ReplaceCell(code)], here, here)
    assert document.notebook.cells[0].outputs == brought
    assert document.notebook.cells[0].execution_count == 7


class EditingWhileRunning(RuleBasedStateMachine):
    """Edits, undo, redo, saves, and results of runs that come at any time for any cell that ever was."""

    @initialize(notebook=notebooks(max_cells=3))
    def open(self, notebook: Notebook) -> None:
        self.document = Document(notebook)
        self.timeline = [without_results(notebook)]
        self.at = 0
        self.saved = notebook
        self.ever = [cell.key for cell in notebook.cells]
        self.newest: dict[CellKey, tuple[tuple[Output, ...], int | None]] = {}
        """Results that came after any edit which sets that cell's outputs."""

    @rule(data=st.data())
    def edit(self, data: st.DataObject) -> None:
        edit = data.draw(edits(self.document.notebook))
        before = self.document.notebook
        self.document.perform((edit,), NOWHERE, NOWHERE)
        match edit:
            case SetOutputs(key, new_outputs):
                self.newest.pop(key, None)
                assert self.document.notebook.cell(key).outputs == new_outputs
            case ReplaceCell(cell) if before.cell(cell.key).kind is CellKind.CODE:
                self.newest.pop(cell.key, None)
            case InsertCells(_, new):
                self.ever += [cell.key for cell in new]
            case _:
                pass
        if self.document.notebook is not before:
            self.at += 1
            self.timeline[self.at :] = [without_results(self.document.notebook)]

    @rule()
    def undo(self) -> None:
        self.at = max(0, self.at - 1) if self.document.undo() else 0

    @rule()
    def redo(self) -> None:
        self.at = self.at + 1 if self.document.redo() else len(self.timeline) - 1

    @precondition(lambda self: self.ever)
    @rule(data=st.data(), new=outputs(), count=execution_counts())
    def results_come(self, data: st.DataObject, new: tuple[Output, ...], count: int | None) -> None:
        key = data.draw(st.sampled_from(self.ever))
        self.document.set_results(key, new, count)
        self.newest[key] = (new, count)

    @rule()
    def save(self) -> None:
        snapshot = self.document.snapshot()
        self.document.mark_saved(snapshot.revision)
        self.saved = snapshot.notebook

    @invariant()
    def all_but_results_is_where_undo_and_redo_lead(self) -> None:
        assert without_results(self.document.notebook) == self.timeline[self.at]

    @invariant()
    def no_result_is_lost(self) -> None:
        for cell in self.document.notebook.cells:
            if cell.kind is CellKind.CODE and cell.key in self.newest:
                assert (cell.outputs, cell.execution_count) == self.newest[cell.key]

    @invariant()
    def only_code_cells_hold_results(self) -> None:
        assert all(cell.kind is CellKind.CODE or not cell.outputs for cell in self.document.notebook.cells)

    @invariant()
    def unmodified_means_equal_to_what_was_saved(self) -> None:
        assert self.document.is_modified or self.document.notebook == self.saved


EditingWhileRunning.TestCase.settings = settings(max_examples=60, stateful_step_count=15, deadline=None)
TestEditingWhileRunning = EditingWhileRunning.TestCase
