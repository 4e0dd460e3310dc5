"""`tnb run` as a script uses it: outputs, every exit status, pipes and signals."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as Xml

import nbformat
import pytest

from cli.headlessruns import note, read, run, started, texts, until, write
from e2e import notebooks
from jupyterservers import TOKEN, jupyter_server
from kept import KeptKernel, state_of_own
from kernelbridge.events import InputRequested, RunQueued
from kernelbridge.keeper.home.homes import all_homes, home_of_notebook
from programs import tnb_command
from sshd import Sshd
from tui.cli import main

pytestmark = pytest.mark.kernel

LONG = "print('begun', flush=True)\nimport time\nfor _ in range(600): time.sleep(.1)"


@pytest.fixture(autouse=True)
def state() -> Iterator[Path]:
    with state_of_own() as folder:
        yield folder


# -- what is written ----


def test_outputs_go_into_the_notebook_and_nothing_else_changes(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ipynb", "print(1)", "2 * 3", " ")
    before = read(path)
    done = run(path)
    after = read(path)
    assert (done.status, texts(after)) == (0, ["1\n", "6", "old\n"])
    assert "cell 2 (2 of 2) ok" in done.err
    for cell in (*before["cells"], *after["cells"]):
        del cell["outputs"], cell["execution_count"]
    assert before == after
    assert all_homes() == []


def test_another_file_gets_the_outputs_and_parameters(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ipynb", "a, b, c = 1, 2, 3", "print(repr((a, b, c)))", tags={0: "parameters"})
    given = path.read_bytes()
    (params := tmp_path / "p.toml").write_text("b = true\nc = 'x'")
    out = tmp_path / "out.ipynb"
    done = run("-q", "-p", "a=[1, 2]", "-r", "c=5", "--params", params, path, "-o", out)
    assert (done.status, done.err) == (0, "")
    assert path.read_bytes() == given
    assert texts(read(out)) == ["", "", "([1, 2], True, '5')\n"]
    assert read(out)["cells"][1]["metadata"] == {"tags": ["injected-parameters"]}
    nbformat.validate(nbformat.read(out, as_version=4))


def test_it_takes_a_notebook_from_a_pipe_and_gives_one_to_a_pipe(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ipynb", "print('é')", "print(2)")
    done = run("-q", "--cells", "1", "-", "-o", "-", given=path.read_bytes())
    assert (done.status, done.err) == (0, "")
    assert texts(json.loads(done.out)) == ["é\n", "old\n"]


def test_outputs_are_written_as_they_come_with_a_note_that_more_will(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ipynb", "print('first')", LONG)
    with started(path) as process:
        until(lambda: texts(read(path)) == ["first\n", "begun\n"])
        assert note(path) == {"status": "running", "cell": 2, "cell_id": "cell-1"}
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert note(path)
    nbformat.validate(nbformat.read(path, as_version=4))


def test_displays_are_updated_and_cleared_and_widgets_are_kept(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.ipynb",
        "from IPython.display import clear_output, display\nprint('a'); clear_output()\n"
        "shown = display('b', display_id=True)",
        "shown.update('c')\nprint('1\\r2')",
        "import ipywidgets\nipywidgets.IntSlider(value=3)",
        "get_ipython().set_next_input('surprise')",
    )
    done = run(path)
    after = read(path)
    assert done.status == 0
    assert texts(after)[:2] == ["'c'", "2\n"]
    (view,) = after["cells"][2]["outputs"]
    model = view["data"]["application/vnd.jupyter.widget-view+json"]["model_id"]
    stored = after["metadata"]["widgets"]["application/vnd.jupyter.widget-state+json"]["state"][model]
    assert (stored["model_name"], stored["state"]["value"]) == ("IntSliderModel", 3)
    assert notebooks.sources(path)[3] == "get_ipython().set_next_input('surprise')"
    assert len(after["cells"]) == 4


# -- how it can end ----


def test_a_cell_that_fails_ends_it_and_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ipynb", "print(1)", "import os; int(os.environ['N'])", "print(3)")
    done = run(path, N="x")
    assert done.status == 1
    assert "Traceback" in done.err
    assert done.err.splitlines()[-1].startswith(f"tnb: {path}: cell 2 failed: ValueError: ")
    assert texts(read(path)) == ["1\n", "ValueError", ""]
    assert note(path) == {"status": "failed", "cell": 2, "cell_id": "cell-1"}
    assert run("-q", path, N="2").status == 0
    assert "tnb" not in read(path)["metadata"]


def test_what_may_fail_ends_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ipynb", "1/0", "int('x')", "print(3)", tags={0: "raises-exception"})
    done = run("--allow-errors", "--report", tmp_path / "r.json", path)
    assert done.status == 0
    assert texts(read(path)) == ["ZeroDivisionError", "ValueError", "3\n"]
    cells = json.loads((tmp_path / "r.json").read_text())["cells"]
    assert [cell["status"] for cell in cells] == ["failed as allowed", "failed as allowed", "ok"]


def test_a_kernel_that_dies_is_a_cell_that_failed(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ipynb", "import os; os.kill(os.getpid(), 9)", "print(2)")
    done = run(path, "--report", tmp_path / "r.xml")
    assert done.status == 1
    assert "cell 1 was lost: the kernel died: ended by SIGKILL" in done.err
    suite = Xml.parse(tmp_path / "r.xml").getroot()[0]
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("2", "1", "1")


def test_code_that_asks_is_told_that_nobody_is_there(tmp_path: Path) -> None:
    done = run(write(tmp_path / "a.ipynb", "input('name? ')"))
    assert done.status == 1
    assert "StdinNotImplementedError" in done.err


def test_a_cell_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ipynb", "print(1)", LONG)
    done = run("--timeout", "0.5", path)
    assert done.status == 4
    assert "timed out at cell 2" in done.err
    assert note(path) == {"status": "timed out", "cell": 2, "cell_id": "cell-1"}


def test_a_run_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    done = run("-q", "--total-timeout", "2", write(tmp_path / "a.ipynb", LONG))
    assert done.status == 4
    assert "timed out at cell 1" in done.err
    assert all_homes() == []


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_interrupts_and_leaves_a_whole_file(
    tmp_path: Path, number: signal.Signals, status: int
) -> None:
    path = write(tmp_path / "a.ipynb", "print(1)", LONG, "print(3)")
    with started(path) as process:
        assert process.stderr is not None
        assert "cell 1" in process.stderr.readline()
        until(lambda: "begun" in texts(read(path))[1])
        process.send_signal(number)
        assert process.wait() == status
    assert texts(read(path)) == ["1\n", "begun\nKeyboardInterrupt", ""]
    assert note(path) == {"status": "interrupted", "cell": 2, "cell_id": "cell-1"}
    assert all_homes() == []


def test_without_its_kernel_nothing_is_touched(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ipynb", "print(1)")
    before = path.read_bytes()
    done = run("--kernel", "no-such", path)
    assert (done.status, done.err.count("\n")) == (3, 1)
    assert "no kernel no-such" in done.err
    assert path.read_bytes() == before


def test_a_notebook_whose_kernel_runs_is_left_alone_unless_that_is_meant(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ipynb", "x = globals().get('x', 0) + 1; print(x)")
    detached = run("--detach", path)
    assert detached.status == 0
    keeper = detached.out.decode().strip()
    refused = run(path)
    assert refused.status == 3
    assert f"tnb stop {keeper} ends it" in refused.err
    joined = run("-q", "--existing", keeper, path)
    assert (joined.status, texts(read(path))) == (0, ["2\n"])
    home = home_of_notebook(path)
    assert home is not None
    assert home.id == keeper


async def test_what_is_left_running_comes_to_who_opens_the_notebook(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ipynb", "print('first')", "print(input('name? '))")
    done = run("--detach", "-p", "a=1", path)
    assert done.status == 0
    assert len(read(path)["cells"]) == 3
    kept = await KeptKernel(path).attached()
    assert kept.home.name == done.out.decode().strip()
    question = await kept.recorder.first(InputRequested)
    kept.session.answer("Ada")
    await kept.recorder.finished(question.run)
    assert kept.recorder.text(question.run) == "Ada\n"
    assert [event.code for event in kept.recorder.of(RunQueued)] == notebooks.sources(path)
    kept.discard()
    await kept.end()


@pytest.mark.parametrize("content", [None, b"", b"{", b'{"cells": 1}'])
def test_what_is_no_notebook_is_said_in_one_line(
    tmp_path: Path, content: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.ipynb"
    if content is not None:
        path.write_bytes(content)
    assert main(["run", str(path)]) == 5
    assert capsys.readouterr().err.count("\n") == 1
    assert all_homes() == []


@pytest.mark.parametrize(("out", "why"), [("no/b.ipynb", "there is no folder"), (".", "it is a folder")])
def test_where_nothing_can_be_written_is_said_first(
    tmp_path: Path, out: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "a.ipynb", "1")
    assert main(["run", str(path), "-o", str(tmp_path / out)]) == 5
    assert why in capsys.readouterr().err
    assert all_homes() == []


def test_an_old_format_runs_into_a_pipe_or_nowhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text('{"metadata": {}, "nbformat": 3, "nbformat_minor": 0, "worksheets": []}')
    assert main(["run", str(path)]) == 5
    assert "nbformat 3" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["a.ipynb", "--timeout", "soon"],
        ["a.ipynb", "-p", "x"],
        ["a.ipynb", "--cells", "0"],
        ["a.ipynb", "--until", "99"],
        ["a.ipynb", "--report", "r.txt"],
        ["a.ipynb", "--check", "-o", "b.ipynb"],
        ["a.ipynb", "--detach", "--timeout", "1"],
        ["a.ipynb", "--json", "-o", "-"],
        ["a.ipynb", "--ignore", "x"],
        ["a.ipynb", "--check", "--ignore", "("],
        ["a.ipynb", "--params", "missing.json"],
        ["-"],
        [],
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_line(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "a.ipynb", "1")
    monkeypatch.chdir(tmp_path)
    try:
        status = main(["run", *words])
    except SystemExit as left:
        status = left.code
    assert status == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert all_homes() == []


def test_parameters_in_a_language_that_is_not_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = {"display_name": "S", "language": "scheme", "name": "calysto_scheme"}
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("1"), kernelspec=spec)
    assert main(["run", "-p", "a=1", str(path)]) in (2, 3)
    assert capsys.readouterr().err.count("\n") == 1


# -- pipes ----


@pytest.mark.parametrize(("stream", "words"), [("stderr", []), ("stdout", ["--json"])])
def test_who_reads_the_progress_may_leave(tmp_path: Path, stream: str, words: list[str]) -> None:
    path = write(tmp_path / "a.ipynb", "print(1)", "print(2)")
    reading, writing = os.pipe()
    os.close(reading)
    pipes = {"stderr": subprocess.PIPE, stream: writing}
    process = subprocess.run([*tnb_command(), "run", *words, path], check=False, **pipes)
    os.close(writing)
    assert (process.returncode, process.stderr or b"") == (0, b"")
    assert texts(read(path)) == ["1\n", "2\n"]


def test_who_reads_the_notebook_may_leave(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ipynb", "print(1)")
    reading, writing = os.pipe()
    os.close(reading)
    process = subprocess.run(
        [*tnb_command(), "run", "-q", path, "-o", "-"], stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (process.returncode, process.stderr) == (141, b"")


def test_progress_for_a_program(tmp_path: Path) -> None:
    done = run("--json", write(tmp_path / "a.ipynb", "1", "1/0"))
    told = [json.loads(line) for line in done.out.splitlines()]
    assert [each["event"] for each in told] == ["begin", "start", "end", "start", "end", "over"]
    assert told[4]["error"]["ename"] == "ZeroDivisionError"
    assert told[-1] == {"event": "over", "status": "failed", "exit_status": 1, "cell": 2}


# -- comparing ----


def test_outputs_are_compared_with_the_stored_ones(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ipynb", "print('old')", "print('new')", "print(object())", "print('x')")
    content = read(path)
    content["cells"][2]["outputs"][0]["text"] = ["<object object at 0x7f0000000000>\n"]
    content["cells"][3]["metadata"] = {"tags": ["check-ignore"]}
    path.write_text(json.dumps(content, indent=1))
    before = path.read_bytes()
    done = run("-q", "--check", path)
    assert done.status == 1
    assert [line for line in done.err.splitlines() if line.startswith("tnb:")] == [
        f"tnb: {path}: cell 2 gave something else"
    ]
    assert run("-q", "--check", "--ignore", "old|new", path).status == 0
    assert path.read_bytes() == before
    assert all_homes() == []


# -- elsewhere ----


def test_on_another_machine_and_in_a_notebook_there(far: Sshd, tmp_path: Path) -> None:
    where = "import os; print(os.path.exists('here'))"
    near = write(tmp_path / "a.ipynb", where)
    there = write(far.home / "b.ipynb", where)
    (far.home / "here").touch()
    assert run("-q", "--kernel", f"ssh://far{far.python}", near).status == 0
    assert texts(read(near)) == ["True\n"]
    done = run("-q", "--kernel", f"ssh://far{far.python}", f"ssh://far{there}")
    assert (done.status, done.err) == (0, "")
    assert texts(read(there)) == ["True\n"]


def test_on_a_server(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ipynb", "print(6 * 7)")
    with jupyter_server(tmp_path) as server:
        done = run("-q", "--server", server.url, path, TNB_SERVER_TOKEN=TOKEN)
        assert (done.status, done.err) == (0, "")
        assert texts(read(path)) == ["42\n"]
        refused = run("--server", server.url, path)
        assert (refused.status, refused.err.count("\n")) == (3, 1)
