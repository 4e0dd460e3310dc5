"""Finding commands by a few letters of their names."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.actions import ACTIONS
from tui.actionsearch import find_actions


def found(query: str) -> list[str]:
    return [one.action.id for one in find_actions(query, ACTIONS)]


def test_nothing_typed_finds_everything_in_its_order():
    assert found("") == found("  ") == [action.id for action in ACTIONS]


def test_the_start_of_the_title_comes_first():
    assert found("restart")[0] == "kernel.restart"
    assert found("run")[0] == "run.cell-next"


def test_every_word_must_fit_in_any_order():
    assert found("kernel run") == found("run kernel") == ["kernel.restart-and-run-all"]


def test_the_name_and_the_group_count_too():
    assert found("editor.paste") == ["editor.paste"]
    assert "output.clear" in found("outputs")


def test_case_does_not_matter():
    assert found("UNDO") == found("undo") == ["edit.undo"]


def test_letters_in_their_order_do_where_no_word_fits():
    assert found("intkern")[0] == "kernel.interrupt"


def test_what_fits_nothing_finds_nothing():
    assert found("xyzzy") == []


@given(st.text(max_size=8))
def test_the_places_are_where_the_query_is_in_the_title(query: str):
    letters = set("".join(query.lower().split()))
    for one in find_actions(query, ACTIONS):
        title = one.action.title.lower()
        assert {title[place] for place in one.places} <= letters
