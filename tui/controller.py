"""The one writer of the document: intents come in, document changes and kernel requests go out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kernelbridge.outputs import Outputs
from kernelbridge.runmanner import ATTENDED, RunManner
from tui.debugging.debugger import Debugger
from tui.document.cellmark import mark_of
from tui.document.document import Document, Travelled
from tui.document.edits import ChangeText, Edit, SetOutputs
from tui.document.history import MergeRule, Place
from tui.document.notebook import CellKey, CellKind, Notebook
from tui.document.runtimes import RunTimes, keeps_times
from tui.otherruns import OtherRuns
from tui.runs import Ended, Queued, RunBook
from tui.widgetcontrol import WidgetControl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kernelbridge.keeper.kernels import Request
    from kernelbridge.outputs import MimeBundle
    from kernelbridge.runstatus import RunId
    from kernelbridge.session import Session
    from tui.document.changes import Changes
    from tui.document.selection import TextSelection
    from tui.document.textchange import TextChange
    from tui.runs import Run


class Listener(Protocol):
    """Who shows the document."""

    def document_changed(self, changes: Changes) -> None:
        """Cells, or which cells there are, changed."""

    def runs_changed(self) -> None:
        """The run state of cells changed."""

    def kernel_changed(self) -> None:
        """The kernel's state or what it says of itself changed."""

    def is_editable(self) -> bool:
        """Whether the notebook may be changed; says why when not."""
        ...

    def input_requested(self, cell: CellKey) -> None:
        """A cell's code waits for a line of input."""

    def page_arrived(self, data: MimeBundle) -> None:
        """The kernel shows a text in a pager."""

    def debugger_changed(self) -> None:
        """Code stopped or went on, or is to stop elsewhere."""

    def others_changed(self) -> None:
        """Runs that belong to no cell came, or changed."""

    def told(self, text: str) -> None:
        """Something happened that a person should know: one line."""


class Controller:
    """Holds the document of one notebook and its kernel session."""

    def __init__(self, notebook: Notebook, listener: Listener, path: str = "") -> None:
        """`path` is the notebook's, resolved: by it runs of its cells are known again."""
        self.document = Document(notebook)
        self.path = path
        self.runs = RunBook()
        self.others = OtherRuns()
        self.session: Session | None = None
        self.records_times = False
        """Whether the notebook is to say when its cells ran also where it does not say so yet."""
        self.listener = listener
        self.show_held: Callable[[], None] = lambda: None
        """Brings into the document what runs have made that waits to be shown (`kernelevents.py`)."""
        self.widgets = WidgetControl(self._say_to_widget)
        self.debugger = Debugger(lambda: self.document.notebook, listener.debugger_changed)
        self.widgets.models.store(notebook.metadata)

    # -- editing ----

    def perform(self, edits: Sequence[Edit], before: Place, after: Place) -> None:
        """Change the document, undoable as one step; what a run made before it was cleared stays cleared."""
        if any(isinstance(edit, SetOutputs) for edit in edits):
            self.show_held()
        for edit in edits:
            if isinstance(edit, SetOutputs) and (run := self.runs.newest(edit.key)) is not None:
                self.runs.update(run, outputs=Outputs(edit.outputs))
        self.listener.document_changed(self.document.perform(edits, before, after))

    def change_text(
        self,
        key: CellKey,
        change: TextChange,
        before: TextSelection,
        after: TextSelection,
        merge: MergeRule = MergeRule.TYPING,
    ) -> None:
        """Change a cell's source as typing does: what belongs together is undone together."""
        places = Place(key, before), Place(key, after)
        self.listener.document_changed(self.document.perform([ChangeText(key, change)], *places, merge))

    def undo(self) -> Place | None:
        """Take the last step back; where it happened, or None when there is none."""
        return self._travel(self.document.undo)

    def redo(self) -> Place | None:
        """Do again what was undone last; where, or None when there is nothing."""
        return self._travel(self.document.redo)

    def _travel(self, way: Callable[[], Travelled | None]) -> Place | None:
        if (travelled := way()) is None:
            return None
        self.listener.document_changed(travelled.changes)
        return travelled.place

    # -- running ----

    def run(self, keys: Sequence[CellKey], manner: RunManner = ATTENDED) -> None:
        """Queue code cells; one without code only loses its outputs, as in Jupyter. Needs a session."""
        if self.session is None:
            return
        for key in keys:
            cell = self.document.notebook.cell(key)
            if cell.kind is not CellKind.CODE:
                continue
            if not cell.source.strip():
                self.listener.document_changed(self.document.set_results(key, (), None))
                continue
            mark = mark_of(self.document.notebook, key, self.path)
            run = self.session.run(cell.source, mark.to_json(), manner=manner)
            self.runs.begin(run, key, len(self.session.queue))
        self.runs.requeue(self.session.queue)
        self.listener.runs_changed()

    def withdraw(self, key: CellKey) -> bool:
        """Take a cell out of the queue, where it waits there; whether it does."""
        run = self.runs.newest(key)
        if self.session is None or run is None or not isinstance(run.state, Queued):
            return False
        self.session.cancel(run.id)
        return True

    def note_times(self, run: Run) -> None:
        """Keep when a run that is over was, where the notebook says such things of its cells."""
        notebook = self.document.notebook
        if run.began is None or not isinstance(run.state, Ended) or run.cell not in notebook:
            return
        if self.records_times or keeps_times(notebook):
            times = RunTimes(run.began, run.state.seconds)
            self.listener.document_changed(self.document.set_times(run.cell, times))

    def _say_to_widget(self, request: Request, run: RunId | None) -> str:
        return "" if self.session is None else self.session.comm(request, run)

    def saved(self, seq: int) -> None:
        """The file has what all runs of cells printed up to the keeper's record of that number."""
        if self.session is not None:
            self.session.saved(self.runs.take_settled(), seq)

    def let_go_of(self, run: RunId) -> None:
        """Nobody wants what a run printed, or it has found a place."""
        if self.session is not None:
            self.session.discard((run,))

    def forget_results(self) -> None:
        """Nobody wants what the runs of cells printed: a later frontend is not to be given it."""
        if self.session is not None:
            self.session.discard(self.runs.take_settled())

    def show_results(self, cells: Iterable[CellKey]) -> None:
        """Bring what the runs of cells have made so far into the document."""
        for key in cells:
            run = self.runs.newest(key)
            if run is not None:
                changes = self.document.set_results(key, run.outputs.items, run.execution_count)
                self.listener.document_changed(changes)
