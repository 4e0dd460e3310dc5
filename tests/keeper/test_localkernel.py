"""A real ipykernel's process and files, from launch to the last of them gone."""

from __future__ import annotations

import asyncio
import contextlib
import json
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest
import pytest_asyncio

from hearing import Ear, Hearing
from kernelbridge.keeper.errors import LaunchError
from kernelbridge.keeper.home.privatedir import make_private_directory
from kernelbridge.keeper.kernels import Channel
from kernelbridge.keeper.launches import InterruptMode, LocalLaunch, NamedLaunch
from kernelbridge.keeper.local.kernelspecs import resolve
from kernelbridge.keeper.local.localkernel import LocalKernel

pytestmark = pytest.mark.kernel


def made(launch: LocalLaunch) -> LocalKernel:
    runtime = make_private_directory("test")
    return LocalKernel(launch, runtime, runtime / "kernel.log", "me")


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def key_in(file: Path) -> str:
    return json.loads(file.read_text())["key"]


def remove(file: str | None) -> None:
    assert file is not None
    Path(file).unlink()


def running_with(file: str) -> list[int]:
    """Our children that were given a file; others may have ended, and nobody may have taken note of it."""
    found: list[int] = []
    for each in psutil.Process().children():
        with contextlib.suppress(psutil.NoSuchProcess):  # a zombie is none, either
            if file in each.cmdline():
                found.append(each.pid)
    return found


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


@pytest_asyncio.fixture
async def own(tmp_path: Path) -> AsyncIterator[Hearing]:
    """A kernel of the test's own, running in `tmp_path`."""
    kernel = made(resolve(NamedLaunch("", str(tmp_path))))
    yield await Hearing(kernel).ready()
    await kernel.shutdown()


async def test_the_kernel_runs_in_its_folder_but_is_not_imported_from_it(tmp_path: Path) -> None:
    (tmp_path / "ipykernel_launcher.py").write_text("raise SystemExit(9)")
    (tmp_path / "mine.py").write_text("x = 5")
    kernel = made(resolve(NamedLaunch("python3", str(tmp_path))))
    hearing = await Hearing(kernel).ready()
    try:
        assert await hearing.output("import os, mine; print(os.getcwd(), mine.x)") == f"{tmp_path} 5\n"
    finally:
        await kernel.shutdown()


async def test_nothing_in_its_environment_makes_it_end_with_us(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JPY_PARENT_PID", "1")
    kernel = made(resolve(NamedLaunch("")))
    hearing = await Hearing(kernel).ready()
    try:
        assert await hearing.output("import os; print(os.environ.get('JPY_PARENT_PID'))") == "None\n"
    finally:
        await kernel.shutdown()


@pytest.mark.parametrize("mode", InterruptMode)
async def test_an_interrupt_stops_what_runs_by_signal_and_by_message(mode: InterruptMode) -> None:
    python = resolve(NamedLaunch(""))
    kernel = made(LocalLaunch("python3", python.argv, interrupt_mode=mode))
    hearing = await Hearing(kernel).ready()
    try:
        run = hearing.run("import time\nprint('on', flush=True)\ntime.sleep(600)")
        await hearing.prints(run, "on")
        await kernel.interrupt()
        reply = await hearing.message(Channel.SHELL, "execute_reply", run)
        assert reply.content["ename"] == "KeyboardInterrupt"
    finally:
        await kernel.shutdown()


async def test_a_restart_gives_another_process_at_the_same_connection_file(own: Hearing) -> None:
    kernel = own.kernel
    before, file = kernel.pid, kernel.connection_file
    run = own.run("import time; print('on', flush=True); time.sleep(600)")
    await own.prints(run, "on")
    await kernel.restart()
    await own.listened()
    assert (kernel.pid != before, kernel.connection_file) == (True, file)
    assert before is not None
    assert not psutil.pid_exists(before)
    assert int(await own.output("import os; print(os.getpid())")) == kernel.pid
    assert own.deaths == []


@pytest.mark.parametrize("then", ["restart", "shutdown"])
async def test_one_that_is_told_something_else_while_it_restarts_leaves_no_process_behind(
    own: Hearing, then: str
) -> None:
    kernel, file = own.kernel, own.kernel.connection_file
    assert file is not None
    await asyncio.gather(kernel.restart(), kernel.restart() if then == "restart" else kernel.shutdown())
    assert running_with(file) == ([kernel.pid] if then == "restart" else [])


async def test_one_that_was_ended_before_it_was_started_is_not_started(tmp_path: Path) -> None:
    kernel = made(resolve(NamedLaunch("", str(tmp_path))))
    await kernel.shutdown()
    await kernel.start(Ear())
    assert (kernel.pid, kernel.connection_file) == (None, None)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("import os; os._exit(3)", "exited with status 3"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "ended by SIGKILL"),
    ],
)
async def test_a_death_is_told_with_its_reason_and_a_restart_helps(
    own: Hearing, code: str, reason: str
) -> None:
    own.run(code)
    death = await own.death()
    assert (death.reason, own.kernel.pid) == (reason, None)
    await own.kernel.restart()
    await own.listened()
    assert await own.output("print('alive')") == "alive\n"


async def test_a_death_shows_the_end_of_the_log_and_of_no_earlier_kernel_s(own: Hearing) -> None:
    own.run("import os; os.write(2, b'Fatal: out of luck\\n'); os.abort()")
    death = await own.death()
    assert death.reason == "ended by SIGABRT"
    assert any("out of luck" in line for line in death.log)
    assert not any("Ctrl-C" in line for line in death.log)
    own.deaths.clear()
    await own.kernel.restart()
    await own.listened()
    own.run("import os; os._exit(1)")
    assert not any("out of luck" in line for line in (await own.death()).log)


async def test_a_python_kernel_is_spoken_to_by_signed_sockets_in_its_private_folder(own: Hearing) -> None:
    file = Path(str(own.kernel.connection_file))
    sockets = psutil.Process(own.kernel.pid).net_connections("all")
    assert {Path(each.laddr).parent for each in sockets if isinstance(each.laddr, str) and each.laddr} == {
        file.parent
    }
    assert mode(file.parent) == 0o700
    assert len(key_in(file)) == 64


async def test_a_shutdown_leaves_neither_process_nor_file() -> None:
    kernel = made(resolve(NamedLaunch("")))
    hearing = await Hearing(kernel).ready()
    pid, file = kernel.pid, Path(str(kernel.connection_file))
    assert pid is not None
    assert mode(file) == 0o600
    run = hearing.run("import time; print('on', flush=True); time.sleep(600)")
    await hearing.prints(run, "on")
    await kernel.shutdown()
    assert (kernel.pid, kernel.connection_file) == (None, None)
    assert not psutil.pid_exists(pid)
    assert names(file.parent) == ["kernel.log"]
    assert hearing.deaths == []


async def test_a_kernel_that_ignores_everything_is_killed_with_its_children(own: Hearing) -> None:
    pid = own.kernel.pid
    code = "import subprocess; child = subprocess.Popen(['sleep', '600']); print(child.pid)"
    child = psutil.Process(int(await own.output(code)))
    assert pid is not None
    psutil.Process(pid).suspend()
    await own.kernel.shutdown()
    assert not psutil.pid_exists(pid)
    await asyncio.to_thread(psutil.wait_procs, [child], 10)
    assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE


async def test_a_program_that_is_not_there_is_a_clear_line() -> None:
    kernel = made(LocalLaunch("gone", ("/no/such/kernel", "{connection_file}")))
    with pytest.raises(LaunchError, match="/no/such/kernel cannot be started: No such file or directory"):
        kernel.launch()
    await kernel.shutdown()
    kernel = made(LocalLaunch("false", ("false",)))
    hearing = Hearing(kernel)
    await kernel.start(hearing)
    assert (await hearing.death()).reason == "exited with status 1"
    await kernel.shutdown()


async def test_a_connection_file_that_somebody_removed_is_written_anew_at_a_restart(own: Hearing) -> None:
    remove(own.kernel.connection_file)
    await own.kernel.restart()
    await own.listened()
    assert await own.output("print('alive')") == "alive\n"
