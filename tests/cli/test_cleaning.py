"""`tnb clean`, `tnb convert`, `tnb diff`, `tnb merge` as a script uses them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from e2e import notebooks
from programs import tnb_command
from tui.cli import main


def tnb(*words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*tnb_command(), *words], input=given, capture_output=True)


@pytest.fixture
def notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    cells = [
        notebooks.markdown("# Title"),
        notebooks.code("x = 1", "printed\n", count=1),
        notebooks.code("y = 2"),
    ]
    return notebooks.write(tmp_path / "a.ipynb", *cells)


def changed(path: Path, source: str, new: str) -> Path:
    """The notebook with another source, beside it."""
    other = path.with_name(f"{new.replace(' ', '')[:4]}.ipynb")
    other.write_text(path.read_text().replace(source, new))
    return other


def test_clean_checks_cleans_and_then_has_nothing_to_do(
    notebook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = notebook.read_bytes()
    assert main(["clean", "--check", "a.ipynb"]) == 1
    assert capsys.readouterr().err == "tnb: a.ipynb would change\n"
    assert notebook.read_bytes() == before
    assert main(["clean", "a.ipynb"]) == 0
    assert json.loads(notebook.read_text())["cells"][1]["outputs"] == []
    assert main(["clean", "--check", "a.ipynb"]) == 0
    times = notebook.stat().st_mtime_ns
    assert main(["clean", "a.ipynb"]) == 0
    assert notebook.stat().st_mtime_ns == times


def test_a_pipe_is_cleaned_and_what_is_no_notebook_is_an_error(notebook: Path) -> None:
    done = tnb("clean", "-", given=notebook.read_bytes())
    assert done.returncode == 0
    assert json.loads(done.stdout)["cells"][1]["outputs"] == []
    done = tnb("clean", "-", given=b"nothing")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.count(b"\n") == 1


def test_a_notebook_becomes_a_script_and_the_script_changes_the_notebook(
    notebook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["convert", "-o", "a.py", "a.ipynb"]) == 0
    script = Path("a.py").read_text()
    assert "# %%\nx = 1" in script
    assert main(["convert", "--check", "-o", "a.py", "a.ipynb"]) == 0
    assert main(["convert", "--check", "-o", "a.ipynb", "a.py"]) == 0
    Path("a.py").write_text(script.replace("y = 2", "y = 3"))
    before = notebook.read_text()
    assert main(["convert", "--check", "-o", "a.ipynb", "a.py"]) == 1
    assert main(["convert", "-o", "a.ipynb", "a.py"]) == 1
    assert "--force writes over it, --update changes its cells" in capsys.readouterr().err
    assert notebook.read_text() == before
    assert main(["convert", "--update", "-o", "a.ipynb", "a.py"]) == 0
    assert notebook.read_text() == before.replace("y = 2", "y = 3")


def test_text_goes_through_pipes_both_ways(notebook: Path) -> None:
    text = tnb("convert", "--to", "md", "-o", "-", "-", given=notebook.read_bytes())
    assert b"# Title" in text.stdout
    back = tnb("convert", "--from", "md", "-o", "-", "-", given=text.stdout)
    assert back.returncode == 0
    cells = json.loads(back.stdout)["cells"]
    assert ["".join(cell["source"]) for cell in cells] == ["# Title", "x = 1", "y = 2"]


@pytest.mark.parametrize(
    ("said", "status", "answer"),
    [
        (["convert", "-o", "b.ipynb", "a.ipynb"], 2, "the other is text"),
        (["convert", "-o", "b.py", "--update", "a.ipynb"], 2, "--update is for a notebook"),
        (["convert", "--to", "no:such", "-o", "b.x", "a.ipynb"], 1, "jupytext: "),
        (["convert", "-o", "b.py", "missing.ipynb"], 1, "there is no such file"),
        (["clean", "missing.ipynb"], 1, "there is no such file"),
        (["diff", "missing.ipynb", "a.ipynb"], 2, "there is no such file"),
        (["diff", "-", "-"], 2, "only one of them"),
        (["merge", "a.ipynb", "a.ipynb", "missing.ipynb"], 2, "there is no such file"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_fails_is_one_line(
    said: list[str], status: int, answer: str, notebook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        ended: Any = main(said)
    except SystemExit as error:
        ended = error.code
    told = capsys.readouterr()
    assert (ended, told.out) == (status, "")
    assert answer in told.err
    assert told.err.count("\n") == 1


def test_diff_shows_cells_and_its_status_tells_whether_there_are_any(
    notebook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = changed(notebook, "x = 1", "x = 7")
    assert main(["diff", "a.ipynb", other.name]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "--- a.ipynb",
        f"+++ {other.name}",
        "@@ cell 2, code, changed: source @@",
        "-x = 1",
        "+x = 7",
    ]
    assert main(["diff", "a.ipynb", "a.ipynb"]) == 0
    assert capsys.readouterr().out == ""
    main(["clean", other.name])
    assert main(["diff", "--no-outputs", "a.ipynb", other.name]) == 1
    assert "printed" not in capsys.readouterr().out
    assert main(["diff", "--json", "a.ipynb", other.name]) == 1
    [cell] = json.loads(capsys.readouterr().out)["cells"]
    assert (cell["what"], cell["cell"], cell["new_source"]) == ("changed", 1, "x = 7")


def test_diff_shows_nothing_raw(notebook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = changed(notebook, "x = 1", "x\\u001b]0;hostile")
    assert main(["diff", "--color", "always", "a.ipynb", other.name]) == 1
    shown = capsys.readouterr().out
    assert "\x1b[31m-x = 1\x1b[m" in shown
    assert "\x1b]" not in shown


def test_merge_takes_both_sides_and_tells_of_conflicts(
    notebook: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    mine = changed(notebook, "x = 1", "x = 7")
    theirs = changed(notebook, "y = 2", "y = 8")
    assert main(["merge", "a.ipynb", mine.name, theirs.name]) == 0
    assert capsysbinary.readouterr().out == mine.read_bytes().replace(b"y = 2", b"y = 8")
    others = changed(notebook, "x = 1", "x = 9")
    assert main(["merge", "-o", mine.name, "a.ipynb", mine.name, others.name]) == 1
    assert capsysbinary.readouterr().err == f"tnb: {mine.name}: 1 conflict, marked in its cells\n".encode()
    [source] = [each for each in notebooks.sources(mine) if "x = " in each]
    assert "<<<<<<<" in source
    assert "x = 7" in source
    assert "x = 9" in source
