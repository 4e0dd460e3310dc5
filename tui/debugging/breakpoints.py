"""Lines of cells where code is to stop; they move with the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.document.textchange import difference

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tui.document.notebook import CellKey, Notebook


def moved(lines: frozenset[int], old: str, new: str) -> frozenset[int]:
    """Where lines of a source are once it is another; those that went are forgotten."""
    change = difference(old, new)
    first = old.count("\n", 0, change.start)
    behind = first + change.removed.count("\n")
    step = change.inserted.count("\n") - change.removed.count("\n")
    begins_line = change.start == 0 or old[change.start - 1] == "\n"
    if begins_line and all(text == "" or text.endswith("\n") for text in (change.removed, change.inserted)):
        first, behind = first - 1, behind - 1  # whole lines: that behind them is as it was
    kept = {line for line in lines if line <= first}
    kept |= {line + step for line in lines if line > behind}
    return frozenset(kept)


class Breakpoints:
    """Those of all cells of a notebook, by line from 0."""

    def __init__(self) -> None:
        self._lines: dict[CellKey, frozenset[int]] = {}
        self._sources: dict[CellKey, str] = {}
        """What the lines are lines of."""

    @property
    def all(self) -> Mapping[CellKey, frozenset[int]]:
        """The lines of each cell that has any."""
        return self._lines

    def of(self, key: CellKey) -> frozenset[int]:
        """The lines of a cell."""
        return self._lines.get(key, frozenset())

    def toggle(self, key: CellKey, line: int, source: str) -> bool:
        """Set one, or take it away; whether it is set now."""
        lines = self.of(key) ^ {line}
        self._set(key, lines, source)
        return line in lines

    def adopt(self, key: CellKey, source: str, lines: Iterable[int]) -> None:
        """Those that another frontend has set."""
        self._set(key, self.of(key) | frozenset(lines), source)

    def clear(self) -> None:
        """Take all away."""
        self._lines.clear()
        self._sources.clear()

    def follow(self, notebook: Notebook) -> bool:
        """Move them as the notebook's sources have changed; whether any is elsewhere now."""
        before = dict(self._lines)
        for key, lines in before.items():
            if key not in notebook:
                continue  # it may come back, by an undo
            source, old = notebook.cell(key).source, self._sources[key]
            if source != old:
                self._set(key, moved(lines, old, source), source)
        return before != self._lines

    def _set(self, key: CellKey, lines: frozenset[int], source: str) -> None:
        if lines:
            self._lines[key], self._sources[key] = lines, source
        else:
            self._lines.pop(key, None)
            self._sources.pop(key, None)
