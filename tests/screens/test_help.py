"""All keys on a screen: complete, readable at any size, and easy to leave."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App

from tui.actions import ACTIONS, Mode
from tui.keymap import Keymap
from tui.render.rowops import plain, row_width
from tui.screens.help import HelpScreen
from tui.screens.helprows import help_rows
from tui.stylesheets import stylesheet_paths
from tui.theme import LIGHT, Palette, own_themes

SIZES = [(40, 10), (80, 24), (200, 60)]


class HelpApp(App[None]):
    """Nothing but the help."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        super().__init__(css_path=[*stylesheet_paths()])
        for theme in own_themes():
            self.register_theme(theme)
        self.theme = LIGHT

    def on_mount(self) -> None:
        self.push_screen(HelpScreen(Keymap.default(), Palette(self.current_theme)))


def lines(app: App[None]) -> list[str]:
    return ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]


def is_open(app: App[None]) -> bool:
    return isinstance(app.screen, HelpScreen)


@given(st.integers(min_value=1, max_value=250))
def test_no_row_is_wider_than_there_is_room(width: int):
    assert all(row_width(row) <= width for row in help_rows(Keymap.default(), width))


@pytest.mark.parametrize("width", [76, 108])
def test_every_action_and_every_key_is_there(width: int):
    keymap = Keymap.default()
    text = "\n".join(plain(row) for row in help_rows(keymap, width))
    words = set(text.split())
    for action in ACTIONS:
        assert set(action.title.split()) <= words
        for mode in Mode:
            assert set(keymap.labels(action.id, mode)) <= words


def test_own_keys_are_shown_instead_of_the_defaults():
    rows = [plain(row) for row in help_rows(Keymap(own={"cell.delete": ["f9"]}), 76)]
    assert [row.split() for row in rows if "Delete the cell" in row] == [["F9", "Delete", "the", "cell"]]


def test_keys_and_titles_that_go_on_in_the_next_row_stand_further_in():
    rows = [plain(row).rstrip() for row in help_rows(Keymap.default(), 40)]
    row = rows.index("PgUp  ^U          Go a page up")
    assert rows[row + 1] == "  Shift+Space"
    row = rows.index("k  Up             Go to the previous")
    assert rows[row + 1] == "                    cell"


def test_actions_without_keys_are_told_where_they_are():
    rows = [plain(row) for row in help_rows(Keymap.default(), 76)]
    start = rows.index("Without a key, in the list of commands (^P)")
    assert "Run all cells" in rows[start:]
    assert "Delete the cell" not in rows[start:]


def test_wide_screens_have_two_columns():
    narrow, wide = (help_rows(Keymap.default(), width) for width in (76, 108))
    assert len(wide) < len(narrow) * 0.7


@pytest.mark.parametrize("size", SIZES)
async def test_it_fits_and_scrolls_to_its_end(size: tuple[int, int]):
    app = HelpApp()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert all(len(line) == size[0] for line in lines(app))
        assert any("Go to the next" in line for line in lines(app))
        await pilot.press("end")
        assert any(ACTIONS_WITHOUT_KEYS[-1] in line for line in lines(app))
        await pilot.press("home")
        assert any("Go to the next" in line for line in lines(app))


async def test_keys_scroll_by_row_and_page():
    app = HelpApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        first = lines(app)
        await pilot.press("j")
        assert lines(app)[1].rstrip("▐ │") == first[2].rstrip("▐ │")
        await pilot.press("k", "pagedown", "pageup")
        assert lines(app) == first


@pytest.mark.parametrize("key", ["escape", "q", "question_mark", "f1"])
async def test_it_closes(key: str):
    app = HelpApp()
    async with app.run_test() as pilot:
        await pilot.pause()
        assert is_open(app)
        await pilot.press(key)
        assert not is_open(app)


ACTIONS_WITHOUT_KEYS = [
    action.title for action in ACTIONS if not action.command_keys and not action.edit_keys
]
