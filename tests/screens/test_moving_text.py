"""Text that leaves the notebook, and text that comes into it, while no cell is edited."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual import events

from e2e import notebooks
from kernelbridge.state import Missing
from openednotebook import Opened, notebook, see
from tui.document.notebook import CellKind
from tui.screens.notebook.screen import NotebookScreen

NO_KERNEL = Missing("none", "", is_installed=False)
TABLE = "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>two words</td></tr></table>"
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def shows(**data: str) -> dict[str, Any]:
    bundle = {kind.replace("_", "/"): text for kind, text in data.items()}
    output = {"output_type": "display_data", "data": bundle, "metadata": {}}
    return {**notebooks.code("x"), "outputs": [output]}


def screen_of(opened: Opened) -> NotebookScreen:
    screen = opened[0].screen
    assert isinstance(screen, NotebookScreen)
    return screen


def content(path: str) -> bytes:
    return Path(path).read_bytes()


async def paste(opened: Opened, text: str) -> None:
    await opened[1].pause()
    opened[0].pass_on(events.Paste(text))


async def test_what_a_cell_printed_is_copied_without_its_colours(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("x", "\x1b[31mred\x1b[0m\nline\n"))
    async with notebook(path, NO_KERNEL) as opened:
        await see(opened, "red")
        await opened[1].press("Y")
        await see(opened, "copied 2 lines")
        assert screen_of(opened).clipboard.text == "red\nline\n"


async def test_a_table_is_copied_for_a_spreadsheet(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", shows(text_html=TABLE))
    async with notebook(path, NO_KERNEL) as opened:
        await see(opened, "two words")
        screen_of(opened).perform("output.copy-table")
        await see(opened, "copied 2 lines")
        assert screen_of(opened).clipboard.text == "a\tb\n1\ttwo words\n"


async def test_of_a_picture_the_path_of_a_file_is_copied(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", shows(image_png=PNG))
    async with notebook(path, NO_KERNEL) as opened:
        await see(opened, "x")
        screen_of(opened).perform("output.copy-picture")
        await see(opened, "copied the path of the picture")
        assert content(screen_of(opened).clipboard.text).startswith(b"\x89PNG")


async def test_pasted_text_is_offered_as_a_cell(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("one"))
    async with notebook(path, NO_KERNEL) as opened:
        await see(opened, "one")
        await paste(opened, "two\r\nthree\n")
        await see(opened, "Paste 2 lines as a new cell?")
        await opened[1].press("m")
        cell = screen_of(opened).notebook.cells[1]
        assert (cell.kind, cell.source) == (CellKind.MARKDOWN, "two\nthree")
        await opened[1].press("z")
        await paste(opened, "four")
        await opened[1].press("escape")
        assert len(screen_of(opened).notebook.cells) == 1


async def test_a_notebook_that_is_dropped_is_offered_to_be_opened(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("one"))
    other = notebooks.write(tmp_path / "b c.ipynb", notebooks.code("other"))
    async with notebook(path, NO_KERNEL) as opened:
        await see(opened, "one")
        await paste(opened, f"'{other}' ")
        await see(opened, "Open b c.ipynb?")
        await opened[1].press("enter")
        await see(opened, "other", "b c.ipynb")


async def test_while_a_cell_is_edited_a_path_is_text(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("x"))
    async with notebook(path, NO_KERNEL) as opened:
        await see(opened, "x")
        await opened[1].press("enter")
        await paste(opened, "'/a/b.ipynb'")
        assert screen_of(opened).focused_cell.source == "'/a/b.ipynb'x"


async def drag(opened: Opened, start: tuple[int, int], end: tuple[int, int]) -> None:
    view = screen_of(opened).view
    await opened[1].mouse_down(view, offset=start)
    await opened[1].hover(view, offset=end)
    await opened[1].mouse_up(view, offset=end)
    await opened[1].pause()


async def test_text_is_selected_with_the_mouse_across_cells_and_outputs_and_copied(tmp_path: Path) -> None:
    cells = notebooks.code("first = 1\nsecond", "printed\nmore\n"), notebooks.code("third = 3")
    async with notebook(notebooks.write(tmp_path / "a.ipynb", *cells), NO_KERNEL) as opened:
        await see(opened, "printed", "third")
        await drag(opened, (8, 2), (10, 5))
        await see(opened, "copied 4 lines")
        assert screen_of(opened).clipboard.text == "printed\nmore\n\nthird"
        assert screen_of(opened).state.swept is not None
        await opened[1].press("j")
        assert screen_of(opened).state.swept is None


async def test_a_click_selects_no_text(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("one"), notebooks.code("two"))
    async with notebook(path, NO_KERNEL) as opened:
        await see(opened, "two")
        await opened[1].click(screen_of(opened).view, offset=(7, 2))
        assert screen_of(opened).focused_cell.source == "two"
        assert screen_of(opened).clipboard.text == ""


async def test_a_click_beside_a_heading_folds_its_section(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.markdown("# One"), notebooks.code("two"))
    async with notebook(path, NO_KERNEL) as opened:
        await see(opened, "two")
        await opened[1].click(screen_of(opened).view, offset=(2, 0))
        await see(opened, "1 cell folded")
        await opened[1].click(screen_of(opened).view, offset=(2, 0))
        await see(opened, "two")
