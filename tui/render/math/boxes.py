"""Text in two dimensions: boxes of rows that know their baseline, and how boxes are put together."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING, Final

from tui.render.math.nodes import Align
from tui.render.math.refusal import CannotTypesetError
from tui.render.rowops import text_row
from tui.render.rows import Row, Span, Style

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PLAIN: Final = Style()
MOST_CELLS: Final = 50_000
"""Of a box: some twelve screens. What is larger is refused before it is made."""


@dataclass(frozen=True, slots=True)
class Box:
    """Rows that are all as wide, at least one."""

    rows: tuple[Row, ...]
    width: int
    """In cells."""
    baseline: int
    """The row that stands in the line of text."""

    @property
    def height(self) -> int:
        """How many rows it has."""
        return len(self.rows)

    @property
    def below(self) -> int:
        """How many rows are below the baseline."""
        return len(self.rows) - 1 - self.baseline


def text_box(text: str, style: Style = PLAIN) -> Box:
    """A box of one row. The text must be printable."""
    row = text_row(text, style)
    return Box((row,), sum(span.width for span in row), 0)


def blank(width: int, height: int = 1, baseline: int = 0) -> Box:
    """A box of blanks."""
    return Box(tuple(repeat(_blanks(width), height)), width, baseline)


NOTHING: Final = text_box("")
"""A box without width."""


def column(character: str, height: int, baseline: int) -> Box:
    """A box of one character repeated downwards."""
    return Box(tuple(repeat(text_row(character), height)), 1, baseline)


def beside(boxes: Sequence[Box]) -> Box:
    """The boxes from left to right, their baselines in one row.

    Raises CannotTypesetError if it gets too large.
    """
    if len(boxes) == 1:
        return boxes[0]
    baseline = max((box.baseline for box in boxes), default=0)
    below = max((box.below for box in boxes), default=0)
    width = sum(box.width for box in boxes)
    height = baseline + 1 + below
    _check(width, height)
    rows: list[list[Span]] = [[] for _ in range(height)]
    for box in boxes:
        if not box.width:
            continue
        blanks = _blanks(box.width)
        first = baseline - box.baseline
        for number, row in enumerate(rows):
            row.extend(box.rows[number - first] if 0 <= number - first < box.height else blanks)
    return Box(tuple(_joined(row) for row in rows), width, baseline)


def stacked(boxes: Sequence[Box], baseline: int, aligns: Iterable[Align] = repeat(Align.CENTER)) -> Box:
    """The boxes one below the other, in the width of the widest. `baseline` counts from the first row.

    Raises CannotTypesetError if it gets too large.
    """
    width = max(box.width for box in boxes)
    _check(width, sum(box.height for box in boxes))
    rows = tuple(
        row for box, align in zip(boxes, aligns, strict=False) for row in widened(box, width, align).rows
    )
    return Box(rows, width, baseline)


def widened(box: Box, width: int, align: Align) -> Box:
    """The box with blanks up to that width."""
    free = width - box.width
    if free <= 0:
        return box
    before = {Align.LEFT: 0, Align.CENTER: free // 2, Align.RIGHT: free}[align]
    left, right = _blanks(before), _blanks(free - before)
    return Box(tuple(_joined([*left, *row, *right]) for row in box.rows), width, box.baseline)


def heightened(box: Box, above: int, below: int) -> Box:
    """The box with so many empty rows above and below it."""
    if not above and not below:
        return box
    _check(box.width, box.height + above + below)
    empty = _blanks(box.width)
    return Box((*repeat(empty, above), *box.rows, *repeat(empty, below)), box.width, box.baseline + above)


def rebased(box: Box, baseline: int) -> Box:
    """The box with its baseline in another of its rows, or beyond them."""
    return heightened(
        Box(box.rows, box.width, baseline), max(-baseline, 0), max(baseline - box.height + 1, 0)
    )


def _blanks(width: int) -> Row:
    return (Span(" " * width, PLAIN, width),) if width > 0 else ()


def _check(width: int, height: int) -> None:
    if width * height > MOST_CELLS:
        raise CannotTypesetError("it is too large to be set")


def _joined(spans: Sequence[Span]) -> Row:
    """The spans, neighbours of one style as one."""
    joined: list[Span] = []
    texts: list[str] = []
    width = 0
    for number, span in enumerate(spans):
        texts.append(span.text)
        width += span.width
        if number + 1 == len(spans) or spans[number + 1].style != span.style:
            joined.append(Span("".join(texts), span.style, width))
            texts, width = [], 0
    return tuple(joined)
