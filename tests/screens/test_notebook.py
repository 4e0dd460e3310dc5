"""The screen of a notebook and what is laid over it, with a scripted kernel."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from e2e import notebooks
from kernelbridge.events import FrontendsChanged
from kernelbridge.fakekeeper import FRONTEND, SCRIPTED, FakeWay
from kernelbridge.fakekernel import Die, FakeKernel, ReplyWith, Wait
from kernelbridge.keeper.frames import Frame
from kernelbridge.session import Session
from kernelbridge.state import Missing
from openednotebook import notebook, see, shown
from scriptedlaunch import scripted
from tui.app import TnbApp
from tui.config import Config, KernelConfig
from tui.files.notebookfile import read
from tui.kernelreach import Reached
from tui.options import Options
from tui.screens.notebook.screen import NotebookScreen
from tui.screens.pager import PagerScreen

if TYPE_CHECKING:
    import pytest

    from kernelbridge.events import Event
    from kernelbridge.transports.base import Listener


def page(text: str) -> ReplyWith:
    return ReplyWith({"payload": [{"source": "page", "data": {"text/plain": text}, "start": 0}]})


def read_only(folder: Path, source: str) -> Path:
    """A notebook of an older format, which can be run and not saved."""
    cell = {"cell_type": "code", "language": "python", "input": source, "outputs": []}
    old: dict[str, Any] = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {},
        "worksheets": [{"cells": [cell]}],
    }
    path = folder / "old.ipynb"
    path.write_text(json.dumps(old), encoding="utf-8")
    return path


async def test_the_newest_page_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("one?"), notebooks.code("two?"))
    kernel = scripted({"one?": [page("the first page")], "two?": [page("the second page")]})
    async with notebook(path, kernel) as opened:
        app, pilot = opened
        await see(opened, "idle")
        assert isinstance(app.screen, NotebookScreen)
        app.screen.perform("run.all")
        await see(opened, "the second page")
        assert sum(isinstance(screen, PagerScreen) for screen in app.screen_stack) == 1
        await pilot.press("q")
        await see(opened, "one?", "two?")


async def test_what_a_kernel_sets_for_a_notebook_that_is_read_only_is_said_not_done(tmp_path: Path) -> None:
    path = read_only(tmp_path, "load")
    payload = {"payload": [{"source": "set_next_input", "text": "another_cell", "replace": False}]}
    async with notebook(path, scripted({"load": [ReplyWith(payload)]})) as opened:
        app, pilot = opened
        await see(opened, "idle")
        await pilot.press("ctrl+e")
        assert isinstance(app.screen, NotebookScreen)
        reason = app.screen.file.read_only
        assert reason is not None
        await see(opened, reason.reason[:40])
        assert [cell.source for cell in app.screen.notebook.cells] == ["load"]
        assert not app.screen.controller.document.can_undo


async def test_a_kernel_that_cannot_be_started_says_why_and_what_helps_at_once_and_again_when_a_cell_is_run(
    tmp_path: Path,
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("1"))
    launched = Missing("broken", "/no/such/program: No such file or directory", is_installed=True)
    why = "the kernel broken cannot be started (gk chooses another): /no/such/program: No such file"
    async with notebook(path, launched) as opened:
        _, pilot = opened
        await see(opened, "✗ kernel cannot be started", why)
        await pilot.press("down")
        await see(opened, "Enter")
        assert why not in shown(opened[0])
        await pilot.press("ctrl+e")
        await see(opened, why)


async def test_a_kernel_that_dies_says_why_and_which_key_helps(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("die"))
    async with notebook(path, scripted({"die": [Die()]})) as opened:
        _, pilot = opened
        await see(opened, "idle")
        await pilot.press("ctrl+e")
        await see(opened, "✗ kernel died", "the kernel died (00 restarts it): ")
        await pilot.press("0", "0")
        await see(opened, "idle")


async def _ask_to_quit_under_a_run(path: Path, then: str) -> None:
    kernel = FakeKernel({"work": [Wait()]})
    async with notebook(path, Reached(FakeWay(kernel), SCRIPTED, ("python3",))) as opened:
        app, pilot = opened
        await see(opened, "idle")
        assert isinstance(app.screen, NotebookScreen)
        app.screen.perform("run.all")
        await see(opened, "busy")
        app.screen.perform("app.quit")
        await see(opened, "Cells are running.", "leave it running")
        kernel.go_on()
        await see(opened, "idle", then)
        assert "leave it running" not in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert then not in shown(app)
        assert app.is_running


async def test_the_question_on_leaving_is_about_saving_once_what_runs_is_over(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("work"))
    await _ask_to_quit_under_a_run(path, "Save a.ipynb before leaving?")


async def test_nobody_leaves_unasked_because_what_runs_is_over(tmp_path: Path) -> None:
    await _ask_to_quit_under_a_run(read_only(tmp_path, "work"), "Nothing runs any more.")


async def test_the_keeper_is_told_for_how_long_an_idle_kernel_stays(tmp_path: Path) -> None:
    path, way = notebooks.write(tmp_path / "a.ipynb", notebooks.code("1")), FakeWay(FakeKernel({}))
    config = Config(kernel=KernelConfig(idle_hours=0.5))
    reached = Reached(way, SCRIPTED, ("python3",))
    app = TnbApp(read(path), Options(config=config), lambda *_: reached)
    async with app.run_test(size=(100, 24)) as pilot:
        await see((app, pilot), "idle")
        assert way.keeper.idle_limit == 1800


class Eager:
    """Another frontend, which takes the right to edit whenever nobody has it."""

    def __init__(self, way: FakeWay) -> None:
        self.session = Session(way, self, FRONTEND)
        self.session.open(SCRIPTED)

    def __call__(self, event: Event) -> None:
        if isinstance(event, FrontendsChanged) and not any(each.is_writer for each in self.session.frontends):
            self.session.claim()


async def test_who_took_over_may_edit_from_the_first_moment_of_what_the_other_saved(tmp_path: Path) -> None:
    path, way = notebooks.write(tmp_path / "a.ipynb", notebooks.code("mine")), FakeWay(FakeKernel({}))
    async with notebook(path, Reached(way, SCRIPTED, ("python3",))) as opened:
        app, _ = opened
        await see(opened, "idle")
        other = Eager(way)
        async with asyncio.timeout(10):
            while len(other.session.frontends) < 2:  # noqa: ASYNC110 - one turn of the loop
                await asyncio.sleep(0)
        other.session.claim(force=True)
        await see(opened, "edited elsewhere")
        notebooks.write(path, notebooks.code("theirs"))
        before = app.screen
        assert isinstance(before, NotebookScreen)
        before.perform("file.take-over")
        async with asyncio.timeout(10):
            while app.screen is before:  # noqa: ASYNC110
                await asyncio.sleep(0)
            while not (isinstance(app.screen, NotebookScreen) and app.screen.kernel.has_company):
                assert app.screen.is_editable()
                await asyncio.sleep(0)
            for _ in range(100):
                assert app.screen.is_editable()
                await asyncio.sleep(0)
        await see(opened, "theirs")
        await other.session.close()


class DeafWay:
    """A way to a keeper that is stopped: it connects, and nothing comes."""

    def __init__(self) -> None:
        self.listener: Listener | None = None

    async def connect(self, listener: Listener) -> DeafWay:
        self.listener = listener
        return self

    async def log_in(self) -> None:
        """Nobody has to."""

    def send(self, frame: Frame) -> None:
        """It is in the backlog."""

    async def close(self) -> None:
        """Nobody notices."""


async def test_a_keeper_that_does_not_answer_is_told_with_what_helps_until_it_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kernelbridge.silence.PATIENCE", 0.05)
    path, way = notebooks.write(tmp_path / "a.ipynb", notebooks.code("1")), DeafWay()
    async with notebook(path, Reached(way, SCRIPTED, ("python3",), keeper="f1a2b3c4")) as opened:
        await see(opened, "✗ keeper does not answer", "(tnb stop f1a2b3c4 ends it and its kernel)")
        assert way.listener is not None
        way.listener.received(Frame({"op": "kernel", "state": {"name": "idle"}}))
        await see(opened, "idle")
        assert "does not answer" not in shown(opened[0])
