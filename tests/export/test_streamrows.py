"""A stream that is printed has the rows of one that is looked at, and none of them is kept."""

from __future__ import annotations

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from kernelbridge.streamtext import StreamText
from tui.export.streamrows import stream_rows
from tui.render.stream import StreamRows

PIECES = st.sampled_from(
    ["a", "word ", "\n", "\r", "\b", "\t", "日本", "\x1b[31m", "\x1b[0m", "\x1b[2K", "\x1b]0;t\x07", "x" * 30]
)


@given(st.lists(PIECES | st.text(max_size=5), max_size=30).map("".join), st.integers(2, 25))
def test_the_rows_are_those_of_the_view(text: str, width: int) -> None:
    stream = StreamText.of(text)
    assert list(stream_rows(stream, width)) == list(StreamRows(stream, width))


def test_the_first_row_of_a_long_stream_costs_neither_time_nor_memory() -> None:
    stream = StreamText.of("a line of the stream\n" * 1_000_000)
    tracemalloc.start()
    rows = stream_rows(stream, 80)
    first = next(rows)
    for _ in range(10_000):
        next(rows)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert first[0].text == "a line of the stream"
    assert most < 1 << 20
