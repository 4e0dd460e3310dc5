"""What the mouse does on the view, as messages."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from textual.events import MouseScrollDown, MouseScrollUp

from kernelbridge.runstatus import RunStatus
from tui.document.notebook import CellKind
from tui.runs import CellRun, Ended, Queued, Running
from tui.view import mouse
from tui.view.notebookview import NotebookView
from tui.view.runbutton import RunButton
from viewing import ViewApp, cell, stream

if TYPE_CHECKING:
    from textual.pilot import Pilot

SIZE = (40, 10)


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long a busy machine takes, clicks come soon after each other."""
    monkeypatch.setattr(mouse, "_MULTIPLE_CLICK", 3600)


async def press(pilot: Pilot[None], x: int, y: int, times: int = 1, *, shift: bool = False) -> None:
    await pilot.click(offset=(x, y), times=times, shift=shift)


def pressed(app: ViewApp) -> list[tuple[int, int | None, int, bool]]:
    """The presses: the cell's place, the place in its source, how many clicks, whether with shift."""
    return [
        (app.notebook.index_of(message.key), message.offset, message.clicks, message.extends)
        for message in app.messages
        if isinstance(message, NotebookView.Pressed)
    ]


def dragged(app: ViewApp) -> list[int]:
    return [message.offset for message in app.messages if isinstance(message, NotebookView.Dragged)]


async def see_first(app: ViewApp, pilot: Pilot[None], line: str) -> None:
    """Wait until the first line on screen is that one."""
    async with asyncio.timeout(10):
        while app.lines()[0] != line:
            await pilot.pause()


async def test_a_press_on_a_source_tells_the_place_in_it() -> None:
    app = ViewApp(cell("one"), cell("two\nthree"))
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, 8, 3)
        assert pressed(app) == [(1, 6, 1, False)]


async def test_a_press_in_the_gutter_is_at_the_line_s_start_and_one_far_right_at_its_end() -> None:
    app = ViewApp(cell("one\ntwo"))
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, 0, 1)
        await press(pilot, 38, 1)
        assert [offset for _, offset, _, _ in pressed(app)] == [4, 7]


async def test_a_press_on_an_output_tells_only_the_cell() -> None:
    app = ViewApp(cell("one", stream("out\n")))
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, 9, 1)
        assert pressed(app) == [(0, None, 1, False)]


async def test_a_press_below_the_last_cell_tells_nothing() -> None:
    app = ViewApp(cell("one"))
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, 9, 8)
        assert app.messages == []


@pytest.mark.usefixtures("unhurried")
async def test_clicks_in_one_place_count() -> None:
    app = ViewApp(cell("one two"))
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, 7, 0, times=3)
        await press(pilot, 11, 0)
        assert [clicks for _, _, clicks, _ in pressed(app)] == [1, 2, 3, 1]


async def test_shift_extends() -> None:
    app = ViewApp(cell("one"))
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, 7, 0, shift=True)
        assert pressed(app) == [(0, 1, 1, True)]


async def test_line_numbers_are_not_part_of_the_source() -> None:
    app = ViewApp(cell("one"))
    async with app.run_test(size=SIZE) as pilot:
        app.state.numbered = True
        app.view.draw()
        await press(pilot, 9, 0)
        assert pressed(app) == [(0, 1, 1, False)]


async def test_a_drag_stays_in_the_source_where_it_began() -> None:
    app = ViewApp(cell("above"), cell("one\ntwo"), cell("below"))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.mouse_down(offset=(7, 2))
        await pilot.hover(offset=(8, 3))
        await pilot.hover(offset=(8, 5))
        await pilot.hover(offset=(8, 0))
        assert dragged(app) == [6, 6, 2]
        await pilot.mouse_up(offset=(8, 0))
        app.messages.clear()
        await pilot.hover(offset=(6, 2))
        assert dragged(app) == []


async def test_a_drag_over_the_blank_row_below_goes_on_in_the_last_line() -> None:
    app = ViewApp(cell("one\ntwo", stream("out\n")), cell("below"))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.mouse_down(offset=(7, 0))
        await pilot.hover(offset=(30, 2))
        assert dragged(app) == [7]


async def test_a_drag_ends_when_its_cell_is_gone() -> None:
    app = ViewApp(cell("one"), cell("two"))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.mouse_down(offset=(7, 0))
        other = app.notebook.cells[1]
        app.state.focus = other.key
        app.show(other)
        await pilot.hover(offset=(8, 0))
        assert dragged(app) == []


async def test_a_press_on_what_is_folded_asks_to_open_it() -> None:
    app = ViewApp(cell("one", stream("x\n" * 99)), fold_above=4)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, 9, 3)
        [message] = app.messages
        assert isinstance(message, NotebookView.FoldPressed)
        assert message.key == app.notebook.cells[0].key


async def test_the_wheel_scrolls_and_leaves_the_focus() -> None:
    app = ViewApp(cell("\n".join(f"line_{number}" for number in range(99))))
    async with app.run_test(size=SIZE) as pilot:
        await pilot._post_mouse_events([MouseScrollDown], None, offset=(5, 5), button=0)
        await see_first(app, pilot, "▌     line_3")
        await pilot._post_mouse_events([MouseScrollUp], None, offset=(5, 5), button=0)
        await see_first(app, pilot, "▌►[ ] line_0")


async def test_a_button_shows_beside_the_focused_code_cell_once_the_mouse_was_used() -> None:
    app = ViewApp(cell("one", count=3), cell("two"))
    async with app.run_test(size=SIZE) as pilot:
        await see_first(app, pilot, "▌   3 one")
        await press(pilot, 20, 2)
        await see_first(app, pilot, "▌►  3 one")
        assert app.lines()[2] == "  [ ] two"
        app.state.focus = app.notebook.cells[1].key
        app.view.draw()
        assert (app.lines()[0], app.lines()[2]) == ("    3 one", "▌►[ ] two")


async def test_text_has_no_button() -> None:
    app = ViewApp(cell("one", kind=CellKind.RAW))
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, 20, 0)
        app.view.draw()
        assert app.lines()[0].startswith("▌     one")


async def test_the_first_press_of_all_presses_no_button_as_none_was_to_be_seen() -> None:
    app = ViewApp(cell("one"))
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, 1, 0)
        assert pressed(app) == [(0, 0, 1, False)]


@pytest.mark.parametrize(
    ("run", "shown", "button"),
    [
        (None, "▌►[ ]", RunButton.RUN),
        (Ended(RunStatus.ERROR, 0.1), "▌►[ ]", RunButton.RUN),
        (Queued(1), "▌■· *", RunButton.STOP),
        (Running(0.0), "▌■", RunButton.STOP),
    ],
)
async def test_a_press_on_the_button_tells_what_it_showed(
    run: CellRun | None, shown: str, button: RunButton
) -> None:
    app = ViewApp(cell("one"))
    async with app.run_test(size=SIZE) as pilot:
        app.state.uses_mouse = True
        if run is not None:
            app.run_cell(app.state.focus, run)
        app.view.draw()
        assert app.lines()[0].startswith(shown)
        await press(pilot, 1, 0)
        [message] = app.messages
        assert isinstance(message, NotebookView.RunPressed)
        assert (message.key, message.button) == (app.state.focus, button)


@pytest.mark.usefixtures("unhurried")
async def test_a_double_click_presses_the_button_once() -> None:
    app = ViewApp(cell("one"))
    async with app.run_test(size=SIZE) as pilot:
        app.state.uses_mouse = True
        app.view.draw()
        await press(pilot, 1, 0, times=2)
        assert len(app.messages) == 1


async def test_beside_the_button_and_below_it_a_press_is_as_ever() -> None:
    app = ViewApp(cell("one\ntwo"))
    async with app.run_test(size=SIZE) as pilot:
        app.state.uses_mouse = True
        app.view.draw()
        for place in ((0, 0), (4, 0), (1, 1)):
            await press(pilot, *place)
        assert [offset for _, offset, _, _ in pressed(app)] == [0, 0, 4]


async def test_however_fast_the_wheel_turns_the_rows_passed_meanwhile_are_not_painted() -> None:
    app = ViewApp(cell("\n".join(f"line_{number}" for number in range(99))))
    async with app.run_test(size=SIZE) as pilot:
        app.view.draw()
        app.view.painted = []
        for _ in range(5):
            app.view.scroll_rows(3)
        await see_first(app, pilot, "▌     line_15")
        assert len(app.view.painted) <= SIZE[1]
