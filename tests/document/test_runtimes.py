"""When cells ran, as notebooks tell it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernelbridge.outputs import JsonObject
from tui.document.cells import new_cell
from tui.document.document import Document
from tui.document.notebook import CellKind, Notebook
from tui.document.runtimes import RunTimes, keeps_times, times_of, with_times

CELL = new_cell(Notebook(()), CellKind.CODE, "x")
JUPYTER: JsonObject = {
    "iopub.execute_input": "2024-03-01T10:00:00.500000Z",
    "iopub.status.busy": "2024-03-01T10:00:00.400000Z",
    "iopub.status.idle": "2024-03-01T10:00:03.000000Z",
    "shell.execute_reply": "2024-03-01T10:00:02.500000Z",
}


def test_what_jupyter_wrote_is_read() -> None:
    times = times_of(replace(CELL, metadata={"execution": JUPYTER}))
    assert times == RunTimes(1709287200.5, 2.0)


@pytest.mark.parametrize(
    "execution",
    [
        None,
        [],
        {},
        {"iopub.execute_input": 7},
        {"iopub.execute_input": "yesterday"},
        {"shell.execute_reply": "x"},
    ],
)
def test_what_says_nothing_is_left_alone(execution: object) -> None:
    assert times_of(replace(CELL, metadata={"execution": execution})) is None  # type: ignore[dict-item]


@given(st.floats(0, 4e9), st.none() | st.floats(0, 1e6))
def test_what_is_written_is_read_again(began: float, seconds: float | None) -> None:
    metadata = with_times({"tags": ["a"]}, RunTimes(began, seconds))
    assert metadata["tags"] == ["a"]
    times = times_of(replace(CELL, metadata=metadata))
    assert times is not None
    assert times.began == pytest.approx(began, abs=1e-5)
    assert times.seconds == pytest.approx(seconds or 0, abs=1e-5)


def test_a_notebook_keeps_times_where_a_cell_has_some() -> None:
    other = new_cell(Notebook(()), CellKind.CODE)
    assert not keeps_times(Notebook((CELL, other)))
    assert keeps_times(Notebook((CELL, replace(other, metadata={"execution": {}}))))


def test_times_are_no_step_that_undo_takes_back() -> None:
    document = Document(Notebook((CELL,)))
    assert document.set_times(CELL.key, RunTimes(1, 2)).cells == {CELL.key}
    assert not document.can_undo
    assert document.is_modified
    assert times_of(document.notebook.cells[0]) == RunTimes(1, 2)
