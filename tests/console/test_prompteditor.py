"""What keys do at the prompt, without a terminal and without a kernel."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editing import marked
from kernelbridge.replies import Completion, Completions
from tui.console.prompteditor import PromptEditor
from tui.console.promptkeys import COMMAND_IDS, KILLS, WISHES, Wish, claims_alt
from tui.console.promptview import PromptView
from tui.render.languages import PYTHON
from tui.render.rowops import plain, row_width
from tui.terminal.inputs import KeyPress
from tui.view.editor.commands import COMMANDS

NAMED = [*COMMAND_IDS, *WISHES, "enter", "tab", "shift+tab", "escape", "ctrl+d", "ctrl+y", "ctrl+underscore"]
presses = st.one_of(
    st.sampled_from(NAMED).map(KeyPress),
    st.text('ab(:"漢🙂é#', min_size=1, max_size=1).map(lambda text: KeyPress(text, text)),
)


class Prompt:
    """An editor with the view that its commands need."""

    def __init__(self, *history: str) -> None:
        self.editor = PromptEditor()
        self.view = PromptView(PYTHON)
        for entry in history:
            self.editor.history.add(entry)

    def press(self, *keys: str) -> Wish | None:
        wish = None
        for key in keys:
            wish = self.editor.key(KeyPress(key), self.view.context(self.editor.state, 10))
        return wish

    def type(self, text: str) -> None:
        for character in text:
            press = KeyPress(character, character)
            self.editor.key(press, self.view.context(self.editor.state, 10))

    @property
    def marked(self) -> str:
        return marked(self.editor.state)


@given(st.lists(presses, max_size=40), st.integers(1, 40))
def test_any_keys_leave_a_prompt_that_can_be_drawn(keys: list[KeyPress], width: int) -> None:
    prompt = Prompt("first", "second\nline")
    prompt.view.fit(width, "12")
    for press in keys:
        if prompt.editor.key(press, prompt.view.context(prompt.editor.state, 5)) is Wish.SEARCH:
            prompt.editor.begin_search()
        rows, place = prompt.view.rows(prompt.editor.shown)
        assert 0 <= place.row < len(rows)
        assert 0 <= place.column <= max(row_width(row) for row in rows)
        assert 0 <= prompt.editor.state.selection.head <= len(prompt.editor.state.text)


def test_every_key_has_a_command_that_there_is() -> None:
    assert set(COMMAND_IDS.values()) <= set(COMMANDS)
    assert set(COMMANDS) >= KILLS


@pytest.mark.parametrize(
    ("key", "wish"),
    [("enter", Wish.SUBMIT), ("ctrl+j", Wish.RUN), ("ctrl+c", Wish.CANCEL), ("ctrl+d", Wish.LEAVE)],
)
def test_keys_that_ask_for_more(key: str, wish: Wish) -> None:
    assert Prompt().press(key) is wish


def test_ctrl_d_deletes_where_there_is_something() -> None:
    prompt = Prompt()
    prompt.type("ab")
    assert prompt.press("home", "ctrl+d") is None
    assert prompt.marked == "|b"


def test_tab_completes_behind_text_and_indents_before_it() -> None:
    prompt = Prompt()
    assert prompt.press("tab") is None
    assert prompt.marked == "    |"
    prompt.type("a")
    assert prompt.press("tab") is Wish.COMPLETE


def test_what_was_cut_is_put_back() -> None:
    prompt = Prompt()
    prompt.type("one two")
    prompt.press("ctrl+w", "home", "ctrl+y")
    assert prompt.marked == "two|one "


def test_undo_goes_back_to_what_was_there() -> None:
    prompt = Prompt()
    prompt.type("ab")
    prompt.press("ctrl+u", "ctrl+underscore")
    assert prompt.editor.state.text == "ab"
    prompt.press("ctrl+underscore", "ctrl+underscore", "ctrl+underscore")
    assert prompt.marked == "|"


def test_up_moves_in_the_text_before_it_goes_back_in_history() -> None:
    prompt = Prompt("old")
    prompt.editor.put("a\nb")
    prompt.press("up")
    assert prompt.marked == "a|\nb"
    prompt.editor.put("")
    prompt.press("up")
    assert prompt.marked == "old|"
    prompt.press("down")
    assert prompt.marked == "|"


def test_an_edited_entry_is_a_beginning_of_its_own() -> None:
    prompt = Prompt("x = 1", "y = 2")
    prompt.press("up", "up")
    prompt.type("0")
    prompt.press("up")
    assert prompt.marked == "x = 10|"


def test_a_search_shows_what_it_finds_and_takes_it_on_enter() -> None:
    prompt = Prompt("alpha", "beta")
    prompt.editor.begin_search()
    prompt.type("alp")
    assert prompt.editor.shown.text == "alpha"
    assert prompt.editor.state.text == ""
    assert prompt.press("enter") is None
    assert prompt.marked == "alpha|"


def test_a_search_that_is_given_up_leaves_the_prompt_as_it_was() -> None:
    prompt = Prompt("alpha")
    prompt.type("mine")
    prompt.editor.begin_search()
    prompt.type("alp")
    prompt.press("escape")
    assert prompt.marked == "mine|"


def test_a_key_that_is_no_search_takes_what_was_found_and_does_what_it_does() -> None:
    prompt = Prompt("alpha")
    prompt.editor.begin_search()
    prompt.type("alp")
    prompt.press("home")
    assert prompt.marked == "|alpha"


def test_completions_that_come_too_late_change_nothing() -> None:
    prompt = Prompt()
    prompt.type("al")
    asked = prompt.editor.state
    prompt.type("x")
    prompt.editor.offer(asked, Completions((Completion("alpha"),), 0, 2))
    assert prompt.marked == "alx|"


def test_enter_takes_what_is_chosen_and_only_then_runs() -> None:
    prompt = Prompt()
    prompt.type("al")
    prompt.editor.offer(prompt.editor.state, Completions((Completion("alpha"), Completion("alarm")), 0, 2))
    prompt.press("tab", "tab")
    assert prompt.press("enter") is None
    assert prompt.marked == "alarm|"
    assert prompt.press("enter") is Wish.SUBMIT


def test_escape_leaves_the_list_with_what_is_chosen() -> None:
    prompt = Prompt()
    prompt.type("al")
    prompt.editor.offer(prompt.editor.state, Completions((Completion("alpha"), Completion("alarm")), 0, 2))
    prompt.press("escape")
    assert prompt.editor.menu is None
    assert prompt.marked == "al|"


def test_only_keys_that_mean_something_are_claimed_with_alt() -> None:
    assert claims_alt("alt+enter")
    assert claims_alt("alt+b")
    assert not claims_alt("alt+q")


def test_lines_begin_below_the_code_of_the_first() -> None:
    view = PromptView(PYTHON)
    view.fit(30, "10")
    assert [plain(row) for row in view.echo("if a:\n    b")] == ["In [10]: if a:", "    ...:     b"]


def test_a_narrow_terminal_has_a_shorter_sign() -> None:
    view = PromptView(PYTHON)
    view.fit(12, "10")
    assert [plain(row) for row in view.echo("a\nb")] == ["> a", ". b"]
