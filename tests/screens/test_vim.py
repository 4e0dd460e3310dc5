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
from tui.document.selection import TextSelection
from tui.kernelreach import Reached
from tui.screens.notebook.screen import NotebookScreen
from tui.view.cursorlook import CursorLook
from tui.view.editor.rectangle import Rectangle
from tui.view.viewstate import Sought

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
    names = {
        " ": "space",
        ":": "colon",
        "/": "slash",
        "$": "dollar_sign",
        '"': "quotation_mark",
        ";": "semicolon",
        ",": "comma",
        "_": "underscore",
        "%": "percent_sign",
    }
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
        assert screen_of(opened).state.marked == TextSelection(0, 3)
        await press(opened, "esc", ":", "%s/t/T/g")
        await see(opened, ":%s/t/T/g")
        await press(opened, "enter")
        assert screen_of(opened).focused_cell.source == "one Two\nThree"
        await press(opened, ":", "nosuch", "enter")
        await see(opened, "Not a command here: :nosuch")


async def test_a_block_is_marked_and_what_is_typed_comes_to_all_its_lines(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("one = 1\ntwo = 2\nsix = 6"))
    async with notebook(path, idle(), VIM) as opened:
        await see(opened, "one = 1", "Enter edit")
        await press(opened, "enter", "ctrl+v", "jje")
        await see(opened, "VISUAL BLOCK")
        screen = screen_of(opened)
        assert screen.state.marked == Rectangle(range(3), 0, 3)
        await press(opened, "A", "_a", "esc")
        assert screen.focused_cell.source == "one_a = 1\ntwo_a = 2\nsix_a = 6"
        assert screen.state.marked is None
        await press(opened, "u")
        assert screen.focused_cell.source == "one = 1\ntwo = 2\nsix = 6"
        await press(opened, "0", "ctrl+q", "jd")
        assert screen.focused_cell.source == "ne = 1\nwo = 2\nsix = 6"


async def test_substituting_asks_at_each_match_and_is_undone_at_once(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("a b a\na c\nd a"))
    async with notebook(path, idle(), VIM) as opened:
        await see(opened, "a b a", "Enter edit")
        await press(opened, "enter", ":", "%s/a/long/gc", "enter")
        await see(opened, "replace with long (y/n/a/q/l/^E/^Y)?")
        screen = screen_of(opened)
        assert screen.state.sought.current == (0, 1)
        await press(opened, "yn")
        assert screen.focused_cell.source == "long b a\na c\nd a"
        assert screen.state.sought.current == (9, 10)
        await press(opened, "yl")
        await see(opened, "NORMAL")
        assert screen.focused_cell.source == "long b a\nlong c\nd long"
        await press(opened, "u")
        assert screen.focused_cell.source == "a b a\na c\nd a"


async def test_a_question_ends_with_a_click_and_changes_nothing(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("a b a"))
    async with notebook(path, idle(), VIM) as opened:
        await see(opened, "a b a", "Enter edit")
        await press(opened, "enter", ":", "s/a/x/gc", "enter")
        await see(opened, "replace with")
        await opened[1].click(offset=(8, 1))
        await see(opened, "NORMAL")
        assert screen_of(opened).focused_cell.source == "a b a"


async def test_what_is_searched_for_is_shown_until_noh(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("one two\ntwo"))
    async with notebook(path, idle(), VIM) as opened:
        await see(opened, "one two", "Enter edit")
        await press(opened, "enter", "/", "tw")
        state = screen_of(opened).state
        assert state.sought == Sought([(4, 6), (8, 10)], (4, 6))
        await press(opened, "enter", "i", "x", "esc")
        assert state.sought == Sought([(5, 7), (9, 11)])
        await press(opened, ":", "noh", "enter")
        assert state.sought == Sought([])
        await press(opened, "n")
        assert state.sought == Sought([(5, 7), (9, 11)])
        await press(opened, "esc")
        assert not state.sought.spans


async def test_normal_presses_keys_in_each_line_as_one_step_to_undo(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("a\nb\nc"))
    async with notebook(path, idle(), VIM) as opened:
        await see(opened, "Enter edit")
        await press(opened, "enter", ":", "2,$norm A;", "enter")
        screen = screen_of(opened)
        assert screen.focused_cell.source == "a\nb;\nc;"
        await see(opened, "NORMAL")
        await press(opened, ":", "g/;/norm OX", "enter")
        assert screen.focused_cell.source == "a\nX\nb;\nX\nc;"
        await press(opened, "uu")
        assert screen.focused_cell.source == "a\nb\nc"


async def test_a_macro_that_plays_itself_in_each_line_ends(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("a\nb"))
    async with notebook(path, idle(), VIM) as opened:
        await see(opened, "Enter edit")
        await press(opened, "enter", "qaAx", "esc", ":", "norm @a", "enter", "q", "@a")
        await see(opened, "the macro was stopped: it would never end")
        await press(opened, "dd")
        assert screen_of(opened).focused_cell.source == "b"


async def test_the_line_of_the_cursor_is_put_at_a_height_of_the_screen(tmp_path: Path) -> None:
    lines = "\n".join(f"line {number}" for number in range(1, 100))
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code(lines))
    async with notebook(path, idle(), VIM) as opened:
        await see(opened, "line 1", "Enter edit")
        await press(opened, "enter", "50Gzt")
        view = screen_of(opened).view
        assert view.top.row == 49
        await press(opened, "zb")
        assert view.top.row == 50 - view.size.height
        await press(opened, "zz")
        assert view.top.row == 49 - (view.size.height - 1) // 2


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
