"""What is unsaved is kept on the disk for this user alone; where it cannot be, that is said."""

from __future__ import annotations

import asyncio
import errno
import os
import stat
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from e2e import notebooks
from kernelbridge.fakekernel import Step, prints
from kernelbridge.keeper.home.machine import host
from openednotebook import notebook, see
from scriptedlaunch import scripted
from tui.files.notebookfile import read
from tui.files.recovery import Writer, encode
from tui.files.recoveryfolder import RecoveryFile
from tui.locations import state_folder

if TYPE_CHECKING:
    import pytest


PATIENCE = 30.0


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def kept() -> list[Path]:
    return list((state_folder() / "recovery").glob("*.json"))


async def test_where_it_cannot_be_kept_one_is_warned_and_once_there_is_room_it_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("first"))
    async with notebook(path, scripted({})) as opened:
        _, pilot = opened
        await see(opened, "idle")
        with monkeypatch.context() as patch:
            patch.setattr(RecoveryFile, "write", full)
            await pilot.press("enter", "x")
            await see(opened, "what is unsaved cannot be kept for a crash (no space left on device)")
        await pilot.press("y")
        while not any("xyfirst" in each.read_text() for each in kept()):
            await pilot.pause(0.01)
        assert {stat.S_IMODE(each.stat().st_mode) for each in kept()} == {0o600}
        assert stat.S_IMODE(kept()[0].parent.stat().st_mode) == 0o700


async def test_the_kernel_is_given_code_only_once_what_is_unsaved_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.notebook.backup._DELAY", 3600.0)
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("first"))
    kept_then: list[str] = []

    def ran(code: str) -> list[Step]:
        kept_then.extend(each.read_text() for each in kept())
        return [prints(f"ran {code}\n")]

    async with notebook(path, scripted(ran)) as opened:
        _, pilot = opened
        await see(opened, "idle")
        await pilot.press("enter", "x", "escape", "ctrl+e")
        await see(opened, "ran xfirst")
        assert "xfirst" in kept_then[0]


async def test_a_disk_that_does_not_answer_holds_a_run_up_for_a_moment_and_no_action(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("first"), notebooks.code("second"))
    answers = threading.Event()
    monkeypatch.setattr(RecoveryFile, "write", lambda *_: answers.wait(PATIENCE))
    script = {"xfirst": [prints("it ran\n")], "second": [prints("so did this\n")]}
    async with notebook(path, scripted(script)) as opened:
        _, pilot = opened
        await see(opened, "idle")
        await pilot.press("enter", "x", "escape", "ctrl+e")
        await see(opened, "it ran")
        monkeypatch.setattr("tui.screens.notebook.backup._LONGEST_WAIT", 3600.0)
        await pilot.press("j", "ctrl+e", "k")
        await see(opened, "so did this")
        answers.set()


async def test_it_is_kept_while_the_screen_s_own_thread_and_those_for_saving_have_no_time(
    tmp_path: Path,
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("first"))
    async with notebook(path, scripted({})) as opened:
        _, pilot = opened
        await see(opened, "idle")
        loop, is_kept = asyncio.get_running_loop(), threading.Event()
        waiting = [loop.run_in_executor(None, is_kept.wait) for _ in range(64)]
        await pilot.press("enter", "x")
        deadline = time.monotonic() + 30
        while not any("xfirst" in each.read_text() for each in kept()):
            assert time.monotonic() < deadline
        is_kept.set()
        await asyncio.gather(*waiting)


async def test_what_one_brought_back_stays_where_it_was_left_until_it_is_kept_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("first"))
    file = read(path)
    mine = file.notebook.with_cell(0, replace(file.notebook.cells[0], source="typed first"))
    gone = Writer(host(), "an earlier boot", 1, "1")
    RecoveryFile(file.place.identity).write(encode(file, mine, gone, time.time()))
    (left,) = kept()
    async with notebook(path, scripted({})) as opened:
        _, pilot = opened
        await see(opened, "Enter take the marked")
        with monkeypatch.context() as patch:
            patch.setattr(RecoveryFile, "write", full)
            await pilot.press("enter")
            await see(opened, "cannot be kept for a crash")
            assert kept() == [left]
        await pilot.press("enter", "x")
        while kept() == [left] or left.exists():
            await pilot.pause(0.01)
        assert "typed" in kept()[0].read_text()
