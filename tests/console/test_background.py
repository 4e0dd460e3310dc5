"""What a terminal answers to which colour its background is."""

from __future__ import annotations

import pytest

from tui.console.background import is_worth_asking, theme_of
from tui.owntheme import DARK, LIGHT


@pytest.mark.parametrize(
    ("reply", "theme"),
    [
        ("\x1b]11;rgb:1111/1111/1111\x1b\\", DARK),
        ("\x1b]11;rgb:ffff/ffff/ffff\x07", LIGHT),
        ("\x1b]11;rgb:f/f/e", LIGHT),
        ("\x1b]11;rgba:0000/2b2b/3636/ffff", DARK),
        ("\x1b]10;rgb:ffff/ffff/ffff", None),
        ("\x1b[?62;22c", None),
    ],
)
def test_the_theme_goes_with_the_background(reply: str, theme: str | None) -> None:
    assert theme_of(reply) == theme


def test_what_is_known_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("COLORFGBG", raising=False)
    assert is_worth_asking("auto")
    assert not is_worth_asking("light")
    monkeypatch.setenv("COLORFGBG", "0;15")
    assert not is_worth_asking("auto")
    monkeypatch.delenv("COLORFGBG")
    monkeypatch.setenv("TERM", "linux")
    assert not is_worth_asking("auto")
