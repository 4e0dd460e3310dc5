"""What stands in the outline of a notebook: headings, marked cells, cells that run, wait or failed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from kernelbridge.outputs import ErrorOutput
from kernelbridge.runstatus import RunStatus
from tui.document.headings import headings_in
from tui.document.notebook import CellKind
from tui.render.rowops import crop, pad, row_width, text_row
from tui.render.rows import Role, Style
from tui.runs import Asking, Ended, Queued, Running
from tui.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from tui.document.notebook import Cell, CellKey, Notebook
    from tui.render.rows import Row
    from tui.runs import CellRun

_INDENT = 2
_PLACE = Style(Role.FAINT)


class Kind(Enum):
    """Why a cell is in the outline; the value is the sign before it."""

    HEADING = ""
    MARK = "•"
    RUNNING = "⠿"
    WAITING = "·"
    ASKING = "?"
    FAILED = "✗"


_STYLES = {
    Kind.HEADING: Style(Role.HEADING),
    Kind.MARK: Style(Role.ACCENT),
    Kind.RUNNING: Style(Role.ACCENT),
    Kind.WAITING: Style(Role.MUTED),
    Kind.ASKING: Style(Role.ACCENT),
    Kind.FAILED: Style(Role.ERROR),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the outline."""

    cell: CellKey
    index: int
    kind: Kind
    text: str
    level: int
    """How deep it stands: that of the heading, or one more than that of the heading above."""
    line: int = 0
    """Of the cell's source."""


def outline_of(
    notebook: Notebook, run_of: Callable[[CellKey], CellRun | None], marks: Collection[CellKey]
) -> list[Entry]:
    """The outline, in the notebook's order."""
    entries: list[Entry] = []
    level = 0
    for index, cell in enumerate(notebook.cells):
        kind = _kind_of(cell, run_of(cell.key), is_marked=cell.key in marks)
        if cell.kind is CellKind.MARKDOWN:
            headings = [
                Entry(cell.key, index, Kind.HEADING, each.text, each.level, each.line)
                for each in headings_in(cell.source)
            ]
            entries.extend(headings)
            level = headings[-1].level if headings else level
        if kind is not None:
            entries.append(Entry(cell.key, index, kind, _summary(cell), level + 1))
    return entries


def _kind_of(cell: Cell, run: CellRun | None, *, is_marked: bool) -> Kind | None:
    match run:
        case Running():
            return Kind.RUNNING
        case Asking():
            return Kind.ASKING
        case Queued():
            return Kind.WAITING
        case Ended(status=RunStatus.ERROR | RunStatus.LOST):
            return Kind.FAILED
        case _ if any(isinstance(output, ErrorOutput) for output in cell.outputs):
            return Kind.FAILED
        case _:
            return Kind.MARK if is_marked else None


def _summary(cell: Cell) -> str:
    """The last line of an error, or the first line of the source that says anything."""
    lines = (line.strip() for line in cell.source.split("\n"))
    said = next((line for line in lines if line), "an empty cell")
    error = next((each for each in cell.outputs if isinstance(each, ErrorOutput)), None)
    return said if error is None else f"{said}  {error.ename}: {error.evalue}"


def entries_that_fit(entries: Sequence[Entry], query: str) -> list[Entry]:
    """Those that have every word of the query in them."""
    words = query.casefold().split()
    return [entry for entry in entries if all(word in entry.text.casefold() for word in words)]


def outline_rows(entries: Sequence[Entry], query: str, width: int) -> list[Row]:
    """A row for each entry, or one that says that there is none."""
    if entries:
        return [_row(entry, width) for entry in entries]
    remark = " Nothing fits." if query else " No headings, and nothing that runs, failed or is marked."
    return [text_row(remark, Style(Role.MUTED))]


def _row(entry: Entry, width: int) -> Row:
    place = text_row(f" {entry.index + 1} ", _PLACE)
    room = max(1, width - row_width(place))
    return (*pad(_shortened(entry, room), room), *place)


def _shortened(entry: Entry, width: int) -> Row:
    style = _STYLES[entry.kind]
    indent = " " * min(_INDENT * (entry.level - 1), width // 3)
    sign = f"{entry.kind.value} " if entry.kind.value else ""
    is_heading = entry.kind is Kind.HEADING
    text = text_row(
        clean(entry.text) or "(no text)", Style(style.role, bold=entry.level == 1) if is_heading else Style()
    )
    return crop((*text_row(indent), *text_row(sign, style), *text), 0, width)


def nearest(entries: Sequence[Entry], index: int) -> int:
    """Where the last entry at or above a cell is."""
    return max((at for at, entry in enumerate(entries) if entry.index <= index), default=0)
