"""Notebooks as values, for tests of what runs them."""

from __future__ import annotations

from kernelbridge.outputs import Output, Stream
from kernelbridge.streamtext import StreamText
from tui.document.notebook import Cell, CellKind, Notebook, new_key


def code(source: str, *tags: str, name: str | None = None, outputs: tuple[Output, ...] = ()) -> Cell:
    """A code cell."""
    metadata = {"tags": list(tags)} if tags else {}
    return Cell(new_key(), CellKind.CODE, source, outputs, metadata=metadata, id=name)


def prose(source: str) -> Cell:
    """A markdown cell."""
    return Cell(new_key(), CellKind.MARKDOWN, source)


def printed(text: str, name: str = "stdout") -> Stream:
    """What was printed, as a file holds it."""
    return Stream(name, StreamText.of(text))


def notebook(*cells: Cell, **metadata: object) -> Notebook:
    """A notebook of nbformat 4.5."""
    return Notebook(cells, metadata)  # type: ignore[arg-type]
