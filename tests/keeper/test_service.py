"""A keeper in its home, as a process with a real kernel: what it takes over, what it keeps, when it ends."""

from __future__ import annotations

import os
import shutil
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from keeper.keepers import until
from kept import KeptKernel, is_running, state_of_own
from kernelbridge.events import (
    Gap,
    InputRequested,
    JournalChanged,
    KernelStateChanged,
    OutputMissing,
    RunQueued,
)
from kernelbridge.keeper.home.homes import all_homes, home_of_notebook
from kernelbridge.runstatus import RunStatus
from kernelbridge.state import Busy, Dead, Idle
from smalldisk import small_disk

pytestmark = pytest.mark.kernel

GOES_ON = "import os, time\nprint('begun', flush=True)\nwhile not os.path.exists('go'): time.sleep(0.01)\n"


@pytest.fixture(autouse=True)
def own_state() -> Iterator[Path]:
    with state_of_own() as state:
        yield state


async def test_a_killed_keeper_is_replaced_and_the_run_goes_on_to_its_end(tmp_path: Path) -> None:
    kernel = await KeptKernel(tmp_path / "a.ipynb").ready()
    run, behind = kernel.session.run(GOES_ON + "print('ended')"), kernel.session.run("print('behind')")
    await kernel.recorder.printed(run, "begun")
    old = kernel.keeper_pid()
    os.kill(old, signal.SIGKILL)
    gap = await kernel.recorder.first(OutputMissing)
    assert (gap.run, gap.why) == (run, Gap.KEEPER)
    (tmp_path / "go").touch()
    await kernel.recorder.finished(behind)
    assert kernel.recorder.text(run) == "begun\nended\n"
    assert kernel.recorder.text(behind) == "behind\n"
    assert kernel.keeper_pid() != old
    await kernel.end()


async def test_a_run_that_ends_while_no_keeper_lives_is_lost_and_what_waits_is_not_run(
    tmp_path: Path,
) -> None:
    kernel = await KeptKernel(tmp_path / "a.ipynb").ready()
    run, behind = kernel.session.run(GOES_ON + "open('ended', 'w').close()"), kernel.session.run("x = 1")
    await kernel.recorder.printed(run, "begun")
    await kernel.session.close()
    os.kill(kernel.keeper_pid(), signal.SIGKILL)
    (tmp_path / "go").touch()
    until((tmp_path / "ended").exists, "the run to end")
    again = await KeptKernel(tmp_path / "a.ipynb").attached()
    assert (await again.recorder.finished(run)).status is RunStatus.LOST
    assert (await again.recorder.finished(behind)).status is RunStatus.ABORTED
    await again.recorder.state(Idle)
    assert await again.output("print(len(begun := 'x'))") == "1\n"
    await again.end()


async def test_a_question_asked_of_a_killed_keeper_is_answered_through_the_next(tmp_path: Path) -> None:
    kernel = await KeptKernel(tmp_path / "a.ipynb").ready()
    run = kernel.session.run("print('hello', input('name? '))")
    await kernel.recorder.first(InputRequested)
    await kernel.session.close()
    os.kill(kernel.keeper_pid(), signal.SIGKILL)
    again = await KeptKernel(tmp_path / "a.ipynb").attached()
    assert await again.recorder.first(InputRequested) == InputRequested(run, "name? ", password=False)
    again.session.answer("Ada")
    await again.recorder.finished(run)
    assert again.recorder.text(run) == "hello Ada\n"
    await again.end()


async def test_a_killed_kernel_is_told_and_what_it_printed_stays(tmp_path: Path) -> None:
    kernel = await KeptKernel(tmp_path / "a.ipynb").ready()
    pid, keeper = await kernel.kernel_pid(), kernel.keeper_pid()
    run = kernel.session.run(GOES_ON)
    await kernel.recorder.printed(run, "begun")
    await kernel.session.close()
    os.kill(pid, signal.SIGKILL)
    until(lambda: not is_running(keeper), "the keeper to end, which has no kernel and no frontend any more")
    again = await KeptKernel(tmp_path / "a.ipynb").attached()
    assert (await again.recorder.finished(run)).status is RunStatus.LOST
    assert again.recorder.text(run).startswith("begun")
    await again.end()


async def test_a_home_goes_with_its_keeper_once_all_is_saved(tmp_path: Path, own_state: Path) -> None:
    kernel = await KeptKernel(tmp_path / "a.ipynb").ready()
    await kernel.output("print('x')")
    runs = tuple(event.run for event in kernel.recorder.of(RunQueued))
    kernel.session.saved(runs, kernel.session.seq)
    await kernel.end()
    until(lambda: all_homes(own_state) == [], "the home to be removed")


async def test_what_no_file_has_outlives_keeper_and_kernel(tmp_path: Path, own_state: Path) -> None:
    kernel = await KeptKernel(tmp_path / "a.ipynb").ready()
    run = kernel.session.run("print('unsaved')")
    await kernel.recorder.finished(run)
    await kernel.end()
    assert len(all_homes(own_state)) == 1
    again = await KeptKernel(tmp_path / "a.ipynb").ready()
    assert again.recorder.text(run) == "unsaved\n"
    await again.end()


async def test_an_idle_kernel_that_nobody_uses_ends_after_its_time(tmp_path: Path) -> None:
    kernel = await KeptKernel(tmp_path / "a.ipynb", idle_limit=0.01).ready()
    pids = [kernel.keeper_pid(), await kernel.kernel_pid()]
    kernel.discard()
    await kernel.session.close()
    until(lambda: not any(map(is_running, pids)), "both to end", patience=90)


async def test_all_that_is_kept_is_for_the_user_alone(tmp_path: Path, own_state: Path) -> None:
    kernel = await KeptKernel(tmp_path / "a.ipynb").ready()
    await kernel.output("print('x')")
    home = home_of_notebook(tmp_path / "a.ipynb")
    assert home is not None
    socket, connection_file = Path(home.meta.socket), Path(home.meta.connection_file)
    for each in (home.path, *home.path.rglob("*"), socket.parent, socket, connection_file):
        mode = each.stat().st_mode
        assert not stat.S_IMODE(mode) & 0o077, each
    await kernel.end()


@pytest.fixture
def full_home(own_state: Path) -> Iterator[None]:
    """The keepers' homes on a disk of 256 kB."""
    own_state.mkdir(mode=0o700, parents=True, exist_ok=True)
    with small_disk(own_state / "keepers", 256):
        yield


@pytest.mark.usefixtures("full_home")
async def test_on_a_full_disk_output_is_still_told_and_that_it_is_not_kept(tmp_path: Path) -> None:
    kernel = await KeptKernel(tmp_path / "a.ipynb").ready()
    run = kernel.session.run("for i in range(40_000): print('line', i)")
    await kernel.recorder.finished(run)
    assert kernel.recorder.text(run) == "".join(f"line {number}\n" for number in range(40_000))
    assert (await kernel.recorder.first(JournalChanged)).problem == "No space left on device"
    await kernel.end()


async def test_a_restart_is_a_new_process_of_the_same_keeper(tmp_path: Path) -> None:
    kernel = await KeptKernel(tmp_path / "a.ipynb").ready()
    before, keeper = await kernel.kernel_pid(), kernel.keeper_pid()
    run = kernel.session.run(GOES_ON)
    await kernel.recorder.state(Busy)
    await kernel.recorder.printed(run, "begun")
    kernel.session.restart()
    assert (await kernel.recorder.finished(run)).status is RunStatus.LOST
    await kernel.recorder.state(Idle)
    assert await kernel.kernel_pid() != before
    assert kernel.keeper_pid() == keeper
    assert not any(isinstance(event.state, Dead) for event in kernel.recorder.of(KernelStateChanged))
    await kernel.end()


async def test_a_home_that_is_removed_under_its_keeper_is_made_again_and_what_runs_is_kept(
    tmp_path: Path, own_state: Path
) -> None:
    kernel = await KeptKernel(tmp_path / "a.ipynb").ready()
    over = kernel.session.run("print('over')")
    await kernel.recorder.finished(over)
    run, waiting = kernel.session.run(GOES_ON + "print('ended')"), kernel.session.run("print('behind')")
    await kernel.recorder.printed(run, "begun")
    keeper = kernel.keeper_pid()
    shutil.rmtree(kernel.home)
    second = kernel.session.run("1")  # the next that the keeper hears of
    kernel.session.cancel(second)
    await kernel.session.close()
    until(lambda: [home.path for home in all_homes(own_state)] == [kernel.home], "the home to be there")
    assert kernel.keeper_pid() == keeper
    again = await KeptKernel(tmp_path / "a.ipynb").attached()
    assert (again.home, again.keeper_pid()) == (kernel.home, keeper)
    (tmp_path / "go").touch()
    await again.recorder.finished(waiting)
    assert [gap.why for gap in again.recorder.of(OutputMissing)] == [Gap.JOURNAL]
    assert again.recorder.text(run) == "ended\n"
    assert again.recorder.text(waiting) == "behind\n"
    await again.end()


async def test_frontends_are_told_that_a_journal_was_removed(tmp_path: Path) -> None:
    kernel = await KeptKernel(tmp_path / "a.ipynb").ready()
    await kernel.output("print('x')")
    shutil.rmtree(kernel.home)
    run = kernel.session.run("print('y')")
    await kernel.recorder.finished(run)
    problems = [told.problem for told in kernel.recorder.of(JournalChanged)]
    assert f"{kernel.home}/runs was removed" in problems
    assert problems[-1] is None
    assert kernel.recorder.text(run) == "y\n"
    await kernel.end()
