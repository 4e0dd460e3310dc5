"""A bug of tnb's own costs one output, one cell, one key or one message, and is told; the session goes on."""

from __future__ import annotations

import importlib
import pkgutil
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual.widget import Widget

import tui
from e2e import notebooks
from kernelbridge.events import StreamArrived
from kernelbridge.fakekernel import prints
from openednotebook import notebook as opened_notebook
from openednotebook import see, shown
from scriptedlaunch import scripted
from tui import faults
from tui.containing import Containing
from tui.faults import reported, reports_folder
from tui.kernelevents import KernelEvents
from tui.options import Options
from tui.render.registry import Candidate
from tui.screens.help import HelpScreen
from tui.screens.notebook import backup, handlers, routing
from tui.screens.notebook.screen import NotebookScreen
from tui.view.notebookview import NotebookView

SECRET = "hunter2"


notebook = partial(opened_notebook, has_bugs=True)


class BugError(Exception):
    """Stands for what nobody thought of."""


def bug(*_: Any, **__: Any) -> Any:
    secret = SECRET
    raise BugError(f"of {len(secret)}")


@pytest.fixture(autouse=True)
def nothing_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "_told", {})


def report() -> str:
    (found,) = reports_folder().iterdir()
    assert stat.S_IMODE(found.stat().st_mode) == 0o600
    assert stat.S_IMODE(found.parent.stat().st_mode) == 0o700
    return found.read_text()


def two_cells(folder: Path) -> Path:
    html = {"text/html": "<b>rich</b>", "text/plain": "plain"}
    rich = {"output_type": "display_data", "data": html, "metadata": {}}
    return notebooks.write(
        folder / "a.ipynb", {**notebooks.code("one"), "outputs": [rich]}, notebooks.code("two")
    )


async def test_in_a_renderer_it_costs_that_way_to_draw_the_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = Candidate.draw
    monkeypatch.setattr(
        Candidate, "draw", lambda self, canvas: bug() if "html" in self.content.mime else draw(self, canvas)
    )
    async with notebook(two_cells(tmp_path), scripted({})) as opened:
        await see(opened, "one", "two", "plain", "bug in tnb (BugError): see ")
        await opened[1].press("down")
        await see(opened, "2/2")


async def test_in_drawing_markdown_it_costs_the_cell_its_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.render.markdown.draw_markdown", bug)
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.markdown("# a title"), notebooks.code("two"))
    async with notebook(path, scripted({})) as opened:
        await see(opened, "# a title", "bug in tnb (BugError)", "two")


async def test_in_colouring_it_costs_the_colours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.render.highlight.Highlighter.runs", bug)
    async with notebook(two_cells(tmp_path), scripted({})) as opened:
        await see(opened, "one", "two")
        assert "colouring" in report()


async def test_in_an_action_it_costs_that_key_and_the_report_holds_no_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code(f"password = {SECRET!r}"))
    async with notebook(path, scripted({})) as opened:
        app, pilot = opened
        await see(opened, "password")
        monkeypatch.setitem(handlers.HANDLERS, "cell.insert-below", bug)  # pyright: ignore[reportArgumentType]
        await pilot.press("b")
        await see(opened, "bug in tnb (BugError): see ")
        await pilot.press("enter", "x")
        await see(opened, f"xpassword = '{SECRET}'")
        assert [type(each) for each in app.faults] == [BugError]
    assert "BugError: of 7" in report()
    assert SECRET not in report()


async def test_in_a_message_of_the_kernel_it_costs_that_message_and_says_in_which_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fold = KernelEvents._fold
    monkeypatch.setattr(
        KernelEvents,
        "_fold",
        lambda self, run, event: (
            bug() if isinstance(event, StreamArrived) and "bad" in event.text else fold(self, run, event)
        ),
    )
    kernel = scripted({"two": [prints("bad\n", "stderr"), prints("good\n")]})
    async with notebook(two_cells(tmp_path), kernel) as opened:
        await see(opened, "idle")
        await opened[1].press("down", "ctrl+e")
        await see(opened, "good", "cell 2: bug in tnb (BugError): see ")
        assert "bad" not in shown(opened[0])


async def test_in_a_message_of_the_screen_it_costs_that_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with notebook(two_cells(tmp_path), scripted({})) as opened:
        app, pilot = opened
        await see(opened, "one")
        monkeypatch.setattr(routing, "take_press", bug)
        await pilot.click(NotebookView, offset=(8, 1))
        await see(opened, "bug in tnb (BugError): see ")
        await pilot.press("down")
        await see(opened, "2/2")
        assert len(app.faults) == 1


@pytest.mark.parametrize("method", ["compose", "on_mount"])
async def test_in_a_screen_that_is_laid_over_it_costs_that_screen(
    method: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HelpScreen, method, bug, raising=False)
    async with notebook(two_cells(tmp_path), scripted({})) as opened:
        app, pilot = opened
        await see(opened, "one")
        await pilot.press("?")
        await see(opened, "bug in tnb (BugError): see ")
        await pilot.press("down")
        await see(opened, "2/2")
        assert isinstance(app.screen, NotebookScreen)


async def test_in_drawing_the_view_it_costs_that_frame(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with notebook(two_cells(tmp_path), scripted({})) as opened:
        _, pilot = opened
        await see(opened, "one")
        with monkeypatch.context() as patch:
            patch.setattr(NotebookView, "_strip", bug)
            await pilot.press("down")
            await see(opened, "bug in tnb (BugError): see ")
        await pilot.press("up", "down")
        await see(opened, "2/2")


async def test_in_saving_it_leaves_file_and_text_and_the_next_save_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = two_cells(tmp_path)
    async with notebook(path, scripted({})) as opened:
        _, pilot = opened
        await see(opened, "idle")
        await pilot.press("enter", "x", "escape")
        with monkeypatch.context() as patch:
            patch.setattr("tui.screens.notebook.files.save_paired", bug)
            await pilot.press("s")
            await see(opened, "bug in tnb (BugError): see ", "●")
        assert notebooks.sources(path) == ["one", "two"]
        await pilot.press("s")
        await see(opened, "saved a.ipynb")
        assert notebooks.sources(path) == ["xone", "two"]


async def test_in_keeping_what_is_unsaved_it_is_told_and_the_next_edit_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = reports_folder().with_name("recovery")
    async with notebook(two_cells(tmp_path), scripted({})) as opened:
        _, pilot = opened
        await see(opened, "idle")
        with monkeypatch.context() as patch:
            patch.setattr(backup, "encode", bug)
            await pilot.press("enter", "x")
            await see(opened, "cannot be kept for a crash")
        await pilot.press("y")
        while not any("xyone" in each.read_text() for each in folder.glob("*.json")):
            await pilot.pause(0.02)


async def test_what_fails_before_the_notebook_is_up_ends_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.app import TnbApp
    from tui.files.notebookfile import read

    monkeypatch.setattr(NotebookScreen, "compose", bug)
    app = TnbApp(read(two_cells(tmp_path)), Options(), lambda *_: scripted({}))
    await app.run_async(headless=True)
    assert app.return_code == 1
    assert app.farewell.startswith("bug in tnb (BugError): see ")


def test_the_same_bug_is_written_down_once_and_many_do_not_fill_the_disk() -> None:
    for number in range(40):
        for _ in range(2):
            with pytest.raises(ZeroDivisionError) as raised:
                exec(compile("\n" * number + "1 / 0", "somewhere.py", "exec"))
            assert reported(raised.value, "counting").startswith("bug in tnb (ZeroDivisionError): ")
    assert len(list(reports_folder().iterdir())) == 20


def test_a_report_that_cannot_be_written_is_said_to_be_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file" / "state"))
    (tmp_path / "file").write_text("")
    assert "its report could not be written" in reported(BugError(), "anything")
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_all_screens_and_widgets_outlive_their_bugs() -> None:
    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        if module.name.startswith(("tui.screens", "tui.widgets", "tui.view")):
            importlib.import_module(module.name)
    ours = [each for each in _derived(Widget) if each.__module__.startswith("tui.")]
    assert len(ours) > 10
    assert [each for each in ours if not issubclass(each, Containing)] == []


def _derived(base: type) -> Iterator[type]:
    for each in base.__subclasses__():
        yield each
        yield from _derived(each)
