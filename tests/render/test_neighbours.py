"""What was printed in pieces is drawn as if it had been printed at once."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from kernelbridge.outputs import DisplayData, Output, Stream
from kernelbridge.streamtext import StreamText
from strategies import outputs as any_outputs
from tui.render.neighbours import with_joined_streams
from tui.render.rowops import plain
from tui.render.stream import StreamRows

OTHER = DisplayData({"text/plain": "x"})


def stream(text: str, name: str = "stdout") -> Stream:
    return Stream(name, StreamText.of(text))


def shown(text: StreamText) -> list[str]:
    return [plain(row) for row in StreamRows(text, 80)]


def test_a_progress_bar_in_pieces_is_one_line() -> None:
    (bar,) = with_joined_streams([stream("\r 33%"), stream("\r 66%"), stream("\r100%"), stream("\ndone\n")])
    assert isinstance(bar, Stream)
    assert shown(bar.text) == ["100%", "done"]


def test_only_neighbours_of_one_name_are_joined() -> None:
    outputs = [stream("a"), stream("b", "stderr"), stream("c"), OTHER, stream("d"), stream("e")]
    assert [getattr(output, "text", None) for output in with_joined_streams(outputs)] == [
        StreamText.of("a"),
        StreamText.of("b"),
        StreamText.of("c"),
        None,
        StreamText.of("de"),
    ]


@given(any_outputs())
def test_where_nothing_is_joined_nothing_is_made_anew(outputs: tuple[Output, ...]) -> None:
    joined = with_joined_streams(outputs)
    assert with_joined_streams(joined) is joined


@given(st.lists(st.text("ab\r\b\n\x1b[1m", max_size=5), min_size=1))
def test_pieces_are_drawn_as_the_whole(pieces: list[str]) -> None:
    (joined,) = with_joined_streams([stream(piece) for piece in pieces])
    assert isinstance(joined, Stream)
    assert shown(joined.text) == shown(StreamText.of("".join(pieces)))


def test_fifty_thousand_pieces_are_joined_at_once() -> None:
    began = time.process_time()
    (joined,) = with_joined_streams([stream(f"{number}\n") for number in range(50_000)])
    assert isinstance(joined, Stream)
    assert joined.text.line_count == 50_000
    assert time.process_time() - began < 2
