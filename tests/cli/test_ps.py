"""`tnb ps`: what runs, as a table and as JSON, whatever state keepers are in."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import pytest

from kept import KeptKernel, state_of_own
from kernelbridge.events import InputRequested
from kernelbridge.keeper.home.homes import Home, new_home
from kernelbridge.keeper.home.locking import LOCK, locked
from kernelbridge.keeper.home.machine import host, started_at
from kernelbridge.keeper.home.meta import Meta, write_meta
from kernelbridge.keeperframes import Attached
from kernelbridge.running import KernelWord, RunningKernel, look_at
from tui.cli import main
from tui.cli.pstable import spell, table
from tui.render.width import cell_width

KEYS = [
    "id",
    "notebook",
    "kernelspec",
    "state",
    "pid",
    "keeper_pid",
    "host",
    "started",
    "connection_file",
]


CLIENT = """
import sys
from jupyter_client.blocking.client import BlockingKernelClient
client = BlockingKernelClient()
client.load_connection_file(sys.argv[1])
client.start_channels()
client.wait_for_ready(timeout=20)
client.execute_interactive(sys.argv[2], timeout=20)
"""
"""A frontend of Jupyter's."""


@pytest.fixture
def state() -> Iterator[Path]:
    with state_of_own() as folder:
        yield folder


def written(**fields: Any) -> Home:
    """A home that says that of itself."""
    home = new_home(Path("/n/a.ipynb"))
    meta = replace(home.meta, **fields)
    write_meta(home.path, meta)
    return Home(home.path, meta)


def with_output(home: Home) -> Home:
    (home.path / "runs" / "0123").mkdir(parents=True)
    return home


async def ps(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert await asyncio.to_thread(main, ["ps", "--json"]) == 0
    return json.loads(capsys.readouterr().out)


async def test_nothing_runs(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert await ps(capsys) == []
    assert main(["ps"]) == 0
    assert capsys.readouterr().out == "no kernel is running\n"


@pytest.mark.kernel
async def test_a_kernel_is_told_with_what_it_is_doing(
    state: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    kept = await KeptKernel(tmp_path / "link" / "a.ipynb").ready()
    (told,) = await ps(capsys)
    assert list(told) == KEYS
    assert told["id"] == kept.home.name
    assert told["notebook"] == str(tmp_path / "a.ipynb")
    assert told["state"] == "idle"
    assert told["pid"] == await kept.kernel_pid()
    assert told["keeper_pid"] == kept.keeper_pid()
    assert told["host"] == host()
    assert told["kernelspec"] == "python3"
    age = datetime.now(UTC) - datetime.fromisoformat(told["started"])
    assert 0 <= age.total_seconds() < 60
    assert told["connection_file"].startswith("/")

    run = kept.session.run("input()")
    await kept.recorder.first(InputRequested)
    assert (await ps(capsys))[0]["state"] == "input"
    kept.session.interrupt()
    await kept.recorder.finished(run)
    run = kept.session.run("print('on', flush=True)\nimport time; time.sleep(600)")
    await kept.recorder.printed(run, "on")
    assert (await ps(capsys))[0]["state"] == "busy"
    assert await asyncio.to_thread(main, ["ps"]) == 0
    assert f"test {os.getpid()}" in capsys.readouterr().out

    os.kill(told["pid"], signal.SIGKILL)
    await kept.recorder.finished(run)
    (told,) = await ps(capsys)
    assert (told["state"], told["pid"]) == ("dead", None)
    kept.discard()
    await kept.end()
    assert await ps(capsys) == []


@pytest.mark.kernel
async def test_a_kernel_without_its_keeper_is_lost(
    state: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = await KeptKernel(tmp_path / "a.ipynb").ready()
    kernel, keeper = await kept.kernel_pid(), kept.keeper_pid()
    await kept.session.close()
    os.kill(keeper, signal.SIGKILL)
    psutil.wait_procs([psutil.Process(keeper)] if psutil.pid_exists(keeper) else [], timeout=10)
    (told,) = await ps(capsys)
    assert (told["state"], told["pid"], told["keeper_pid"]) == ("lost", kernel, None)


@pytest.mark.kernel
async def test_a_keeper_that_does_not_answer_is_lost_and_holds_nobody_up_for_long(
    state: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = await KeptKernel(tmp_path / "a.ipynb").ready()
    other = await KeptKernel(tmp_path / "b.ipynb").ready()
    os.kill(kept.keeper_pid(), signal.SIGSTOP)
    told = {Path(each["notebook"]).name: each["state"] for each in await ps(capsys)}
    assert told == {"a.ipynb": "lost", "b.ipynb": "idle"}
    capsys.readouterr()
    assert await asyncio.to_thread(main, ["ps"]) == 0
    which, pid = kept.home.name, kept.keeper_pid()
    assert capsys.readouterr().err == (
        f"tnb: {which}: its keeper (process {pid}) does not answer: tnb stop {which} ends it and its kernel\n"
    )
    os.kill(kept.keeper_pid(), signal.SIGCONT)
    await kept.end()
    await other.end()


@pytest.mark.kernel
async def test_jupyters_frontends_join_by_the_connection_file(
    state: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = await KeptKernel(tmp_path / "a.ipynb").ready()
    await kept.output("x = 41; print(x)")
    capsys.readouterr()
    assert await asyncio.to_thread(main, ["ps", "--connection-file", kept.home.name[:5]]) == 0
    file = capsys.readouterr().out
    assert re.fullmatch(r"/\S+\n", file)

    client = await asyncio.create_subprocess_exec(
        sys.executable, "-c", CLIENT, file.strip(), "print(x + 1)", stdout=asyncio.subprocess.PIPE
    )
    out, _ = await client.communicate()
    assert out == b"42\n"
    await kept.end()


def test_a_connection_file_that_there_is_not_is_one_line(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = with_output(written())
    assert main(["ps", "--connection-file", home.id]) == 1
    assert main(["ps", "--connection-file", "zz"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert [line[:5] for line in err.splitlines()] == ["tnb: ", "tnb: "]


async def test_output_that_no_file_has_is_dead_and_an_empty_home_is_nothing(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written()
    home = with_output(written(started=0.0))
    (told,) = await ps(capsys)
    assert told == {
        "id": home.id,
        "notebook": "/n/a.ipynb",
        "kernelspec": None,
        "state": "dead",
        "pid": None,
        "keeper_pid": None,
        "host": host(),
        "started": "1970-01-01T00:00:00Z",
        "connection_file": None,
    }


async def test_another_machines_are_told_as_it_wrote_them_down(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(
        host="elsewhere",
        keeper_pid=7,
        kernel_pid=8,
        kernel_started=started_at(os.getpid()),
        state="idle",
        kernel={"name": "ir"},
        connection_file="/there/k.json",
    )
    (told,) = await ps(capsys)
    assert (told["host"], told["state"], told["pid"], told["keeper_pid"]) == ("elsewhere", "idle", 8, 7)
    main(["ps"])
    head, row = capsys.readouterr().out.splitlines()
    assert "HOST" in head
    assert "elsewhere" in row


async def test_a_damaged_home_is_told_beside_the_others(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with_output(written())
    bad = written()
    (bad.path / "meta.json").write_text("{")
    assert main(["ps", "--json"]) == 0
    out, err = capsys.readouterr()
    assert len(json.loads(out)) == 1
    assert err == f"tnb: {bad.path}/meta.json is damaged\n"


def kernel(notebook: str | None, *attached: Attached) -> RunningKernel:
    meta = Meta(id="abcdef01", host=host(), notebook=notebook)
    home = Home(Path("/nowhere/abcdef01"), meta)
    return RunningKernel(home, KernelWord.BUSY, "python3", 4711, 12, "/k.json", 1000.0, attached)


ANN = Attached("tnb", 815, host(), edits=True, is_writer=True, is_this=False)


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_no_line_of_the_table_is_wider_than_the_terminal(width: int) -> None:
    kernels = [kernel("/home/ann/日本語/" + "long/" * 40 + "a.ipynb", *[ANN] * 9), kernel(None)]
    lines = table(kernels, Path("/home/ann"), 1060.0, width)
    assert all(cell_width(line) <= width for line in lines)
    if width >= 80:
        assert all(word in lines[1] for word in ("abcdef01", "busy", "1 min", "4711", "a.ipynb", "…"))


def test_the_table_is_for_people() -> None:
    head, row = table([kernel("/home/ann/a.ipynb", ANN)], Path("/home/ann"), 1060.0, None)
    assert head.split() == ["ID", "NOTEBOOK", "KERNEL", "STATE", "FOR", "PID", "ATTACHED"]
    assert row == "abcdef01  ~/a.ipynb  python3  busy   1 min  4711  tnb 815"


def test_a_notebook_that_is_not_where_it_was_is_told(tmp_path: Path) -> None:
    gone = replace(kernel("/home/ann/a.ipynb"), is_notebook_gone=True)
    (row,) = table([gone], Path("/home/ann"), 1060.0, None)[1:]
    assert row.startswith("abcdef01  ~/a.ipynb (not there)  python3 ")


def test_whether_a_notebook_is_where_it_was_is_looked_at(state: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    home = with_output(written(notebook=str(path)))
    for is_there in (False, True):
        if is_there:
            path.touch()
        seen = look_at(home)
        assert seen is not None
        assert seen.is_notebook_gone is not is_there


def test_nothing_that_a_name_holds_reaches_the_terminal_as_a_command() -> None:
    hostile = replace(ANN, name="\x1b]0;x\x07tnb\n")
    lines = table([kernel("/home/ann/\x1b[2J\u202e\n.ipynb", hostile)], Path("/home/ann"), 1060.0, None)
    assert len(lines) == 2
    assert all(line.isprintable() for line in lines)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 s"), (59.9, "59 s"), (60, "1 min"), (3600, "1 h"), (7500, "2 h 5 min"), (90_000, "1 d 1 h")],
)
def test_how_long_is_said_in_two_units_at_most(seconds: float, said: str) -> None:
    assert spell(seconds) == said


@pytest.mark.parametrize(("age", "word"), [(1.0, KernelWord.STARTING), (60.0, KernelWord.LOST)])
def test_a_keeper_that_never_introduces_itself_is_not_starting_for_ever(
    state: Path, age: float, word: KernelWord
) -> None:
    home = written(started=time.time() - age)
    with locked(home.path / LOCK):
        kernel = look_at(home, patience=0.05)
    assert kernel is not None
    assert (kernel.word, kernel.is_mute) == (word, word is KernelWord.LOST)


def test_a_home_that_goes_while_one_looks_is_nothing(state: Path) -> None:
    home = written()
    (home.path / "meta.json").unlink()
    assert look_at(home) is None
