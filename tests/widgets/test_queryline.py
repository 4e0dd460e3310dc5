"""The line that is typed into: what keys make of it."""

from __future__ import annotations

import pytest
from textual import events

from tui.render.rowops import plain, row_width
from tui.widgets.queryline import pasted, query_row, typed


@pytest.mark.parametrize(
    ("key", "character", "query"),
    [
        ("a", "a", "run alla"),
        ("space", " ", "run all "),
        ("é", "é", "run allé"),
        ("backspace", None, "run al"),
        ("ctrl+h", None, "run al"),
        ("ctrl+w", None, "run"),
        ("ctrl+u", None, ""),
        ("f5", None, None),
        ("escape", "\x1b", None),
    ],
)
def test_a_key_is_typed_or_takes_back_what_was(key: str, character: str | None, query: str | None) -> None:
    assert typed("run all", events.Key(key, character)) == query


def test_what_is_pasted_becomes_one_line_of_printable_text() -> None:
    assert pasted("a ", "b\nc\x1b[2J") == "a b c"


def test_an_empty_line_says_what_can_be_typed() -> None:
    assert plain(query_row("", 40, "type to find one")) == " ›   type to find one"


@pytest.mark.parametrize("width", [5, 10, 40])
def test_of_a_long_query_the_end_is_shown(width: int) -> None:
    row = query_row("a" * 50 + "z", width, "")
    assert plain(row).endswith("z ")
    assert row_width(row) == width
