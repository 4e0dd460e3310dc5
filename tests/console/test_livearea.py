"""Whatever frames follow each other, the terminal shows what is done, once, and below it the live rows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from e2e.screen import Screen
from tui.console.livearea import Frame, LiveArea, Place
from tui.owntheme import DARK, read_own_theme
from tui.render.rowops import row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.view.ink import Ink
from tui.view.rowpainter import ColorDepth

WIDTH, HEIGHT, TALL = 12, 6, 80
INK = Ink(read_own_theme(DARK), ColorDepth.TRUE)
texts = st.text(st.sampled_from("ab #漢🙂é"), max_size=WIDTH)
rows = texts.map(lambda text: text_row(text, Style(Role.KEYWORD))).filter(lambda row: row_width(row) <= WIDTH)


@st.composite
def frames(draw: st.DrawFn) -> Frame:
    live: list[Row] = draw(st.lists(rows, min_size=1, max_size=HEIGHT))
    done: list[Row] = draw(st.lists(rows, max_size=9))
    row = draw(st.integers(0, len(live) - 1))
    return Frame(done, live, Place(row, draw(st.integers(0, WIDTH - 1))))


def text(row: Row) -> str:
    return "".join(span.text for span in row).rstrip()


def shown(screen: Screen) -> list[str]:
    # pyte puts an empty cell behind a wide character
    return [line.replace("\0", "") for line in screen.lines]


@given(st.lists(frames(), min_size=1, max_size=5))
def test_what_is_done_stays_and_what_is_live_is_exchanged(shown_frames: list[Frame]) -> None:
    area, screen = LiveArea(INK), Screen(WIDTH, TALL)
    done: list[str] = []
    for frame in shown_frames:
        screen.feed(area.update(frame).encode())
        done += [text(row) for row in frame.done]
        expected = [*done, *(text(row) for row in frame.live)]
        assert shown(screen) == expected + [""] * (TALL - len(expected))
        assert screen.cursor == (frame.cursor.column, len(done) + frame.cursor.row)


@given(st.lists(frames(), min_size=1, max_size=5))
def test_on_a_low_screen_the_live_rows_are_at_the_bottom_of_what_is_seen(shown_frames: list[Frame]) -> None:
    area, screen = LiveArea(INK), Screen(WIDTH, HEIGHT)
    done: list[str] = []
    for frame in shown_frames:
        screen.feed(area.update(frame).encode())
        done += [text(row) for row in frame.done]
        everything = [*done, *(text(row) for row in frame.live)]
        seen = everything[-HEIGHT:]
        below = shown(screen)
        # After a taller frame the rows stand higher than they might.
        while below and not below[-1] and len(below) > len(frame.live):
            below.pop()
        assert "\n".join(below).strip("\n").endswith("\n".join(seen[-len(frame.live) :]).strip("\n"))


@given(frames())
def test_a_frame_that_is_shown_already_is_not_sent_again(frame: Frame) -> None:
    area = LiveArea(INK)
    area.update(frame)
    assert area.update(Frame([], frame.live, frame.cursor)) == ""


def test_only_rows_that_differ_are_sent() -> None:
    area = LiveArea(INK)
    first, second, other = text_row("first"), text_row("second"), text_row("other")
    area.update(Frame([], [first, second], Place(1, 6)))
    sent = area.update(Frame([], [first, other], Place(1, 5)))
    assert "other" in sent
    assert "first" not in sent


def test_rows_that_become_done_are_not_sent_again() -> None:
    area = LiveArea(INK)
    first, second = text_row("first"), text_row("second")
    area.update(Frame([], [first], Place(0, 0)))
    assert "first" not in area.update(Frame([first], [second], Place(0, 0)))


def test_a_terminal_that_wrapped_the_rows_anew_is_wiped_from_where_they_began() -> None:
    area, screen = LiveArea(INK), Screen(5, 10)
    area.update(Frame([text_row("above")], [text_row("a" * 10), text_row("b" * 8)], Place(1, 8)))
    screen.feed(b"above\r\naaaaa\r\naaaaa\r\nbbbbb\r\nbbb")
    screen.feed(area.wiped(5, 10, reflows=True).encode())
    assert screen.text.strip() == "above"
    assert screen.cursor == (0, 1)
