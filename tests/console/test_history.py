"""Going through what was typed before, and searching it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.document.pastinputs import Browsing, History, Search


def older(browsing: Browsing, history: History) -> Browsing:
    moved = browsing.older(history)
    assert moved is not None
    return moved


def test_up_goes_back_and_down_returns_to_what_was_being_typed() -> None:
    history = History(["one", "two"])
    browsing = older(Browsing.begun(history, ""), history)
    assert browsing.text(history) == "two"
    browsing = older(browsing, history)
    assert browsing.text(history) == "one"
    assert browsing.older(history) is None
    newer = browsing.newer(history)
    assert newer is not None
    assert newer.text(history) == "two"
    last = newer.newer(history)
    assert last is not None
    assert last.text(history) == ""
    assert last.newer(history) is None


def test_with_a_beginning_typed_only_entries_that_begin_so_are_gone_through() -> None:
    history = History(["import a", "x = 1", "import b"])
    browsing = older(Browsing.begun(history, "import"), history)
    assert browsing.text(history) == "import b"
    assert older(browsing, history).text(history) == "import a"


def test_the_same_twice_in_a_row_is_kept_once() -> None:
    assert History(["a", "a", "b", " ", "a"]).entries == ["a", "b", "a"]


def test_earlier_sessions_stand_before_this_one() -> None:
    history = History(["now"])
    history.add_earlier(["then"])
    assert history.entries == ["then", "now"]


def test_a_search_finds_the_newest_that_holds_the_text_and_then_older_ones() -> None:
    history = History(["plot(a)", "x = 1", "plot(b)", "plot(b) "])
    search = Search().typed(history, "p").typed(history, "l")
    assert search.text(history) == "plot(b) "
    search = search.older(history)
    assert search.text(history) == "plot(b)"
    search = search.older(history)
    assert search.text(history) == "plot(a)"
    failing = search.older(history)
    assert failing.is_failing
    assert failing.text(history) == "plot(a)"


def test_a_search_without_capitals_finds_any_case() -> None:
    history = History(["Alpha", "beta"])
    assert Search().typed(history, "alp").text(history) == "Alpha"
    assert Search().typed(history, "ALP").is_failing


def test_a_shortened_search_begins_at_the_newest_again() -> None:
    history = History(["abc", "ab"])
    search = Search().typed(history, "abc")
    assert search.text(history) == "abc"
    assert search.shortened(history).text(history) == "ab"


@given(st.lists(st.text("ab", max_size=3)), st.text("ab", min_size=1, max_size=2))
def test_what_is_found_holds_the_text(entries: list[str], query: str) -> None:
    history = History(entries)
    search = Search().typed(history, query)
    found = search.text(history)
    assert (found is None) == (not any(query in entry for entry in history.entries))
    assert found is None or query in found
