"""Which cells are run."""

from __future__ import annotations

import pytest

from headless.notebooks_made import code, notebook, prose
from tui.headless.plan import PlanError, Selection, chosen, steps_of

NOTEBOOK = notebook(
    prose("# A"),
    code("1", "first"),
    code(" "),
    code("2", "skip-execution"),
    code("3", "last", name="c3"),
    code("4"),
)


def numbers(selection: Selection) -> list[int]:
    return [step.number for step in steps_of(NOTEBOOK, chosen(NOTEBOOK, selection))]


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(), [2, 5, 6]),
        (Selection(cells=(range(4, 9),)), [5, 6]),
        (Selection(tags=("first", "last")), [2, 5]),
        (Selection(until="5"), [2, 5]),
        (Selection(until="c3"), [2, 5]),
        (Selection(until="first"), [2]),
        (Selection(cells=(range(2),), tags=("first",)), [2]),
    ],
)
def test_code_that_is_asked_for_and_not_skipped(selection: Selection, expected: list[int]) -> None:
    assert numbers(selection) == expected


@pytest.mark.parametrize(
    "selection", [Selection(tags=("no",)), Selection(until="no"), Selection(cells=(range(1),))]
)
def test_what_means_no_cell_is_said(selection: Selection) -> None:
    with pytest.raises(PlanError):
        chosen(NOTEBOOK, selection)


def test_a_cell_may_fail_where_its_tag_says_so_or_all_may() -> None:
    cells = notebook(code("1"), code("2", "raises-exception"))
    keys = [cell.key for cell in cells.cells]
    assert [step.may_fail for step in steps_of(cells, keys)] == [False, True]
    assert [step.may_fail for step in steps_of(cells, keys, allow_errors=True)] == [True, True]
