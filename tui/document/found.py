"""Where in a notebook a pattern matches: in sources, and in what outputs say."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.document.outputtext import output_text

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Sequence

    from tui.document.notebook import Cell, CellKey, Notebook


class Found(NamedTuple):
    """A match; offsets count code points of the text that was searched."""

    cell: CellKey
    output: int | None
    """Which of the cell's outputs; None for its source."""
    start: int
    end: int
    text: str
    """What matched."""
    replacement: str | None = None
    """What is to stand there, where that was asked for."""


class Searched(NamedTuple):
    """A text of a notebook."""

    cell: CellKey
    output: int | None
    text: str


def texts_of(cells: Iterable[Cell], *, in_outputs: bool) -> Iterator[Searched]:
    """The texts of cells in the order in which they are seen."""
    for cell in cells:
        yield Searched(cell.key, None, cell.source)
        for at, output in enumerate(cell.outputs if in_outputs else ()):
            if text := output_text(output):
                yield Searched(cell.key, at, text)


def found_in(
    searched: Searched,
    pattern: re.Pattern[str],
    template: str | None = None,
    places: Sequence[int] | None = None,
) -> Iterator[Found]:
    """The matches in a text that are not empty; with a template, what it makes of those in sources.

    With places, which are in order, no match begins anywhere else.
    """
    cell, output, text = searched
    for match in pattern.finditer(text) if places is None else _matches_at(places, pattern, text):
        if match.end() > match.start():
            replaces = template is not None and output is None
            replacement = match.expand(template) if replaces and template is not None else None
            yield Found(cell, output, match.start(), match.end(), match.group(), replacement)


def _matches_at(places: Sequence[int], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    end = 0
    for place in places:
        if place >= end and (match := pattern.match(text, place)):
            end = match.end()
            yield match


def place_of(notebook: Notebook, found: Found) -> tuple[int, int, int]:
    """What orders matches: the cell, its source before its outputs, the place in it."""
    return notebook.index_of(found.cell), -1 if found.output is None else found.output, found.start
