"""The launcher, and several notebooks in tabs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from e2e import notebooks
from kernelbridge.fakekeeper import SCRIPTED, FakeWay
from kernelbridge.fakekernel import FakeKernel, Wait, prints
from kernelbridge.state import Missing
from openednotebook import Opened, see, shown
from tui.app import TnbApp
from tui.document.kernelspec import NamedKernelspec
from tui.files.notebookfile import read
from tui.files.recent import note_opened
from tui.kernelreach import Reached
from tui.options import Options, WithoutKernel
from tui.render.rowops import plain
from tui.screens.launcherrows import KernelForNew, Lists, NewNotebook, OpenPath, launcher_entries
from tui.screens.notebook.screen import NotebookScreen
from tui.widgets.tabline import TabTitle, tab_at, tab_row

if TYPE_CHECKING:
    from tui.kernelreach import Launched

NO_KERNEL = Missing("none", "", is_installed=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "work"
    place.mkdir()
    notebooks.write(place / "a.ipynb", notebooks.code("of_a"))
    notebooks.write(place / "b.ipynb", notebooks.code("of_b"), notebooks.code("more"))
    return place


@asynccontextmanager
async def program(
    file: Path | None, folder: Path, first: Launched = NO_KERNEL, others: Launched = NO_KERNEL
) -> AsyncIterator[Opened]:
    known = None if file is None else read(file)
    options = Options(kernel=WithoutKernel()) if first is NO_KERNEL else Options()
    app = TnbApp(known, options, lambda *_: first, lambda *_: others, folder)
    async with app.run_test(size=(100, 24)) as pilot:
        yield app, pilot


def front(opened: Opened) -> NotebookScreen:
    screen = opened[0].screen
    assert isinstance(screen, NotebookScreen)
    return screen


async def choose(opened: Opened, *typed: str) -> None:
    await see(opened, "Notebooks", "New notebook")
    await opened[1].press(*"".join(typed), "enter")


# -- what it lists ----


def entries(lists: Lists, query: str = "") -> list[tuple[str, object]]:
    return [(plain(each.row).strip(), each.opening) for each in launcher_entries(lists, query, 60)]


PYTHON = NamedKernelspec("python3", "Python 3", "python")
KERNEL = KernelForNew("Python 3", "python3", PYTHON, WithoutKernel())


def test_it_lists_what_runs_what_was_opened_what_is_here_and_kernels() -> None:
    here = Path("/work")
    lists = Lists(
        here,
        here / "Untitled.ipynb",
        {here / "run.ipynb": "busy"},
        [here / "run.ipynb", Path("/other/old.ipynb")],
        [here / "sub/new.ipynb"],
        [KERNEL],
    )
    told = entries(lists)
    assert [text.split("  ")[0] for text, opening in told if opening is None] == [
        "Running",
        "Recent",
        "In /work",
        "New notebook",
    ]
    assert told[1][0].startswith("run.ipynb")
    assert told[1][0].endswith("busy")
    assert told[3] == ("old.ipynb  /other", OpenPath(Path("/other/old.ipynb")))
    assert told[5] == ("new.ipynb  sub/", OpenPath(here / "sub/new.ipynb"))
    assert [opening for _, opening in entries(lists, "old")] == [None, OpenPath(Path("/other/old.ipynb"))]


def test_a_name_that_is_typed_makes_a_new_notebook_with_any_kernel() -> None:
    here = Path("/work")
    lists = Lists(here, here / "Untitled.ipynb", {}, [], [], [KERNEL])
    assert [opening for _, opening in entries(lists, "x.ipynb")] == [
        None,
        NewNotebook(here / "x.ipynb"),
        NewNotebook(here / "x.ipynb", KERNEL.kernelspec, KERNEL.kernel),
    ]
    ((remark, opening),) = entries(lists, "nothing")
    assert opening is None
    assert remark.startswith("Nothing fits: a name that ends in .ipynb makes a new")


# -- as a person uses it ----


async def test_without_a_notebook_it_asks_which_and_opens_it(folder: Path) -> None:
    note_opened(folder / "b.ipynb")
    async with program(None, folder) as opened:
        await see(opened, "Recent", "In ", "a.ipynb")
        await choose(opened, "a.ip")
        await see(opened, "of_a")
        assert front(opened).file.path == folder / "a.ipynb"


async def test_to_choose_nothing_ends_it(folder: Path) -> None:
    async with program(None, folder) as opened:
        await see(opened, "Notebooks")
        await opened[1].press("escape")
        await opened[1].pause()
        assert not opened[0].is_running


async def test_what_cannot_be_opened_says_why_and_asks_again(folder: Path) -> None:
    (folder / "bad.ipynb").write_text("{", encoding="utf-8")
    async with program(None, folder) as opened:
        await choose(opened, "bad")
        await see(opened, "Notebooks", "bad.ipynb: ")


async def test_another_notebook_opens_beside_the_first_which_stays_as_it_is(folder: Path) -> None:
    async with program(folder / "a.ipynb", folder) as opened:
        await see(opened, "of_a")
        assert "b.ipynb" not in shown(opened[0])
        await opened[1].press("enter", "x", "escape", "ctrl+o")
        await choose(opened, "b.ip")
        await see(opened, "of_b", "a.ipynb ●", "b.ipynb")
        await opened[1].press("]")
        await see(opened, "xof_a")
        await opened[1].press("[")
        await see(opened, "of_b")


async def test_what_runs_in_a_notebook_goes_on_behind_another(folder: Path) -> None:
    kernel = FakeKernel({"of_a": [Wait(), prints("printed behind\n")]})
    first = Reached(FakeWay(kernel), SCRIPTED, ("python3",))
    async with program(folder / "a.ipynb", folder, first, first) as opened:
        await see(opened, "idle")
        await opened[1].press("ctrl+e")
        await see(opened, "busy")
        await opened[1].press("ctrl+o")
        await choose(opened, "b.ip")
        await see(opened, "of_b", "⠿")
        kernel.go_on()
        behind = opened[0].tabs.notebooks()[0]
        while not behind.notebook.cells[0].outputs:
            await opened[1].pause()
        await opened[1].press("[")
        await see(opened, "printed behind")


async def test_what_is_open_already_comes_to_the_front(folder: Path) -> None:
    async with program(folder / "a.ipynb", folder) as opened:
        await see(opened, "of_a")
        for name in ("b.ip", "a.ip"):
            await opened[1].press("ctrl+o")
            await choose(opened, name)
            await see(opened, f"of_{name[0]}")
        assert len(opened[0].tabs.open) == 2


async def test_to_close_a_notebook_asks_as_to_quit_does_and_leaves_the_others(folder: Path) -> None:
    async with program(folder / "a.ipynb", folder) as opened:
        await see(opened, "of_a")
        await opened[1].press("ctrl+o")
        await choose(opened, "b.ip")
        await see(opened, "of_b")
        await opened[1].press("d", "d", "ctrl+w")
        await see(opened, "Save b.ipynb before leaving?")
        await opened[1].press("d")
        await see(opened, "of_a")
        await opened[1].pause()
        assert "b.ipynb" not in shown(opened[0])
        assert opened[0].is_running


async def test_to_quit_asks_of_each_notebook_in_its_turn(folder: Path) -> None:
    async with program(folder / "a.ipynb", folder) as opened:
        await see(opened, "of_a")
        await opened[1].press("a", "ctrl+o")
        await choose(opened, "b.ip")
        await see(opened, "of_b")
        await opened[1].press("a", "ctrl+q")
        await see(opened, "Save b.ipynb before leaving?")
        await opened[1].press("s")
        await see(opened, "Save a.ipynb before leaving?")
        await opened[1].press("escape")
        await opened[1].pause()
        assert opened[0].is_running
        await opened[1].press("ctrl+q", "d")
        await opened[1].pause()
        assert not opened[0].is_running
    assert len(notebooks.sources(folder / "b.ipynb")) == 3
    assert len(notebooks.sources(folder / "a.ipynb")) == 1


async def test_cells_are_pasted_from_one_notebook_into_another(folder: Path) -> None:
    async with program(folder / "a.ipynb", folder) as opened:
        await see(opened, "of_a")
        await opened[1].press("c", "ctrl+o")
        await choose(opened, "b.ip")
        await see(opened, "of_b")
        await opened[1].press("v", "v")
        screen = front(opened)
        assert [cell.source for cell in screen.notebook.cells] == ["of_b", "of_a", "of_a", "more"]
        ids = [cell.id for cell in screen.notebook.cells]
        assert None not in ids
        assert len(set(ids)) == 4
        await opened[1].press("s")
        await see(opened, "saved")
    assert notebooks.sources(folder / "b.ipynb") == ["of_b", "of_a", "of_a", "more"]


# -- the line of tabs ----


def test_the_tab_in_front_is_always_in_the_line() -> None:
    titles = [TabTitle(f"notebook-{number}.ipynb", number == 7) for number in range(8)]
    text = plain(tab_row(titles, 40))
    assert "noteboo" in text
    assert tab_at(titles, 40, len(text) - 4) == 7


def test_a_click_finds_the_tab_that_is_drawn_there() -> None:
    titles = [TabTitle("a.ipynb", is_front=True), TabTitle("b.ipynb", is_front=False, is_modified=True)]
    text = plain(tab_row(titles, 80))
    assert tab_at(titles, 80, text.index("a.ipynb")) == 0
    assert tab_at(titles, 80, text.index("b.ipynb")) == 1
    assert tab_at(titles, 80, 79) is None
