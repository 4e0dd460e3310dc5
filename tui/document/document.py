"""The one place where an open notebook changes, by a single writer; everything else reads values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.document.changes import Changes, changes_of
from tui.document.edits import SetCellMetadata, SetOutputs, apply, apply_all
from tui.document.history import History, MergeRule, Place, Transaction
from tui.document.results import Results, RunResults, can_hold_results
from tui.document.runtimes import with_times

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kernelbridge.outputs import Output
    from tui.document.edits import Edit
    from tui.document.notebook import CellKey, Notebook
    from tui.document.runtimes import RunTimes


@dataclass(frozen=True, slots=True)
class Revision:
    """Which state a document is in: equal revisions of a document have equal notebooks."""

    step: int
    """The last step done and not undone."""
    results: int
    """The newest results of a run that have come into the notebook."""


_NEVER = Revision(-1, -1)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A notebook to be saved, and which state of the document it is."""

    notebook: Notebook
    revision: Revision


@dataclass(frozen=True, slots=True)
class Travelled:
    """What undo or redo did, and the place to go back to."""

    place: Place
    changes: Changes


class Document:
    """A notebook being edited: its present value, its history, and what has been saved of it.

    What runs bring (`set_results`) is no step of the history: undoing an edit never takes away results that
    came after it.
    """

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self._history = History()
        self._results = RunResults()
        self._count = 0
        """Goes up with every edit and every result, and so orders them."""
        self._results_at = 0
        self._saved = self.revision

    @property
    def notebook(self) -> Notebook:
        """The notebook as it is now."""
        return self._notebook

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to undo."""
        return self._history.to_undo is not None

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to redo."""
        return self._history.to_redo is not None

    @property
    def revision(self) -> Revision:
        """The present state; undo back to a state gives its revision again, unless results came since."""
        last = self._history.to_undo
        return Revision(last.at if last else 0, self._results_at)

    @property
    def last_edit(self) -> Place | None:
        """Where the last step that was not undone took place."""
        last = self._history.to_undo
        return None if last is None else last.after

    @property
    def is_modified(self) -> bool:
        """Whether the notebook differs from what was saved last, or from what was opened."""
        return self.revision != self._saved

    @property
    def has_edits(self) -> bool:
        """Whether a person changed the notebook since it was saved last, or opened; results do not count."""
        return self.revision.step != self._saved.step

    def perform(
        self,
        edits: Iterable[Edit],
        before: Place,
        after: Place,
        merge: MergeRule = MergeRule.SEPARATE,
    ) -> Changes:
        """Does edits in order, as one step of the history; what changes nothing is no step.

        A code cell that comes back in another way than by undo, as by pasting, gets the results that came
        while it was away. Raises EditError when an edit does not fit, and then nothing is changed.
        """
        edits = tuple(self._results.delivered_into(edit) for edit in edits)
        notebook, inverses = apply_all(self._notebook, edits)
        if notebook is self._notebook:
            return Changes()
        self._count += 1
        transaction = Transaction(edits, inverses, before, after, self._count)
        self._history = self._history.record(transaction, merge)
        self._notebook = notebook
        self._results.settle(notebook)
        return changes_of(edits, inverses)

    def undo(self) -> Travelled | None:
        """Takes the last step back; None when there is none."""
        step = self._history.to_undo
        if step is None:
            return None
        changes = self._travel(step.inverses, step.at)
        self._history = self._history.undone()
        return Travelled(step.before, changes)

    def redo(self) -> Travelled | None:
        """Does the step undone last again; None when there is none."""
        step = self._history.to_redo
        if step is None:
            return None
        changes = self._travel(step.edits, step.at)
        self._history = self._history.redone()
        return Travelled(step.after, changes)

    def break_here(self) -> None:
        """Lets what is typed next be a step of its own: the cursor was moved, or the cell was left."""
        self._history = self._history.break_here()

    def set_results(self, key: CellKey, outputs: tuple[Output, ...], execution_count: int | None) -> Changes:
        """Takes what a run of the cell has brought so far, in place of its earlier results.

        A cell that is not there, or is no code cell now, gets it when it is back.
        """
        self._count += 1
        held = can_hold_results(self._notebook, key)
        self._results.keep(key, Results(outputs, execution_count, self._count), waiting=not held)
        if not held:
            return Changes()
        notebook, _ = apply(self._notebook, SetOutputs(key, outputs, execution_count))
        if notebook is self._notebook:
            return Changes()
        self._notebook = notebook
        self._results_at = self._count
        return Changes(frozenset((key,)))

    def set_times(self, key: CellKey, times: RunTimes) -> Changes:
        """Takes when the cell ran into its metadata; like its results it is no step of the history."""
        if not can_hold_results(self._notebook, key):
            return Changes()
        metadata = with_times(self._notebook.cell(key).metadata, times)
        self._notebook, _ = apply(self._notebook, SetCellMetadata(key, metadata))
        self._count += 1
        self._results_at = self._count
        return Changes(frozenset((key,)))

    def snapshot(self) -> Snapshot:
        """What to save now. Ends the step being typed, so that undo can come back to exactly this."""
        self.break_here()
        return Snapshot(self._notebook, self.revision)

    def mark_saved(self, revision: Revision) -> None:
        """Says that the state of that revision is what the file holds."""
        self._saved = revision

    def mark_unsaved(self) -> None:
        """Says that the file holds none of the document's states: another program wrote it."""
        self._saved = _NEVER

    def _travel(self, edits: tuple[Edit, ...], since: int) -> Changes:
        edits = tuple(self._results.preserved_by(edit, since) for edit in edits)
        self._notebook, inverses = apply_all(self._notebook, edits)
        self._results.settle_after(self._notebook, since)
        changes = changes_of(edits, inverses)
        self._results_at = max(self._results_at, self._results.newest_at(changes.cells, self._notebook))
        return changes
