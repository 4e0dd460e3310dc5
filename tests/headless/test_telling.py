"""What is told of a run: on a terminal, in a log, in a report."""

from __future__ import annotations

import io
import json
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from headless.notebooks_made import code, notebook, printed
from kernelbridge.events import CommOpened
from kernelbridge.outputs import DisplayData, ErrorOutput, ExecuteResult, Output
from kernelbridge.widgets.model import STATE_MIME
from kernelbridge.widgets.models import WidgetModels
from tui.headless.columns import cut_to_columns
from tui.headless.failure import failure_lines
from tui.headless.lastline import last_line
from tui.headless.outcome import CellEnd, CellResult, Outcome, Stopped
from tui.headless.plan import Step
from tui.headless.progress import Lines, duration
from tui.headless.report import Report, UnreportedError, write_report
from tui.headless.widgetstates import with_widgets

CELLS = notebook(code("first\nline"), code("1/0"), code("3"))
STEPS = [Step(cell.key, number) for number, cell in enumerate(CELLS.cells, 1)]
ERROR = ErrorOutput("ZeroDivisionError", "division\x1b[2J by zero", ("\x1b[31mTrace\x1b[0m", "\x00back"))
FAILED = Outcome(
    (
        CellResult(STEPS[0], CellEnd.OK, 1.5, 1, (printed("a\n"),)),
        CellResult(STEPS[1], CellEnd.FAILED, 0.5, 2, (ERROR,)),
        CellResult(STEPS[2], CellEnd.NOT_RUN),
    )
)


@pytest.mark.parametrize(
    ("outputs", "line"),
    [
        ((), ""),
        ((printed("one\ntwo\n"),), "two"),
        ((printed("10%\r20%"),), "10% 20%"),
        ((printed("x\n\n"), DisplayData({"image/png": "AA"})), "x"),
        ((ExecuteResult({"text/plain": "a\nb"}),), "b"),
        ((ERROR,), "ZeroDivisionError: division by zero"),
        ((printed("\x1b]0;title\x07hi\x1b[31m"),), "hi"),
    ],
)
def test_the_last_line_of_what_a_cell_gave(outputs: tuple[Output, ...], line: str) -> None:
    assert last_line(outputs) == line


@pytest.mark.parametrize(
    ("text", "columns", "cut"), [("abc", 2, "ab"), ("日本", 3, "日"), ("a\u0301b", 1, "a\u0301")]
)
def test_a_line_is_cut_to_the_terminal(text: str, columns: int, cut: str) -> None:
    assert cut_to_columns(text, columns) == cut


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.04, "0.0 s"), (59.9, "59.9 s"), (61, "1:01"), (3661, "1:01:01")]
)
def test_durations(seconds: float, said: str) -> None:
    assert duration(seconds) == said


def test_a_log_has_a_line_for_each_cell() -> None:
    out = io.StringIO()
    log = Lines(out)
    for result in FAILED.cells[:2]:
        log.finished(result)
    assert out.getvalue().splitlines() == [
        "cell 1 (1 of 0) ok, 1.5 s: a",
        "cell 2 (2 of 0) failed, 0.5 s: ZeroDivisionError: division by zero",
    ]


def test_what_failed_is_told_with_its_traceback_and_harmless() -> None:
    lines = list(failure_lines("a\x1b[2J.ipynb", FAILED))
    assert lines == [
        "Trace",
        "\u2400back",
        "tnb: a.ipynb: cell 2 failed: ZeroDivisionError: division by zero",
    ]


def test_what_went_well_is_not_told() -> None:
    assert not list(failure_lines("a.ipynb", Outcome(FAILED.cells[:1])))


@pytest.mark.parametrize("stopped", list(Stopped))
def test_what_was_stopped_says_where(stopped: Stopped) -> None:
    cut = Outcome((CellResult(STEPS[0], CellEnd.OK), CellResult(STEPS[1], CellEnd.CUT_OFF)), stopped)
    assert list(failure_lines("a.ipynb", cut)) == [f"tnb: a.ipynb: {stopped.words} at cell 2"]
    assert cut.status == stopped.status


def test_a_report_for_ci(tmp_path: Path) -> None:
    path = tmp_path / "r.xml"
    write_report(Report("a.ipynb", FAILED, {1: "first\nline", 2: "1/0"}), path)
    (suite,) = Xml.parse(path).getroot()
    assert {key: suite.get(key) for key in ("tests", "failures", "errors", "skipped", "time")} == {
        "tests": "3",
        "failures": "1",
        "errors": "0",
        "skipped": "1",
        "time": "2.000",
    }
    assert [case.get("name") for case in suite] == ["cell 1: first", "cell 2: 1/0", "cell 3"]
    failure = suite[1][0]
    assert (failure.get("message"), failure.text) == (
        "ZeroDivisionError: division by zero",
        "Trace\n\u2400back",
    )


def test_a_report_for_programs(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    write_report(Report("a.ipynb", FAILED, {}), path)
    told = json.loads(path.read_text())
    assert (told["status"], [cell["status"] for cell in told["cells"]]) == (
        "failed",
        ["ok", "failed", "not run"],
    )


def test_a_report_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(UnreportedError, match=r"\A[^\n]+\Z"):
        write_report(Report("a.ipynb", FAILED, {}), tmp_path / "no" / "r.json")


def test_widgets_are_stored_with_their_bytes_apart() -> None:
    models = WidgetModels()
    state = {"_model_name": "ImageModel", "_model_module": "@jupyter-widgets/controls", "width": "3"}
    data = {"state": state, "buffer_paths": [["value"]]}
    models.fold(CommOpened("m", "jupyter.widget", data, (b"png",)))
    stored = with_widgets(CELLS, models).metadata["widgets"][STATE_MIME]["state"]["m"]  # type: ignore[index,call-overload]
    assert stored["state"] == state
    assert stored["buffers"] == [{"data": "cG5n", "encoding": "base64", "path": ["value"]}]


def test_without_widgets_nothing_is_stored() -> None:
    assert with_widgets(CELLS, WidgetModels()) is CELLS
