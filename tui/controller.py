"""The one writer of the document: intents come in, document changes and kernel requests go out.

What the kernel tells is gathered and folded once a frame, so that a flood of output does not cost a repaint a
message; everything else takes effect at once.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Protocol, TypeGuard, assert_never

from kernelbridge.events import (
    Displayed,
    DisplayUpdated,
    ErrorArrived,
    Event,
    InputRequested,
    KernelInfoArrived,
    KernelStateChanged,
    NextInputSet,
    OutputCleared,
    PageArrived,
    ResultArrived,
    RunEvent,
    RunFinished,
    RunStarted,
    StreamArrived,
)
from kernelbridge.folding import fold, update_display
from kernelbridge.outputs import MimeBundle, Outputs
from tui.document.cells import new_cell
from tui.document.document import Document, Travelled
from tui.document.edits import ChangeText, Edit, InsertCells
from tui.document.history import MergeRule, Place
from tui.document.notebook import CellKey, CellKind, Notebook
from tui.document.textchange import TextChange
from tui.runs import Asking, CellRun, Ended, Run, RunBook, Running

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kernelbridge.session import Session
    from tui.document.changes import Changes
    from tui.document.selection import TextSelection

FRAME = 1 / 60
"""Seconds for which kernel events are gathered."""


class Listener(Protocol):
    """Who shows the document."""

    def document_changed(self, changes: Changes) -> None:
        """Cells, or which cells there are, changed."""

    def runs_changed(self) -> None:
        """The run state of cells changed."""

    def kernel_changed(self) -> None:
        """The kernel's state or what it says of itself changed."""

    def input_requested(self, cell: CellKey) -> None:
        """A cell's code waits for a line of input."""

    def page_arrived(self, data: MimeBundle) -> None:
        """The kernel shows a text in a pager."""


class Controller:
    """Holds the document of one notebook and its kernel session."""

    def __init__(self, notebook: Notebook, listener: Listener) -> None:
        self.document = Document(notebook)
        self.runs = RunBook()
        self.session: Session | None = None
        self._listener = listener
        self._pending: list[Event] = []
        self._flush_due = False

    # -- editing ----

    def perform(self, edits: Sequence[Edit], before: Place, after: Place) -> None:
        """Change the document, undoable as one step."""
        self._listener.document_changed(self.document.perform(edits, before, after))

    def change_text(
        self, key: CellKey, change: TextChange, before: TextSelection, after: TextSelection
    ) -> None:
        """Change a cell's source as typing does: what belongs together is undone together."""
        places = Place(key, before), Place(key, after)
        self._listener.document_changed(
            self.document.perform([ChangeText(key, change)], *places, MergeRule.TYPING)
        )

    def undo(self) -> Place | None:
        """Take the last step back; where it happened, or None when there is none."""
        return self._travel(self.document.undo)

    def redo(self) -> Place | None:
        """Do again what was undone last; where, or None when there is nothing."""
        return self._travel(self.document.redo)

    def _travel(self, way: Callable[[], Travelled | None]) -> Place | None:
        if (travelled := way()) is None:
            return None
        self._listener.document_changed(travelled.changes)
        return travelled.place

    # -- running ----

    def run(self, keys: Sequence[CellKey]) -> None:
        """Queue code cells; what has no code only loses its outputs, as in Jupyter. Needs a session."""
        if self.session is None:
            return
        for key in keys:
            cell = self.document.notebook.cell(key)
            if cell.kind is not CellKind.CODE:
                continue
            if not cell.source.strip():
                self._listener.document_changed(self.document.set_results(key, (), None))
                continue
            run = self.session.run(cell.source)
            self.runs.begin(run, key, len(self.session.queue))
        self.runs.requeue(self.session.queue)
        self._listener.runs_changed()

    def answer(self, text: str) -> None:
        """Answer the code that waits for input; question and answer stay to be seen in its output."""
        run = self.runs.asking()
        if run is None or self.session is None or not isinstance(run.state, Asking):
            return
        shown = "·" * 8 if run.state.password else text
        line = StreamArrived(run.id, "stdout", f"{run.state.prompt}{shown}\n")
        self._fold(self.runs.update(run, state=Running(run.state.since)), line)
        self.session.answer(text)
        self._show_results(frozenset({run.cell}))
        self._listener.runs_changed()

    # -- what the kernel tells ----

    def deliver(self, event: Event) -> None:
        """Take an event of the kernel; it takes effect with the next frame."""
        self._pending.append(event)
        if not self._flush_due:
            self._flush_due = True
            asyncio.get_running_loop().call_later(FRAME, self.flush)

    def flush(self) -> None:
        """Let all gathered events take effect."""
        self._flush_due = False
        events, self._pending = self._pending, []
        printed: set[CellKey] = set()
        for event in _joined(events):
            match event:
                case KernelStateChanged() | KernelInfoArrived():
                    self._listener.kernel_changed()
                case DisplayUpdated():
                    printed |= self._update_displays(event)
                case _:
                    self._apply_to_run(event, printed)
        if self.session is not None:
            self.runs.requeue(self.session.queue)
        self._show_results(frozenset(printed))
        self._listener.runs_changed()

    def _apply_to_run(self, event: RunEvent, printed: set[CellKey]) -> None:
        run = self.runs.get(event.run)
        if run is None:
            return
        match event:
            case StreamArrived() | Displayed() | ResultArrived() | ErrorArrived() | OutputCleared():
                self._fold(run, event)
                printed.add(run.cell)
            case RunStarted(execution_count=count):
                state: CellRun = Running(time.monotonic())
                self.runs.update(run, outputs=Outputs(), state=state, execution_count=count)
                printed.add(run.cell)
            case RunFinished(status=status, seconds=seconds, execution_count=count):
                self._end(run, Ended(status, seconds), count)
            case InputRequested(prompt=prompt, password=password):
                self.runs.update(run, state=Asking(_since(run), prompt, password))
                self._listener.input_requested(run.cell)
            case NextInputSet(text=text, replace=replaces):
                self._set_next_input(run.cell, text, replaces)
            case PageArrived(data=data):
                self._listener.page_arrived(data)
            case _:
                assert_never(event)

    def _fold(
        self, run: Run, event: StreamArrived | Displayed | ResultArrived | ErrorArrived | OutputCleared
    ) -> None:
        self.runs.update(run, outputs=fold(run.outputs, event))

    def _end(self, run: Run, state: Ended, count: int | None) -> None:
        started = isinstance(run.state, Running | Asking)
        self.runs.update(run, state=state, execution_count=count)
        if started:
            self._show_results(frozenset({run.cell}))

    def _show_results(self, cells: frozenset[CellKey]) -> None:
        for key in cells:
            run = self.runs.newest(key)
            if run is not None:
                changes = self.document.set_results(key, run.outputs.items, run.execution_count)
                self._listener.document_changed(changes)

    def _update_displays(self, event: DisplayUpdated) -> set[CellKey]:
        """Outputs of runs are changed in the runs, those that only the file holds cannot carry an id."""
        changed: set[CellKey] = set()
        for run in self.runs.newest_runs():
            outputs = update_display(run.outputs, event)
            if outputs is not run.outputs:
                self.runs.update(run, outputs=outputs)
                changed.add(run.cell)
        return changed

    def _set_next_input(self, key: CellKey, text: str, replaces: bool) -> None:
        notebook = self.document.notebook
        try:
            index = notebook.index_of(key)
        except KeyError:
            return
        here = Place(key, None)
        if replaces:
            source = notebook.cells[index].source
            self.perform([ChangeText(key, TextChange(0, source, text))], here, here)
            return
        cell = new_cell(notebook, CellKind.CODE, text)
        self.perform([InsertCells(index + 1, (cell,))], here, here)


def _since(run: Run) -> float:
    return run.state.since if isinstance(run.state, Running | Asking) else time.monotonic()


def _continues(last: Event | None, event: Event) -> TypeGuard[StreamArrived]:
    return (
        isinstance(last, StreamArrived)
        and isinstance(event, StreamArrived)
        and (event.run, event.name) == (last.run, last.name)
    )


def _joined(events: Sequence[Event]) -> list[Event]:
    """The events with text that follows text of the same stream joined to it, so that it is folded once."""
    joined: list[Event] = []
    texts: list[str] = []

    def close() -> None:
        last = joined[-1] if joined else None
        if len(texts) > 1 and isinstance(last, StreamArrived):
            joined[-1] = StreamArrived(last.run, last.name, "".join(texts))
        texts.clear()

    for event in events:
        last = joined[-1] if joined else None
        if texts and _continues(last, event):
            texts.append(event.text)
            continue
        close()
        joined.append(event)
        if isinstance(event, StreamArrived):
            texts.append(event.text)
    close()
    return joined
