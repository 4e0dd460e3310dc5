"""`tnb stop`: kernels and keepers end, in order or by force, and what no file has stays."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from cli.test_ps import with_output, written
from jupyterservers import jupyter_server
from kept import KeptKernel, state_of_own
from kernelbridge.keeper.home.homes import Home, remove
from kernelbridge.keeper.home.machine import started_at
from kernelbridge.keeper.home.meta import META, read_meta, write_meta
from kernelbridge.keeper.starting import reach
from kernelbridge.running import KernelWord, look_at
from kernelbridge.stopping import How, Patience, stop
from tui.cli import main

IMPATIENT = Patience(asked=1.0, terminated=0.5, killed=10.0)
DEAF = """
import signal, time
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, signal.SIG_IGN)
print('on', flush=True)
while True:
    time.sleep(600)
"""


@pytest.fixture
def state() -> Iterator[Path]:
    with state_of_own() as folder:
        yield folder


async def tnb(*words: str) -> int:
    return await asyncio.to_thread(main, words)


async def kept_kernel(notebook: Path) -> tuple[KeptKernel, list[psutil.Process]]:
    """A kernel that nobody is attached to, and the processes of kernel and keeper."""
    kept = await KeptKernel(notebook).ready()
    processes = [psutil.Process(await kept.kernel_pid()), psutil.Process(kept.keeper_pid())]
    return kept, processes


def is_over(process: psutil.Process) -> bool:
    """Whether it has ended, reaped or not."""
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


@pytest.mark.kernel
async def test_a_kernel_is_ended_with_its_keeper_and_a_line_says_so(
    state: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept, processes = await kept_kernel(tmp_path / "a.ipynb")
    await kept.session.close()
    assert await tnb("stop", kept.home.name[:4]) == 0
    assert all(map(is_over, processes))
    said = f"{kept.home.name} ({tmp_path}/a.ipynb): process {processes[0].pid} ended\n"
    assert capsys.readouterr() == (said, "")


@pytest.mark.kernel
async def test_all_are_ended_whoever_looks_at_them(
    state: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, processes = await kept_kernel(tmp_path / "a.ipynb")
    two, more = await kept_kernel(tmp_path / "b.ipynb")
    two.session.run("input()")
    assert await tnb("stop", "--all") == 0
    assert all(map(is_over, [*processes, *more]))
    assert len(capsys.readouterr().out.splitlines()) == 2
    assert await tnb("stop", "--all") == 0
    assert capsys.readouterr().out == "no kernel is running\n"
    await one.session.close()
    await two.session.close()


@pytest.mark.kernel
async def test_a_kernel_that_does_not_listen_is_killed(state: Path, tmp_path: Path) -> None:
    kept, processes = await kept_kernel(tmp_path / "a.ipynb")
    run = kept.session.run(DEAF)
    await kept.recorder.printed(run, "on")
    await kept.session.close()
    assert await tnb("stop", kept.home.name) == 0
    assert all(map(is_over, processes))


@pytest.mark.kernel
async def test_a_keeper_that_hangs_is_killed_with_its_kernel(state: Path, tmp_path: Path) -> None:
    kept, processes = await kept_kernel(tmp_path / "a.ipynb")
    await kept.session.close()
    processes[1].suspend()
    stopped = await asyncio.to_thread(stop, Home(kept.home, read_meta(kept.home)), patience=IMPATIENT)
    assert stopped.how is How.KILLED
    assert all(map(is_over, processes))


@pytest.mark.kernel
async def test_a_keeper_that_hangs_is_killed_though_a_frontend_would_have_another(
    state: Path, tmp_path: Path
) -> None:
    kept, processes = await kept_kernel(tmp_path / "a.ipynb")
    processes[1].suspend()
    stopped = await asyncio.to_thread(
        stop, Home(kept.home, read_meta(kept.home)), patience=replace(IMPATIENT, terminated=8.0)
    )
    await kept.session.close()
    assert stopped.how is How.KILLED
    assert all(map(is_over, processes))


@pytest.mark.kernel
async def test_a_keeper_that_a_frontend_begins_at_the_last_moment_is_ended_too(
    state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, processes = await kept_kernel(tmp_path / "a.ipynb")
    await kept.session.close()
    removed: list[Path] = []

    def too_late(home: Path) -> None:
        if not removed:
            reach(home).close()
        removed.append(home)
        remove(home)

    monkeypatch.setattr("kernelbridge.stopping.homes.remove", too_late)
    processes[1].suspend()
    stopped = await asyncio.to_thread(
        stop, Home(kept.home, read_meta(kept.home)), patience=replace(IMPATIENT, terminated=8.0)
    )
    assert removed
    assert stopped.how is How.KILLED
    assert not kept.home.exists()


@pytest.mark.kernel
async def test_a_kernel_that_lost_its_keeper_is_ended(state: Path, tmp_path: Path) -> None:
    kept, processes = await kept_kernel(tmp_path / "a.ipynb")
    await kept.session.close()
    processes[1].kill()
    psutil.wait_procs(processes[1:], timeout=10)
    assert await tnb("stop", kept.home.name) == 0
    assert is_over(processes[0])
    assert not kept.home.exists()


async def test_what_no_file_has_stays_unless_it_is_discarded(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = with_output(written())
    assert await tnb("stop", "--all") == 0
    assert capsys.readouterr().out == "no kernel is running\n"
    assert await tnb("stop", home.id) == 0
    assert f"is kept: tnb attach {home.id}" in capsys.readouterr().out
    assert home.path.exists()
    assert await tnb("stop", "--discard", home.id) == 0
    assert not home.path.exists()


ON_SERVER = {
    "name": "ir",
    "resume": {"kind": "server", "url": "https://hub.example.org", "kernel_id": "8b1f"},
}


async def test_a_kernel_on_a_server_that_lost_its_keeper_is_not_said_to_be_over(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = written(kernel=ON_SERVER)
    seen = look_at(home)
    assert seen is not None
    assert (seen.word, seen.kernelspec) == (KernelWord.LOST, "ir")
    for said in ("--all", home.id):
        assert await tnb("stop", said) == 1
        assert "it may run on https://hub.example.org still" in capsys.readouterr().err
    assert home.path.exists()
    assert await tnb("stop", "--discard", home.id) == 1
    assert not home.path.exists()


@pytest.mark.kernel
async def test_a_kernel_whose_server_is_out_of_reach_is_not_said_to_be_over(
    state: Path,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with jupyter_server(tmp_path_factory.mktemp("going")) as server:
        kept = await KeptKernel(tmp_path / "a.ipynb", server.launch().to_json()).ready()
        os.kill(server.pid, signal.SIGKILL)
        while not kept.session.identity.away:
            await kept.recorder.told(len(kept.recorder.states) + 1)
        await kept.session.close()
        assert await tnb("stop", kept.home.name) == 1
    assert "it may run on its server still" in capsys.readouterr().err
    assert not kept.home.exists()


async def test_a_process_that_got_the_id_of_one_that_ended_is_left_alone(state: Path) -> None:
    home = with_output(written(kernel_pid=os.getpid(), kernel_started="1", keeper_pid=os.getpid()))
    assert stop(home, patience=IMPATIENT).how is How.NOTHING
    assert started_at(os.getpid())


async def test_what_cannot_be_stopped_is_one_line_and_status_1_and_the_others_are(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = written(host="elsewhere")
    here = with_output(written())
    assert await tnb("stop", "zz", there.id, here.id) == 1
    out, err = capsys.readouterr()
    assert out.startswith(here.id)
    assert "no keeper whose id begins with 'zz'" in err
    assert "runs on elsewhere" in err


@pytest.mark.kernel
async def test_a_kernel_of_a_home_that_is_a_copy_is_not_hit(state: Path, tmp_path: Path) -> None:
    kept, processes = await kept_kernel(tmp_path / "a.ipynb")
    meta = read_meta(kept.home)
    write_meta(kept.home, replace(meta, boot="another boot"))
    os.kill(processes[1].pid, signal.SIGKILL)
    await kept.session.close()
    psutil.wait_procs(processes[1:], timeout=10)
    assert stop(Home(kept.home, read_meta(kept.home)), patience=IMPATIENT).how is How.NOTHING
    assert not is_over(processes[0])


@pytest.mark.kernel
@pytest.mark.parametrize("said", ["--all", ""])
async def test_a_kernel_whose_home_is_damaged_is_ended_by_its_keeper(
    state: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], said: str
) -> None:
    kept, processes = await kept_kernel(tmp_path / "a.ipynb")
    await kept.session.close()
    (kept.home / META).write_text("{")
    assert await tnb("stop", said or kept.home.name) == 0
    assert capsys.readouterr() == (f"{kept.home.name}: ended\n", "")
    assert all(map(is_over, processes))


async def test_a_damaged_home_without_a_keeper_is_status_1_and_says_what_helps(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = written()
    (home.path / META).write_text("{")
    for said in ("--all", home.id):
        assert await tnb("stop", said) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert f"{home.path / META} is damaged" in err
        assert "remove the folder" in err
        assert len(err.splitlines()) == 1
    assert home.path.exists()
