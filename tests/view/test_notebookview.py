"""The view on a screen: what is seen, what is painted anew, and what it costs."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kernelbridge.runstatus import RunStatus
from tui.document.cellselection import CellSelection
from tui.document.notebook import CellKind, Notebook
from tui.document.selection import TextSelection
from tui.runs import Asking, Ended, Running
from tui.theme import Palette, own_themes
from tui.view.cellblock import CellBlock
from viewing import ViewApp, cell, png, stream

if TYPE_CHECKING:
    from tui.document.notebook import Cell
    from tui.render.rows import Row

SIZE = (40, 10)


def numbered_cells(count: int) -> list[Cell]:
    return [cell(f"cell_{number}") for number in range(count)]


async def test_cells_stand_below_each_other_and_the_focused_one_is_marked() -> None:
    app = ViewApp(cell("one", stream("1\n"), count=3), cell("# two", kind=CellKind.MARKDOWN))
    async with app.run_test(size=SIZE):
        assert app.lines()[:4] == ["▌   3 one", "▌     ┊ 1", "", "      two"]


async def test_editing_and_selections_have_marks_of_their_own() -> None:
    cells = numbered_cells(4)
    app = ViewApp(*cells)
    async with app.run_test(size=SIZE):
        app.state.selection = CellSelection(cells[1].key, cells[3].key)
        app.state.focus = cells[3].key
        app.view.draw()
        assert [line[:1] for line in app.lines()[:8]] == [" ", "", "│", "", "│", "", "▌", ""]
        app.state.editing = True
        app.view.draw()
        assert app.lines()[6].startswith("▐")


async def test_scrolling_stops_at_both_ends() -> None:
    app = ViewApp(*numbered_cells(20))
    async with app.run_test(size=SIZE):
        app.view.scroll_rows(3)
        app.view.draw()
        assert app.lines()[1] == "  [ ] cell_2"
        app.view.scroll_rows(999)
        app.view.draw()
        assert app.lines()[-2:] == ["  [ ] cell_19", ""]
        app.view.scroll_rows(-999)
        app.view.draw()
        assert app.lines()[0] == "▌ [ ] cell_0"


async def test_the_focused_cell_is_brought_into_sight_as_little_as_possible() -> None:
    cells = numbered_cells(20)
    app = ViewApp(*cells)
    async with app.run_test(size=SIZE):
        app.state.focus = cells[5].key
        app.view.show_focus()
        app.view.draw()
        assert app.lines()[-1] == "▌ [ ] cell_5"


async def test_what_is_inserted_above_moves_nothing_in_sight() -> None:
    cells = numbered_cells(20)
    app = ViewApp(*cells)
    async with app.run_test(size=SIZE):
        app.view.scroll_rows(8)
        app.view.draw()
        before = app.lines()
        app.show(cell("new"), *cells)
        assert app.lines() == before


async def test_output_that_pushes_the_focused_cells_end_out_of_sight_is_followed() -> None:
    cells = numbered_cells(20)
    app = ViewApp(*cells)
    async with app.run_test(size=SIZE) as pilot:
        app.state.focus = cells[3].key
        grown = replace(cells[3], outputs=(stream("".join(f"{line}\n" for line in range(12))),))
        app.view.show(Notebook((*cells[:3], grown, *cells[4:])))
        await pilot.pause()
        assert "      ┊ 11" in [f" {line[1:]}" for line in app.lines()]


async def test_output_is_not_followed_by_who_scrolled_away() -> None:
    cells = numbered_cells(20)
    app = ViewApp(*cells)
    async with app.run_test(size=SIZE) as pilot:
        app.view.scroll_rows(9)
        await pilot.pause()
        before = app.lines()
        app.view.show(Notebook((replace(cells[0], outputs=(stream("much\n" * 12),)), *cells[1:])))
        await pilot.pause()
        assert app.lines() == before


async def test_a_cell_of_5000_lines_scrolls_row_by_row() -> None:
    app = ViewApp(cell("\n".join(f"line_{number}" for number in range(5_000))), cell("below"))
    async with app.run_test(size=SIZE):
        for top in range(1, 200):
            app.view.scroll_rows(1)
            app.view.draw()
            assert app.lines()[0] == f"▌     line_{top}"
        app.view.scroll_rows(99_999)
        app.view.draw()
        assert app.lines()[-4:] == ["▌     line_4999", "", "  [ ] below", ""]


async def test_rows_of_the_focused_cell_beyond_the_view_are_counted_up_to_its_height() -> None:
    app = ViewApp(cell("\n".join("x" * 14)))
    async with app.run_test(size=SIZE):
        app.view.scroll_rows(3)
        assert (app.view.rows_beyond(down=True), app.view.rows_beyond(down=False)) == (1, 3)


# -- cursor and selection ----


async def edited(app: ViewApp, anchor: int, head: int | None = None) -> None:
    app.state.editing = True
    app.state.cursors[app.state.focus] = TextSelection(anchor, anchor if head is None else head)
    app.view.draw()


@pytest.mark.parametrize(
    ("source", "offset", "row", "covered"),
    [
        ("abc", 1, 0, "b"),
        ("abc", 3, 0, " "),
        ("a漢b", 1, 0, "漢"),
        ("a\tb", 1, 0, "   "),
        ("e\u0301x", 0, 0, "e\u0301"),
        ("ab\n", 3, 1, " "),
        ("x" * 33, 31, 0, "x"),
        ("x" * 33, 32, 1, "x"),
        ("x" * 32, 32, 0, " "),
        ("x" * 30 + "漢字", 30, 0, "漢"),
    ],
)
async def test_the_cursor_covers_what_it_stands_on(source: str, offset: int, row: int, covered: str) -> None:
    app = ViewApp(cell(source))
    async with app.run_test(size=SIZE):
        await edited(app, offset)
        assert [app.styled("reverse", y) for y in range(10)] == [
            "" if y != row else covered for y in range(10)
        ]


async def test_at_the_end_of_a_full_row_the_cursor_stands_in_the_free_column() -> None:
    app = ViewApp(cell("x" * 32))
    async with app.run_test(size=SIZE):
        await edited(app, 32)
        segments = list(app.view.render_line(0))
        before = [segment for segment in segments if not (segment.style and segment.style.reverse)]
        assert "".join(segment.text for segment in segments).index("x" * 32) == 6
        assert sum(segment.cell_length for segment in before) == 39
        assert app.styled("reverse", 0) == " "


async def test_a_selection_is_drawn_with_the_line_breaks_in_it() -> None:
    app = ViewApp(cell("one\n\nthree"))
    async with app.run_test(size=SIZE):
        await edited(app, 1, 7)
        assert [app.styled("selection", y) for y in range(3)] == ["ne ", " ", "th"]


async def test_a_wrapped_line_has_no_line_break_to_select() -> None:
    app = ViewApp(cell("x" * 40))
    async with app.run_test(size=SIZE):
        await edited(app, 0, 40)
        assert [app.styled("selection", y) for y in range(2)] == ["x" * 32, "x" * 8]


async def test_in_command_mode_there_is_no_cursor() -> None:
    app = ViewApp(cell("abc"))
    async with app.run_test(size=SIZE):
        assert not any(app.styled("reverse", y) for y in range(10))


async def test_the_cursor_stands_behind_a_typed_answer() -> None:
    app = ViewApp(cell("input()"))
    async with app.run_test(size=SIZE):
        app.state.answer = "漢字"
        app.run_cell(app.state.focus, Asking(time.monotonic(), "> ", password=False))
        assert app.lines()[1] == "▌     ? > 漢字"
        segments = list(app.view.render_line(1))
        at = next(index for index, segment in enumerate(segments) if segment.style and segment.style.reverse)
        assert sum(segment.cell_length for segment in segments[:at]) == 6 + 4 + 4


async def test_a_cursor_behind_text_that_is_gone_is_drawn_at_its_end() -> None:
    app = ViewApp(cell("abc"))
    async with app.run_test(size=SIZE):
        await edited(app, 99)
        assert app.styled("reverse", 0) == " "


# -- what is painted ----


async def test_a_typed_letter_paints_its_line_only() -> None:
    app = ViewApp(cell("one\ntwo\nthree"), cell("other"))
    async with app.run_test(size=SIZE):
        await edited(app, 7)
        app.view.painted.clear()
        changed = replace(app.notebook.cells[0], source="one\ntwo!\nthree")
        app.state.cursors[app.state.focus] = TextSelection.at(8)
        app.show(changed, app.notebook.cells[1])
        assert app.view.painted == [1]


async def test_drawing_what_is_shown_paints_nothing() -> None:
    app = ViewApp(*numbered_cells(20))
    async with app.run_test(size=SIZE):
        app.view.painted.clear()
        app.view.draw()
        assert app.view.painted == []


async def test_moving_the_focus_paints_the_two_cells() -> None:
    cells = numbered_cells(20)
    app = ViewApp(*cells)
    async with app.run_test(size=SIZE):
        app.view.painted.clear()
        app.state.focus = cells[1].key
        app.view.draw()
        assert app.view.painted == [0, 2]


async def test_a_tick_paints_only_lines_that_show_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.monotonic()
    app = ViewApp(cell("a\nb"), cell("c"))
    async with app.run_test(size=SIZE):
        app.run_cell(app.state.focus, Running(now))
        app.view.painted.clear()
        monkeypatch.setattr("tui.view.cellblock.time.monotonic", lambda: now + 7)
        app.view.tick()
        app.view.draw()
        assert app.lines()[0].endswith("7 s")
        assert app.view.painted == [0]


async def test_a_run_that_fails_shows_at_both_edges() -> None:
    app = ViewApp(cell("a", count=4))
    async with app.run_test(size=SIZE):
        app.run_cell(app.state.focus, Ended(RunStatus.ERROR, 1.0))
        assert app.lines()[0] == "▌✗  4 a                         ✗ 1.0 s"
        assert not app.view.has_running


async def test_another_theme_paints_all_in_its_colours() -> None:
    app = ViewApp(cell("a"))
    async with app.run_test(size=SIZE):
        light = Palette(own_themes()[1])
        app.view.set_palette(light)
        app.view.draw()
        backgrounds = {segment.style.bgcolor for segment in app.view.render_line(9) if segment.style}
        assert backgrounds == {light.base.bgcolor}


# -- what it costs ----


async def blocks_made(count: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many blocks are made for a first frame, a page, and a jump to the end."""
    made = 0
    make = CellBlock.__init__

    def counting(self: CellBlock, *arguments: object) -> None:
        nonlocal made
        made += 1
        make(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(CellBlock, "__init__", counting)
    app = ViewApp(*numbered_cells(count))
    async with app.run_test(size=SIZE):
        app.view.scroll_rows(9)
        app.view.draw()
        app.view.scroll_to_end()
        app.view.draw()
        app.state.focus = app.notebook.cells[count // 2].key
        app.view.show_focus()
        app.view.draw()
    monkeypatch.undo()
    return made


async def test_10000_cells_cost_as_much_to_look_at_as_20(monkeypatch: pytest.MonkeyPatch) -> None:
    assert await blocks_made(10_000, monkeypatch) <= await blocks_made(20, monkeypatch) + 10


async def test_a_letter_in_a_long_cell_makes_only_its_own_row(monkeypatch: pytest.MonkeyPatch) -> None:
    source = "\n".join(f"x{number} = {number}" for number in range(2_000))
    app = ViewApp(cell(source))
    async with app.run_test(size=SIZE):
        made: list[Row] = []
        from tui.view import notebookview, strips

        def counting(row: Row, *rest: object) -> object:
            if row:
                made.append(row)
            return strips.strip_of(row, *rest)  # type: ignore[arg-type]

        monkeypatch.setattr(notebookview, "strip_of", counting)
        app.show(replace(app.notebook.cells[0], source=source.replace("x3 =", "x33 =")))
        assert len(made) == 1
        app.show(replace(app.notebook.cells[0], source=source.replace("x3 =", "\nx33 =")))
        assert len(made) <= 5


async def test_blocks_that_were_not_looked_at_of_late_are_forgotten() -> None:
    app = ViewApp(*numbered_cells(1_000))
    async with app.run_test(size=SIZE):
        first = app.view.block(app.notebook.cells[0].key)
        for _ in range(60):
            app.view.scroll_rows(9)
            app.view.draw()
        assert app.view.block(app.notebook.cells[0].key) is not first


# -- sizes ----


@pytest.mark.parametrize("size", [(40, 10), (300, 80), (9, 3), (1, 1)])
async def test_every_line_is_as_wide_as_the_view_at_any_size(size: tuple[int, int]) -> None:
    cells = [cell("x" * 500, stream("漢字" * 200), count=12345), cell("# t " * 99, kind=CellKind.MARKDOWN)]
    app = ViewApp(*cells)
    async with app.run_test(size=size):
        await edited(app, 250)
        assert {app.view.render_line(y).cell_length for y in range(size[1])} == {size[0]}


async def test_a_view_without_cells_or_without_a_size_is_empty() -> None:
    app = ViewApp()
    async with app.run_test(size=SIZE) as pilot:
        assert app.lines() == [""] * 10
        app.view.scroll_rows(5)
        app.view.scroll_to_end()
        app.view.styles.display = "none"
        await pilot.pause()
        app.view.draw()


async def test_resizing_keeps_the_text_at_the_top() -> None:
    app = ViewApp(cell("\n".join(f"{number:050}" for number in range(500))))
    async with app.run_test(size=(80, 10)) as pilot:
        app.view.scroll_rows(200)
        app.view.draw()
        for size in ((40, 12), (300, 5), (80, 10)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            shown = "".join(line[6:] for line in app.lines())
            assert shown.startswith(f"{200:050}"), size


async def test_resizing_while_an_image_is_painted_is_harmless() -> None:
    app = ViewApp(cell("i", png(64, 64)))
    async with app.run_test(size=(80, 20)) as pilot:
        for width in (40, 60, 20, 80):
            await pilot.resize_terminal(width, 20)
        async with asyncio.timeout(20):
            while "┊" not in (text := "".join(app.lines())) or "64 x 64" in text:
                await pilot.pause()


async def test_the_notebook_can_be_replaced_by_a_shorter_one() -> None:
    app = ViewApp(*numbered_cells(50))
    async with app.run_test(size=SIZE):
        app.view.scroll_to_end()
        app.view.draw()
        only = cell("only")
        app.state.focus = only.key
        app.show(only)
        assert app.notebook == Notebook((only,))
        assert app.lines()[0] == "▌ [ ] only"
