"""Rows that are kept while a source is edited are those that would be made anew."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernelbridge.runstatus import RunStatus
from kernelbridge.widgets.models import WidgetModels
from tui.document.notebook import Cell, CellKind
from tui.render.canvas import Canvas
from tui.render.languages import PYTHON, Language, language_named
from tui.runs import CellRun, Ended, Queued
from tui.view.cellblock import CellBlock
from tui.view.celllook import CellLook, Surroundings
from tui.view.outputspart import Fold
from viewing import cell, stream

SOURCE = """import os  # one
def f(a, b):
    '''A text
    of lines.'''
    return a + b

text = "a string"
for each in range(3):
    print(each, text)
"""
PIECES = [
    "a",
    "x = 1",
    '"',
    '"""',
    "'''",
    "#",
    "\n",
    "    ",
    "(",
    "(\n",
    "é",
    "🙂",
    "%%bash\n",
    "%%html\n",
    "return",
]
LANGUAGES = [PYTHON, *map(language_named, ("r", "julia", "bash", "javascript", "no such language"))]
RUNS: list[CellRun | None] = [None, Queued(1), Ended(RunStatus.OK, 0.4)]

Edit = tuple[int, int, str, bool]
"""Where, how much goes, what comes, and whether the rows are looked at afterwards."""
EDITS = st.lists(
    st.tuples(st.integers(0, 400), st.integers(0, 9), st.sampled_from(PIECES) | st.just(""), st.booleans()),
    min_size=1,
    max_size=12,
)


def block(shown: Cell, language: Language, look: CellLook, *, numbered: bool) -> CellBlock:
    around = Surroundings(Canvas(34), language, 6, numbered=numbered)
    return CellBlock(shown, look, around, WidgetModels(), lambda *_: None, lambda: None)


@settings(deadline=None, max_examples=200)
@given(
    edits=EDITS,
    start=st.sampled_from([SOURCE, "", "one line", SOURCE * 3, "%%bash\nls | wc\n"]),
    language=st.sampled_from(LANGUAGES),
    kind=st.sampled_from(CellKind),
    run=st.sampled_from(RUNS),
    numbered=st.booleans(),
)
def test_after_any_edits_every_row_is_as_if_made_anew(
    edits: list[Edit], start: str, language: Language, kind: CellKind, run: CellRun | None, *, numbered: bool
) -> None:
    look = CellLook(run, Fold.LONG, 0, shows_source=True, answer="")
    shown = cell(start, stream("printed\n"), kind=kind)
    edited = block(shown, language, look, numbered=numbered)
    for at, gone, come, is_looked_at in edits:
        place = at % (len(shown.source) + 1)
        source = shown.source[:place] + come + shown.source[place + gone :]
        shown = replace(shown, source=source)
        edited.update(shown, look)
        if is_looked_at:
            [edited.row(row) for row in range(edited.height)]
    kept = [edited.row(row) for row in range(edited.height)]
    edited._forget_rows()  # not another block: how a text is coloured may depend on what it was before
    assert kept == [edited.row(row) for row in range(edited.height)]
    assert edited.height == block(shown, language, look, numbered=numbered).height


@pytest.mark.parametrize("typed", ["q", "🙂", "'", "#"])
def test_a_letter_leaves_the_rows_of_other_lines_as_they_are(typed: str) -> None:
    look = CellLook(None, Fold.LONG, 0, shows_source=True, answer="")
    shown = cell(SOURCE, stream("printed\n"))
    edited = block(shown, PYTHON, look, numbered=False)
    before = [edited.row(row) for row in range(edited.height)]
    at = SOURCE.index("return a") + len("return a")
    edited.update(replace(shown, source=SOURCE[:at] + typed + SOURCE[at:]), look)
    kept = [row for row, known in enumerate(before) if edited._rows.get(row) is known]
    assert 4 not in kept
    assert len(kept) >= len(before) - 3
