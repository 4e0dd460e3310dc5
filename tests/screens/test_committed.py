"""The differences from git's last commit, and cells that are reverted one by one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from e2e import notebooks
from files.test_committed import commit, git
from kernelbridge.state import Missing
from openednotebook import notebook, see
from programs import require_program
from tui.document.notebook import Cell, CellKey, CellKind, Notebook
from tui.screens.notebook.committed import reverted

NO_KERNEL = Missing("none", "", is_installed=False)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    require_program("git")
    git(tmp_path, "init")
    committed = commit(tmp_path / "a.ipynb", "one", "two", "three")
    return notebooks.write(committed, *map(notebooks.code, ("one, mine", "two", "three, mine", "four")))


async def test_the_marked_cells_are_reverted_and_undo_brings_them_back(path: Path) -> None:
    async with notebook(path, NO_KERNEL) as opened:
        app, pilot = opened
        await see(opened, "four")
        await pilot.press("g", "D")
        await see(opened, "- one", "+ one, mine", "- three", "only in the notebook here")
        await pilot.press("space", "enter")
        await see(opened, "1 cell is as committed")
        screen = app.screen
        assert [cell.source for cell in screen.notebook.cells] == ["one", "two", "three, mine", "four"]
        await pilot.press("z")
        await see(opened, "one, mine")


async def test_all_can_be_reverted_once_one_says_so_again(path: Path) -> None:
    async with notebook(path, NO_KERNEL) as opened:
        app, pilot = opened
        await see(opened, "four")
        await pilot.press("g", "D")
        await see(opened, "revert all")
        await pilot.press("d", "d")
        await see(opened, "3 cells are as committed")
        assert [cell.source for cell in app.screen.notebook.cells] == ["one", "two", "three"]


async def test_a_notebook_as_committed_says_so(path: Path) -> None:
    notebooks.write(path, *map(notebooks.code, ("one", "two", "three")))
    async with notebook(path, NO_KERNEL) as opened:
        _, pilot = opened
        await see(opened, "three")
        await pilot.press("g", "D")
        await see(opened, "the cells are those of git's last commit")


def cells(keys: list[int]) -> Notebook:
    return Notebook(tuple(Cell(CellKey(key), CellKind.CODE, f"cell {key}") for key in keys))


@given(st.permutations(range(6)), st.permutations(range(6)))
def test_to_revert_every_cell_gives_the_cells_of_the_commit(mine: list[int], committed: list[int]) -> None:
    keys = frozenset(map(CellKey, range(6)))
    assert reverted(cells(mine[:4]), cells(committed[:4]), keys).cells == cells(committed[:4]).cells
