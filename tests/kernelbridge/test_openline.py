"""A line that is overwritten, wherever it is cut into blocks, and at linear cost."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernelbridge import openline
from kernelbridge.openline import EditedLine

WORDS = st.sampled_from(["a", "bc", "defghij", "\r", "\b", "\b\b\b", "\x1b[K", "\x1b[1K", "\x1b[2K"])


def plainly(words: list[str]) -> str:
    """What the words leave, character by character."""
    cells: list[str] = []
    cursor = 0
    for word in words:
        match word:
            case "\r":
                cursor = 0
            case "\x1b[K":
                del cells[cursor:]
            case "\x1b[1K":
                cells[:cursor] = " " * cursor
            case "\x1b[2K":
                cells = [" "] * cursor
            case _ if word.startswith("\b"):
                for _ in range(min(len(word), cursor)):
                    cursor -= 1
                    del cells[cursor]
            case _:
                cells[cursor : cursor + len(word)] = word
                cursor += len(word)
    return "".join(cells)


@pytest.mark.parametrize("word", ["ab\b", "a\x1b[K", "a\x1b[2K", "a\x1b[1K", "\rab", "ab\b\x1b[31m"])
def test_a_line_may_be_changed_very_often(word: str) -> None:
    began = time.process_time()
    EditedLine().feed(word * 100_000)
    assert time.process_time() - began < 5


@pytest.fixture(scope="class")
def _small_blocks() -> Iterator[None]:
    """Blocks that a few words fill."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(openline, "_BLOCK", 4)
        patch.setattr(openline, "_BLANKS", openline._BLANKS[:4])
        yield


@pytest.mark.usefixtures("_small_blocks")
@given(st.lists(st.lists(WORDS, max_size=8), max_size=4))
def test_what_is_left_is_what_a_terminal_that_deletes_on_backspace_shows(messages: list[list[str]]) -> None:
    line = EditedLine()
    for words in messages:
        line = line.feed("".join(words))
    assert line.text == plainly([word for words in messages for word in words])
