"""A disk that takes its time over a save holds up nothing, and what is typed meanwhile is still unsaved."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from e2e import notebooks
from kernelbridge.state import Missing
from openednotebook import Opened, notebook, see, shown

NO_KERNEL = Missing("none", "", is_installed=False)
PATIENCE = 30.0


class SlowDisk:
    """Syncs of the file in `folder` take until it is let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_asked = threading.Semaphore(0)
        self.answers = threading.Semaphore(0)
        self._sync = os.fsync
        monkeypatch.setattr("kernelbridge.keeper.files.replacing.os.fsync", self._fsync)

    def _fsync(self, descriptor: int) -> None:
        if Path(f"/proc/self/fd/{descriptor}").readlink().name.startswith(".tnb-"):
            self.is_asked.release()
            assert self.answers.acquire(timeout=PATIENCE)
        self._sync(descriptor)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowDisk]:
    disk = SlowDisk(monkeypatch)
    yield disk
    disk.answers.release(9)


async def saved(opened: Opened) -> None:
    async with asyncio.timeout(PATIENCE):
        while "●" in shown(opened[0]):
            await opened[1].pause(0.01)


async def test_it_is_said_and_what_is_typed_meanwhile_is_unsaved(
    tmp_path: Path, disk: SlowDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.notebook.files._SLOW", 0.01)
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("first"))
    async with notebook(path, NO_KERNEL) as opened:
        _, pilot = opened
        await see(opened, "first")
        await pilot.press("enter", "x", "ctrl+s")
        await see(opened, "still saving")
        await pilot.press("y")
        await see(opened, "xyfirst", "a.ipynb ●")
        disk.answers.release()
        await see(opened, "saved a.ipynb", "a.ipynb ●")
        assert notebooks.sources(path) == ["xfirst"]
        disk.answers.release()
        await pilot.press("ctrl+s")
        await saved(opened)
        assert notebooks.sources(path) == ["xyfirst"]


async def test_saved_again_before_it_is_done_it_is_not_taken_for_another_program_s_change(
    tmp_path: Path, disk: SlowDisk
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("first"))
    async with notebook(path, NO_KERNEL) as opened:
        _, pilot = opened
        await see(opened, "first")
        await pilot.press("enter", "x", "ctrl+s")
        while not disk.is_asked.acquire(blocking=False):
            await pilot.pause(0.01)
        await pilot.press("y", "ctrl+s")
        disk.answers.release()
        while notebooks.sources(path) != ["xfirst"]:
            await pilot.pause(0.01)
        disk.answers.release()
        await saved(opened)
        assert notebooks.sources(path) == ["xyfirst"]
