"""Where a popup stands beside the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.render.rows import Row
from tui.view.popup.layer import Place, Size, place_beside


@dataclass(frozen=True)
class Block:
    size: Size
    prefers_above: bool = False
    offset: int = 0
    once: int = 0

    def tallest(self, most: Size) -> int:
        return max(self.once, self.size.height)

    def wanted(self, most: Size) -> Size:
        return Size(min(self.size.width, most.width), self.size.height)

    def rows(self, size: Size) -> Sequence[Row]:
        return ()


VIEW = Size(40, 8)


@pytest.mark.parametrize(
    ("x", "y", "popup", "place"),
    [
        (5, 1, Block(Size(10, 4)), Place(5, 2, Size(10, 4))),
        (5, 6, Block(Size(10, 4)), Place(5, 2, Size(10, 4))),
        (5, 3, Block(Size(10, 6)), Place(5, 4, Size(10, 4))),
        (5, 5, Block(Size(10, 9)), Place(5, 0, Size(10, 5))),
        (35, 1, Block(Size(10, 4)), Place(30, 2, Size(10, 4))),
        (5, 1, Block(Size(90, 4)), Place(0, 2, Size(40, 4))),
        (5, 5, Block(Size(10, 2)), Place(5, 6, Size(10, 2))),
        (5, 5, Block(Size(10, 2), once=4), Place(5, 3, Size(10, 2))),
        (5, 4, Block(Size(9, 3), prefers_above=True), Place(5, 1, Size(9, 3))),
        (5, 1, Block(Size(9, 3), prefers_above=True), Place(5, 2, Size(9, 3))),
    ],
)
def test_it_stands_where_there_is_room(x: int, y: int, popup: Block, place: Place):
    assert place_beside(x, y, popup, VIEW) == place


def test_without_any_room_it_is_not_shown():
    assert place_beside(0, 0, Block(Size(5, 5)), Size(40, 1)) is None


@given(
    st.integers(1, 60),
    st.integers(1, 20),
    st.integers(0, 59),
    st.integers(0, 19),
    st.integers(1, 70),
    st.booleans(),
)
def test_it_is_in_the_view_and_never_on_the_line_of_the_cursor(
    width: int, height: int, x: int, y: int, wanted: int, above: bool
):
    view, y = Size(width, height), min(y, height - 1)
    place = place_beside(min(x, width - 1), y, Block(Size(wanted, wanted), above), view)
    if place is not None:
        assert place.x >= 0
        assert place.x + place.size.width <= width
        rows = range(place.y, place.y + place.size.height)
        assert rows.start >= 0
        assert rows.stop <= height
        assert y not in rows
