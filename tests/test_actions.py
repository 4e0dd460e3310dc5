"""The list of commands: each is named once, and its default keys are its own."""

from __future__ import annotations

import re

import pytest

from tui.actions import ACTIONS, Action, Group, Mode, by_id
from tui.keymap import Keymap
from tui.keynotation import canonical, types_text, works_everywhere


def keys_of(action_id: str, mode: Mode) -> set[str]:
    return set(by_id(action_id).keys(mode))


def test_ids_and_titles_are_given_once():
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)
    assert len({action.title for action in ACTIONS}) == len(ACTIONS)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_action_is_well_formed(action: Action):
    assert re.fullmatch(r"[a-z]+\.[a-z0-9]+(-[a-z0-9]+)*", action.id)
    assert action.title[0].isupper()
    assert not action.title.endswith(".")
    for mode in Mode:
        assert [canonical(keys) for keys in action.keys(mode)] == list(action.keys(mode))


def test_no_two_actions_of_a_mode_have_the_same_keys():
    assert Keymap.default().problems == ()


def test_every_default_key_runs_its_action():
    keymap = Keymap.default()
    for action in ACTIONS:
        for mode in Mode:
            assert keymap.keys(action.id, mode) == action.keys(mode)


def test_text_stays_text_while_a_cell_is_edited():
    assert not [action.id for action in ACTIONS if any(types_text(keys) for keys in action.edit_keys)]


@pytest.mark.parametrize("action_id", ["run.cell-next", "run.cell-stay", "run.cell-insert"])
@pytest.mark.parametrize("mode", Mode)
def test_each_way_to_run_a_cell_has_a_key_that_any_terminal_sends(action_id: str, mode: Mode):
    assert any(works_everywhere(keys) for keys in keys_of(action_id, mode))


@pytest.mark.parametrize(
    ("mode", "action_id", "keys"),
    [
        (Mode.COMMAND, "cell.first", {"g g", "home"}),
        (Mode.COMMAND, "cell.last", {"G", "end"}),
        (Mode.COMMAND, "kernel.interrupt", {"i i"}),
        (Mode.COMMAND, "kernel.restart", {"0 0"}),
        (Mode.COMMAND, "app.help", {"h", "?", "f1"}),
        (Mode.COMMAND, "run.cell-next", {"shift+enter", "ctrl+r"}),
        (Mode.EDIT, "run.cell-next", {"shift+enter", "ctrl+r"}),
        (Mode.EDIT, "run.cell-stay", {"ctrl+enter", "ctrl+e", "ctrl+j"}),
        (Mode.EDIT, "run.cell-insert", {"alt+enter"}),
        (Mode.EDIT, "cell.split", {"ctrl+shift+minus", "ctrl+underscore"}),
        (Mode.EDIT, "app.command-mode", {"escape"}),
    ],
)
def test_the_keys_of_jupyter_are_there(mode: Mode, action_id: str, keys: set[str]):
    assert keys_of(action_id, mode) == keys


def test_actions_on_text_can_be_given_keys_in_edit_mode_only():
    assert by_id("editor.select-line").modes == (Mode.EDIT,)
    assert by_id("run.all").modes == (Mode.COMMAND, Mode.EDIT)
    assert by_id("cell.delete").modes == (Mode.COMMAND,)


def test_every_group_has_actions():
    assert {action.group for action in ACTIONS} == set(Group)
