"""Commenting lines out and in."""

from __future__ import annotations

import pytest

from editing import after
from tui.render.languages import language_named


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("ab|c", "# ab|c"),
        ("# ab|c", "ab|c"),
        ("#ab|c", "ab|c"),
        ("    x = |1", "    # x = |1"),
        ("|", "|# "),
        ("a‹b\n\n  c|›", "# a‹b\n\n#   c|›"),
        ("  ‹a\n    b|›", "  ‹# a\n  #   b|›"),
        ("# ‹a\n    # b|›\n", "‹a\n    b|›\n"),
        ("‹# a\nb|›", "‹# # a\n# b|›"),
    ],
)
def test_toggling_comments_in_python(before: str, expected: str) -> None:
    assert after("toggle-comment", before) == expected


def test_toggling_twice_gives_the_text_back() -> None:
    assert (
        after("toggle-comment toggle-comment", "if x:\n‹    y\n  \n        z|›")
        == "if x:\n‹    y\n  \n        z|›"
    )


def test_the_sign_is_that_of_the_language() -> None:
    assert after("toggle-comment", "a|", language=language_named("sql")) == "-- a|"


def test_without_line_comments_nothing_changes() -> None:
    assert after("toggle-comment", "a|", language=language_named("markdown")) == "a|"
