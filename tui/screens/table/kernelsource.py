"""The lines of a dataframe that the kernel holds, page by page: nothing is sent before it is looked at."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from typing import cast

from kernelbridge.outputs import JsonObject, JsonValue
from kernelbridge.replies import Evaluations
from tui.screens.table.source import Arrangement, Column, Kind, Line, Shape, SourceError

Evaluate = Callable[[Mapping[str, str]], Awaitable["Evaluations | None"]]
"""Has expressions evaluated by the kernel, as `Session.evaluate`."""
_LONGEST = 300
"""Characters of a cell that are read with its line."""
_WHOLE = 1_000_000
"""Characters of a cell that is read by itself."""
_INSTALL, _ASK = "install", "told"


@dataclass(frozen=True, slots=True)
class Result:
    """The result of a cell, as the notebook has it."""

    count: int
    """Of the execution."""
    source: str
    html: str


class KernelSource:
    """The frame that is `Out[count]`."""

    def __init__(self, evaluate: Evaluate, is_idle: Callable[[], bool], result: Result) -> None:
        self._evaluate = evaluate
        self._is_idle = is_idle
        self._result = result
        self._code = files("tui.screens.table").joinpath("framecode.py").read_text("utf-8")
        self._module = f"_tnb_frames_{sha256(self._code.encode()).hexdigest()[:12]}"

    @property
    def origin(self) -> str:
        """Its name in IPython."""
        return f"Out[{self._result.count}] in the kernel"

    def is_ready(self) -> bool:
        """Whether the kernel does nothing else: it is never asked for a page behind a run."""
        return self._is_idle()

    async def shape(self) -> Shape:
        """What the frame has. Raises SourceError also when it is not what the output shows."""
        told = await self._ask("open", self._result.count, self._result.source, self._result.html)
        index, columns, lines = told.get("index"), told.get("columns"), told.get("lines")
        if not isinstance(lines, int):
            raise SourceError("the kernel said nothing that could be understood")
        return Shape(_columns(index), _columns(columns), lines)

    async def arrange(self, arrangement: Arrangement) -> int:
        """Takes place in the kernel, on the order of the lines."""
        sort = arrangement.sort
        by = None if sort is None else [sort.column, sort.is_descending]
        conditions = [[one.column, one.operator.value, one.value] for one in arrangement.conditions]
        lines = (await self._ask("arrange", self._result.count, by, conditions)).get("lines")
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
            await self._ask("close", self._result.count)

    async def _read(self, lines: range, columns: range, longest: int) -> Sequence[Line]:
        count = self._result.count
        told = await self._ask("read", count, lines.start, lines.stop, columns.start, columns.stop, longest)
        index, cells = _by_line(told.get("index")), _by_line(told.get("cells"))
        height = max(len(index), len(cells))
        return [
            Line(index[at] if at < len(index) else (), cells[at] if at < len(cells) else ())
            for at in range(height)
        ]

    async def _ask(self, name: str, *arguments: object) -> JsonObject:
        """What the code in the kernel says; it is sent along until it is there."""
        asked = f"__import__('sys').modules[{self._module!r}].answer({name!r}, *{_literal(arguments)})"
        expressions = {_ASK: asked} if name != "open" else {_INSTALL: self._installing(), _ASK: asked}
        evaluated = await self._evaluate(expressions)
        if evaluated is None:
            raise SourceError("the kernel does not answer")
        if _ASK in evaluated.errors:
            raise SourceError(evaluated.errors.get(_INSTALL) or evaluated.errors[_ASK])
        told = evaluated.values.get(_ASK, {}).get("application/json")
        if not isinstance(told, Mapping):
            raise SourceError("the kernel does not evaluate expressions")
        told = cast("JsonObject", told)
        error = told.get("error")
        if isinstance(error, str):
            raise SourceError(error)
        return told

    def _installing(self) -> str:
        """An expression that makes the module, where it is not there yet."""
        modules, builtins = "__import__('sys').modules", "__import__('builtins')"
        return (
            f"{modules}.get({self._module!r}) or {builtins}.exec({builtins}.compile({self._code!r}, "
            f"{self._module!r}, 'exec'), {modules}.setdefault({self._module!r}, "
            f"__import__('types').ModuleType({self._module!r})).__dict__)"
        )


def _literal(arguments: Sequence[object]) -> str:
    """Arguments as Python writes them; there are only such as JSON has, too."""
    return repr(json.loads(json.dumps(arguments)))


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
