"""Tables as rows: a thin rule below the names of columns, numbers on the right, and no boxes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from tui.render.html.columns import GAP, ColumnNeed, Shown, fit
from tui.render.html.numbers import behind_point, is_number, is_numeric, is_plain
from tui.render.markdown.flow import flow
from tui.render.rowops import crop, pad, plain, row_width, text_row
from tui.render.rows import Rgb, Role, Row, Span, Style

if TYPE_CHECKING:
    from tui.render.html.grid import Grid, GridCell
    from tui.render.html.tree import Element

_MOST_LINES: Final = 2000
"""Lines that are drawn of a longer table."""
_MOST_WRAPPED: Final = 8
"""Lines of a table up to which long text is wrapped and not cut, unless it is a dataframe."""
_MOST_ELIDING: Final = 12
"""Lines looked at to tell a column that stands for others."""
_AROUND_GROUP: Final = 4
"""Cells for the blanks and at least a piece of rule beside the name of a group."""
_RULE: Final = Style(Role.RULE)
_MUTED: Final = Style(Role.MUTED)
_SIGN: Final = text_row("…", _MUTED)


Redraw: TypeAlias = "Callable[[int], list[Row]] | None"


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell, drawn."""

    rows: tuple[Row, ...]
    align: str
    """`left`, `right` or `center`, where it says so itself."""
    background: Rgb | None = None
    redraw: Redraw = None
    """Draws it anew at a width, where wrapping its rows would not do."""
    width: int = 0
    """In terminal cells."""
    text: str = ""
    """What is in its first row."""

    @staticmethod
    def of(
        rows: Sequence[Row], align: str, background: Rgb | None = None, redraw: Redraw = None
    ) -> TableCell:
        """A cell of those rows."""
        width = max(map(row_width, rows), default=0)
        return TableCell(tuple(rows), align, background, redraw, width, plain(rows[0]) if rows else "")

    def elided(self) -> TableCell:
        """The same with one sign for the three points by which pandas leaves something out."""
        if self.text != "...":
            return self
        return TableCell.of((_SIGN,), self.align, self.background)


@dataclass(frozen=True, slots=True)
class TableHints:
    """What is known of a table besides what it holds."""

    key: str = ""
    """What a person presses to see all of it; empty where nothing does."""
    shape: str = ""
    """How large the whole is, where the table shows a part of it: `5 rows × 40 columns`."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A drawn cell and the columns that it takes."""

    cell: TableCell
    column: int
    columns: int
    is_header: bool


@dataclass(frozen=True, slots=True)
class _Column:
    """What holds for the cells of a column."""

    need: ColumnNeed
    is_numeric: bool
    fraction: int
    """Characters behind the integer part of its numbers; 0 where they are aligned at their ends."""
    align: str


_Line = Sequence[_Placed]


def draw_table(
    grid: Grid, draw_cell: Callable[[Element], TableCell], width: int, hints: TableHints
) -> list[Row]:
    """The rows of a table, none wider than `width`.

    Below them stands what is left out.
    """

    def draw(cell: Element) -> TableCell:
        return draw_cell(cell).elided() if grid.is_frame else draw_cell(cell)

    head = _merged([_drawn(line, draw) for line in grid.head])
    body = [_drawn(line, draw) for line in grid.body[:_MOST_LINES]]
    if not head and not body:
        return []
    columns = _columns(head, body, grid.width)
    leading = _leading(body, grid.width)
    shown = fit([column.need for column in columns], width, leading, _eliding(head, body, grid.width))
    wraps = not grid.is_frame and len(body) <= _MOST_WRAPPED
    painter = _LinePainter(columns, shown, width, is_wrapping=wraps)
    rows = [row for line in head for row in painter.head(line)]
    if head:
        rows.append(text_row("─" * min(width, painter.width), _RULE))
    rows += [row for line in body for row in painter.body(line)]
    return [*rows, *_notes(grid, shown, leading, len(body), hints, width)]


def _drawn(line: Sequence[GridCell], draw_cell: Callable[[Element], TableCell]) -> list[_Placed]:
    return [_Placed(draw_cell(cell.element), cell.column, cell.columns, cell.is_header) for cell in line]


def _merged(head: list[list[_Placed]]) -> list[list[_Placed]]:
    """The lines of names, without empty ones, and one line for two that fill each other's gaps."""
    merged: list[list[_Placed]] = []
    for line in head:
        if not any(placed.cell.rows for placed in line):
            continue
        before = merged[-1] if merged else []
        both = {placed.column: placed for placed in (*before, *line) if placed.cell.rows}
        count = sum(bool(placed.cell.rows) for placed in (*before, *line))
        if before and len(both) == count and all(placed.columns == 1 for placed in (*before, *line)):
            merged[-1] = [both[column] for column in sorted(both)]
        else:
            merged.append(line)
    return merged


def _columns(head: Sequence[_Line], body: Sequence[_Line], width: int) -> list[_Column]:
    cells: list[list[TableCell]] = [[] for _ in range(width)]
    names = [0] * width
    is_index = [True] * width
    for line in body:
        for placed in line:
            if placed.columns == 1:
                cells[placed.column].append(placed.cell)
                is_index[placed.column] &= placed.is_header
    for line in head:
        for placed in line:
            if placed.columns == 1:
                names[placed.column] = max(names[placed.column], placed.cell.width)
    columns = [_column(each, name) for each, name in zip(cells, names, strict=True)]
    for line in (*head, *body):
        for placed in line:
            if placed.columns > 1:
                _widen(columns, placed)
    return columns


def _column(cells: Sequence[TableCell], name: int) -> _Column:
    texts = [cell.text for cell in cells]
    numeric = is_numeric(texts)
    numbers = [text for text in texts if is_number(text)] if numeric else []
    fractions = [behind_point(text) for text in numbers]
    most = max(fractions, default=0)
    is_ragged = most > 0 and min(fractions) != most and all(map(is_plain, numbers))
    widest = max((cell.width for cell in cells), default=0)
    if is_ragged:
        aligned = (len(text) + most - behind for text, behind in zip(numbers, fractions, strict=True))
        widest = max(widest, *aligned)
    asked = {cell.align for cell in cells if cell.rows}
    align = asked.pop() if len(asked) == 1 else ""
    return _Column(
        ColumnNeed(max(widest, name), not numeric),
        numeric,
        most if is_ragged else 0,
        "right" if numeric else align or "left",
    )


def _widen(columns: list[_Column], placed: _Placed) -> None:
    """Makes room for a cell over several columns, in the last of them, if text there may be any width."""
    taken = columns[placed.column : placed.column + placed.columns]
    wanted = placed.cell.width + (_AROUND_GROUP if placed.is_header else 0)
    widths = [column.need.natural for column in taken if column.need.natural]
    missing = wanted - sum(widths) - GAP * max(0, len(widths) - 1)
    last = taken[-1]
    if 0 < missing <= wanted and (placed.is_header or last.need.may_shrink):
        need = ColumnNeed(last.need.natural + missing, last.need.may_shrink)
        columns[placed.column + placed.columns - 1] = replace(last, need=need)


def _leading(body: Sequence[_Line], width: int) -> int:
    """How many columns at the left hold nothing but names of lines."""
    leading = width
    for line in body:
        first = next((placed.column for placed in line if not placed.is_header), width)
        leading = min(leading, first)
    return leading if leading < width else 0


def _eliding(head: Sequence[_Line], body: Sequence[_Line], width: int) -> frozenset[int]:
    """The column that stands for others that were left out already, as pandas does."""
    found: frozenset[int] | None = None
    for line in (*head, *body[:_MOST_ELIDING]):
        here = frozenset(placed.column for placed in line if placed.cell.text == "…")
        found = here if found is None else found & here
    return found if found is not None and len(found) == 1 and width > 2 else frozenset()


def _notes(grid: Grid, shown: Shown, leading: int, lines: int, hints: TableHints, width: int) -> list[Row]:
    """What is left out, and how to see it."""
    told: list[str] = []
    missing = len(grid.body) - lines + grid.left_out
    if missing:
        told.append(f"… {missing:,} more rows")
    if hints.shape:
        told.append(hints.shape)
    if shown.elided_at is not None:
        kept = sum(column >= leading for column in shown.columns)
        told.append(f"{kept:,} shown" if hints.shape else f"{kept:,} of {grid.columns - leading:,} columns")
    if told and hints.key:
        told.append(f"{hints.key} opens")
    return [crop(text_row(" · ".join(told), _MUTED), 0, width)] if told else []


class _LinePainter:
    """Lays lines of a table out in the columns that are shown."""

    def __init__(self, columns: Sequence[_Column], shown: Shown, width: int, *, is_wrapping: bool) -> None:
        self._columns = columns
        self._limit = width
        self._is_wrapping = is_wrapping
        self._starts: dict[int, int] = {}
        self._widths = dict(zip(shown.columns, shown.widths, strict=True))
        self._order = shown.columns
        at = 0
        self._sign_at: int | None = None
        for place, (column, taken) in enumerate(zip(shown.columns, shown.widths, strict=True)):
            if place == shown.elided_at:
                self._sign_at = at
                at += 1 + GAP
            self._starts[column] = at
            at += taken + GAP
        if shown.elided_at == len(shown.columns):
            self._sign_at = at
            at += 1 + GAP
        self.width = max(0, at - GAP)

    def head(self, line: _Line) -> list[Row]:
        """The rows of names of columns."""
        return self._rows(line, is_head=True)

    def body(self, line: _Line) -> list[Row]:
        """The rows of a line."""
        return self._rows(line, is_head=False)

    def _rows(self, line: _Line, *, is_head: bool) -> list[Row]:
        pieces: list[tuple[int, list[Row]]] = []
        height = 1
        for placed in line:
            extent = self._extent(placed)
            if extent is None:
                continue
            start, taken = extent
            rows = self._cell(placed, taken, is_head=is_head)
            if rows:
                height = max(height, len(rows))
                pieces.append((start, rows))
        if self._sign_at is not None:
            pieces.append((self._sign_at, [_SIGN]))
            pieces.sort(key=lambda piece: piece[0])
        return [
            _joined([(at, rows[n]) for at, rows in pieces if n < len(rows)], self._limit)
            for n in range(height)
        ]

    def _extent(self, placed: _Placed) -> tuple[int, int] | None:
        """Where a cell begins and how much room it has; None where none of its columns is shown."""
        if placed.columns == 1:
            width = self._widths.get(placed.column)
            return None if width is None else (self._starts[placed.column], width)
        end = placed.column + placed.columns
        taken = [column for column in self._order if placed.column <= column < end]
        if not taken:
            return None
        start = self._starts[taken[0]]
        return start, self._starts[taken[-1]] + self._widths[taken[-1]] - start

    def _cell(self, placed: _Placed, width: int, *, is_head: bool) -> list[Row]:
        cell = placed.cell
        column = self._columns[placed.column]
        rows: Sequence[Row] = cell.rows
        if any(row_width(row) > width for row in rows) or (len(rows) > 1 and not self._is_wrapping):
            rows = self._fitted(cell, width)
        if placed.columns > 1:
            return (
                [_group(row, width) for row in rows]
                if is_head
                else [_aligned(r, width, cell.align) for r in rows]
            )
        align = column.align if is_head or column.is_numeric else cell.align or column.align
        if not rows:
            return [_filled((), width, cell)] if cell.background is not None else []
        trailing = 0
        if column.fraction and not is_head and is_number(cell.text):
            trailing = column.fraction - behind_point(cell.text)
        if cell.background is None:
            return [_aligned(row, width - trailing, align) for row in rows]
        return [_filled(_aligned(row, width - trailing, align, cell.background), width, cell) for row in rows]

    def _fitted(self, cell: TableCell, width: int) -> list[Row]:
        rows = cell.rows
        if self._is_wrapping and cell.redraw is not None:
            return cell.redraw(width)
        if self._is_wrapping:
            return [piece for row in rows for piece in flow(row, width)]
        first = rows[0]
        if row_width(first) <= width and len(rows) == 1:
            return [first]
        kept = crop(first, 0, width - 1) if row_width(first) >= width else first
        style = first[-1].style if first else _MUTED
        return [(*kept, *text_row("…", style))]


def _filled(row: Row, width: int, cell: TableCell) -> Row:
    return pad(row, width, Style(bg=cell.background))


def _aligned(row: Row, width: int, align: str, background: Rgb | None = None) -> Row:
    """The row with blanks before it, as its alignment needs."""
    free = width - row_width(row)
    before = {"right": free, "center": free // 2}.get(align, 0)
    return (Span(" " * before, Style(bg=background), before), *row) if before > 0 else row


def _group(row: Row, width: int) -> Row:
    """The name of several columns, with a rule as far as they go."""
    free = width - row_width(row) - 2
    if free < _AROUND_GROUP - 2:
        return row
    left = free // 2
    rule = (text_row("─" * left, _RULE), text_row("─" * (free - left), _RULE))
    return (*rule[0], *text_row(" "), *row, *text_row(" "), *rule[1]) if row else ()


def _joined(pieces: Sequence[tuple[int, Row]], limit: int) -> Row:
    """One row of pieces at their places, from left to right."""
    row: list[Span] = []
    at = 0
    for start, piece in pieces:
        if start > at:
            row.append(Span(" " * (start - at), Style(), start - at))
            at = start
        row += piece
        at += sum(span.width for span in piece)
    joined = tuple(row)
    return joined if at <= limit else crop(joined, 0, limit)
