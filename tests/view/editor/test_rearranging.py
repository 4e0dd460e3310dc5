"""Lines moved, doubled and joined."""

from __future__ import annotations

import pytest

from editing import after


@pytest.mark.parametrize(
    ("command", "before", "expected"),
    [
        ("move-line-up", "a\nb|c\nd", "b|c\na\nd"),
        ("move-line-up", "a|b\nc", "a|b\nc"),
        ("move-line-up", "a\n‹b\nc|›", "‹b\nc|›\na"),
        ("move-line-up", "a\n‹b\n|›c", "‹b\n|›a\nc"),
        ("move-line-down", "a|b\nc\nd", "c\na|b\nd"),
        ("move-line-down", "a\nb|", "a\nb|"),
        ("move-line-down", "‹|a\nb›\nc", "c\n‹|a\nb›"),
        ("move-line-down", "‹a\n|›b", "b\n‹a|›"),
        ("duplicate-line", "a|b\nc", "ab\na|b\nc"),
        ("duplicate-line", "x‹y\nz|›", "xy\nz\nx‹y\nz|›"),
        ("join-lines", "a|b\n   cd", "ab| cd"),
        ("join-lines", "  ab  |\ncd", "  ab| cd"),
        ("join-lines", "a|\n\nb", "a|\nb"),
        ("join-lines", "|\n  a", "|a"),
        ("join-lines", "a|", "a|"),
        ("join-lines", "‹a\nb\n\nc|›\nd", "a b| c\nd"),
    ],
)
def test_lines_are_rearranged_with_their_selection(command: str, before: str, expected: str) -> None:
    assert after(command, before) == expected
