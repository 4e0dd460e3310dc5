"""The lines of a dataframe that the kernel holds, page by page: nothing is sent before it is looked at."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from kernelbridge.outputs import JsonObject, JsonValue
from tui.kernelcode.kernelmodule import Evaluate, KernelCodeError, KernelModule
from tui.screens.table.source import Arrangement, Column, Kind, Line, Shape, SourceError

_LONGEST = 300
"""Characters of a cell that are read with its line."""
_WHOLE = 1_000_000
"""Characters of a cell that is read by itself."""


@dataclass(frozen=True, slots=True)
class Result:
    """The result of a cell, as the notebook has it."""

    count: int
    """Of the execution."""
    source: str
    html: str


@dataclass(frozen=True, slots=True)
class Named:
    """A variable."""

    name: str


class KernelSource:
    """The frame that is `Out[count]`, or a variable."""

    def __init__(self, evaluate: Evaluate, is_idle: Callable[[], bool], held: Result | Named) -> None:
        self._is_idle = is_idle
        self._held = held
        self._module = KernelModule(evaluate, "tui.screens.table", "framecode.py")

    @property
    def _key(self) -> int | str:
        """How the code in the kernel knows it."""
        return self._held.count if isinstance(self._held, Result) else self._held.name

    @property
    def origin(self) -> str:
        """Its name in the kernel."""
        key = self._key
        return f"{key if isinstance(key, str) else f'Out[{key}]'} in the kernel"

    def is_ready(self) -> bool:
        """Whether the kernel does nothing else: it is never asked for a page behind a run."""
        return self._is_idle()

    async def shape(self) -> Shape:
        """What the frame has. Raises SourceError also when it is not what the output shows."""
        held = self._held
        if isinstance(held, Result):
            told = await _told(self._module.open("open", held.count, held.source, held.html))
        else:
            told = await _told(self._module.open("open_named", held.name))
        index, columns, lines = told.get("index"), told.get("columns"), told.get("lines")
        if not isinstance(lines, int):
            raise SourceError("the kernel said nothing that could be understood")
        return Shape(_columns(index), _columns(columns), lines)

    async def arrange(self, arrangement: Arrangement) -> int:
        """Takes place in the kernel, on the order of the lines."""
        sort = arrangement.sort
        by = None if sort is None else [sort.column, sort.is_descending]
        conditions = [[one.column, one.operator.value, one.value] for one in arrangement.conditions]
        lines = (await self._ask("arrange", self._key, by, conditions)).get("lines")
        return lines if isinstance(lines, int) else 0

    async def read(self, lines: range, columns: range) -> Sequence[Line]:
        """One message there and one back."""
        return await self._read(lines, columns, _LONGEST)

    async def whole(self, line: int, column: int) -> str:
        """Up to a million characters of it."""
        first = max(column, 0)
        (found,) = await self._read(range(line, line + 1), range(first, first + (column >= 0)), _WHOLE)
        return found.cells[0] if column >= 0 else found.index[-1 - column]

    async def close(self) -> None:
        """Has the kernel forget the order, if it is not busy; it is small."""
        if self._is_idle():
            await self._ask("close", self._key)

    async def _read(self, lines: range, columns: range, longest: int) -> Sequence[Line]:
        key = self._key
        told = await self._ask("read", key, lines.start, lines.stop, columns.start, columns.stop, longest)
        index, cells = _by_line(told.get("index")), _by_line(told.get("cells"))
        height = max(len(index), len(cells))
        return [
            Line(index[at] if at < len(index) else (), cells[at] if at < len(cells) else ())
            for at in range(height)
        ]

    async def _ask(self, name: str, *arguments: object) -> JsonObject:
        return await _told(self._module.ask(name, *arguments))


async def _told(answer: Awaitable[JsonObject]) -> JsonObject:
    """What the code in the kernel says. Raises SourceError."""
    try:
        return await answer
    except KernelCodeError as error:
        raise SourceError(str(error)) from None


def _columns(told: JsonValue) -> tuple[Column, ...]:
    columns: list[Column] = []
    for each in told if isinstance(told, list) else ():
        parts = [str(part) for part in each] if isinstance(each, list) else []
        if len(parts) == 3:
            kind = Kind(parts[1]) if parts[1] in {one.value for one in Kind} else Kind.TEXT
            columns.append(Column(parts[0], kind, parts[2]))
    return tuple(columns)


def _by_line(told: JsonValue) -> list[tuple[str, ...]]:
    """Texts by line, of texts by column."""
    columns = [
        [str(text) for text in column] if isinstance(column, list) else []
        for column in (told if isinstance(told, list) else ())
    ]
    return list(zip(*columns, strict=False))
