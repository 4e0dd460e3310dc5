"""The screen as a person finds it: layout, size, keys, and questions, without a kernel."""

from __future__ import annotations

from pathlib import Path

import pytest

from e2e import keys, notebooks
from e2e.conftest import OpenTnb
from e2e.terminal import Terminal

pytestmark = pytest.mark.e2e


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    cells = [notebooks.markdown("# Chapter"), notebooks.code("value = 1", printed="shown\n", count=7)]
    return notebooks.write(
        tmp_path / "a.ipynb", *cells, *(notebooks.code(f"cell_{index}") for index in range(40))
    )


def assert_framed(terminal: Terminal) -> None:
    """The file's name is on the top line, with the place at its end, and keys are on the bottom line."""
    lines = terminal.screen.lines
    assert "a.ipynb" in lines[0]
    assert lines[0].endswith("/42")
    assert len(lines[-1].split()) > 1


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (300, 80)])
def test_it_fits_every_terminal(size: tuple[int, int], notebook: Path, open_notebook: OpenTnb) -> None:
    terminal = open_notebook(notebook, "--no-kernel", size=size)
    terminal.wait_for("Chapter")
    terminal.wait_until(lambda: terminal.screen.lines[-1] != "", "the bottom line")
    assert_framed(terminal)


def test_it_follows_every_change_of_the_windows_size(notebook: Path, open_notebook: OpenTnb) -> None:
    terminal = open_notebook(notebook, "--no-kernel")
    terminal.wait_for("Chapter")
    for size in [(40, 10), (200, 60), (20, 3), (1, 1), (120, 40)]:
        terminal.resize(*size)
    terminal.wait_until(
        lambda: terminal.screen.lines[0].endswith("/42") and terminal.screen.lines[-1] != "", "the frame"
    )
    assert_framed(terminal)
    terminal.wait_for("cell_5")


def test_a_cell_shows_its_count_its_source_and_its_output_in_their_columns(
    notebook: Path, open_notebook: OpenTnb
) -> None:
    terminal = open_notebook(notebook, "--no-kernel")
    terminal.wait_for("┊ shown")
    assert terminal.find("value = 1")[0] == terminal.find("┊ shown")[0]
    assert terminal.screen.lines[terminal.find("value = 1")[1]].split()[0] == "7"


def test_the_focused_cell_alone_is_marked(notebook: Path, open_notebook: OpenTnb) -> None:
    terminal = open_notebook(notebook, "--no-kernel")
    terminal.wait_for("▌.*Chapter")
    terminal.send("j")
    terminal.wait_for("▌.*value = 1")
    terminal.wait_gone("▌.*Chapter")
    assert terminal.text.count("▌") == 2  # its line of source and its line of output


def test_first_and_last_cell_are_a_key_away(notebook: Path, open_notebook: OpenTnb) -> None:
    terminal = open_notebook(notebook, "--no-kernel")
    terminal.wait_for("Chapter")
    terminal.send("G")
    terminal.wait_for("cell_39")
    terminal.wait_for(r"42/42")
    terminal.send("gg")
    terminal.wait_for("Chapter")
    terminal.wait_for(r" 1/42")


def test_cells_are_added_deleted_and_brought_back(notebook: Path, open_notebook: OpenTnb) -> None:
    terminal = open_notebook(notebook, "--no-kernel")
    terminal.wait_for(" 1/42")
    terminal.send("b")
    terminal.wait_for(" 2/43")
    terminal.send("dd")
    terminal.wait_for("/42")
    terminal.send("z")
    terminal.wait_for("/43")


def test_quitting_with_unsaved_edits_asks_first(notebook: Path, open_notebook: OpenTnb) -> None:
    before = notebook.read_bytes()
    terminal = open_notebook(notebook, "--no-kernel")
    terminal.wait_for("Chapter")
    terminal.send("b")
    terminal.wait_for("●")
    terminal.send(keys.CTRL_Q)
    terminal.wait_for("before leaving")
    terminal.send(keys.ESCAPE)
    terminal.wait_gone("before leaving")
    assert notebook.read_bytes() == before
    terminal.send(keys.CTRL_S)
    terminal.wait_gone("●")
    terminal.send(keys.CTRL_Q)
    assert terminal.wait_exit() == 0
    assert len(notebooks.sources(notebook)) == 43


def test_the_palette_finds_a_command_by_its_name(notebook: Path, open_notebook: OpenTnb) -> None:
    terminal = open_notebook(notebook, "--no-kernel")
    terminal.wait_for("Chapter")
    terminal.send(keys.CTRL_P)
    terminal.send("interrupt")
    terminal.wait_for("(?i)interrupt.*")
    terminal.send(keys.ESCAPE)
    terminal.wait_for("Chapter")


def test_help_shows_the_keys(notebook: Path, open_notebook: OpenTnb) -> None:
    terminal = open_notebook(notebook, "--no-kernel", size=(100, 40))
    terminal.wait_for("Chapter")
    terminal.send("?")
    terminal.wait_for("(?i)interrupt|save")
    terminal.send(keys.ESCAPE)
    terminal.wait_for("Chapter")


def test_a_paste_of_ten_thousand_lines_goes_into_the_cell(notebook: Path, open_notebook: OpenTnb) -> None:
    terminal = open_notebook(notebook, "--no-kernel")
    terminal.wait_for("Chapter")
    terminal.send("b")
    terminal.wait_for(" 2/43")
    terminal.send(keys.ENTER)
    pasted = "\n".join(f"pasted line {index}" for index in range(10_000))
    terminal.send(keys.paste(pasted))
    terminal.wait_for("pasted line 9999")
    terminal.send(keys.CTRL_S)
    terminal.wait_gone("●")
    assert notebooks.sources(notebook)[1] == pasted


ODD_BYTES = [
    b"\x1b[13;1:3u",
    b"\x1b[97:65;1;97u",
    b"\x1b[:;:;:u",
    b"\x1b[99999999999999999999;1u",
    b"\x1b[27;99;99~",
    b"\x1b[<0;0;0M\x1b[<999;99999;99999m",
    b"\x1b[M\xff\xff\xff",
    b"\xff\xfe\xc3\x28\xed\xa0\x80",
    b"\x1b]11;rgb:zz/zz\x07",
    b"\x1b[?9999;9$y",
    b"\x1b[I\x1b[O\x1b[1;2R\x1b[8;0;0t",
]


def test_no_bytes_whatever_end_it(notebook: Path, open_notebook: OpenTnb) -> None:
    terminal = open_notebook(notebook, "--no-kernel")
    terminal.wait_for("Chapter")
    for odd in ODD_BYTES:
        terminal.send(odd)
    terminal.send(keys.ESCAPE * 2)
    terminal.send("G")
    terminal.wait_for(r"4\d/4\d")
    assert terminal.process.poll() is None
