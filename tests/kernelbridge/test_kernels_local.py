"""A real ipykernel, started, used, killed and ended through a session."""

from __future__ import annotations

import asyncio
import os
import stat
import sys
import time
from collections.abc import AsyncIterator
from functools import reduce
from pathlib import Path

import psutil
import pytest
import pytest_asyncio

from kernelbridge.errors import LaunchError
from kernelbridge.events import (
    DisplayUpdated,
    ErrorArrived,
    InputRequested,
    NextInputSet,
    ResultArrived,
    RunStarted,
    RunStatus,
    StreamArrived,
)
from kernelbridge.folding import fold
from kernelbridge.outputs import Outputs, Stream
from kernelbridge.session import Session
from kernelbridge.specs import ChosenKernel, KernelSpec, Wish, choose
from kernelbridge.state import Busy, Dead, Idle, NoKernel
from kernelbridge.transports.local import LocalTransport
from recording import Recorder

pytestmark = [pytest.mark.kernel, pytest.mark.asyncio(loop_scope="module")]


class Kernel:
    """A started session, what it told, and where its files are."""

    def __init__(self, cwd: Path, spec: KernelSpec | None = None) -> None:
        self.recorder = Recorder()
        self.session = Session(LocalTransport(spec or python(), cwd), self.recorder)

    async def ready(self) -> Kernel:
        await self.session.start()
        assert self.session.state == Idle()
        return self

    async def output(self, code: str) -> str:
        """What a run prints, once it is over."""
        run = self.session.run(code)
        finished = await self.recorder.finished(run)
        assert finished.status is RunStatus.OK
        return self.recorder.text(run)

    async def pid(self) -> int:
        return int(await self.output("import os; print(os.getpid())"))


def python() -> KernelSpec:
    chosen = choose(Wish(language="python"))
    assert isinstance(chosen, ChosenKernel)
    return chosen.spec


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def shared(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Kernel]:
    """One kernel for all tests that leave it as it was."""
    kernel = await Kernel(tmp_path_factory.mktemp("cwd")).ready()
    yield kernel
    await kernel.session.shutdown()


@pytest.fixture
def kernel(shared: Kernel) -> Kernel:
    shared.recorder.events.clear()
    return shared


@pytest_asyncio.fixture(loop_scope="module")
async def own(tmp_path: Path) -> AsyncIterator[Kernel]:
    """A kernel of the test's own, to be killed."""
    kernel = await Kernel(tmp_path).ready()
    yield kernel
    await kernel.session.shutdown()


async def test_a_result_arrives_with_its_count(kernel: Kernel) -> None:
    run = kernel.session.run("1+1")
    finished = await kernel.recorder.finished(run)
    (result,) = kernel.recorder.of(ResultArrived)
    assert (result.data["text/plain"], result.execution_count) == ("2", finished.execution_count)
    assert finished.seconds is not None


async def test_an_error_aborts_what_waits_behind_it(kernel: Kernel) -> None:
    bad, behind = kernel.session.run("1/0"), kernel.session.run("print('never')")
    assert (await kernel.recorder.finished(behind)).status is RunStatus.ABORTED
    assert kernel.recorder.status(bad) is RunStatus.ERROR
    (error,) = kernel.recorder.of(ErrorArrived)
    assert error.ename == "ZeroDivisionError"
    assert await kernel.output("print('again')") == "again\n"


@pytest.mark.parametrize(
    ("code", "password"),
    [("x = input('name? ')", False), ("import getpass; x = getpass.getpass('name? ')", True)],
)
async def test_input_is_asked_for_and_answered(kernel: Kernel, code: str, password: bool) -> None:
    run = kernel.session.run(code + "; print(x)")
    asked = await kernel.recorder.first(InputRequested)
    assert asked == InputRequested(run, "name? ", password)
    kernel.session.answer("Zoë")
    await kernel.recorder.finished(run)
    assert "Zoë\n" in kernel.recorder.text(run)


async def test_clearing_with_wait_leaves_the_last_output(kernel: Kernel) -> None:
    code = "from IPython.display import clear_output\nfor i in range(3): clear_output(wait=True); print(i)"
    run = kernel.session.run(code)
    await kernel.recorder.finished(run)
    events = [
        event
        for event in kernel.recorder.events
        if type(event).__name__ in ("StreamArrived", "OutputCleared")
    ]
    outputs = reduce(fold, events, Outputs())  # pyright: ignore[reportArgumentType]
    assert [str(item.text) for item in outputs.items if isinstance(item, Stream)] == ["2\n"]


async def test_a_display_is_updated_by_its_id(kernel: Kernel) -> None:
    await kernel.output("h = display('old', display_id=True)")
    await kernel.output("h.update('new')")
    (update,) = kernel.recorder.of(DisplayUpdated)
    assert update.data["text/plain"] == "'new'"


async def test_the_next_cell_s_text_can_be_set(kernel: Kernel) -> None:
    await kernel.output("get_ipython().set_next_input('x = 1')")
    assert [event.text for event in kernel.recorder.of(NextInputSet)] == ["x = 1"]


async def test_an_interrupt_stops_what_runs(kernel: Kernel) -> None:
    run = kernel.session.run("import time\nprint('on', flush=True)\ntime.sleep(600)")
    waiting = kernel.session.run("1")
    await kernel.recorder.printed(run, "on")
    await kernel.session.interrupt()
    assert (await kernel.recorder.finished(run)).status is RunStatus.ERROR
    assert kernel.recorder.of(ErrorArrived)[0].ename == "KeyboardInterrupt"
    assert kernel.recorder.status(waiting) is RunStatus.CANCELLED


async def test_names_are_completed_and_inspected(kernel: Kernel) -> None:
    completions = await kernel.session.complete("prin", 4)
    assert completions is not None
    assert "print" in [match.text for match in completions.matches]
    inspection = await kernel.session.inspect("print", 5)
    assert inspection is not None
    assert "text/plain" in inspection.data


async def test_200000_lines_arrive_complete_and_in_order(kernel: Kernel) -> None:
    text = await kernel.output("for i in range(200_000): print('line', i)")
    assert text == "".join(f"line {number}\n" for number in range(200_000))


async def test_nothing_is_lost_when_the_reader_falls_behind(kernel: Kernel) -> None:
    run = kernel.session.run("for i in range(5_000): print(i, flush=True)")
    await kernel.recorder.first(StreamArrived)
    time.sleep(0.5)  # noqa: ASYNC251 -- nothing is read meanwhile, which is what is tested
    await kernel.recorder.finished(run)
    assert kernel.recorder.text(run) == "".join(f"{number}\n" for number in range(5_000))


async def test_the_kernel_runs_in_the_notebook_s_directory_but_is_not_imported_from_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "ipykernel_launcher.py").write_text("raise SystemExit(9)")
    (tmp_path / "mine.py").write_text("x = 5")
    kernel = await Kernel(tmp_path).ready()
    try:
        assert await kernel.output("import os, mine; print(os.getcwd(), mine.x)") == f"{tmp_path} 5\n"
    finally:
        await kernel.session.shutdown()


async def test_a_restart_gives_another_process_that_counts_from_one(own: Kernel) -> None:
    before = await own.pid()
    run = own.session.run("import time; time.sleep(600)")
    await own.recorder.state(Busy)
    await own.session.restart()
    assert own.recorder.status(run) is RunStatus.LOST
    assert not psutil.pid_exists(before)
    finished = await own.recorder.finished(own.session.run("1"))
    assert finished.execution_count == 1


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("import os; os._exit(3)", "exited with status 3"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "ended by SIGKILL"),
    ],
)
async def test_a_death_is_told_with_its_reason_and_a_restart_helps(
    own: Kernel, code: str, reason: str
) -> None:
    run, waiting = own.session.run(code), own.session.run("1")
    state = await own.recorder.state(Dead)
    assert isinstance(state, Dead)
    assert state.reason == reason
    assert (own.recorder.status(run), own.recorder.status(waiting)) == (RunStatus.LOST, RunStatus.CANCELLED)
    await own.session.restart()
    assert await own.output("print('alive')") == "alive\n"


async def test_a_death_shows_the_end_of_the_log(own: Kernel) -> None:
    own.session.run("import os; os.write(2, b'Fatal: out of luck\\n'); os.abort()")
    state = await own.recorder.state(Dead)
    assert isinstance(state, Dead)
    assert state.reason == "ended by SIGABRT"
    assert any("out of luck" in line for line in state.log)


async def test_a_shutdown_leaves_neither_process_nor_file(tmp_path: Path, nobodys_home: Path) -> None:
    kernel = await Kernel(tmp_path).ready()
    pid = await kernel.pid()
    directory = Path(await kernel.output("import sys; print(sys.argv[-1])")).parent
    assert directory.parent == nobodys_home / "tnb" or directory.parent.name == f"tnb-{os.getuid()}"
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    assert stat.S_IMODE((directory / "kernel.json").stat().st_mode) == 0o600
    kernel.session.run("import time; time.sleep(600)")
    await kernel.recorder.first(RunStarted)
    await kernel.session.shutdown()
    assert kernel.session.state == NoKernel()
    assert not psutil.pid_exists(pid)
    assert not directory.exists()


async def test_a_kernel_that_ignores_everything_is_killed_with_its_children(tmp_path: Path) -> None:
    kernel = await Kernel(tmp_path).ready()
    pid = await kernel.pid()
    code = "import subprocess; child = subprocess.Popen(['sleep', '600']); print(child.pid)"
    child = psutil.Process(int(await kernel.output(code)))
    psutil.Process(pid).suspend()
    await kernel.session.shutdown()
    assert not psutil.pid_exists(pid)
    await asyncio.to_thread(psutil.wait_procs, [child], 10)
    assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE


async def test_a_kernel_ends_by_itself_when_its_owner_is_killed(tmp_path: Path) -> None:
    owner = (
        "import asyncio; from pathlib import Path; from kernelbridge.session import Session\n"
        "from kernelbridge.specs import Wish, choose\n"
        "from kernelbridge.transports.local import LocalTransport\n"
        "async def main():\n"
        "    session = Session(LocalTransport(choose(Wish()).spec), lambda event: None)\n"
        "    await session.start()\n"
        "    print('ready', flush=True)\n"
        "    await asyncio.Event().wait()\n"
        "asyncio.run(main())"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", owner, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    (kernel,) = psutil.Process(process.pid).children()
    process.kill()
    await process.wait()
    gone, _ = await asyncio.to_thread(psutil.wait_procs, [kernel], 20)
    assert gone == [kernel]


async def test_a_program_that_is_not_there_is_a_clear_line(tmp_path: Path) -> None:
    transport = LocalTransport(KernelSpec("gone", ("/no/such/kernel", "{connection_file}")), tmp_path)
    with pytest.raises(LaunchError, match="/no/such/kernel cannot be started: No such file or directory"):
        transport.launch()
    await transport.shutdown()
    recorder = Recorder()
    session = Session(LocalTransport(KernelSpec("false", ("false",)), tmp_path), recorder)
    await session.start()
    assert session.state == Dead("exited with status 1")
    await session.shutdown()
