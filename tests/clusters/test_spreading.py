"""`tnb run --engines`: notebooks over engines; one of them is lost, and the work ends all the same."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from cli.headlessruns import note, read, texts, until, write
from clusters.engines import clusters_of_own
from programs import tnb_command
from tui.cli.spreadarguments import parse_spread
from tui.cli.spreadprogress import summary
from tui.clusters.spread import Spread, Standing

WAITS = """
import pathlib, time
while not pathlib.Path("go").exists():
    time.sleep(0.02)
print("went")
"""
"""It holds its engine until the test says go."""


@contextlib.contextmanager
def spread(home: Path, *words: str) -> Generator[tuple[subprocess.Popen[str], list[dict[str, Any]]]]:
    with clusters_of_own(home) as clusters:
        command = [*tnb_command(), "run", "--json", *words]
        with subprocess.Popen(
            command, env=clusters.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            try:
                yield process, []
            finally:
                process.kill()


def events(process: subprocess.Popen[str], seen: list[dict[str, Any]], until: int, standing: str) -> None:
    """Read until so many notebooks have been so."""
    assert process.stdout is not None
    while sum(each.get("standing") == standing for each in seen) < until:
        line = process.stdout.readline()
        assert line, process.stderr and process.stderr.read()
        seen.append(json.loads(line))


def test_an_engine_of_four_is_killed_and_its_notebook_runs_elsewhere(tmp_path: Path) -> None:
    paths = [write(tmp_path / f"{name}.ipynb", WAITS) for name in "abcd"]
    paths += [write(tmp_path / "bad.ipynb", "1/0"), write(tmp_path / "last.ipynb", "print('last')")]
    with spread(tmp_path, "--engines", "4", *map(str, paths)) as (process, seen):
        events(process, seen, 4, "running")
        struck = seen[-1]
        os.kill(struck["engine_pid"], signal.SIGKILL)
        events(process, seen, 1, "waiting")
        (tmp_path / "go").touch()
        out, err = process.communicate()
    seen += map(json.loads, out.splitlines())
    assert process.returncode == 1, err
    assert seen.pop() == {"event": "over", "ran": 5, "failed": 1}
    last = {Path(each["notebook"]).stem: each for each in seen}
    assert {name: each["standing"] for name, each in last.items()} == {
        **dict.fromkeys("abcd", "ran"),
        "bad": "failed",
        "last": "ran",
    }
    assert "cell 1 failed: ZeroDivisionError" in last["bad"]["complaint"]
    again = last[Path(struck["notebook"]).stem]
    assert again["lost_on"] == [struck["engine"]] != [again["engine"]]
    assert [texts(read(path)) for path in paths[:4]] == [["went\n"]] * 4


def test_an_interrupted_run_leaves_whole_notebooks_and_no_cluster(tmp_path: Path) -> None:
    begins = "import pathlib; pathlib.Path('began').touch()\n"
    path = write(tmp_path / "a.ipynb", begins + WAITS, "print('never')")
    with clusters_of_own(tmp_path) as clusters:
        command = [*tnb_command(), "run", "--json", "--engines", "1", str(path)]
        with subprocess.Popen(
            command, env=clusters.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            until((tmp_path / "began").exists)
            process.send_signal(signal.SIGINT)
            process.communicate()
        assert process.returncode == 130
        assert clusters.json("list") == []
    until(lambda: note(path))
    assert texts(read(path))[1] == ""


def test_the_summary_says_what_happened() -> None:
    told = summary(
        [
            Spread("/n/a.ipynb", Standing.RAN, 1, 7, 3, 3, 3, 2.0, 0),
            Spread("/n/b.ipynb", Standing.RAN, 0, 7, 1, 1, 1, 3.0, 0, lost_on=(2,)),
            Spread("/n/c.ipynb", Standing.FAILED, 1, 7, 2, 4, 2, 1.0, 1, "cell 2 failed: \x1b[31mKeyError"),
            Spread("/n/d.ipynb", Standing.LOST, None, status=3, complaint="no engine is left"),
        ],
        12.0,
    )
    assert told[0].split() == ["NOTEBOOK", "STATUS", "CELLS", "TIME", "ENGINE"]
    assert told[2].endswith("again, since engine 2 was lost")
    assert "cell 2 failed" in told[3]
    assert "\x1b" not in told[3]
    assert told[-1] == "2 of 4 notebooks ran, 1 failed, 1 lost, engine 2 lost, 12.0 s"


def test_each_run_is_told_its_options_and_no_others() -> None:
    said = parse_spread(
        [
            "a.ipynb",
            "--engines=3",
            "-p",
            "x=1",
            "-q",
            "b.ipynb",
            "--timeout",
            "5m",
            "--retries",
            "1",
            "a.ipynb",
        ]
    )
    assert said.notebooks == (Path("a.ipynb"), Path("b.ipynb"))
    assert said.words == ("-p", "x=1", "--timeout", "5m")
    assert (said.engines, said.cluster, said.retries, said.quiet) == (3, None, 1, True)


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["a.ipynb", "b.ipynb"], "several notebooks go with --engines N or --cluster NAME"),
        (["--retries", "3", "a.ipynb"], "--retries goes with"),
        (["--engines", "2", "-o", "x.ipynb", "a.ipynb"], "-o goes with one notebook"),
        (["--engines", "2", "--cluster", "c", "a.ipynb"], "it goes without --cluster"),
        (["--engines", "none", "a.ipynb"], "'none' is no number of engines"),
        (["--engines", "2"], "notebook.ipynb"),
        (["--engines", "2", "-"], "a notebook from a pipe is run alone"),
    ],
)
def test_what_cannot_be_meant_is_one_line(
    words: list[str], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from tui.cli import main

    with pytest.raises(SystemExit) as ended:
        main(["run", *words])
    said = capsys.readouterr().err
    assert (ended.value.code, said.count("\n")) == (2, 1)
    assert problem in said
