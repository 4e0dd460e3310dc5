"""Every row that was printed leaves once and in order, however it came and however little room there was."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hypothesis import given
from hypothesis import strategies as st

from kernelbridge.events import Displayed, DisplayUpdated, OutputCleared, ResultArrived, StreamArrived
from kernelbridge.runstatus import RunId
from tui.console.block import Block
from tui.console.transcript import Transcript
from tui.render.drawing import Pending
from tui.render.rowops import plain, row_width
from tui.render.rows import Row

RUN, OTHER = RunId("run"), RunId("other")
WIDTH, ROOM = 10, 4


class Paint:
    """Keeps what is to be drawn elsewhere until a test wants it done."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Pending, Callable[[Sequence[Row]], None]]] = []

    def __call__(self, pending: Pending, ready: Callable[[Sequence[Row]], None]) -> None:
        self.waiting.append((pending, ready))

    def finish(self) -> None:
        for pending, ready in self.waiting:
            ready(pending.draw())
        self.waiting.clear()


def printed(text: str, run: RunId = RUN, name: str = "stdout") -> StreamArrived:
    return StreamArrived(run, name, text)


def displayed(text: str, display_id: str | None = None) -> Displayed:
    return Displayed(RUN, {"text/plain": text}, {}, display_id)


def updated(text: str, display_id: str = "d") -> DisplayUpdated:
    return DisplayUpdated(RUN, display_id, {"text/plain": text}, {})


def texts(rows: Sequence[Row]) -> list[str]:
    return [plain(row) for row in rows]


class Reader:
    """A transcript, what has left it and what stands there still."""

    def __init__(self, width: int = WIDTH, room: int = ROOM) -> None:
        self.paint = Paint()
        self.transcript = Transcript(self.paint)
        self.width, self.room = width, room
        self.done: list[str] = []
        self.live: list[str] = []

    def look(self) -> list[str]:
        done, live = self.transcript.rows(self.width, self.room)
        assert len(live) <= self.room
        assert all(row_width(row) <= self.width for row in (*done, *live))
        self.done += texts(done)
        self.live = texts(live)
        return [*self.done, *self.live]

    def say(self, *events: StreamArrived | Displayed | OutputCleared | ResultArrived) -> list[str]:
        for event in events:
            self.transcript.output(event, is_own=True)
        return self.look()


@given(
    st.lists(st.tuples(st.text("ab漢\n", max_size=30), st.booleans()), max_size=12),
    st.lists(st.integers(4, 15), min_size=1, max_size=5),
)
def test_all_that_was_printed_leaves_once_in_order(pieces: list[tuple[str, bool]], rooms: list[int]) -> None:
    reader = Reader()
    for index, (text, looks) in enumerate(pieces):
        reader.transcript.output(printed(text), is_own=True)
        if looks:
            reader.room = rooms[index % len(rooms)]
            reader.look()
    reader.transcript.end(RUN)
    reader.look()
    whole = "".join(text for text, _ in pieces)
    assert reader.live == []
    assert "".join(reader.done) == whole.replace("\n", "")
    everything = Block(RUN, Paint())
    everything.take(printed(whole))
    everything.fit(WIDTH)
    assert reader.done == texts(everything.left())


@given(st.lists(st.integers(4, 30), min_size=1, max_size=6))
def test_another_width_meanwhile_loses_and_doubles_nothing(widths: list[int]) -> None:
    reader = Reader()
    for number, width in enumerate(widths):
        reader.transcript.output(printed(f"line {number} of some length\n" * 3), is_own=True)
        reader.width = width
        reader.look()
    reader.transcript.end(RUN)
    reader.look()
    expected = "".join(f"line {number} of some length" * 3 for number in range(len(widths)))
    assert "".join(reader.done) == expected


def test_a_run_that_prints_without_end_is_not_kept_in_memory_and_loses_nothing() -> None:
    reader = Reader()
    expected: list[str] = []
    for start in range(0, 120_000, 20_000):
        lines = [str(number) for number in range(start, start + 20_000)]
        expected += lines
        reader.transcript.output(printed("".join(f"{line}\n" for line in lines)), is_own=True)
        reader.look()
    (block,) = reader.transcript._parts
    assert isinstance(block, Block)
    assert sum(len(shown.rows) for shown in block._shown) < 60_000
    assert [*reader.done, *reader.live] == expected


def test_an_open_line_stays_until_it_is_closed() -> None:
    reader = Reader()
    reader.say(printed("1%"))
    assert reader.say(printed("\r2%")) == ["2%"]
    assert reader.done == []


def test_what_is_cleared_goes_as_far_as_it_has_not_left() -> None:
    reader = Reader()
    reader.say(printed("".join(f"{number}\n" for number in range(6))))
    assert reader.done == ["0", "1"]
    assert reader.say(OutputCleared(RUN, wait=True)) == ["0", "1", "2", "3", "4", "5"]
    assert reader.say(printed("new\n")) == ["0", "1", "new"]
    assert reader.say(OutputCleared(RUN, wait=False)) == ["0", "1"]


def test_a_display_is_updated_where_it_stands() -> None:
    reader = Reader()
    reader.say(displayed("one", "d"), printed("below\n"))
    reader.transcript.update(updated("two"), is_own=True)
    assert reader.look() == ["two", "below"]


def test_a_display_that_has_left_is_shown_again_and_from_then_on_there() -> None:
    reader = Reader()
    reader.say(displayed("one", "d"), printed("a\nb\nc\nd\n"))
    assert reader.done == ["one"]
    reader.transcript.update(updated("two"), is_own=True)
    assert reader.look()[-1] == "two"
    reader.transcript.update(updated("three"), is_own=True)
    assert "two" not in reader.look()
    assert reader.live[-1] == "three"


def test_a_display_of_an_earlier_run_is_shown_again() -> None:
    reader = Reader()
    reader.say(displayed("one", "d"))
    reader.transcript.end(RUN)
    reader.look()
    reader.transcript.update(updated("two"), is_own=True)
    assert reader.look() == ["one", "two"]


def test_an_update_of_what_was_never_shown_shows_nothing() -> None:
    reader = Reader()
    reader.transcript.update(updated("two"), is_own=True)
    assert reader.look() == []


def test_a_note_ends_what_is_above_it_and_the_run_goes_on_below() -> None:
    reader = Reader()
    reader.say(printed("1%"))
    reader.transcript.say("lost")
    reader.say(printed("\r2%"))
    assert [*reader.done, *reader.live] == ["1%", "lost", "2%"]


def test_output_of_another_run_has_its_rule() -> None:
    reader = Reader()
    reader.transcript.output(printed("theirs and long\n", OTHER), is_own=False)
    assert reader.look() == ["┊ theirs a", "┊ nd long"]


def test_a_result_has_its_number() -> None:
    reader = Reader(width=20)
    reader.say(ResultArrived(RUN, {"text/plain": "42"}, {}, 7, None))
    assert reader.live == ["Out[7]: 42"]
    reader.say(ResultArrived(RUN, {"text/plain": "a\nb"}, {}, 8, None))
    assert reader.live[-3:] == ["Out[8]:", "a", "b"]


def test_what_is_still_being_drawn_keeps_what_follows_from_leaving() -> None:
    reader = Reader()
    markdown = Displayed(RUN, {"text/markdown": "word " * 10_000}, {}, None)
    reader.say(markdown)
    reader.transcript.end(RUN)
    reader.transcript.say("after")
    reader.look()
    assert reader.done == []
    reader.paint.finish()
    reader.look()
    assert reader.done[-1] == "after"
    assert reader.live == []
