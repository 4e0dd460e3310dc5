"""A day's work in a hurry: messages, runs, saves and restarts, and nothing that grows or is left behind.

`TNB_SOAK_RESTARTS` says how often the kernel is restarted, and `TNB_SOAK_LOOPS` how often all ten cells, of a
hundred messages each, are run in between: 100 and 10 are a million messages in 10,000 runs (`make soak`).
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from e2e import notebooks
from kernelbridge.keeper.home.homes import all_homes
from kernelbridge.state import Idle
from tui.app import TnbApp
from tui.config import Config
from tui.files.notebookfile import read
from tui.kernellaunch import launch_local
from tui.locations import state_folder
from tui.options import Options
from tui.screens.notebook.screen import NotebookScreen

if TYPE_CHECKING:
    from textual.pilot import Pilot

pytestmark = [pytest.mark.kernel, pytest.mark.timeout(1 << 15)]

RESTARTS = int(os.environ.get("TNB_SOAK_RESTARTS", "3"))
LOOPS = int(os.environ.get("TNB_SOAK_LOOPS", "1"))
CELLS = 10
MESSAGES = 100
"""Of a cell."""
WARM = max(1, RESTARTS // 5)
"""Restarts after which everything has its size."""
IS_LONG = RESTARTS >= 20
"""Whether it goes on for long enough to tell growth from chance."""
KERNEL = Path(__file__).parents[1] / "kernels" / "hostile.py"


@dataclass(frozen=True)
class Size:
    """What a process has."""

    memory: int
    files: int
    threads: int
    children: int

    @classmethod
    def of(cls, process: psutil.Process) -> Size:
        """As it is now."""
        with process.oneshot():
            memory, files, threads = process.memory_info().rss, process.num_fds(), process.num_threads()
        return cls(memory, files, threads, len(process.children(recursive=True)))


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    info = {
        "status": "ok",
        "protocol_version": "5.4",
        "implementation": "busy",
        "language_info": {"name": "json", "version": "1", "file_extension": ".json"},
        "banner": "",
    }
    folder = tmp_path / "jupyter" / "kernels" / "busy"
    folder.mkdir(parents=True)
    argv = [sys.executable, str(KERNEL), "{connection_file}", json.dumps(info)]
    (folder / "kernel.json").write_text(
        json.dumps({"argv": argv, "display_name": "busy", "language": "json"})
    )
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    printed = [["iopub", "stream", {"name": "stdout", "text": "a line of output\n"}]]
    cells = [notebooks.code(json.dumps([["repeat", MESSAGES, printed]])) for _ in range(CELLS)]
    spec = {"name": "busy", "display_name": "busy", "language": "json"}
    yield notebooks.write(tmp_path / "a.ipynb", *cells, kernelspec=spec)
    for home in all_homes(state_folder()):
        for pid in filter(None, (home.meta.keeper_pid, home.meta.kernel_pid)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(300):
        while not holds():
            await pilot.pause(0.005)


async def test_nothing_grows_and_nothing_is_left(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    app = TnbApp(read(path), Options(config=Config()), launch_local)
    here = psutil.Process()
    sizes: list[tuple[Size, Size]] = []
    async with app.run_test(size=(100, 30)) as pilot:
        screen = app.screen
        assert isinstance(screen, NotebookScreen)
        runs, document = screen.controller.runs, screen.controller.document
        for _ in range(RESTARTS):
            await until(pilot, lambda: isinstance(screen.kernel.state, Idle))
            for _ in range(LOOPS):
                screen.perform("run.all")
                await until(pilot, lambda: not runs.active())
            screen.perform("file.save")
            await until(pilot, lambda: not document.is_modified)
            screen.kernel.restart()
            await until(pilot, lambda: not isinstance(screen.kernel.state, Idle))
            await until(pilot, lambda: isinstance(screen.kernel.state, Idle))
            gc.collect()
            (home,) = all_homes(state_folder())
            sizes.append((Size.of(here), Size.of(psutil.Process(home.meta.keeper_pid))))
        screen.kernel.shut_down()
        await until(pilot, lambda: not isinstance(screen.kernel.state, Idle))
    for cell in range(CELLS):
        assert notebooks.printed(path, cell) == "a line of output\n" * MESSAGES
    warm, end = sizes[WARM - 1], sizes[-1]
    with capsys.disabled():
        if IS_LONG:
            print(f"\n{RESTARTS * LOOPS * CELLS * MESSAGES:,} messages: tnb {warm[0]} to {end[0]}")
            print(f"keeper {warm[1]} to {end[1]}")
    for before, after in zip(warm, end, strict=True):
        assert after.files <= before.files + 2
        assert after.threads <= before.threads + (0 if IS_LONG else 8)
        assert after.children <= before.children
        assert not IS_LONG or after.memory <= before.memory * 1.1
