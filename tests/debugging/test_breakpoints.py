"""Breakpoints move with the lines that they are at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.debugging.breakpoints import Breakpoints, moved
from tui.document.cells import new_cell
from tui.document.notebook import CellKind, Notebook

SOURCE = "a\nb\nc\nd"
LINES = st.lists(st.text("xy", max_size=3), min_size=1, max_size=8)


def notebook(source: str) -> Notebook:
    return Notebook((new_cell(Notebook(()), CellKind.CODE, source),))


@pytest.mark.parametrize(
    ("at", "new", "expected"),
    [
        (2, "a\nb\nc\nd", 2),
        (2, "new\na\nb\nc\nd", 3),
        (2, "a\nb\nnew\nc\nd", 3),
        (2, "a\nb\nc\nnew\nd", 2),
        (2, "a\nb\nc more\nd", 2),
        (2, "a\nb\n  c\nd", 2),
        (2, "a\nc\nd", 1),
        (2, "a\nb\nd", None),
        (2, "b\nc\nd", 1),
        (3, "a\nb\nd", 2),
        (0, "a\nb", 0),
        (3, "a\nb", None),
    ],
)
def test_a_breakpoint_stays_at_its_line(at: int, new: str, expected: int | None) -> None:
    assert moved(frozenset({at}), SOURCE, new) == (frozenset() if expected is None else {expected})


@given(LINES, LINES, LINES, st.data())
def test_lines_around_a_change_keep_theirs(
    above: list[str], old: list[str], below: list[str], data: st.DataObject
) -> None:
    new = data.draw(LINES)
    before = [f"above {at}" for at in range(len(above))] + old + [f"below {at}" for at in range(len(below))]
    after = [f"above {at}" for at in range(len(above))] + new + [f"below {at}" for at in range(len(below))]
    marked = {at for at, line in enumerate(before) if " " in line}
    found = moved(frozenset(marked), "\n".join(before), "\n".join(after))
    assert {after[at] for at in found} == {before[at] for at in marked}


@given(st.text("a\n", max_size=12), st.text("ab\n", max_size=12), st.sets(st.integers(0, 12)))
def test_none_is_beyond_the_text(old: str, new: str, marked: set[int]) -> None:
    lines = frozenset(line for line in marked if line <= old.count("\n"))
    assert all(0 <= line <= new.count("\n") for line in moved(lines, old, new))


def test_one_is_set_and_taken_away() -> None:
    cell = notebook(SOURCE).cells[0]
    breakpoints = Breakpoints()
    assert breakpoints.toggle(cell.key, 1, cell.source)
    assert breakpoints.of(cell.key) == {1}
    assert not breakpoints.toggle(cell.key, 1, cell.source)
    assert not breakpoints.all


def test_those_of_a_cell_that_goes_come_back_with_it() -> None:
    held = notebook(SOURCE)
    breakpoints = Breakpoints()
    breakpoints.toggle(held.cells[0].key, 1, SOURCE)
    assert not breakpoints.follow(Notebook(()))
    assert not breakpoints.follow(held)
    assert breakpoints.of(held.cells[0].key) == {1}
