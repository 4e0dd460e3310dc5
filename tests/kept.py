"""Real kernels of real keepers, in a state folder of the tests' own, and frontends attached to them."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from kernelbridge.events import CaughtUp, RunQueued
from kernelbridge.keeper.frontends import FrontendName
from kernelbridge.keeper.home.homes import home_of_notebook
from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.keeper.starting import reach_notebook
from kernelbridge.runstatus import RunStatus
from kernelbridge.session import Session
from kernelbridge.specs import ChosenKernel, KernelSpec, Wish, choose
from kernelbridge.state import Idle
from kernelbridge.transports.local import LocalWay
from recording import Recorder

_PATIENCE = 30.0


def python() -> KernelSpec:
    """The kernel that is always there."""
    chosen = choose(Wish(language="python"))
    assert isinstance(chosen, ChosenKernel)
    return chosen.spec


@contextmanager
def state_of_own() -> Iterator[Path]:
    """A state folder; all keepers and kernels that were started in it are gone in the end."""
    short = Path(tempfile.mkdtemp(prefix="tnb-", dir="/tmp"))  # a socket's path has little room
    (short / "run").mkdir(mode=0o700)
    names = {"XDG_STATE_HOME": str(short), "XDG_RUNTIME_DIR": str(short / "run")}
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(names)
    try:
        yield short / "tnb"
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
        end_all(short)
        shutil.rmtree(short, ignore_errors=True)


def end_all(folder: Path) -> None:
    """Kills every process whose state folder this is: keepers first, so that none mourns its kernel."""
    gone: list[psutil.Process] = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("XDG_STATE_HOME") == str(folder) and process.pid != os.getpid():
                process.send_signal(signal.SIGKILL)
                gone.append(process)
        except (psutil.Error, OSError):
            continue
    psutil.wait_procs(gone, timeout=_PATIENCE)


def is_running(pid: int) -> bool:
    """Whether a process has not ended; one that has may wait for its parent to notice."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


async def _gone(pid: int) -> None:
    async with asyncio.timeout(_PATIENCE):
        while is_running(pid):  # noqa: ASYNC110 -- no event tells of the end of another's process
            await asyncio.sleep(0.01)


class KeptKernel:
    """A frontend of the keeper of a notebook, and what it was told."""

    def __init__(
        self, notebook: Path, launch: JsonObject | None = None, idle_limit: float | None = None
    ) -> None:
        """`launch` is the kernel to start where there is none: a Python's unless told otherwise."""
        self.notebook = notebook
        self.recorder = Recorder()
        self._launch = launch or python().launch(str(notebook.parent)).to_json()
        home, connected = reach_notebook(notebook, self._launch)
        self.home = home
        name = FrontendName("test", os.getpid(), edits=True)
        self.session = Session(LocalWay(home, connected), self.recorder, name, idle_limit)

    async def ready(self) -> KeptKernel:
        """Once the kernel is idle."""
        await self.attached()
        await self.recorder.state(Idle)
        return self

    async def attached(self) -> KeptKernel:
        """Once all that happened before has been told."""
        self.session.open(self._launch)
        await self.recorder.first(CaughtUp)
        return self

    async def output(self, code: str) -> str:
        """What a run prints, once it is over."""
        run = self.session.run(code)
        finished = await self.recorder.finished(run)
        assert finished.status is RunStatus.OK
        return self.recorder.text(run)

    async def kernel_pid(self) -> int:
        """The process that runs code, once it does."""
        await self.recorder.state(Idle)
        assert self.session.identity.pid is not None
        return self.session.identity.pid

    def discard(self) -> None:
        """Has nothing kept of what was run."""
        self.session.discard(tuple(event.run for event in self.recorder.of(RunQueued)))

    def keeper_pid(self) -> int:
        """The process of the keeper."""
        home = home_of_notebook(self.notebook)
        assert home is not None
        return home.meta.keeper_pid

    async def end(self) -> None:
        """Ends the kernel, and sees its keeper gone."""
        pid = self.keeper_pid()
        self.session.shutdown()
        await self.session.close()
        await _gone(pid)
