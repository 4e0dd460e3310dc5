"""Searching a JSON value for keys and values, in steps, so that a large one holds nothing up."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Final

from kernelbridge.outputs import JsonValue
from tui.render.jsontree.line import Container, container_of
from tui.screens.jsontree.opentree import Step

_STRIDE: Final = 500
"""Values that are looked at in one step."""


def matches(value: JsonValue, query: str) -> Iterator[tuple[Step, ...] | None]:
    """The paths of keys and scalars that hold the query, whatever the case; None after each 500 values."""
    wanted = query.casefold()
    path: list[Step] = []
    levels: list[Iterator[tuple[Step, JsonValue]]] = [iter(())]
    container = container_of(value)
    if container is not None:
        levels.append(_steps(container))
    elif wanted in _text(value):
        yield ()
    looked = 0
    while len(levels) > 1:
        item = next(levels[-1], None)
        if item is None:
            levels.pop()
            if path:
                path.pop()
            continue
        looked += 1
        if looked % _STRIDE == 0:
            yield None
        step, child = item
        inner = container_of(child)
        if (isinstance(step, str) and wanted in step.casefold()) or (not inner and wanted in _text(child)):
            yield (*path, step)
        if inner:
            path.append(step)
            levels.append(_steps(inner))


def _steps(container: Container) -> Iterator[tuple[Step, JsonValue]]:
    if isinstance(container, Mapping):
        yield from container.items()
    else:
        yield from enumerate(container)


def _text(value: JsonValue) -> str:
    if isinstance(value, str):
        return value.casefold()
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() > 10_000:
        return ""
    return json.dumps(value) if not isinstance(value, Mapping | list | tuple) else ""


class Search:
    """A query and what was found of it so far, in the order of the value."""

    def __init__(self, value: JsonValue, query: str) -> None:
        self.query = query
        self.is_done = False
        """Whether all has been looked at."""
        self.found: list[tuple[Step, ...]] = []
        self.at = -1
        """Which of those is shown."""
        self._left = matches(value, query)

    def look(self) -> bool:
        """Look at some more values; whether one was found."""
        try:
            path = next(self._left)
        except StopIteration:
            self.is_done = True
            return False
        if path is None:
            return False
        self.found.append(path)
        return True

    def knows(self, step: int) -> bool:
        """Whether it is known already where `turn` leads."""
        return self.is_done or 0 <= self.at + step < len(self.found)

    def turn(self, step: int) -> tuple[Step, ...] | None:
        """The next or the one before of what was found, around the ends; None where nothing was."""
        if not self.found:
            return None
        self.at = (self.at + step) % len(self.found)
        return self.found[self.at]
