"""Vim's keys in the cells of a notebook on screen."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from e2e import notebooks
from kernelbridge.fakekeeper import SCRIPTED, FakeWay
from kernelbridge.fakekernel import FakeKernel
from openednotebook import Opened, notebook, see, shown
from tui.config import Config, EditorConfig
from tui.kernelreach import Reached
from tui.screens.notebook.screen import NotebookScreen
from tui.view.cursorlook import CursorLook

if TYPE_CHECKING:
    from tui.kernelreach import Launched

VIM = Config(editor=EditorConfig(keys="vim"))


def idle() -> Launched:
    return Reached(FakeWay(FakeKernel({})), SCRIPTED, ("python3",))


def screen_of(opened: Opened) -> NotebookScreen:
    screen = opened[0].screen
    assert isinstance(screen, NotebookScreen)
    return screen


async def press(opened: Opened, *keys: str) -> None:
    for key in keys:
        await opened[1].press(*(["escape"] if key == "esc" else [key] if "+" in key else _split(key)))
    await opened[1].pause()


def _split(keys: str) -> list[str]:
    if keys in ("enter", "backspace"):
        return [keys]
    names = {" ": "space", ":": "colon", "/": "slash", "$": "dollar_sign", '"': "quotation_mark"}
    return [names.get(key, key) for key in keys]


async def test_enter_is_the_normal_mode_and_esc_there_leaves_the_cell(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("one two\nthree"))
    async with notebook(path, idle(), VIM) as opened:
        await see(opened, "one two", "Enter edit")
        await press(opened, "enter")
        await see(opened, "NORMAL")
        screen = screen_of(opened)
        await press(opened, "w", "dw", "A", "!")
        await see(opened, "INSERT", "one !")
        assert screen.state.cursor_look is CursorLook.UNDERLINE
        await press(opened, "esc")
        await see(opened, "NORMAL")
        assert screen.state.cursor_look is CursorLook.BLOCK
        assert screen.state.editing
        await press(opened, "esc")
        await see(opened, "Enter edit")
        assert screen.focused_cell.source == "one !\nthree"


async def test_an_insert_session_and_a_command_are_each_one_step_to_undo(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("one\ntwo"))
    async with notebook(path, idle(), VIM) as opened:
        await see(opened, "one", "Enter edit")
        await press(opened, "enter", "cw", "a longer text", "enter", "of words", "esc", "j", "dd")
        screen = screen_of(opened)
        assert screen.focused_cell.source == "a longer text\nof words"
        await press(opened, "u")
        assert screen.focused_cell.source == "a longer text\nof words\ntwo"
        await press(opened, "u")
        assert screen.focused_cell.source == "one\ntwo"
        await press(opened, "ctrl+r", "ctrl+r")
        assert screen.focused_cell.source == "a longer text\nof words"


async def test_what_is_marked_is_shown_and_a_command_line_is_at_the_bottom(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("one two\nthree"))
    async with notebook(path, idle(), VIM) as opened:
        await see(opened, "one two", "Enter edit")
        await press(opened, "enter", "ve")
        await see(opened, "VISUAL")
        assert screen_of(opened).state.marked == (0, 3)
        await press(opened, "esc", ":", "%s/t/T/g")
        await see(opened, ":%s/t/T/g")
        await press(opened, "enter")
        assert screen_of(opened).focused_cell.source == "one Two\nThree"
        await press(opened, ":", "nosuch", "enter")
        await see(opened, "Not a command here: :nosuch")


async def test_saving_and_the_palette_keep_their_keys_and_a_macro_plays(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("a\nb\nc"))
    async with notebook(path, idle(), VIM) as opened:
        await see(opened, "Enter edit")
        await press(opened, "enter", "qqI-", "esc", "jq", "9@q")
        assert screen_of(opened).focused_cell.source == "-a\n-b\n-c"
        await press(opened, "ctrl+s")
        await see(opened, "saved a.ipynb")
        assert "-a" in path.read_text(encoding="utf-8")
        await press(opened, "ctrl+p")
        await press(opened, "vim")
        await see(opened, "Use vim's keys")


async def test_the_keys_are_switched_by_a_command(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("one"))
    async with notebook(path, idle()) as opened:
        await see(opened, "Enter edit")
        await press(opened, "enter")
        screen = screen_of(opened)
        screen.perform("view.vim-keys")
        await press(opened, "x")
        assert screen.focused_cell.source == "ne"
        screen.perform("view.vim-keys")
        await press(opened, "x")
        assert screen.focused_cell.source == "xne"
        assert "NORMAL" not in shown(opened[0])


async def test_going_down_from_the_last_line_goes_on_in_the_next_cell(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("one"), notebooks.code("two"))
    async with notebook(path, idle(), VIM) as opened:
        await see(opened, "Enter edit")
        await press(opened, "enter", "yiw", "j", "p")
        assert [cell.source for cell in screen_of(opened).notebook.cells] == ["one", "tonewo"]
        await press(opened, "k", "x")
        assert screen_of(opened).notebook.cells[0].source == "on"


def test_who_did_not_choose_them_never_loads_them() -> None:
    program = (
        "import sys; import tui.app, tui.screens.notebook.routing; "
        "print(*(name for name in sys.modules if 'vim' in name))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
