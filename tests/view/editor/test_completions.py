"""Completions on offer: they narrow down while one types on, and are put in where they belong."""

from __future__ import annotations

import pytest

from editing import marked, state
from kernelbridge.replies import Completion, Completions
from tui.view.editor.completions import Offer, offer_of, word_before


def offered(asked: str, *matches: str, start: int, end: int | None = None) -> Offer | None:
    shown = state(asked)
    answer = Completions(tuple(map(Completion, matches)), start, shown.selection.head if end is None else end)
    return offer_of(shown, answer)


def fitting(offer: Offer | None, now: str) -> list[str] | None:
    narrowed = None if offer is None else offer.narrowed(state(now))
    return None if narrowed is None else [each.text for each in narrowed.fitting]


def test_what_is_typed_on_leaves_what_fits():
    offer = offered("x = pr|", "print", "property", "PRAGMA", start=4)
    assert fitting(offer, "x = pr|") == ["print", "property", "PRAGMA"]
    assert fitting(offer, "x = pri|") == ["print"]
    assert fitting(offer, "x = pra|") == ["PRAGMA"]


@pytest.mark.parametrize(
    "now", ["x = prz|", "y = pr|", "x = p|", "x = print|", "x = p|r", "x =|", "x = ‹pr|›"]
)
def test_an_offer_for_another_place_is_off(now: str):
    assert fitting(offered("x = pr|", "print", "property", start=4), now) is None


@pytest.mark.parametrize(
    ("now", "holds"),
    [("x = p|", True), ("x = |", False), ("x = p|r", False), ("y = p|", False), ("x = q|", False)],
)
def test_where_the_end_of_the_word_was_deleted_all_candidates_still_fit(now: str, holds: bool):
    offer = offered("x = pr|", "print", "property", start=4)
    assert offer is not None
    assert offer.is_before(state(now)) is holds


def test_what_a_kernel_offers_besides_what_begins_so_stays_while_it_holds_what_is_typed():
    offer = offered("tim|", "%time", "%timeit", "time", start=0)
    assert fitting(offer, "time|") == ["%time", "%timeit", "time"]
    assert fitting(offer, "timei|") == ["%timeit"]


def test_an_accepted_one_takes_the_place_of_what_was_typed():
    offer = offered("a = os.pa| + 1", "path", "pardir", start=7)
    assert offer is not None
    now = state("a = os.pat| + 1")
    narrowed = offer.narrowed(now)
    assert narrowed is not None
    assert marked(narrowed.accepted(now, 0).applied(now.text)) == "a = os.path| + 1"


def test_what_stands_behind_the_cursor_goes_too_where_the_kernel_says_so():
    offer = offered("pr|xyz", "print", start=0, end=5)
    assert offer is not None
    assert marked(offer.accepted(state("pr|xyz"), 0).applied("prxyz")) == "print|"


@pytest.mark.parametrize(("start", "end"), [(5, 9), (3, 1)])
def test_an_answer_that_cannot_be_is_none(start: int, end: int):
    assert offered("a|", "abs", start=start, end=end) is None


def test_an_answer_without_end_replaces_up_to_the_cursor():
    offer = offered("a|", "abs", start=0, end=0)
    assert offer is not None
    assert marked(offer.accepted(state("a|"), 0).applied("a")) == "abs|"


def test_controls_never_come_into_the_source():
    offer = offered("a|", "\x1b[31mabs\x7f\n", start=0)
    assert offer is not None
    assert marked(offer.accepted(state("a|"), 0).applied("a")) == "[31mabs|"
    assert offered("a|", "\x1b\n", start=0) is None


def test_the_choice_goes_round_about():
    offer = offered("a|", "abs", "all", "any", start=0)
    assert offer is not None
    assert [offer.chosen, offer.moved(1).chosen, offer.moved(-1).chosen] == [None, 0, 2]
    assert offer.moved(-1).moved(1).chosen == 0
    assert offer.moved(1).moved(9).chosen == 2


@pytest.mark.parametrize(
    ("text", "word"), [("x.ab|", "ab"), ("1a|", ""), ("|", ""), ("é_1|", "é_1"), ("a |", "")]
)
def test_the_beginning_of_a_word(text: str, word: str):
    shown = state(text)
    assert word_before(shown.text, shown.selection.head) == word
