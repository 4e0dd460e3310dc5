"""Completions: what all share is put in, and the rest is listed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from editing import marked, state
from kernelbridge.replies import Completion, Completions
from tui.console.completionmenu import Menu, completed, menu_rows
from tui.render.rowops import plain, row_width


def answer(*matches: str, start: int = 0, end: int = 0) -> Completions:
    return Completions(tuple(Completion(match) for match in matches), start, end)


def test_the_only_completion_is_put_in() -> None:
    after, menu = completed(state("x = al|"), answer("alpha", start=4, end=6))
    assert marked(after) == "x = alpha|"
    assert menu is None


def test_what_all_share_is_put_in_and_the_list_shown() -> None:
    after, menu = completed(state("a|"), answer("alpha", "alphabet", end=1))
    assert marked(after) == "alpha|"
    assert menu is not None
    assert menu.matches == ("alpha", "alphabet")


def test_tab_goes_round_the_list_and_puts_each_in() -> None:
    _, menu = completed(state("f(a|)"), answer("alpha", "apple", start=2, end=3))
    assert menu is not None
    texts: list[str] = []
    for _ in range(3):
        menu = menu.moved(1)
        texts.append(marked(menu.state))
    assert texts == ["f(alpha|)", "f(apple|)", "f(alpha|)"]


def test_no_completions_change_nothing() -> None:
    before = state("q|")
    assert completed(before, answer()) == (before, None)
    assert completed(before, answer("x", start=5, end=2)) == (before, None)


def test_a_completion_puts_no_controls_in() -> None:
    after, _ = completed(state("|"), answer("a\x1b[2J\nb"))
    assert after.text == "a[2Jb"


@given(
    st.lists(st.text("abc漢", min_size=1, max_size=9), min_size=1, max_size=60, unique=True),
    st.integers(1, 40),
    st.integers(1, 8),
    st.integers(0, 59),
)
def test_the_list_fits_and_shows_what_is_chosen(
    matches: list[str], width: int, most: int, chosen: int
) -> None:
    menu = Menu(tuple(matches), 0, state("|"), 0, chosen % len(matches))
    rows = menu_rows(menu, width, most)
    assert 1 <= len(rows) <= most
    assert all(row_width(row) <= width for row in rows)
    reverse = [span for row in rows for span in row if span.style.reverse]
    assert len(reverse) <= 1
    if width >= 18:
        assert "".join(span.text for span in reverse) == matches[menu.chosen or 0]


def test_a_list_that_is_longer_says_how_many_more_there_are() -> None:
    menu = Menu(tuple(f"name{number:02}" for number in range(40)), 0, state("|"), 0)
    rows = menu_rows(menu, 20, 4)
    assert plain(rows[-1]).startswith("… 34 more"[:20])
