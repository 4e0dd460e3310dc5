"""What is printed is kept as it would look, however it was cut into messages, at linear cost."""

from __future__ import annotations

import sys
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernelbridge.streamtext import StreamText

NOTHING = StreamText.of("")
PIECES = (
    "a",
    "bc",
    "é",
    "\n",
    "\r",
    "\r\n",
    "\b",
    "\x1b[31m",
    "\x1b[1;32m",
    "\x1b[0m",
    "\x1b[K",
    "\x1b]8;;u\x1b\\",
)
printed = st.lists(st.sampled_from([*PIECES, "\x1b", "\x1b[3"]), max_size=14).map("".join)


@given(printed, st.data())
def test_how_text_is_cut_into_messages_makes_no_difference(text: str, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(text)))
    second = data.draw(st.integers(first, len(text)))
    in_pieces = NOTHING.append(text[:first]).append(text[first:second]).append(text[second:])
    assert str(in_pieces) == str(NOTHING.append(text))


@given(st.text(), printed, st.data())
def test_stored_text_is_kept_to_the_letter_and_can_be_added_to(
    stored: str, text: str, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(text)))
    assert str(StreamText.of(stored)) == stored
    whole = StreamText.of(stored).append(text)
    assert StreamText.of(stored).append(text[:cut]).append(text[cut:]) == whole


@given(st.lists(printed, max_size=6))
def test_a_value_never_changes_whatever_is_appended_to_it_or_to_others(texts: list[str]) -> None:
    values = [NOTHING]
    for text in texts:
        values.append(values[-1].append(text))
    before = [str(value) for value in values]
    for value in values:
        value.append("one").append("\rtwo\nthree")
    assert [str(value) for value in values] == before


@given(printed, st.booleans(), st.integers(0, 6), st.integers(0, 6))
def test_lines_are_those_of_the_text(text: str, is_stored: bool, start: int, stop: int) -> None:
    value = StreamText.of(text) if is_stored else NOTHING.append(text)
    lines = str(value).split("\n")
    if not lines[-1]:
        lines.pop()
    assert value.line_count == len(lines)
    assert value.lines(start, stop) == lines[start:stop]
    assert len(value) == len(str(value))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("10 %\r20 %", "20 %"),
        ("100 %\r5", "500 %"),
        ("one\r\ntwo", "one\ntwo"),
        ("one\r\r\n", "one\n"),
        ("ab\b\bc", "c"),
        ("a\n\bb", "a\nb"),
        ("-\b\\\b|\bdone", "done"),
        ("long line\r\x1b[Kshort", "short"),
        ("\x1b[32mok\x1b[0m\n", "\x1b[32mok\x1b[0m\n"),
    ],
)
def test_carriage_returns_overwrite_and_backspaces_delete(text: str, seen: str) -> None:
    assert str(NOTHING.append(text)) == seen


def test_overwriting_never_cuts_a_colour_in_two() -> None:
    bar = NOTHING.append("\x1b[31mred\x1b[0m\rX")
    assert str(bar) == "\x1b[0mX\x1b[0m\x1b[31med\x1b[0m"


def test_a_value_continues_those_it_was_made_from() -> None:
    first = NOTHING.append("one\ntwo")
    second = first.append("\rTWO\nthree")
    assert second.continues(first)
    assert not first.continues(second)
    assert not StreamText.of(str(second)).continues(first)
    assert second.lines(0, first.closed_line_count) == first.lines(0, first.closed_line_count)


@given(st.text())
def test_asking_stored_text_for_its_lines_changes_nothing_about_it(text: str) -> None:
    asked, new = StreamText.of(text), StreamText.of(text)
    asked.lines(0, 2)
    assert asked == new
    assert (str(asked), len(asked), hash(asked)) == (text, len(text), hash(new))
    assert asked.append("x\ny") == new.append("x\ny")


def test_a_line_that_is_not_there_is_an_index_error() -> None:
    with pytest.raises(IndexError):
        StreamText.of("one\n").line(1)


def test_printed_lines_take_at_most_half_more_memory_than_their_text() -> None:
    lines = [f"line number {number}\n" for number in range(20_000)]
    size = sum(map(len, lines))
    tracemalloc.start()
    try:
        value = NOTHING
        for line in lines:
            value = value.append(line)
        current, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert current < 1.5 * size
    assert value.line(19_999) == lines[-1].rstrip("\n")


def test_stored_text_that_nobody_looks_at_takes_hardly_more_memory_than_the_string() -> None:
    texts = [f"{number}\n" * 10 for number in range(1000)]
    tracemalloc.start()
    try:
        values = [StreamText.of(text) for text in texts]
        current, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert current < 100 * len(values)


@pytest.mark.parametrize("piece", ["x", "x\n", "\rx", "\b|", "\r" + "#" * 60, "\x1b[31mx"])
def test_the_work_for_a_message_does_not_grow_with_what_was_printed_before(piece: str) -> None:
    def calls(messages: int) -> int:
        value = NOTHING.append("x" * 1000)
        count = 0

        def counted(*_: object) -> None:
            nonlocal count
            count += 1

        sys.setprofile(counted)
        try:
            for _ in range(messages):
                value = value.append(piece)
        finally:
            sys.setprofile(None)
        return count

    assert calls(2000) < 2.6 * calls(1000)
