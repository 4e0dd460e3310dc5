"""Drawing cursors, what is selected, and brackets that belong together into the focused cell's strips."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.style import Style

from tui.document.selection import TextSelection
from tui.view.cursorlook import CursorLook
from tui.view.editor.rectangle import Rectangle
from tui.view.strips import highlighted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.strip import Strip

    from tui.view.editor.layout import TextLayout
    from tui.view.viewstate import Sought

CURRENT = Style(reverse=True, bold=True)
UNDERLINE = Style(underline=True)
BRACKET = Style(bold=True, underline=True)
_STYLES = {
    CursorLook.BLOCK: Style(reverse=True),
    CursorLook.UNDERLINE: Style(underline=True, bold=True),
}


def with_cursor(strip: Strip, column: int, width: int = 1, look: CursorLook = CursorLook.BLOCK) -> Strip:
    """The strip with the cursor on `width` cells from a column on."""
    return highlighted(strip, column, column + width, _STYLES[look])


def with_selection(
    strip: Strip,
    row: int,
    layout: TextLayout,
    selection: TextSelection,
    text_column: int,
    style: Style,
    cursor: tuple[int, CursorLook],
) -> Strip:
    """The strip of a row of the source, which begins at `text_column`, with selection and cursor."""
    if not selection.is_empty:
        left, right = selected_columns(row, layout, selection)
        strip = highlighted(strip, text_column + left, text_column + right, style)
    head, look = cursor
    head_row, column = layout.position(head)
    if head_row == row:
        strip = with_cursor(strip, text_column + column, _width_at(layout, head), look)
    return strip


@dataclass(frozen=True, slots=True)
class Marks:
    """What of the source that is edited is marked."""

    layout: TextLayout
    shown: TextSelection | Rectangle
    """What is selected."""
    cursor: tuple[int, CursorLook]
    """Where the cursor stands, and how it looks."""
    more: tuple[TextSelection, ...]
    """Further cursors, and what is selected at them."""
    brackets: tuple[int, ...]
    """Offsets of the bracket at the cursor and of its other half."""
    sought: Sought

    @property
    def rows(self) -> tuple[range, ...]:
        """The rows of the source that have any of it, and perhaps others."""
        layout = self.layout
        if self.sought.spans or self.sought.current or isinstance(self.shown, Rectangle):
            return (range(layout.row_count),)
        places = [(self.shown.start, self.shown.end), (self.cursor[0], self.cursor[0])]
        places += [(selection.start, selection.end) for selection in self.more]
        places += [(offset, offset) for offset in self.brackets]
        return tuple(range(layout.position(start)[0], layout.position(end)[0] + 1) for start, end in places)

    def drawn(self, strip: Strip, row: int, text_column: int, style: Style) -> Strip:
        """The strip of a row of the source, which begins at `text_column`, with what is marked on it."""
        for left, right, _ in columns_of(self.sought.spans, row, self.layout):
            strip = highlighted(strip, text_column + left, text_column + right, style + UNDERLINE)
        current = () if self.sought.current is None else (self.sought.current,)
        for left, right, _ in columns_of(current, row, self.layout):
            strip = highlighted(strip, text_column + left, text_column + right, style + CURRENT)
        for offset in self.brackets:
            bracket_row, column = self.layout.position(offset)
            if bracket_row == row:
                strip = highlighted(strip, text_column + column, text_column + column + 1, BRACKET)
        for selection in self.more:
            cursor = (selection.head, self.cursor[1])
            strip = self._with(strip, row, selection, text_column, style, cursor)
        shown = self.shown
        if isinstance(shown, Rectangle):
            left, right = shown.columns_on(row, self.layout)
            strip = highlighted(strip, text_column + left, text_column + right, style)
            shown = TextSelection.at(self.cursor[0])
        return self._with(strip, row, shown, text_column, style, self.cursor)

    def _with(
        self,
        strip: Strip,
        row: int,
        selection: TextSelection,
        text_column: int,
        style: Style,
        cursor: tuple[int, CursorLook],
    ) -> Strip:
        ends = (selection.start, selection.end, cursor[0])
        rows = [self.layout.position(end)[0] for end in ends]
        if not min(rows) <= row <= max(rows):
            return strip
        return with_selection(strip, row, self.layout, selection, text_column, style, cursor)


def selected_columns(row: int, layout: TextLayout, selection: TextSelection) -> tuple[int, int]:
    """The columns of a row that are selected; a selected line break is one more cell."""
    first_row, left = layout.position(selection.start)
    last_row, right = layout.position(selection.end)
    if not first_row <= row <= last_row:
        return 0, 0
    if row < last_row:
        line_goes_on = row + 1 < layout.row_count and layout.line_of_row(row + 1) == layout.line_of_row(row)
        right = _row_width(layout, row) + (not line_goes_on)
    return left if row == first_row else 0, right


def columns_of(
    spans: Sequence[tuple[int, int]], row: int, layout: TextLayout
) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """The columns of a row that spans of the text, which are in order, have on it, with the spans."""
    first, last = layout.row_span(row)
    for start, end in spans[max(0, bisect_right(spans, (first, first)) - 1) :]:
        if start >= last and start > first:
            break
        if end <= len(layout.text):
            yield *selected_columns(row, layout, TextSelection(start, end)), (start, end)


def _width_at(layout: TextLayout, offset: int) -> int:
    """The cells of what is drawn at an offset, all of which the cursor covers; 1 at the end of a line."""
    row, column = layout.position(offset)
    next_row, next_column = layout.position(layout.border_after(offset))
    end = next_column if next_row == row else _row_width(layout, row)
    return max(1, end - column)


def _row_width(layout: TextLayout, row: int) -> int:
    return sum(piece.width for piece in layout.row_text(row))
