"""The line in which a cell failed, told from its traceback and the source."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tracebacks import CHAINED, cell_frame, error
from tui.document.notebook import Cell, Notebook
from tui.render.tracebackframes import CellLine
from tui.view.faultline import fault_line, lines_at_fault, place_of
from viewing import cell, stream

SOURCE = "def f(x):\n    return 1/x\n\nf(0)"


def failed(*parts: str, source: str = SOURCE, count: int | None = 1) -> Cell:
    return cell(source, error(*parts), count=count)


def fault(shown: Cell) -> int | None:
    return fault_line(shown, lines_at_fault(shown))


def test_it_is_the_innermost_line_of_the_cell() -> None:
    frames = cell_frame(1, 4, "f(0)"), cell_frame(1, 2, "    return 1/x", ", in f(x)")

    assert fault(failed(*frames)) == 1


def test_it_is_where_the_cell_called_when_it_happened_in_another_cell() -> None:
    frames = cell_frame(7, 4, "f(0)"), cell_frame(1, 2, "    return 1/x", ", in f(x)")

    assert fault(failed(*frames, count=7)) == 3


@pytest.mark.parametrize(
    "frame",
    [
        "<ipython-input-1-0bd0d9c> in <module>()\n      2     return 1/x\n      3 \n----> 4 f(0)",
        "Input In [1], in <cell line: 4>()\n----> 4 f(0)",
        "Input In [1], in f(x)\n----> 4 f(0)",
        "Cell In [1], line 4\n----> 4 f(0)",
        "/tmp/ipykernel_12/3456.py in <module>\n----> 4 f(0)",
        "/tmp/ipython-input-12.py in <cell line: 0>()\n----> 4 f(0)",
        "In  [1]:\nLine 4:     f(0)",
        '  File "<ipython-input-1-0bd0d9c>", line 4\n    f(0)\n    ^\nSyntaxError: invalid syntax\n',
        '  File "<ipython-input-1-0bd0d9c>", line 4, in <module>\n    f(0)',
    ],
)
def test_every_spelling_of_a_cells_frame_is_read(frame: str) -> None:
    assert fault(failed(frame)) == 3


def test_the_mark_follows_its_line_and_goes_with_it() -> None:
    shown = failed(cell_frame(1, 4, "f(0)"))

    assert fault(replace(shown, source="# above\n" + SOURCE)) == 4
    assert fault(replace(shown, source=SOURCE.replace("f(0)", "f(1)"))) is None
    assert fault(replace(shown, source="f(0)\nf(0)")) is None, "which of the two is not known"


def test_without_an_error_there_is_none() -> None:
    assert fault(cell(SOURCE, stream(cell_frame(1, 4, "f(0)")), count=1)) is None


def test_a_line_is_found_in_the_cell_that_ran_under_its_count() -> None:
    defined = cell("import x\n\ndef load():\n    raise ValueError('bad') from e", count=2)
    called = cell("load()", CHAINED, count=3)
    outer, inner = lines_at_fault(called)

    assert place_of(inner, called, Notebook((defined, called))) == (defined.key, 3)
    assert place_of(outer, called, Notebook((defined, called))) == (called.key, 0)


def test_a_line_of_a_cell_that_was_changed_or_ran_again_is_nowhere() -> None:
    line = CellLine(2, 1, "x = 1")
    other = cell("f()", count=3)

    for defined in (cell("x = 2", count=2), cell("y = 1", count=9)):
        assert place_of(line, other, Notebook((defined, other))) is None


def test_of_two_cells_with_one_count_it_is_the_one_that_holds_the_line() -> None:
    before, after = cell("x = 1", count=2), cell("y = 1", count=2)
    caller = cell("f()", count=3)

    assert place_of(CellLine(2, 1, "y = 1"), caller, Notebook((before, after, caller))) == (after.key, 0)
