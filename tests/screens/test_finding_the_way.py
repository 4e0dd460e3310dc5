"""The outline, jumps, marks and folds, as a person uses them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from e2e import notebooks
from kernelbridge.fakekeeper import SCRIPTED, FakeWay
from kernelbridge.fakekernel import Fail, FakeKernel, Wait
from kernelbridge.state import Missing
from openednotebook import Opened, notebook, see, shown
from tui.kernelreach import Reached
from tui.screens.notebook.screen import NotebookScreen

if TYPE_CHECKING:
    from collections.abc import Sequence

NO_KERNEL = Missing("none", "", is_installed=False)
CELLS = (
    notebooks.markdown("# First part"),
    notebooks.code("one"),
    notebooks.markdown("## Within"),
    notebooks.code("two"),
    notebooks.markdown("# Second part"),
    notebooks.code("three"),
)


def written(folder: Path, cells: Sequence[dict[str, Any]] = CELLS) -> Path:
    return notebooks.write(folder / "a.ipynb", *cells)


def screen_of(opened: Opened) -> NotebookScreen:
    screen = opened[0].screen
    assert isinstance(screen, NotebookScreen)
    return screen


def focused(opened: Opened) -> str:
    return screen_of(opened).focused_cell.source


async def gone(opened: Opened, text: str) -> None:
    await opened[1].pause()
    assert text not in shown(opened[0])


# -- the outline ----


async def test_the_outline_shows_the_headings_and_leads_to_one_that_is_typed(tmp_path: Path) -> None:
    async with notebook(written(tmp_path), NO_KERNEL) as opened:
        await see(opened, "First part")
        await opened[1].press("g", "o")
        await see(opened, "Outline", "Second part", "Within")
        await opened[1].press(*"seco", "enter")
        await opened[1].pause()
        assert focused(opened) == "# Second part"
        await opened[1].press("g", "b")
        assert focused(opened) == "# First part"


async def test_the_outline_opens_at_the_heading_above_and_shows_what_runs_and_what_failed(
    tmp_path: Path,
) -> None:
    way = FakeWay(FakeKernel({"two": [Fail("ValueError", "bad")], "three": [Wait()]}))
    async with notebook(written(tmp_path), Reached(way, SCRIPTED, ("python3",))) as opened:
        await see(opened, "idle")
        screen = screen_of(opened)
        screen.focus_cell(screen.notebook.cells[3].key)
        await opened[1].press("ctrl+e")
        await see(opened, "ValueError: bad")
        screen.focus_cell(screen.notebook.cells[5].key)
        await opened[1].press("ctrl+e")
        await see(opened, "busy")
        await opened[1].press("g", "o")
        await see(opened, "✗ two  ValueError: bad", "⠿ three")
        await opened[1].press("escape", "g", "f")
        assert focused(opened) == "two"
        await opened[1].press("g", "r")
        assert focused(opened) == "three"


@pytest.mark.parametrize(
    ("keys", "said"), [("gr", "no cell runs"), ("gf", "no cell failed"), ("gi", "nothing was")]
)
async def test_where_there_is_nowhere_to_go_it_is_said(keys: str, said: str, tmp_path: Path) -> None:
    async with notebook(written(tmp_path), NO_KERNEL) as opened:
        await see(opened, "First part")
        await opened[1].press(*keys)
        await see(opened, said)


async def test_the_last_change_is_found_again(tmp_path: Path) -> None:
    async with notebook(written(tmp_path), NO_KERNEL) as opened:
        await see(opened, "First part")
        await opened[1].press("j", "enter", "x", "escape", "G", "g", "i")
        assert focused(opened) == "xone"


# -- marks ----


async def test_marked_cells_are_gone_through_in_a_circle(tmp_path: Path) -> None:
    async with notebook(written(tmp_path), NO_KERNEL) as opened:
        await see(opened, "First part")
        await opened[1].press("j", ",", "G", ",", "'")
        assert focused(opened) == "one"
        await see(opened, "•")
        await opened[1].press("'")
        assert focused(opened) == "three"
        await opened[1].press('"')
        assert focused(opened) == "one"
        await opened[1].press(",", "G", "'", "'")
        assert focused(opened) == "three"


# -- folding ----


async def test_a_folded_section_says_how_much_it_hides_and_is_passed_over(tmp_path: Path) -> None:
    async with notebook(written(tmp_path), NO_KERNEL) as opened:
        await see(opened, "First part", "Within")
        await opened[1].press("left")
        await see(opened, "▸", "3 cells folded")
        await gone(opened, "Within")
        await opened[1].press("j")
        assert focused(opened) == "# Second part"
        await opened[1].press("k", "right")
        await see(opened, "Within")


async def test_left_leads_from_a_cell_to_its_heading(tmp_path: Path) -> None:
    async with notebook(written(tmp_path), NO_KERNEL) as opened:
        await see(opened, "First part")
        await opened[1].press("j", "j", "j", "left")
        assert focused(opened) == "## Within"


async def test_whoever_goes_into_a_folded_section_sees_it(tmp_path: Path) -> None:
    async with notebook(written(tmp_path), NO_KERNEL) as opened:
        await see(opened, "First part")
        await opened[1].press("left", "g", "o", *"within", "enter")
        await see(opened, "Within", "two")
        assert focused(opened) == "## Within"


async def test_what_is_done_to_a_folded_section_is_done_to_all_of_it(tmp_path: Path) -> None:
    async with notebook(written(tmp_path), NO_KERNEL) as opened:
        await see(opened, "First part")
        await opened[1].press("left", "d", "d")
        await gone(opened, "First part")
        assert [cell.source for cell in screen_of(opened).notebook.cells] == ["# Second part", "three"]
        await opened[1].press("z")
        await see(opened, "First part")
        assert len(screen_of(opened).notebook.cells) == len(CELLS)


async def test_to_make_a_folded_heading_another_kind_leaves_what_it_hides(tmp_path: Path) -> None:
    async with notebook(written(tmp_path), NO_KERNEL) as opened:
        await see(opened, "First part")
        await opened[1].press("left", "2")
        assert [cell.source for cell in screen_of(opened).notebook.cells][:2] == ["## First part", "one"]


async def test_with_all_sections_folded_the_focus_stays_in_sight(tmp_path: Path) -> None:
    async with notebook(written(tmp_path), NO_KERNEL) as opened:
        await see(opened, "First part")
        await opened[1].press("j", "j", "j")
        screen_of(opened).perform("fold.all-sections")
        await see(opened, "3 cells folded", "1 cell folded")
        assert focused(opened) == "# First part"
        screen_of(opened).perform("fold.show-all")
        await see(opened, "Within", "three")


async def test_what_the_file_says_is_hidden_is_hidden_and_the_file_is_not_changed_by_looking(
    tmp_path: Path,
) -> None:
    hidden = {**notebooks.code("secret", "printed"), "metadata": {"jupyter": {"source_hidden": True}}}
    outputs = {**notebooks.code("other", "hidden text"), "metadata": {"collapsed": True}}
    async with notebook(written(tmp_path, (hidden, outputs)), NO_KERNEL) as opened:
        await see(opened, "1 line hidden", "printed", "1 output, 1 rows")
        assert "secret" not in shown(opened[0])
        assert "hidden text" not in shown(opened[0])
        await opened[1].press("H", "j", "o")
        await see(opened, "secret", "hidden text")
        assert not screen_of(opened).controller.document.is_modified


async def test_what_is_hidden_gets_into_the_file_only_when_that_is_asked_for(tmp_path: Path) -> None:
    path = written(tmp_path, (notebooks.code("a", "b"), notebooks.code("c")))
    async with notebook(path, NO_KERNEL) as opened:
        await see(opened, "a")
        await opened[1].press("H", "o")
        screen_of(opened).perform("fold.keep")
        await see(opened, "1 cell changed")
        await opened[1].press("s")
        await see(opened, "saved")
    first, second = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert first["metadata"] == {
        "jupyter": {"source_hidden": True, "outputs_hidden": True},
        "collapsed": True,
    }
    assert second["metadata"] == {}


async def test_a_hidden_source_is_shown_while_it_is_edited(tmp_path: Path) -> None:
    async with notebook(written(tmp_path), NO_KERNEL) as opened:
        await see(opened, "First part")
        await opened[1].press("j", "H")
        await see(opened, "1 line hidden")
        await opened[1].press("enter")
        await see(opened, "one")
        await opened[1].press("escape")
        await see(opened, "1 line hidden")
