"""What keys do: alone and in sequences, by default and as a person wants them."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from tui.actions import ACTIONS, Action, Group, Mode
from tui.keymap import BadKeys, Clash, Keymap, NoMatch, Pending, Run, UnknownAction


def press_all(keymap: Keymap, mode: Mode, keys: Sequence[str]) -> list[str]:
    """The actions that the keys run, one after the other."""
    ran: list[str] = []
    pending: tuple[str, ...] = ()
    for key in keys:
        match keymap.press(mode, pending, key):
            case Run(action_id):
                ran.append(action_id)
                pending = ()
            case Pending(waiting):
                pending = waiting
            case NoMatch():
                pending = ()
    return ran


def commands(*keys: str) -> list[str]:
    return press_all(Keymap.default(), Mode.COMMAND, keys)


def test_a_key_runs_its_action():
    assert commands("j", "G", "ctrl+r") == ["cell.next", "cell.last", "run.cell-next"]


def test_a_key_that_means_nothing_runs_nothing():
    assert commands("q", "f8") == []


def test_a_sequence_runs_when_it_is_whole():
    assert Keymap.default().press(Mode.COMMAND, (), "d") == Pending(("d",))
    assert commands("d", "d") == ["cell.delete"]
    assert commands("d", "d", "d", "d") == ["cell.delete", "cell.delete"]


def test_a_sequence_that_comes_to_nothing_is_forgotten_and_the_key_counts():
    assert commands("d", "j") == ["cell.next"]
    assert commands("d", "i", "i") == ["kernel.interrupt"]
    assert commands("i", "d", "i") == []


def test_escape_only_forgets_what_was_begun():
    keymap = Keymap(own={"app.redraw": ["escape"]})
    assert press_all(keymap, Mode.COMMAND, ["d", "escape", "d"]) == []
    assert press_all(keymap, Mode.COMMAND, ["escape"]) == ["app.redraw"]


def test_modes_have_keys_of_their_own():
    keymap = Keymap.default()
    assert keymap.press(Mode.COMMAND, (), "ctrl+a") == Run("cell.select-all")
    assert keymap.press(Mode.EDIT, (), "ctrl+a") == Run("editor.select-all")
    assert keymap.press(Mode.EDIT, (), "j") == NoMatch()


def test_own_keys_replace_the_defaults_of_an_action():
    keymap = Keymap(own={"cell.next": ["n"]})
    assert keymap.problems == ()
    assert press_all(keymap, Mode.COMMAND, ["n", "j", "down"]) == ["cell.next"]


def test_own_keys_win_over_the_defaults_of_other_actions():
    keymap = Keymap(own={"run.all": ["a"], "run.above": ["d"]})
    assert keymap.problems == ()
    assert press_all(keymap, Mode.COMMAND, ["a", "d"]) == ["run.all", "run.above"]
    assert keymap.labels("cell.insert-above", Mode.COMMAND) == ()


def test_an_action_can_be_left_without_keys():
    assert press_all(Keymap(own={"cell.delete": []}), Mode.COMMAND, ["d", "d"]) == []


def test_own_keys_are_understood_as_people_write_them():
    keymap = Keymap(own={"run.all": ["Ctrl+/", "shift+x"]})
    assert keymap.keys("run.all", Mode.COMMAND) == ("ctrl+slash", "X")


def test_own_keys_that_type_text_are_no_commands_in_edit_mode():
    keymap = Keymap(own={"run.all": ["f5", "R"], "file.save": ["w", "space s"]})
    assert keymap.keys("run.all", Mode.EDIT) == ("f5",)
    assert keymap.keys("file.save", Mode.EDIT) == ()
    assert keymap.keys("file.save", Mode.COMMAND) == ("w", "space s")
    assert keymap.problems == ()


def test_two_own_actions_with_the_same_keys_are_told():
    keymap = Keymap(own={"run.all": ["f5"], "run.above": ["f5", "f6"]})
    assert keymap.problems == (
        Clash(Mode.COMMAND, "f5", kept="run.all", lost="run.above"),
        Clash(Mode.EDIT, "f5", kept="run.all", lost="run.above"),
    )
    assert str(keymap.problems[0]) == "F5 is given to run.above, but means run.all in command mode"
    assert press_all(keymap, Mode.COMMAND, ["f5", "f6"]) == ["run.all", "run.above"]


def test_a_key_that_begins_another_sequence_is_told():
    longer_first = Keymap(own={"run.all": ["x y"], "run.above": ["x"]})
    shorter_first = Keymap(own={"run.above": ["x"], "run.all": ["x y"]})
    assert longer_first.problems == (Clash(Mode.COMMAND, "x", kept="run.all", lost="run.above"),)
    assert shorter_first.problems == (Clash(Mode.COMMAND, "x y", kept="run.above", lost="run.all"),)


def test_what_is_no_action_or_no_key_is_told_and_the_rest_works():
    keymap = Keymap(own={"run.everything": ["f5"], "run.all": ["hyperspace", "f6"]})
    assert keymap.problems == (
        UnknownAction("run.everything"),
        BadKeys("run.all", "there is no key 'hyperspace'"),
    )
    assert [str(problem) for problem in keymap.problems] == [
        "there is no action 'run.everything'",
        "run.all: there is no key 'hyperspace'",
    ]
    assert press_all(keymap, Mode.COMMAND, ["f6"]) == ["run.all"]


def test_actions_of_the_list_that_clash_are_told():
    first, second = (Action(f"x.{name}", name, Group.CELLS, ("q",)) for name in ("first", "second"))
    assert Keymap([first, second]).problems == (Clash(Mode.COMMAND, "q", kept="x.first", lost="x.second"),)


def test_alt_is_claimed_where_it_is_bound():
    keymap = Keymap.default()
    assert keymap.claims_alt("alt+b", Mode.EDIT)
    assert not keymap.claims_alt("alt+b", Mode.COMMAND)
    assert all(keymap.claims_alt("alt+enter", mode) for mode in Mode)
    assert Keymap(own={"run.all": ["alt+x b"]}).claims_alt("alt+x", Mode.COMMAND)


def test_labels_begin_with_a_key_that_works_everywhere():
    assert Keymap.default().labels("run.cell-next", Mode.EDIT) == ("^R", "Shift+Enter")
    assert Keymap.default().labels("cell.delete", Mode.COMMAND) == ("dd",)
    assert Keymap.default().labels("run.all", Mode.COMMAND) == ()


def test_hints_join_the_keys_of_neighbours_and_follow_own_keys():
    hints = {hint.text: hint.keys for hint in Keymap.default().hints(Mode.COMMAND)}
    assert hints["insert"] == "a/b"
    assert hints["run"] == "^R"
    assert {hint.text for hint in Keymap.default().hints(Mode.EDIT)} >= {
        "run",
        "save",
        "done",
        "commands",
        "help",
    }
    own = Keymap(own={"cell.insert-above": ["n"], "cell.delete": []})
    assert {hint.text: hint.keys for hint in own.hints(Mode.COMMAND)}["insert"] == "n/b"
    assert "delete" not in {hint.text for hint in own.hints(Mode.COMMAND)}


ANY_KEYS = st.lists(
    st.sampled_from(["a", "d", "g", "x", "ctrl+x", "f5", "space", "?"]), min_size=1, max_size=3
)


@given(st.dictionaries(st.sampled_from([action.id for action in ACTIONS]), st.lists(ANY_KEYS.map(" ".join))))
def test_whatever_keys_are_wanted_each_key_shown_runs_its_action(own: dict[str, list[str]]):
    keymap = Keymap(own=own)
    for action in ACTIONS:
        for mode in Mode:
            for keys in keymap.keys(action.id, mode):
                assert press_all(keymap, mode, keys.split(" ")) == [action.id]
