"""Fractions and roots as boxes."""

from __future__ import annotations

from typing import Final

from tui.render.math.boxes import Box, beside, column, rebased, stacked, text_box, widened
from tui.render.math.nodes import Align

_BAR: Final = "─"
_ROOF: Final = "▁"


def fraction(numerator: Box, denominator: Box) -> Box:
    """The one over the other; the bar is longer than a bar within them."""
    inner = max(numerator.width, denominator.width, 1)
    longer = 2 if max(numerator.height, denominator.height) > 1 else 0
    bar = text_box(_BAR * (inner + longer))
    return stacked([numerator, bar, denominator], numerator.height)


def root(radicand: Box, index: Box | None) -> Box:
    """The radicand below a roof; of one row right behind the sign, else behind a line down to it."""
    if radicand.height == 1:
        roofed = stacked([text_box(_ROOF * radicand.width), radicand], 1)
        sign = text_box("√")
    else:
        roof = text_box("┌" + "─" * (radicand.width + 1))
        body = widened(radicand, radicand.width + 1, Align.RIGHT)
        inner = beside([column("│", body.height, 0), rebased(body, 0)])
        roofed = stacked([roof, inner], radicand.baseline + 1)
        sign = rebased(text_box("╲"), -radicand.below)
    if index is None:
        return beside([sign, roofed])
    return beside([rebased(index, index.height - radicand.below), sign, roofed])
