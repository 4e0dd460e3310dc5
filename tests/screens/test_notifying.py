"""What goes on for long is told once it is over; a question, at once."""

from __future__ import annotations

from kernelbridge.outputs import ErrorOutput, Outputs
from kernelbridge.runstatus import RunId, RunStatus
from tui.document.cells import new_cell
from tui.document.notebook import CellKind, Notebook
from tui.runs import Asking, CellRun, Ended, RunBook, Running
from tui.screens.notebook.notifying import LongRuns

NOTEBOOK = Notebook(tuple(new_cell(Notebook(()), CellKind.CODE, "x") for _ in range(2)))
DONE = Ended(RunStatus.OK, 1)


class Clocked:
    """Runs of two cells by a clock of their own."""

    def __init__(self, patience: float = 30) -> None:
        self.now = 0.0
        self.runs = RunBook()
        self.long_runs = LongRuns(patience, lambda: self.now)
        for at, cell in enumerate(NOTEBOOK.cells):
            self.runs.begin(RunId(str(at)), cell.key, at + 1)

    def told(self, index: int, state: CellRun, *, after: float = 0, outputs: Outputs | None = None) -> str:
        self.now += after
        run = self.runs.get(RunId(str(index)))
        assert run is not None
        self.runs.update(run, state=state, outputs=outputs)
        return self.long_runs.heed(self.runs, NOTEBOOK)


def test_it_is_told_when_the_last_of_what_was_queued_is_over() -> None:
    clocked = Clocked()
    assert not clocked.told(0, Running(0))
    assert not clocked.told(0, DONE, after=20)
    assert not clocked.told(1, Running(20))
    assert clocked.told(1, DONE, after=20) == "done in 40 s"


def test_what_is_short_is_not_told_nor_anything_where_that_is_off() -> None:
    for clocked, seconds in ((Clocked(), 29), (Clocked(0), 1000)):
        clocked.told(0, DONE)
        clocked.told(1, Running(0))
        assert not clocked.told(1, DONE, after=seconds)


def test_a_failure_says_where_and_what() -> None:
    clocked = Clocked()
    clocked.told(0, DONE)
    clocked.told(1, Running(0))
    failed = Outputs((ErrorOutput("ValueError", "bad", ()),))
    told = clocked.told(1, Ended(RunStatus.ERROR, 65), after=65, outputs=failed)
    assert told == "cell 2 failed after 1 m 05 s: ValueError"


def test_a_question_is_told_once() -> None:
    clocked = Clocked()
    clocked.told(0, Running(0))
    assert clocked.told(0, Asking(0, "name?", password=False)) == "a cell asks for input"
    assert not clocked.told(0, Asking(0, "name?", password=False))


def test_what_went_on_while_nobody_was_there_is_not_told() -> None:
    clocked = Clocked()
    clocked.told(0, DONE)
    clocked.told(1, Running(0))
    clocked.long_runs.forget()
    assert not clocked.told(1, DONE, after=100)
