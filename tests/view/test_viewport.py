"""The window onto the cells: what is in sight, and how it moves."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.view.viewport import Spot, Viewport

heights_lists = st.lists(st.integers(1, 12), min_size=1, max_size=30)


def viewport(heights: list[int], height: int) -> Viewport:
    return Viewport(len(heights), height, heights.__getitem__)


def all_spots(heights: list[int]) -> list[Spot]:
    return [Spot(index, row) for index, height in enumerate(heights) for row in range(height)]


def test_spots_run_over_cell_borders() -> None:
    assert list(viewport([2, 1, 3], 4).spots(Spot(0, 1))) == [Spot(0, 1), Spot(1, 0), Spot(2, 0), Spot(2, 1)]


def test_a_notebook_shorter_than_the_view_stays_at_the_top() -> None:
    assert viewport([2, 1], 10).scrolled(Spot(0, 0), 5) == Spot(0, 0)


def test_a_cell_taller_than_the_view_scrolls_row_by_row() -> None:
    assert viewport([50, 2], 10).scrolled(Spot(0, 7), 1) == Spot(0, 8)


def test_showing_a_cell_below_moves_just_far_enough() -> None:
    assert viewport([5, 5, 5, 5], 10).showing(Spot(0, 0), Spot(2, 0), Spot(2, 4)) == Spot(1, 0)


def test_showing_a_cell_taller_than_the_view_shows_its_beginning() -> None:
    assert viewport([5, 50, 5], 10).showing(Spot(0, 0), Spot(1, 0), Spot(1, 49)) == Spot(1, 0)


def test_only_cells_in_sight_are_measured() -> None:
    measured: set[int] = set()

    def height(index: int) -> int:
        measured.add(index)
        return 5

    view = Viewport(10_000, 20, height)
    top = view.last_top()
    list(view.spots(top))
    view.scrolled(view.showing(Spot(0, 0), Spot(5_000, 0), Spot(5_000, 4)), 20)
    assert len(measured) < 30


def test_at_the_beginning_the_end_is_not_measured() -> None:
    measured: set[int] = set()

    def height(index: int) -> int:
        measured.add(index)
        return 5

    view = Viewport(10_000, 20, height)
    list(view.spots(view.clamped(Spot(0, 0))))
    assert measured == {0, 1, 2, 3}


@given(heights_lists, st.integers(1, 40), st.data())
def test_stepping_is_counting_rows(heights: list[int], height: int, data: st.DataObject) -> None:
    spots = all_spots(heights)
    start = data.draw(st.integers(0, len(spots) - 1))
    rows = data.draw(st.integers(-60, 60))
    expected = spots[max(0, min(len(spots) - 1, start + rows))]
    assert viewport(heights, height).step(spots[start], rows) == expected


@given(heights_lists, st.integers(1, 40), st.data())
def test_a_clamped_top_fills_the_view_or_shows_all(
    heights: list[int], height: int, data: st.DataObject
) -> None:
    view, spots = viewport(heights, height), all_spots(heights)
    top = view.clamped(data.draw(st.sampled_from(spots)))
    shown = list(view.spots(top))
    assert len(shown) == min(height, len(spots))
    assert shown == spots[spots.index(top) :][:height]


@given(heights_lists, st.integers(1, 40), st.data())
def test_what_is_to_be_shown_is_in_sight(heights: list[int], height: int, data: st.DataObject) -> None:
    view, spots = viewport(heights, height), all_spots(heights)
    top = view.clamped(data.draw(st.sampled_from(spots)))
    target = data.draw(st.sampled_from(spots))
    assert target in list(view.spots(view.showing(top, target, target)))
