"""Where the lines of a table come from: the values that are asked for and told, and the interface."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class SourceError(Exception):
    """What was asked for cannot be had; the message, which is not sanitized, says why in one line."""


class Operator(Enum):
    """How a filter compares; the value is what a person types before what it compares with."""

    CONTAINS = ""
    EQUAL = "="
    UNEQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="


@dataclass(frozen=True, slots=True)
class Condition:
    """What a line must have in a column to be shown."""

    column: int
    """From 0; -1 and below are those of the index, from its first."""
    operator: Operator
    value: str


@dataclass(frozen=True, slots=True)
class Sort:
    """By which column, counted as in a condition, lines are sorted."""

    column: int
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Which lines are shown, and in which order."""

    sort: Sort | None = None
    conditions: tuple[Condition, ...] = ()


class Kind(Enum):
    """What a column holds, as far as it matters to how it looks."""

    TEXT = "text"
    NUMBER = "number"
    """Aligned on the right, and shown as it is written."""
    FLOAT = "float"
    """Numbers in full precision, to be shortened to be shown."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column, or a level of the index."""

    name: str
    kind: Kind
    type_name: str = ""
    """What the kernel calls the type; empty where it is not known."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a table has, whatever is shown of it."""

    index: tuple[Column, ...]
    columns: tuple[Column, ...]
    lines: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or the part of one that was asked for."""

    index: tuple[str, ...]
    cells: tuple[str, ...]


class Source(Protocol):
    """A table. Its texts are not sanitized. All raise SourceError."""

    @property
    def origin(self) -> str:
        """Where the lines come from, in a word or two."""
        ...

    def is_ready(self) -> bool:
        """Whether it would answer soon."""
        ...

    async def shape(self) -> Shape:
        """What the table has."""
        ...

    async def arrange(self, arrangement: Arrangement) -> int:
        """Sort and filter from now on; how many lines are shown then. On an error it stays as it was."""
        ...

    async def read(self, lines: range, columns: range) -> Sequence[Line]:
        """Lines that are shown, long texts cut."""
        ...

    async def whole(self, line: int, column: int) -> str:
        """All of the text of one cell."""
        ...

    async def close(self) -> None:
        """Nothing more will be asked for."""
        ...
