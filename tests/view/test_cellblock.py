"""One cell as rows."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from kernelbridge.runstatus import RunStatus
from kernelbridge.widgets.models import WidgetModels
from tracebacks import cell_frame, error
from tui.document.notebook import Cell, CellKind
from tui.render.canvas import Canvas
from tui.render.languages import PYTHON
from tui.render.rowops import plain, row_width
from tui.render.rows import Role
from tui.runs import Asking, CellRun, Ended, Queued, Running
from tui.view.cellblock import CellBlock
from tui.view.celllook import CellLook, Room, Surroundings
from tui.view.gutter import CONTENT_COLUMN
from tui.view.outputspart import Fold
from viewing import cell, stream, texts_of

DONE = Ended(RunStatus.OK, 0.4)


def look(run: CellRun | None = None, *, answer: str = "", shows_source: bool = True) -> CellLook:
    return CellLook(run, Fold.LONG, 0, shows_source, answer)


def block(shown: Cell, how: CellLook | None = None, *, width: int = 40, numbered: bool = False) -> CellBlock:
    surroundings = Surroundings(Canvas(width), PYTHON, 6, numbered=numbered)
    return CellBlock(shown, how or look(), surroundings, WidgetModels(), lambda *_: None, lambda: None)


def rows(shown: CellBlock) -> list[str]:
    return texts_of([shown.row(index) for index in range(shown.height)])


def test_a_code_cell_is_its_count_its_source_its_outputs_and_a_blank_row() -> None:
    shown = block(cell("a = 1\nprint(a)", stream("1\n"), count=7))
    assert rows(shown) == ["   7 a = 1", "     print(a)", "     ┊ 1", ""]
    assert [shown.is_blank(row) for row in range(4)] == [False, False, False, True]


@pytest.mark.parametrize("spacing", [0, 1, 3])
def test_as_many_rows_are_blank_below_a_cell_as_the_user_likes(spacing: int) -> None:
    around = Surroundings(Canvas(40), PYTHON, 6, numbered=False, room=Room(spacing))
    shown = CellBlock(cell("a\nb"), look(), around, WidgetModels(), lambda *_: None, lambda: None)
    assert [line.strip() for line in rows(shown)] == ["[ ] a", "b", *[""] * spacing]
    assert [shown.is_blank(row) for row in range(shown.height)] == [False, False, *[True] * spacing]
    assert shown.last_row == 1


def test_a_cell_takes_no_more_of_a_wide_view_than_the_user_likes() -> None:
    around = Surroundings(Canvas(200), PYTHON, 6, numbered=False, room=Room(max_width=60))
    shown = CellBlock(cell("x" * 100), look(DONE), around, WidgetModels(), lambda *_: None, lambda: None)
    assert shown.height == 3
    assert max(map(len, rows(shown))) <= 60


def test_an_empty_cell_is_one_row_and_a_blank_one() -> None:
    assert rows(block(cell())) == [" [ ]", ""]


@pytest.mark.parametrize("kind", CellKind)
def test_only_code_that_never_ran_has_an_empty_count(kind: CellKind) -> None:
    gutters = {plain(block(cell("a", kind=kind, count=count)).row(0))[:5] for count in (None, 7)}
    assert gutters == ({" [ ] ", "   7 "} if kind is CellKind.CODE else {"     "})


@pytest.mark.parametrize("kind", CellKind)
def test_rows_that_go_on_with_a_line_are_marked_in_the_gutter(kind: CellKind) -> None:
    shown = block(cell("x" * 40 + "\ny\n" + "z" * 70, kind=kind, count=1))
    assert [plain(shown.row(row))[1:5].strip(" 1") for row in range(6)] == ["", "↳", "", "", "↳", "↳"]


def test_the_mark_of_a_wrapped_row_and_the_state_go_together() -> None:
    shown = block(cell("x" * 33, count=1), look(DONE))
    assert rows(shown)[1].split() == ["↳", "x", "✓", "0.4", "s"]


def test_with_line_numbers_the_mark_stands_where_the_number_would() -> None:
    assert rows(block(cell("x" * 31), numbered=True)) == [f" [ ] 1 {'x' * 30}", "     ↳ x", ""]


def test_neither_drawn_markdown_nor_outputs_are_marked_as_wrapped() -> None:
    prose = block(cell("word " * 20, kind=CellKind.MARKDOWN), look(shows_source=False))
    assert prose.height > 2
    assert "↳" not in "".join(rows(prose))
    assert "↳" not in "".join(rows(block(cell("a", stream("x" * 99)))))


def test_markdown_is_drawn_and_shows_its_source_only_while_it_is_edited() -> None:
    shown_cell = cell("# Title\n\n*text*", kind=CellKind.MARKDOWN)
    shown = block(shown_cell, look(shows_source=False))
    assert rows(shown)[0] == "     Title"
    assert shown.source is None
    shown.update(shown_cell, look(shows_source=True))
    assert rows(shown) == ["     # Title                  markdown", "", "     *text*", ""]
    shown.update(shown_cell, look(shows_source=False))
    assert rows(shown)[0] == "     Title"


def test_empty_markdown_shows_that_there_is_something_to_edit() -> None:
    shown = block(cell("", kind=CellKind.MARKDOWN), look(shows_source=False))
    assert [row.split() for row in rows(shown)] == [["markdown"], []]


def test_a_raw_cell_says_so() -> None:
    assert rows(block(cell("\\alpha", kind=CellKind.RAW)))[0].split() == ["\\alpha", "raw"]


def test_the_state_stands_at_the_right_edge() -> None:
    row = rows(block(cell("a = 1"), look(DONE)))[0]
    assert row.endswith("  ✓ 0.4 s")
    assert 1 + len(row) == 40 - 1


def test_the_state_stands_on_the_first_row_with_room_for_it() -> None:
    shown = rows(block(cell("x" * 30 + "\nshort\nshort"), look(DONE)))
    assert [("✓" in row) for row in shown] == [False, True, False, False]


def test_without_room_in_the_source_the_state_is_left_to_the_gutter() -> None:
    shown = rows(block(cell("x" * 32), look(Ended(RunStatus.ERROR, 0.4))))
    assert shown[0].startswith("✗")
    assert not any("0.4 s" in row for row in shown)


def test_a_line_as_wide_as_the_content_takes_one_row() -> None:
    assert block(cell("x" * 32)).height == 2


def test_the_line_in_which_a_cell_failed_is_pointed_at_while_the_error_stands() -> None:
    failed = cell("a = 1\nb = a / 0\nc", error(cell_frame(7, 2, "b = a / 0")), count=7)
    shown = block(failed)
    assert [line[:5] for line in rows(shown)[:3]] == ["✗  7 ", " --> ", "     "]
    assert shown.row(1)[0].style.role is Role.ERROR

    shown.update(replace(failed, outputs=()), look())
    assert [line[:5] for line in rows(shown)[:3]] == ["   7 ", "     ", "     "]


def test_a_first_line_in_which_a_cell_failed_has_the_sign_of_failure() -> None:
    shown = block(cell("1 / 0", error(cell_frame(7, 1, "1 / 0")), count=7))
    assert rows(shown)[0] == "✗  7 1 / 0"


def test_a_cell_that_failed_in_another_line_or_nobody_knows_where_has_it_too() -> None:
    assert rows(block(cell("a = 1\nb = a / 0", error(cell_frame(7, 2, "b = a / 0")), count=7)))[0][0] == "✗"
    assert rows(block(cell("false", error("command failed"), count=7)))[0][0] == "✗"


def test_line_numbers_move_the_text() -> None:
    shown = block(cell("a = 1"), numbered=True)
    assert rows(shown)[0] == " [ ] 1 a = 1"
    assert shown.text_column == CONTENT_COLUMN + 2


def test_where_input_is_asked_for_question_and_answer_stand_below_the_outputs() -> None:
    shown_cell = cell("input('? ')", stream("before\n"))
    shown = block(shown_cell, look(Asking(0.0, "Name: ", password=False), answer="Ada"))
    assert rows(shown)[-3:] == ["     ┊ before", "     ? Name: Ada", ""]
    assert shown.answer_row == 2
    shown.update(shown_cell, look(Running(0.0)))
    assert shown.answer_row is None
    assert shown.height == 3


def test_a_password_is_masked() -> None:
    shown = block(cell("getpass()"), look(Asking(0.0, "Pass: ", password=True), answer="secret"))
    assert "secret" not in "".join(rows(shown))
    assert "••••••" in rows(shown)[1]


def test_of_a_long_answer_the_end_is_in_sight() -> None:
    shown = block(cell("input()"), look(Asking(0.0, "> ", password=False), answer="漢" * 99 + "end"))
    assert rows(shown)[1].endswith("end")
    assert row_width(shown.row(1)) <= 5 + 32


def test_changing_a_line_keeps_every_other_row_the_same_object() -> None:
    shown_cell = cell("\n".join(f"x{number} = {number}" for number in range(20)), stream("out\n"), count=1)
    shown = block(shown_cell, look(DONE))
    before = [shown.row(index) for index in range(shown.height)]
    shown.update(replace(shown_cell, source=shown_cell.source.replace("x9 = 9", "x9 = 99")), look(DONE))
    changed = [index for index, old in enumerate(before) if shown.row(index) is not old]
    assert changed == [9]


def test_a_tick_changes_only_the_row_that_shows_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.monotonic()
    shown = block(cell("a = 1\nb = 2", stream("out\n")), look(Running(now)))
    before = [shown.row(index) for index in range(shown.height)]
    monkeypatch.setattr(time, "monotonic", lambda: now + 65.5)
    shown.tick()
    after = [shown.row(index) for index in range(shown.height)]
    assert [row is old for row, old in zip(after, before, strict=True)] == [False, True, True, True]
    assert plain(after[0]).endswith("1 m 05 s")


def test_a_tick_changes_nothing_that_does_not_run() -> None:
    shown = block(cell("a = 1"), look(Queued(1)))
    before = shown.row(0)
    shown.tick()
    assert shown.row(0) is before


def test_at_another_width_the_same_text_is_found_again() -> None:
    shown_cell = cell("\n".join(f"{number:050}" for number in range(100)), stream("a\nb\nc\n"))
    wide, narrow = block(shown_cell, width=80), block(shown_cell, width=40)
    assert narrow.row_like(wide, 50) == 100
    assert wide.row_like(narrow, 100) == 50
    assert narrow.row_like(wide, 101) == 201  # the second row of the output
    assert narrow.row_like(wide, wide.height - 1) == narrow.height - 1


@pytest.mark.parametrize("width", [0, 1, 5, 13, 40, 300])
def test_every_row_fits_into_the_view_or_the_narrowest_that_is_drawn(width: int) -> None:
    shown_cell = cell("x" * 500 + "\n漢字\t" * 9, stream("y" * 999), count=123456)
    shown = block(shown_cell, look(Running(0.0)), width=width)
    widest = max(row_width(shown.row(index)) for index in range(shown.height))
    assert 1 + widest <= max(width, CONTENT_COLUMN + 8)
