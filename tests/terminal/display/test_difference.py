"""What a terminal shows after it was sent differences is what it shows after it was sent everything."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Sequence

import pytest

from e2e.screen import Screen, Seen
from terminal.display.frames import changed, row_of
from tui.terminal.display.abilities import Abilities
from tui.terminal.display.cellrow import PLACEHOLDER, CellRow, blank_row, cells_of, replaced
from tui.terminal.display.difference import draw_all, draw_difference
from tui.terminal.display.look import PLAIN, look_of
from tui.terminal.display.pen import Pen

ALL = Abilities(
    erases_in_color=True,
    repeats=True,
    scrolls_regions=True,
    scrolls_by_count=True,
    shifts_cells=True,
    saves_cursor=True,
    goes_down_by_vt=True,
)
STEPS = int(os.environ.get("TNB_DISPLAY_STEPS", "60"))


class Shown:
    """A terminal that shows differences."""

    def __init__(self, width: int, height: int, abilities: Abilities = ALL) -> None:
        self.abilities = abilities
        self.pen = Pen(width, abilities)
        self.rows = [blank_row(width)] * height
        self.screen = Screen(width, height)
        self.screen.without_wrapping()

    def show(self, rows: Sequence[CellRow]) -> str:
        draw_difference(self.rows, rows, self.pen, self.abilities)
        self.rows = list(rows)
        sent = self.pen.take()
        self.screen.feed(sent.encode())
        return sent


def painted_whole(rows: Sequence[CellRow]) -> list[list[Seen]]:
    width = len(rows[0].texts)
    screen, pen = Screen(width, len(rows)), Pen(width, Abilities())
    screen.without_wrapping()
    draw_all(rows, pen)
    screen.feed(pen.take().encode())
    return screen.seen()


@pytest.mark.timeout(7200)
@pytest.mark.parametrize("abilities", [ALL, Abilities(), Abilities(scrolls_regions=True, shifts_cells=True)])
def test_at_random_the_screen_is_as_it_would_be_painted_whole(abilities: Abilities) -> None:
    chance = random.Random(1)
    shown = Shown(40, 12, abilities)
    rows = [row_of(chance, 40) for _ in range(12)]
    for step in range(STEPS):
        shown.show(rows)
        assert shown.screen.seen() == painted_whole(rows), f"step {step}"
        rows = changed(chance, rows)


def text_rows(*texts: str, width: int = 20) -> list[CellRow]:
    return [cells_of([(text, PLAIN)], width) for text in texts]


def test_the_same_again_sends_nothing() -> None:
    shown = Shown(20, 2)
    shown.show(text_rows("one", "two"))
    assert shown.show(text_rows("one", "two")) == ""


def test_a_letter_behind_the_last_one_costs_itself_and_the_cursor() -> None:
    reverse = look_of("7")
    shown = Shown(20, 1)

    def typed(text: str) -> list[CellRow]:
        return [cells_of([(text, PLAIN), (" ", reverse), ("", PLAIN)], 20)]

    shown.show(typed("ab"))
    shown.show(typed("abc"))
    shown.show(typed("abcd"))
    assert shown.show(typed("abcde")) == "\x1b[@e"
    assert shown.show(typed("abcd")) == "\b\x1b[P"
    assert shown.screen.seen() == painted_whole(typed("abcd"))


def test_italic_is_set_again_where_the_cursor_comes_back() -> None:
    italic = look_of("3")
    shown = Shown(20, 3)
    shown.show([cells_of([("ab", italic), ("", PLAIN)], 20), *text_rows("one", "two")])
    sent = shown.show([cells_of([("abc", italic), ("", PLAIN)], 20), *text_rows("one", "six")])
    assert sent.endswith("\x1b8\x1b[3m")


def test_rows_that_move_up_are_scrolled_below_what_stays() -> None:
    shown = Shown(20, 6)
    shown.show(text_rows("head", "one", "two", "three", "four", "foot"))
    sent = shown.show(text_rows("head", "two", "three", "four", "five", "foot"))
    assert "\x1b[2;5r" in sent
    assert "five" in sent
    assert "three" not in sent


def test_blanks_to_the_edge_are_erased_in_colour_where_the_terminal_does_that() -> None:
    blue = look_of("44")
    rows = [cells_of([("x", blue), ("", blue)], 20)]
    assert Shown(20, 1).show(rows) == "\x1b[H\x1b[44mx\x1b[K"
    assert Shown(20, 1, Abilities()).show(rows) == "\x1b[H\x1b[44mx" + " " * 19


def test_behind_a_character_that_terminals_measure_differently_the_place_is_said() -> None:
    sent = Shown(20, 1).show(text_rows("a☀️b"))
    assert sent == "\x1b[Ha  \x1b[1;2H☀️\x1b[1;4Hb"


def test_half_of_a_wide_character_is_never_left() -> None:
    shown = Shown(8, 1)
    shown.show(text_rows("日本", width=8))
    shown.show(text_rows("a日", width=8))
    assert shown.screen.lines[0] == "a日"
    shown.show(text_rows("ab", width=8))
    assert shown.screen.lines[0] == "ab"


def picture(columns: int, mark: str = "") -> str:
    return "".join(f"{PLACEHOLDER}\u0305{chr(0x305 + 8 * column)}\u0305{mark}" for column in range(columns))


def test_a_row_of_a_picture_is_sent_in_one_piece() -> None:
    shown = Shown(20, 2)
    shown.show(text_rows(f"a{picture(4)}b", ""))
    shown.show(text_rows("covered by this", ""))
    assert picture(4) in shown.show(text_rows(f"a{picture(4)}b", ""))
    part = cells_of([(f"a{picture(4)}b", PLAIN)], 20)
    shown.show([replaced(part, 3, cells_of([("x", PLAIN)], 1)), *text_rows("")])
    assert picture(4) in shown.show(text_rows(f"a{picture(4)}b", ""))


def test_a_screen_with_pictures_is_not_scrolled_by_the_terminal() -> None:
    shown = Shown(20, 6)
    shown.show(text_rows("one", "two", "three", "four", picture(4), "six"))
    sent = shown.show(text_rows("two", "three", "four", picture(4), "six", "seven"))
    assert re.search(r"\x1b\[\d+;\d+r", sent) is None


def test_after_a_change_elsewhere_a_letter_costs_no_more_than_before() -> None:
    code, panel = look_of("38;2;9;9;9;48;2;1;1;1"), look_of("38;2;7;7;7;48;2;5;5;5")

    def typed(text: str, listed: str) -> list[CellRow]:
        row = [(text, code), (" ", look_of("7")), ("", code)]
        return [cells_of(pieces, 20) for pieces in ([("x" * 12, panel)], row, [(listed, panel)])]

    shown = Shown(20, 3)
    shown.show(typed("ab", "abc"))
    shown.show(typed("abc", "abc"))
    shown.show(typed("abcd", "def"))
    shown.show(typed("abcd", "ghi"))
    assert shown.show(typed("abcde", "ghi")) == "\x1b[@e"
    assert shown.screen.seen() == painted_whole(typed("abcde", "ghi"))


def test_a_link_that_was_written_elsewhere_does_not_go_on_where_the_cursor_comes_back() -> None:
    linked = look_of("4", "id=1;https://example.org")
    shown = Shown(20, 2)
    shown.show(text_rows("typed into this", ""))
    shown.show(text_rows("typed x into this", ""))
    sent = shown.show([*text_rows("typed x into this"), cells_of([("there", linked)], 20)])
    assert sent.endswith("\x1b]8;;\x1b\\\x1b8")


def test_where_a_picture_is_drawn_the_place_to_come_back_to_is_not_kept_meanwhile() -> None:
    shown = Shown(20, 2)
    shown.show(text_rows("typed into this", ""))
    shown.show(text_rows("typed x into this", ""))
    assert "\x1b7" in shown.show(text_rows("typed x into this", "text"))
    assert "\x1b7" not in shown.show(text_rows("typed x into this", picture(4)))
