"""Finding and replacing as a person does it."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.style import Style

from e2e import notebooks
from kernelbridge.state import Missing
from openednotebook import Opened, notebook, see, shown
from tui.screens.notebook.screen import NotebookScreen

NO_KERNEL = Missing("none", "", is_installed=False)
CELLS = (
    notebooks.markdown("A word of prose"),
    notebooks.code("word = 1\nprint(word)", "a printed word\n"),
    notebooks.code("other"),
    notebooks.code("Word"),
)


def written(folder: Path) -> Path:
    return notebooks.write(folder / "a.ipynb", *CELLS)


def screen_of(opened: Opened) -> NotebookScreen:
    screen = opened[0].screen_stack[0]
    assert isinstance(screen, NotebookScreen)
    return screen


def sources(opened: Opened) -> list[str]:
    return [cell.source for cell in screen_of(opened).notebook.cells]


def marked(opened: Opened) -> list[str]:
    """The texts on the screen that are underlined or reversed as matches are."""
    screen = screen_of(opened)
    background = screen.palette.selection.bgcolor
    found: list[str] = []
    for y in range(screen.view.size.height):
        for segment in screen.view.render_line(y):
            style = segment.style or Style()
            if style.bgcolor == background and (style.underline or style.reverse):
                found.append(segment.text)
    return found


async def test_matches_show_while_one_types_and_are_counted(tmp_path: Path) -> None:
    async with notebook(written(tmp_path), NO_KERNEL) as opened:
        await see(opened, "prose")
        await opened[1].press("/", *"word")
        await see(opened, "Find › word", "1 of 4")
        assert marked(opened) == ["word", "word", "word", "Word"]
        await opened[1].press("alt+o")
        await see(opened, "1 of 5", "● outputs")
        assert marked(opened) == ["word", "word", "word", "word", "Word"]
        await opened[1].press("alt+o", "x")
        await see(opened, "none")
        assert marked(opened) == []
        await opened[1].press("backspace", "alt+c")
        await see(opened, "1 of 3", "● case")


async def test_switches_say_how_it_is_understood(tmp_path: Path) -> None:
    async with notebook(written(tmp_path), NO_KERNEL) as opened:
        await see(opened, "prose")
        await opened[1].press("/", *"wor", "alt+w")
        await see(opened, "none", "● word")
        await opened[1].press("d", "alt+o")
        await see(opened, "1 of 5", "● outputs")
        await opened[1].press("ctrl+u", *"w.rd$", "alt+o", "alt+w", "alt+r")
        await see(opened, "1 of 1", "● regex")
        await opened[1].press("(")
        await see(opened, "no regular expression")


async def test_enter_stays_at_the_match_and_n_goes_on(tmp_path: Path) -> None:
    async with notebook(written(tmp_path), NO_KERNEL) as opened:
        await see(opened, "prose")
        await opened[1].press("/", *"word")
        await see(opened, "1 of 4")
        await opened[1].press("down", "enter")
        await see(opened, "2 of 4; n goes to the next")
        assert screen_of(opened).focus_index == 1
        await opened[1].press("n", "n")
        await see(opened, "4 of 4")
        assert screen_of(opened).focus_index == 3
        await opened[1].press("n")
        assert screen_of(opened).focus_index == 0
        await opened[1].press("N")
        assert screen_of(opened).focus_index == 3
        await opened[1].press("escape")
        assert marked(opened) == []
        await opened[1].press("g", "b")
        assert screen_of(opened).focus_index == 0


async def test_escape_leads_back_to_where_one_was(tmp_path: Path) -> None:
    async with notebook(written(tmp_path), NO_KERNEL) as opened:
        await see(opened, "prose")
        await opened[1].press("j", "j", "/", *"Word")
        await see(opened, "of 4")
        await opened[1].press("escape")
        await opened[1].pause()
        assert screen_of(opened).focus_index == 2
        assert marked(opened) == []
        await opened[1].press("n")
        await see(opened, "goes to the next")


async def test_while_a_cell_is_edited_the_match_is_selected_in_it(tmp_path: Path) -> None:
    async with notebook(written(tmp_path), NO_KERNEL) as opened:
        await see(opened, "prose")
        await opened[1].press("j", "enter", "ctrl+f", *"print")
        await see(opened, "1 of 1")
        await opened[1].press("enter", "x", "escape")
        assert sources(opened)[1] == "word = 1\nx(word)"


async def test_what_is_edited_is_searched_anew(tmp_path: Path) -> None:
    async with notebook(written(tmp_path), NO_KERNEL) as opened:
        await see(opened, "prose")
        await opened[1].press("/", *"word")
        await see(opened, "1 of 4")
        await opened[1].press("enter", "G", "d", "d")
        search = screen_of(opened).finding.search
        while len(search.found) != 3:
            await opened[1].pause()


async def test_what_was_printed_is_brought_into_sight(tmp_path: Path) -> None:
    printed = "\n".join(f"line {number}" for number in range(300))
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("1", printed), notebooks.code("2"))
    async with notebook(path, NO_KERNEL) as opened:
        await see(opened, "line 0")
        await opened[1].press("/", "alt+o", *"line 217")
        await see(opened, "1 of 1", "┊ line 217")
        assert "line 217" in marked(opened)


async def test_replacing_is_seen_before_and_taken_back_in_one_step(tmp_path: Path) -> None:
    async with notebook(written(tmp_path), NO_KERNEL) as opened:
        await see(opened, "prose")
        before = sources(opened)
        await opened[1].press("f", *"word", "tab", *"x")
        await see(opened, "1 of 4", "With › x")
        await opened[1].press("enter")
        await see(opened, "Replace", "[x] cell 1, line 1", "- A word of prose", "+ A x of prose")
        await opened[1].press("down", "space")
        await see(opened, "[ ] cell 2, line 1", "replace in 3 lines")
        await opened[1].press("enter")
        await see(opened, "replaced in 3 places")
        assert sources(opened) == ["A x of prose", "word = 1\nprint(x)", "other", "x"]
        await opened[1].press("z")
        assert sources(opened) == before


async def test_groups_are_put_where_the_replacement_names_them(tmp_path: Path) -> None:
    async with notebook(written(tmp_path), NO_KERNEL) as opened:
        await see(opened, "prose")
        await opened[1].press("f", *r"(\w+) = 1", "alt+r", "tab", *"$1 = 2")
        await see(opened, "1 of 1")
        await opened[1].press("enter")
        await see(opened, "+ word = 2")
        await opened[1].press("enter")
        await see(opened, "replaced in 1 place")
        assert sources(opened)[1] == "word = 2\nprint(word)"


async def test_a_notebook_that_is_only_read_is_searched_and_not_changed(tmp_path: Path) -> None:
    path = written(tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"nbformat": 4', '"nbformat": 5'), encoding="utf-8")
    async with notebook(path, NO_KERNEL) as opened:
        await see(opened, "read-only")
        await opened[1].press("f", *"word", "tab", "x", "enter")
        await see(opened, "format")
        assert sources(opened)[0] == "A word of prose"


@pytest.mark.parametrize("size", [(80, 24), (40, 10)])
async def test_the_bar_fits(size: tuple[int, int], tmp_path: Path) -> None:
    async with notebook(written(tmp_path), NO_KERNEL) as opened:
        app, pilot = opened
        await pilot.resize_terminal(*size)
        await see(opened, "prose")
        await pilot.press("f", *"word")
        await see(opened, "1 of 4", "outputs", "Enter", "With")
        assert max(map(len, shown(app).split("\n"))) <= size[0]
