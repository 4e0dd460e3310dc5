"""The list of completions, as rows."""

from __future__ import annotations

from dataclasses import replace

from editing import state
from kernelbridge.replies import Completion, Completions
from tui.render.rowops import plain, row_width
from tui.view.editor.completions import offer_of
from tui.view.popup.completions import CompletionList, completion_list
from tui.view.popup.layer import Size

FAR = Size(100, 100)


def listed(*candidates: Completion) -> CompletionList:
    offer = offer_of(state("|"), Completions(candidates, 0, 0))
    assert offer is not None
    return completion_list(offer)


def shown(completions: CompletionList, size: Size | None = None) -> list[str]:
    size = size or completions.wanted(FAR)
    rows = completions.rows(size)
    assert all(row_width(row) == size.width for row in rows)
    return [plain(row).rstrip() for row in rows]


def test_each_is_shown_with_what_it_is():
    rows = shown(listed(Completion("alpha", "function"), Completion("be", "module")))
    assert rows == [" alpha function", " be      module"]


def test_the_one_that_is_chosen_is_in_sight_and_marked():
    many = listed(*(Completion(f"name{number}") for number in range(30)))
    chosen = replace(many, offer=many.offer.moved(-1)).scrolled(10)
    rows = chosen.rows(chosen.wanted(FAR))
    assert [plain(row).strip(" ▐") for row in rows] == [f"name{number}" for number in range(20, 30)]
    assert [row for row in rows if row[0].style.reverse] == [rows[-1]]


def test_what_is_too_long_is_cut_and_nothing_of_it_is_raw():
    rows = shown(listed(Completion("x" * 200, "\x1b[31mkind")), Size(20, 1))
    assert len(rows[0]) <= 20
    assert "…" in rows[0]
    assert "\x1b" not in rows[0]


def test_it_keeps_its_width_and_room_while_it_narrows_down():
    whole = listed(Completion("a" * 20, "function"), *(Completion(f"alp{number}") for number in range(8)))
    offer = whole.offer.narrowed(state("alp|"))
    assert offer is not None
    narrow = replace(whole, offer=offer)
    assert narrow.wanted(FAR) == Size(whole.wanted(FAR).width, 8)
    assert narrow.tallest(FAR) == whole.tallest(FAR) == 9
