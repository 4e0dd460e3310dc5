"""Which cells of drawn rows a rectangle of a text covers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies import texts
from tui.view.editor.layout import TextLayout
from tui.view.editor.rectangle import Rectangle


def columns(text: str, rectangle: Rectangle, width: int = 0) -> list[tuple[int, int]]:
    layout = TextLayout.of(text, width)
    return [rectangle.columns_on(row, layout) for row in range(layout.row_count)]


def test_lines_that_end_before_it_have_no_part_in_it() -> None:
    assert columns("abcdef\nab\n\nabcd\nabcdef", Rectangle(range(4), 2, 5)) == [
        (2, 5),
        (0, 0),
        (0, 0),
        (2, 4),
        (0, 0),
    ]


@pytest.mark.parametrize(
    ("text", "left", "right", "covered"),
    [
        ("日本語", 2, 4, (2, 4)),
        ("日本語", 1, 3, (0, 4)),
        ("\tab", 1, 3, (1, 3)),
        ("\tab", 2, 5, (2, 5)),
        ("a日b", 1, 2, (1, 3)),
    ],
)
def test_a_wide_character_is_covered_whole_and_a_tab_cell_by_cell(
    text: str, left: int, right: int, covered: tuple[int, int]
) -> None:
    assert columns(text, Rectangle(range(1), left, right)) == [covered]


def test_of_a_wrapped_line_each_row_has_its_part() -> None:
    assert columns("abcdefghij", Rectangle(range(1), 3, 7), width=5) == [(3, 5), (0, 2)]


@given(texts(12), st.integers(0, 4), st.integers(0, 9), st.integers(1, 9), st.sampled_from((0, 7)))
def test_it_never_leaves_the_row(text: str, line: int, left: int, width: int, row_width: int) -> None:
    layout = TextLayout.of(text, row_width)
    rectangle = Rectangle(range(line, line + 2), left, left + width)
    for row in range(layout.row_count):
        start, end = rectangle.columns_on(row, layout)
        drawn = sum(piece.width for piece in layout.row_text(row))
        assert 0 <= start <= end <= drawn
