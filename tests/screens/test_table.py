"""A table on the whole screen, from an output's HTML: what keys do, and what is seen."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App

from tui.render.html.tabletext import read_largest_table
from tui.screens.table.conditions import condition_of, text_of
from tui.screens.table.htmlsource import HtmlSource
from tui.screens.table.opentable import OpenTable
from tui.screens.table.pages import LINES, MOST, Block, Extent, Pages
from tui.screens.table.screen import TableScreen
from tui.screens.table.source import Column, Kind, Line, Operator, Shape
from tui.screens.table.window import TableWindow
from tui.stylesheets import stylesheet_paths
from tui.theme import DARK, Palette, own_themes

if TYPE_CHECKING:
    from textual.pilot import Pilot

NAMES = ["Ada", "Grace", "漢字", "Edsger", "x\x1b[2J\u202e"]


def page(lines: int = 40, columns: int = 3) -> str:
    """A frame as pandas writes it: the line's number, a name, and then numbers."""
    names = "".join(
        f"<th>{name}</th>" for name in ("", "name", *(f"n{column}" for column in range(columns - 1)))
    )
    body = "".join(
        f"<tr><th>{line}</th><td>{NAMES[line % len(NAMES)]}</td>"
        + "".join(f"<td>{line * 10 % 70 + column}.5</td>" for column in range(columns - 1))
        + "</tr>"
        for line in range(lines)
    )
    return f"<table class=dataframe><thead><tr>{names}</tr></thead><tbody>{body}</tbody></table>"


class TableApp(App[None]):
    """Nothing but the table."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, table: OpenTable) -> None:
        super().__init__(css_path=[*stylesheet_paths()])
        for theme in own_themes():
            self.register_theme(theme)
        self.theme = DARK
        self.table = table
        self.copied = ""
        self.is_closed = False

    def on_mount(self) -> None:
        def copy(text: str) -> str:
            self.copied = text
            return "copied"

        def closed(_: None) -> None:
            self.is_closed = True

        self.push_screen(TableScreen(self.table, Palette(self.current_theme), copy), closed)


@asynccontextmanager
async def opened(html: str, size: tuple[int, int] = (60, 14)) -> AsyncIterator[tuple[TableApp, Pilot[None]]]:
    text = read_largest_table(html)
    assert text is not None
    source = HtmlSource(text)
    app = TableApp(OpenTable(source, await source.shape(), None))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        yield app, pilot


async def settle(pilot: Pilot[None]) -> None:
    """Until nothing more is asked for."""
    await pilot.pause()
    while pilot.app.screen.workers:
        await pilot.app.screen.workers.wait_for_complete()
        await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)


def lines(app: App[None]) -> list[str]:
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


def column(app: App[None], number: int) -> list[str]:
    return [line.split()[number] for line in lines(app)[3:-2] if line.strip()]


async def test_it_shows_names_lines_the_cell_under_the_cursor_and_keys() -> None:
    async with opened(page(4)) as (app, _):
        assert lines(app) == [
            " 4 rows × 3 columns · from the output                   1/4",
            "   name      n0    n1",
            "─────────────────────",
            "0  Ada      0.5   1.5",
            "1  Grace   10.5  11.5",
            "2  漢字    20.5  21.5",
            "3  Edsger  30.5  31.5",
            *[""] * 5,
            " 0 · name  Ada",
            " arrows move  s sort  / filter  x show all  < > = width",
        ]


async def test_the_cursor_moves_by_cells_pages_and_ends_with_names_in_sight() -> None:
    async with opened(page(40, 30)) as (app, pilot):
        await press(pilot, "pagedown", "down")
        assert "10/40" in lines(app)[0]
        await press(pilot, "G", "end")
        assert lines(app)[1].endswith("n28")
        assert lines(app)[-3].split()[0] == "39"
        assert lines(app)[-2].startswith(" 39 · n28  68.5")
        await press(pilot, "g", "home")
        assert lines(app)[1].startswith("    name")
        await press(pilot, "up", "left")
        assert lines(app)[0].endswith("1/40")


async def test_a_column_is_sorted_up_down_and_not() -> None:
    async with opened(page(9)) as (app, pilot):
        await press(pilot, "right", "s")
        assert "n0 ↑" in lines(app)[1]
        assert column(app, 0)[:4] == ["0", "7", "1", "8"]
        await press(pilot, "s")
        assert "n0 ↓" in lines(app)[1]
        assert column(app, 0)[:4] == ["6", "5", "4", "3"]
        await press(pilot, "s")
        assert column(app, 0) == [str(number) for number in range(9)]


async def test_filters_of_several_columns_hold_together_until_all_is_shown_again() -> None:
    async with opened(page(40)) as (app, pilot):
        await press(pilot, "slash", *"gra", "enter")
        assert lines(app)[0].startswith(" 8 of 40 rows × 3 columns · name gra · from the output")
        await press(pilot, "right", "slash", *">40", "enter")
        assert column(app, 1) == ["Grace"] * 3
        assert "n0 > 40" in lines(app)[0]
        await press(pilot, "slash")
        assert lines(app)[-1].startswith(" › > 40")
        await press(pilot, "escape", "x")
        assert lines(app)[0].startswith(" 40 rows")


async def test_a_filter_that_compares_with_no_number_says_so_and_changes_nothing() -> None:
    async with opened(page(4)) as (app, pilot):
        await press(pilot, "right", "slash", *">many", "enter")
        assert lines(app)[-1] == " many is not a number"
        assert lines(app)[0].startswith(" 4 rows")


async def test_without_any_line_left_it_stays_usable() -> None:
    async with opened(page(4)) as (app, pilot):
        await press(pilot, "slash", *"nobody", "enter", "down", "G", "end", "c", "C")
        assert lines(app)[0].startswith(" 0 of 4 rows")
        await press(pilot, "x")
        assert lines(app)[0].startswith(" 4 rows")


async def test_a_column_is_made_wider_and_narrower() -> None:
    async with opened(page(4)) as (app, pilot):
        await press(pilot, "less_than_sign")
        assert lines(app)[6].startswith("3  Eds…")
        await press(pilot, "equals_sign", "greater_than_sign")
        assert lines(app)[6].startswith("3  Edsger    30.5")


async def test_a_cell_and_the_lines_in_sight_are_copied() -> None:
    async with opened(page(3)) as (app, pilot):
        await press(pilot, "down", "c")
        assert app.copied == "Grace"
        await press(pilot, "C")
        assert app.copied == "\tname\tn0\tn1\n0\tAda\t0.5\t1.5\n1\tGrace\t10.5\t11.5\n2\t漢字\t20.5\t21.5\n"
        await press(pilot, "q")
        assert app.is_closed


@pytest.mark.parametrize("size", [(20, 6), (40, 10), (200, 60)])
async def test_at_any_size_nothing_of_the_text_controls_the_terminal(size: tuple[int, int]) -> None:
    async with opened(page(40, 40), size) as (app, pilot):
        await press(pilot, "down", "down", "down", "down", "end")
        for line in lines(app):
            assert not any(ord(character) < 32 or character == "\u202e" for character in line)


def test_what_is_typed_to_filter_is_an_operator_and_what_to_compare_with() -> None:
    assert condition_of(1, "  ") is None
    assert condition_of(1, ">=") is None
    for typed, operator, value in (
        ("abc", Operator.CONTAINS, "abc"),
        (">3", Operator.MORE, "3"),
        (">= 3", Operator.AT_LEAST, "3"),
        ("≤ -1.5", Operator.AT_MOST, "-1.5"),
        ("== x y", Operator.EQUAL, "x y"),
        ("!=x", Operator.UNEQUAL, "x"),
    ):
        condition = condition_of(1, typed)
        assert condition is not None
        assert (condition.operator, condition.value) == (operator, value)
        assert condition_of(1, text_of(condition)) == condition


def test_cells_over_several_lines_and_columns_are_in_all_of_them() -> None:
    table = read_largest_table(
        "<table class=dataframe><thead><tr><th><th colspan=2>size<tr><th>key<th>mean<th>std</thead>"
        "<tbody><tr><th rowspan=2>a<td>1<td>2<tr><td>3<td>4</table><table><tr><td>small</table>"
    )
    assert table is not None
    assert (table.index, table.columns) == (("key",), ("size · mean", "size · std"))
    assert [(line.index, line.cells) for line in table.lines] == [(("a",), ("1", "2")), (("a",), ("3", "4"))]


def test_blocks_in_sight_are_read_first_then_the_next_page_and_few_are_kept() -> None:
    pages, extent = Pages(), Extent(1_000_000, 30)
    sight, columns = range(90, 110), range(20, 26)
    asked: list[Block] = []
    while (block := pages.next_missing(sight, columns, extent)) is not None:
        asked.append(block)
        pages.put(block, [Line((), ("x",) * len(extent.columns_of(block)))] * len(extent.lines_of(block)))
    assert asked == [Block(0, 0), Block(0, 1), Block(1, 0), Block(1, 1)]
    assert pages.cell(100, 25) == "x"
    for number in range(2, 2 + MOST):
        pages.put(Block(number, 0), ())
    assert pages.cell(100, 25) is None
    assert pages.next_missing(range(LINES), range(1), Extent(0, 0)) is None


MOVES = st.lists(st.tuples(st.integers(-500, 500), st.integers(-50, 50)), max_size=8)


@given(
    MOVES, st.integers(1, 120), st.integers(1, 50), st.integers(0, 300), st.integers(0, 40), st.integers(0, 3)
)
def test_the_cursor_is_always_in_sight(
    moves: Sequence[tuple[int, int]], width: int, height: int, lines: int, columns: int, levels: int
) -> None:
    shape = Shape(
        tuple(Column("", Kind.TEXT) for _ in range(levels)),
        tuple(Column("c", Kind.TEXT) for _ in range(columns)),
        lines,
    )
    window = TableWindow(shape, lines)
    for line, place in moves:
        window.go(window.line + line, window.place + place)
        window.bring_into_sight(width, height)
        assert 0 <= window.top <= window.line < window.top + height
        shown = list(window.shown(width))
        beyond_index = sum(window.width(place) + 2 for place in range(levels)) >= width
        assert not columns + levels or beyond_index or window.place in [each.place for each in shown]
