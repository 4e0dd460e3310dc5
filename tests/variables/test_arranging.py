"""Which variables are shown, and in which order."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.render.rowops import plain, row_width
from tui.sanitize import clean
from tui.screens.variables.rows import rows_of, size_text
from tui.variables.variable import Arrangement, Kind, Order, Variable, arranged

SOME = (
    Variable("small", Kind.DATA, "int", "", 28, "7"),
    Variable("frame", Kind.DATA, "DataFrame", "1,000 × 3", 24_000, "a, b, c", is_table=True),
    Variable("Big", Kind.DATA, "list", "20", 8_000_000, "[1, 2]"),
    Variable("f", Kind.FUNCTION, "function", "", None, "(x)"),
    Variable("np", Kind.MODULE, "module", "", None, "numpy"),
)
TEXTS = st.text(max_size=12)
VARIABLES = st.lists(
    st.builds(
        Variable,
        TEXTS,
        st.sampled_from(Kind),
        TEXTS,
        TEXTS,
        st.none() | st.integers(0, 10**15),
        TEXTS,
        st.booleans(),
    ),
    max_size=4,
)


def names(how: Arrangement) -> list[str]:
    return [each.name for each in arranged(SOME, how)]


def test_data_is_shown_by_name_and_the_rest_where_it_is_asked_for() -> None:
    assert names(Arrangement()) == ["Big", "frame", "small"]
    assert names(Arrangement(shows_all=True)) == ["Big", "f", "frame", "np", "small"]


def test_they_are_sorted_the_largest_first_and_the_other_way() -> None:
    assert names(Arrangement(Order.SIZE)) == ["Big", "frame", "small"]
    assert names(Arrangement(Order.SHAPE)) == ["frame", "Big", "small"]
    assert names(Arrangement(Order.TYPE)) == ["frame", "small", "Big"]
    assert names(Arrangement(Order.MADE)) == ["Big", "frame", "small"]
    assert names(Arrangement(Order.SIZE, is_reversed=True)) == ["small", "frame", "Big"]


def test_they_are_filtered_by_a_part_of_name_or_type() -> None:
    assert names(Arrangement(needle="FRA")) == ["frame"]
    assert names(Arrangement(needle="list")) == ["Big"]


@settings(max_examples=30)
@given(VARIABLES, st.sampled_from(Order), st.booleans())
def test_none_is_lost_and_none_comes_twice(
    variables: list[Variable], order: Order, is_reversed: bool
) -> None:
    shown = arranged(variables, Arrangement(order, is_reversed, shows_all=True))
    assert sorted(map(repr, shown)) == sorted(map(repr, variables))


@settings(max_examples=30)
@given(VARIABLES, st.integers(1, 130))
def test_rows_fit_and_are_printable(variables: list[Variable], width: int) -> None:
    heading, rows = rows_of(variables, Arrangement(), width)
    assert len(rows) == len(variables)
    for row in (heading, *rows):
        assert row_width(row) <= width
        assert clean(plain(row)) == plain(row)


def test_sizes_are_told_in_units() -> None:
    assert [size_text(size) for size in (None, 0, 999, 1_600, 24_000, 8_000_000, 3 * 10**14)] == [
        "",
        "0 B",
        "999 B",
        "1.6 kB",
        "24.0 kB",
        "8.0 MB",
        "300 TB",
    ]
