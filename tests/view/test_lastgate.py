"""Rows are of sanitized text; should one ever not be, what is sent is printable all the same."""

from __future__ import annotations

import pytest
from hypothesis import given

from strategies import texts
from tui.export.lines import plain_lines
from tui.owntheme import DARK, read_own_theme
from tui.render.rowops import text_row
from tui.sanitize import visible
from tui.view.ink import Ink
from tui.view.rowpainter import ColorDepth, RowPainter
from tui.view.strips import strip_of
from viewing import PALETTE

THEME = read_own_theme(DARK)
RAW = "a\x1b]0;owned\x07\x9b2J\x7f\u202eb"
SENT = "a␛]0;owned␇�2J␡�b"


@pytest.mark.parametrize("depth", ColorDepth)
def test_no_control_passes_a_painter(depth: ColorDepth) -> None:
    row = text_row(RAW)
    assert SENT in RowPainter(THEME, depth).painted(row, 80, "background")
    assert Ink(THEME, depth).painted(row) == SENT
    assert next(plain_lines([row])) == SENT
    assert strip_of(row, 40, PALETTE, PALETTE.base).text.startswith(SENT)


@given(texts())
def test_sanitized_text_passes_as_it_is(text: str) -> None:
    row = text_row(visible(text).replace("\t", " "))
    assert next(plain_lines([row])) == "".join(span.text for span in row).rstrip()
