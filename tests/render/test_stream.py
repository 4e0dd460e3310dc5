import gc
import re
from collections.abc import Callable, Sequence
from itertools import groupby

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.text import Text

from bench.streams import COMPARED, every_row, seconds
from kernelbridge.outputs import Stream
from kernelbridge.streamtext import StreamText
from tui.export.streamrows import stream_rows
from tui.render.canvas import Canvas
from tui.render.drawing import Pending
from tui.render.linecount import CACHED_ROWS
from tui.render.outputs import draw_output
from tui.render.rowops import plain, row_width
from tui.render.rows import Role, Row, Style
from tui.render.stream import StreamRows
from tui.render.width import cell_width

CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\u2028\u2029\ud800-\udfff]"
)
PIECES = [
    "\x1b[31m", "\x1b[0m", "\x1b[1;38;5;208m", "\x1b[48;2;1;2;3m", "\x1b[K", "\x1b[2J", "\x1b[3",
    "\x1b", "\x9b32m", "\x1b]0;t\x07", "\x1b]52;c;AA", "\x1bPq", "\x1b\\", "\r", "\r\n", "\b", "\t", "\n",
    "\x00", "\u202e",
    "\u200d", "漢", "字", "e\u0301", "🇩", "👩", "\ufe0f", "☂", "abc", "0123456789", " ", "m", "[",
]  # fmt: skip
PRINTED = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.text(st.characters(exclude_categories=()), max_size=60),  # whatever there is, lone surrogates too
)


def stored(text: str, width: int = 80) -> StreamRows:
    return StreamRows(StreamText.of(text), width)


def looks(rows: StreamRows) -> list[list[tuple[Style, str]]]:
    """The rows by style and text, however they are cut into spans."""
    return [
        [(style, plain(tuple(spans))) for style, spans in groupby(row, lambda span: span.style)]
        for row in rows
    ]


def printed(text: str, width: int = 80) -> StreamRows:
    return StreamRows(StreamText.of("").append(text), width)


def texts(rows: Sequence[Row]) -> list[str]:
    return [plain(row) for row in rows]


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("a\x1b]52;c;ZXZpbA==\x07b", "ab"),
        ("a\x1b]52;c;ZXZpbA==\x1b\\b", "ab"),
        ("a\x1b]8;;file:///etc/passwd\x1b\\link\x1b]8;;\x1b\\b", "alinkb"),
        ("a\x1b]0;title\x07b", "ab"),
        ("a\x1b[10;10Hb", "ab"),
        ("a\x1b[2Jb", "ab"),
        ("a\x9b31mb", "ab"),
        ("a\x9d52;c;AA\x9cb", "ab"),
        ("a\x1bPq#0;2;0\x1b\\b", "ab"),
        ("a\x1b_Ga=T;AAAA\x1b\\b", "ab"),
        ("a\x1b^private\x1b\\b", "ab"),
        ("a\x1bXstart\x1b\\b", "ab"),
        ("a\x1bcb", "ab"),
        ("a\x07\x00\x0eb", "ab"),
        ("a\u202eb", "a\ufffdb"),
        ("a\x1b[?1049hb", "ab"),
        ("a\x1b[6nb", "ab"),
        ("a\x1b[201~b", "ab"),
        ("a\x1b]52;c;AAAA", "a"),
        ("a\x1b[3", "a"),
        ("a\u2028b\x85c", "a\ufffdb\ufffdc"),
        ("lone \ud800", "lone \ufffd"),
        ("a\tb", "a       b"),
        ("漢\tb", "漢      b"),
        ("\x1b[31m1234567\x1b[0m\tb", "1234567 b"),
        ("100%\r50", "500%"),
        ("ab\bc", "ac"),
        ("long line\r\x1b[Kshort", "short"),
        ("\x1b[1mbold\x1b[0m\rnext", "next"),
        ("[red]not markup[/]", "[red]not markup[/]"),
    ],
)
def test_of_what_asks_something_of_the_terminal_only_text_is_left(raw: str, shown: str) -> None:
    assert texts(stored(raw)) == [shown]


def test_colours_last_until_they_are_reset_over_line_ends() -> None:
    rows = stored("plain \x1b[31mred\nstill red\n\x1b[0mplain")

    assert [[(span.text, span.style.fg) for span in row] for row in rows] == [
        [("plain ", None), ("red", 1)],
        [("still red", 1)],
        [("plain", None)],
    ]


def test_an_unfinished_string_hides_no_more_than_its_line() -> None:
    assert texts(stored("a\x1b]0;never ended\nnext line")) == ["a", "next line"]


def test_rows_have_the_role_they_are_asked_for() -> None:
    assert StreamRows(StreamText.of("x"), 80, Role.CODE)[0][0].style == Style(Role.CODE)


def test_a_line_end_at_the_end_begins_no_row_and_an_empty_line_is_one() -> None:
    assert texts(stored("a\n\nb\n")) == ["a", "", "b"]
    assert texts(stored("")) == []


def test_long_lines_are_cut_at_the_width_and_wide_characters_not_in_two() -> None:
    assert texts(stored("abcdefgh\n漢字漢", 5)) == ["abcde", "fgh", "漢字", "漢"]


@given(PRINTED, st.integers(2, 20))
def test_no_row_holds_a_control_or_is_wider_than_asked_for(raw: str, width: int) -> None:
    for row in stored(raw, width):
        assert not CONTROL.search(plain(row))
        assert row_width(row) <= width
        assert all(span.width == cell_width(span.text) for span in row)


@given(PRINTED, st.integers(2, 20))
def test_the_count_is_that_of_the_rows_made(raw: str, width: int) -> None:
    rows = stored(raw, width)

    assert len(rows) == len(list(rows))
    assert [rows[index] for index in range(len(rows))] == list(rows)


@given(PRINTED, st.integers(2, 20), st.integers(-5, 60), st.integers(-5, 60))
def test_a_slice_is_what_a_list_would_give(raw: str, width: int, start: int, stop: int) -> None:
    rows = stored(raw, width)

    assert rows[start:stop] == list(rows)[start:stop]
    assert rows[start:stop:2] == list(rows)[start:stop:2]


@given(st.lists(PRINTED, min_size=1, max_size=8), st.integers(2, 20))
def test_a_pass_over_many_rows_gives_each_as_it_is_when_looked_at_alone(parts: list[str], width: int) -> None:
    many = "\n".join(parts * (CACHED_ROWS // len(parts) + 2))
    rows = stored(many, width)

    assert len(rows) > CACHED_ROWS
    assert list(rows) == [rows[index] for index in range(len(rows))]


@given(st.lists(PRINTED, max_size=6), st.integers(2, 20))
def test_rows_that_grew_message_by_message_are_those_of_the_text_at_once(
    messages: list[str], width: int
) -> None:
    text = StreamText.of("")
    rows = StreamRows(text, width)
    for message in messages:
        text = text.append(message)
        rows = rows.extended(text)
        list(rows)  # looked at before it goes on

    assert list(rows) == list(StreamRows(text, width))


@given(PRINTED, st.lists(st.integers(0, 200), max_size=5))
def test_where_a_kernel_splits_what_it_prints_makes_no_difference(raw: str, cuts: list[int]) -> None:
    text = StreamText.of("")
    rows = StreamRows(text, 10)
    at = 0
    for cut in [*sorted(cuts), len(raw)]:
        text = text.append(raw[at:cut])
        rows = rows.extended(text)
        at = max(at, cut)

    assert list(rows) == list(StreamRows(StreamText.of("").append(raw), 10))


def test_two_texts_that_grew_from_one_do_not_disturb_each_other() -> None:
    text = StreamText.of("").append("common\n")
    rows = StreamRows(text, 80)
    left_text, right_text = text.append("left\nopen"), text.append("right\nand more\n")
    left, right = rows.extended(left_text), rows.extended(right_text)

    assert (texts(rows), texts(left), texts(right)) == (
        ["common"],
        ["common", "left", "open"],
        ["common", "right", "and more"],
    )


def test_another_text_is_counted_from_its_start() -> None:
    assert texts(stored("old\ntext").extended(StreamText.of("new"))) == ["new"]


def test_a_stored_progress_bar_shows_its_last_state() -> None:
    bar = "".join(f"\r\x1b[32m{'#' * step}\x1b[0m {step}%" for step in range(101))

    assert texts(stored(bar, 200)) == ["#" * 100 + " 100%"]


@example("\r\x1b[0mabc\x1b[0m")
@given(
    st.lists(
        st.sampled_from(["\r", "\r", "abc", "漢字", "\x1b[31m", "\x1b[0m", "\x1b[K", "\b", "defghij"])
    ).map("".join)
)
def test_leaving_out_what_is_overwritten_changes_nothing(raw: str) -> None:
    kept = looks(stored(f"x{raw}z"))

    assert kept == looks(StreamRows(StreamText.of("").append(f"x{raw}z"), 80))


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "raw",
    [
        "\x1b]" * 300_000,
        "\x1b[" * 300_000,
        "\x9d" * 300_000,
        "\t" * 100_000,
        "a" + "\u0301" * 100_000,
        "".join(f"\r{step}" for step in range(200_000)),
        "x\b" * 100_000,
        "".join(f"\x1b[38;2;{step % 256};{step // 256 % 256};0mx" for step in range(50_000)),
    ],
    ids=["osc", "csi", "c1", "tabs", "marks", "returns", "backspaces", "colours"],
)
def test_hostile_streams_take_time_linear_in_their_length(raw: str) -> None:
    rows = stored(raw, 80)

    assert len(rows[-50:]) <= 50


@pytest.mark.parametrize("raw", COMPARED.values(), ids=COMPARED)
def test_every_row_of_a_long_text_is_made_in_half_the_time_that_rich_takes(raw: str) -> None:
    gc.collect()
    gc.freeze()  # what other tests left behind is not gone through while this is timed
    ours, richs = seconds(lambda: every_row(raw), lambda: Text.from_ansi(raw), rounds=3)
    gc.unfreeze()

    assert ours <= richs / 2


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("\x1b[37m⠋\x1b[0m \x1b[2mResolving packages...          \x1b[0m", ["⠋ Resolving packages..."]),
        ("Resolving dependencies...               \nnext", ["Resolving dependencies...", "next"]),
        ("much that is to be wrapped             \n", ["much that is to be wrapped"]),
        ("\x1b[44mblue" + " " * 30 + "\x1b[0m", ["blue" + " " * 24, "      "]),
        ("ends\r\n\x1b[33mWARNING\x1b[0m\x1b[33m\r\n\x1b[0m", ["ends", "WARNING"]),
        ("done\r\n\x1b[?25h", ["done"]),
        ("\x1b[?25h", []),
        ("epoch: 100%\n" + " " * 60, ["epoch: 100%"]),
    ],
)
@pytest.mark.parametrize("make", [stored, printed])
def test_what_only_fills_a_terminal_of_80_columns_takes_no_rows(
    make: Callable[[str, int], StreamRows], raw: str, shown: list[str]
) -> None:
    rows = make(raw, 28)
    assert texts(rows) == shown
    assert len(rows) == len(shown)
    assert list(stream_rows(StreamText.of(raw), 28)) == list(stored(raw, 28))


def test_stored_bars_below_each_other_are_drawn_as_they_ended() -> None:
    bars = "one:   0%\ntwo:   0%\x1b[A\rone:  50%\n\rtwo:  50%\x1b[A\rone: 100%\n\rtwo: 100%\n"
    output = Stream("stderr", StreamText.of(bars))
    drawn = draw_output(output, Canvas(80))
    assert not isinstance(drawn, Pending)
    assert texts(drawn) == ["one: 100%", "two: 100%"]
    again = draw_output(output, Canvas(80), previous=drawn)
    assert not isinstance(again, Pending)
    assert texts(again) == texts(drawn)
    assert str(output.text) == bars
