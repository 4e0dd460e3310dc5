"""The lines of a table that an output's HTML holds: all there is where no kernel has more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isnan
from operator import eq, ge, gt, le, lt, ne

from tui.render.html.tabletext import TableText
from tui.screens.table.source import (
    Arrangement,
    Column,
    Condition,
    Kind,
    Line,
    Operator,
    Shape,
    Sort,
    SourceError,
)

_LONGEST = 300
"""Characters of a cell that are read with its line."""
_COMPARE: dict[Operator, Callable[[float, float], bool]] = {
    Operator.EQUAL: eq,
    Operator.UNEQUAL: ne,
    Operator.LESS: lt,
    Operator.AT_MOST: le,
    Operator.MORE: gt,
    Operator.AT_LEAST: ge,
}
_COMPARE_TEXT: dict[Operator, Callable[[str, str], bool]] = {
    Operator.EQUAL: eq,
    Operator.UNEQUAL: ne,
    Operator.LESS: lt,
    Operator.AT_MOST: le,
    Operator.MORE: gt,
    Operator.AT_LEAST: ge,
}


class HtmlSource:
    """A table of an output, in memory."""

    def __init__(self, table: TableText) -> None:
        self._table = table
        self._order: Sequence[int] = range(len(table.lines))

    @property
    def origin(self) -> str:
        """The output is all there is."""
        return "from the output"

    def is_ready(self) -> bool:
        """It always is."""
        return True

    async def shape(self) -> Shape:
        """What the HTML has."""
        table = self._table
        index = tuple(self._column(name, -1 - level) for level, name in enumerate(table.index))
        columns = tuple(self._column(name, number) for number, name in enumerate(table.columns))
        return Shape(index, columns, len(table.lines))

    async def arrange(self, arrangement: Arrangement) -> int:
        """Numbers are compared as such where the column has nothing else."""
        order = list(range(len(self._table.lines)))
        for condition in arrangement.conditions:
            holds = self._test(condition)
            order = [line for line in order if holds(self._cell(line, condition.column))]
        if arrangement.sort is not None:
            order = self._sorted(order, arrangement.sort)
        self._order = order
        return len(order)

    async def read(self, lines: range, columns: range) -> Sequence[Line]:
        """Lines that are shown."""
        found = [self._table.lines[line] for line in self._order[lines.start : lines.stop]]
        return [
            Line(
                tuple(text[:_LONGEST] for text in line.index),
                tuple(text[:_LONGEST] for text in line.cells[columns.start : columns.stop]),
            )
            for line in found
        ]

    async def whole(self, line: int, column: int) -> str:
        """As the HTML has it."""
        return self._cell(self._order[line], column)

    async def close(self) -> None:
        """There is nothing to let go of."""

    def _column(self, name: str, number: int) -> Column:
        return Column(name, Kind.NUMBER if self._is_numeric(number) else Kind.TEXT)

    def _cell(self, line: int, column: int) -> str:
        found = self._table.lines[line]
        return found.index[-1 - column] if column < 0 else found.cells[column]

    def _is_numeric(self, column: int) -> bool:
        if column >= 0:
            return self._table.numeric[column]
        return all(_number(self._cell(line, column)) is not None for line in range(len(self._table.lines)))

    def _test(self, condition: Condition) -> Callable[[str], bool]:
        wanted = condition.value
        if condition.operator is Operator.CONTAINS:
            return lambda text: wanted.casefold() in text.casefold()
        if not self._is_numeric(condition.column):
            compare_text = _COMPARE_TEXT[condition.operator]
            return lambda text: compare_text(text, wanted)
        number = _number(wanted)
        if number is None:
            raise SourceError(f"{wanted} is not a number")
        compare = _COMPARE[condition.operator]

        def holds(text: str) -> bool:
            value = _number(text)
            return value is not None and compare(value, number)

        return holds

    def _sorted(self, order: list[int], sort: Sort) -> list[int]:
        """Lines in order, those without a value last."""
        if not self._is_numeric(sort.column):
            return sorted(order, key=lambda line: self._cell(line, sort.column), reverse=sort.is_descending)
        numbers = {line: _number(self._cell(line, sort.column)) for line in order}
        known = [(number, line) for line, number in numbers.items() if number is not None]
        known.sort(key=lambda pair: pair[0], reverse=sort.is_descending)
        return [*(line for _, line in known), *(line for line in order if numbers[line] is None)]


def _number(text: str) -> float | None:
    """The number that a text is; None for what is none, and for NaN."""
    try:
        value = float(text.replace(",", "").replace("−", "-").rstrip("%"))
    except ValueError:
        return None
    return None if isnan(value) else value
