"""Signals of scripts, terminals and service managers; `test_run.py` has those that end a run in order."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.headlessruns import note, read, started, texts, until, write
from kept import state_of_own
from kernelbridge.keeper.home.homes import all_homes
from programs import require_program, tnb_command

STUBBORN = """\
import time
print('begun', flush=True)
while True:
    try:
        time.sleep(600)
    except KeyboardInterrupt:
        print('not I', flush=True)"""


@pytest.fixture(autouse=True)
def state() -> Iterator[Path]:
    with state_of_own() as folder:
        yield folder


@pytest.mark.kernel
def test_a_second_signal_ends_what_the_first_did_not(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ipynb", STUBBORN, "2")
    with started(path) as process:
        until(lambda: "begun" in texts(read(path))[0])
        process.send_signal(signal.SIGINT)
        until(lambda: "not I" in texts(read(path))[0])
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 130
    assert note(path) == {"status": "interrupted", "cell": 1, "cell_id": "cell-0"}
    assert all_homes() == []


@pytest.mark.kernel
def test_a_signal_that_is_ignored_stays_ignored(tmp_path: Path) -> None:
    until_told = (
        "import os, time\nprint('begun', flush=True)\nwhile not os.path.exists('go'): time.sleep(.01)\n2"
    )
    path = write(tmp_path / "a.ipynb", until_told)
    command = [require_program("nohup"), *tnb_command(), "run", "-q", path]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        until(lambda: "begun" in texts(read(path))[0])
        process.send_signal(signal.SIGHUP)
        (tmp_path / "go").touch()
        assert process.wait() == 0
    assert texts(read(path)) == ["begun\n2"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_serves_ends_well(number: signal.Signals, tmp_path: Path) -> None:
    write(tmp_path / "a.ipynb", "1")
    command = [*tnb_command(), "view", "--serve", "--no-browser", tmp_path]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith("http://")
        process.send_signal(number)
        assert process.wait() == 0
        assert process.stderr.read() == ""
