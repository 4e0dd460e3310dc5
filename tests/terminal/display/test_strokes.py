"""What differs is written in strokes of one look; colour by colour where that takes fewer bytes."""

from __future__ import annotations

from tui.terminal.display.abilities import Abilities
from tui.terminal.display.cellrow import PLACEHOLDER, CellRow, cells_of
from tui.terminal.display.difference import draw_all
from tui.terminal.display.look import PLAIN, look_of
from tui.terminal.display.pen import Pen
from tui.terminal.display.strokes import Stroke, in_few_bytes, strokes_of

RED, BLUE = look_of("38;2;200;10;10"), look_of("38;2;10;10;200")
LINED = look_of("4;38;2;10;10;200")


def strokes(*rows: CellRow) -> list[Stroke]:
    return [stroke for index, row in enumerate(rows) for stroke in strokes_of(index, row, 0, len(row.texts))]


def words(given: list[Stroke]) -> list[str]:
    return ["".join(stroke.texts or ()) for stroke in given]


def test_blanks_are_written_with_what_is_beside_them() -> None:
    row = cells_of([("  ", RED), ("x ", BLUE), (" ", RED), ("y", BLUE), ("z", RED)], 7)
    assert words(strokes(row)) == ["  x  y", "z"]


def test_blanks_that_show_their_look_are_strokes_of_their_own() -> None:
    row = cells_of([(" ", LINED), ("x", BLUE), (" ", LINED)], 3)
    assert words(strokes(row)) == [" ", "x", " "]


def test_of_many_rows_in_two_colours_each_colour_is_set_once() -> None:
    given = strokes(*[cells_of([("|", RED), ("text", BLUE)], 5)] * 4)
    ordered = in_few_bytes(given, PLAIN)
    assert [stroke.look for stroke in ordered] == [RED] * 4 + [BLUE] * 4
    assert sorted(ordered) == sorted(given)


def test_the_colour_that_is_set_already_comes_first() -> None:
    given = strokes(*[cells_of([("|", RED), ("text", BLUE)], 5)] * 4)
    assert in_few_bytes(given, BLUE)[0].look is BLUE


def test_attributes_of_one_colour_are_written_as_they_come() -> None:
    given = strokes(*[cells_of([("a", BLUE), ("b", LINED), ("c", BLUE)], 3)] * 3)
    assert in_few_bytes(given, PLAIN) == given


def test_where_it_is_no_shorter_rows_stay_as_they_are() -> None:
    cheap = look_of("31"), look_of("32")
    given = strokes(*[cells_of([("a", cheap[0]), ("b", cheap[1])], 2)] * 2)
    assert in_few_bytes(given, PLAIN) == given


def test_a_row_with_a_character_of_uncertain_width_stays_together() -> None:
    wide = cells_of([("日", RED), ("x", BLUE), ("y", RED)], 4)
    plain = cells_of([("|", RED), ("text", BLUE)], 5)
    ordered = in_few_bytes(strokes(wide, *[plain] * 4), PLAIN)
    assert [stroke.start for stroke in ordered if stroke.row == 0] == [0, 2, 3]
    at = [index for index, stroke in enumerate(ordered) if stroke.row == 0]
    assert at == list(range(at[0], at[0] + 3))


def test_a_picture_is_a_stroke_of_its_own_as_the_colour_before_it_is_its_number() -> None:
    row = cells_of([("  ", RED), (PLACEHOLDER, BLUE), (PLACEHOLDER, BLUE), ("x", RED)], 5)
    assert words(strokes(row)) == ["  ", PLACEHOLDER * 2, "x"]
    pen = Pen(5, Abilities())
    draw_all([row], pen)
    assert f"\x1b[{BLUE.foreground}m{PLACEHOLDER}" in pen.take()
