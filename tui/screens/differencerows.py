"""Differences between two notebooks as rows: side by side where there is room, else one above the other."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import starmap, zip_longest
from typing import TYPE_CHECKING

from tui.document.comparison import Changed, Moved, Only, Side
from tui.render.rowops import crop, pad, text_row, wrap
from tui.render.rows import Role, Row, Style
from tui.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from tui.document.comparison import Difference
    from tui.document.notebook import Cell, CellKey

_WIDE = 110
"""Cells from which on both sides have room for code."""
_MOST_LINES = 2_000
"""Of a cell; comparing takes time by the square of it."""
_CONTEXT = 2
_OLD, _NEW = Style(Role.ERROR), Style(Role.OK)
_MUTED = Style(Role.MUTED)


@dataclass(frozen=True, slots=True)
class Sides:
    """What the two notebooks are called."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class _Pair:
    """A line of each side; None where a side has none there."""

    old: str | None
    new: str | None


def rows_of_differences(
    differences: Sequence[Difference],
    keys: Sequence[CellKey],
    taken: Collection[CellKey],
    sides: Sides,
    width: int,
) -> tuple[list[Row], list[int]]:
    """All rows, none wider than `width` cells, and where each difference begins.

    `keys` are the cells of the differences; those in `taken` are marked.
    """
    rows: list[Row] = []
    starts: list[int] = []
    for difference, key in zip(differences, keys, strict=True):
        starts.append(len(rows))
        mark = text_row("[x] " if key in taken else "[ ] ", Style(Role.ACCENT))
        rows.append(
            crop((*mark, *text_row(_title(difference, sides), Style(Role.STRONG, bold=True))), 0, width)
        )
        rows += (crop(row, 0, width) for row in _body(difference, width))
        rows.append(())
    return rows, starts


def _title(difference: Difference, sides: Sides) -> str:
    match difference:
        case Only(Side.NEW, cell, index):
            return f"cell {index + 1} · {cell.kind.value} · only in {sides.new}"
        case Only(_, cell, index):
            return f"cell {index + 1} · {cell.kind.value} · only in {sides.old}"
        case Changed(_, new, index):
            return f"cell {index + 1} · {new.kind.value} · {' and '.join(_what_changed(difference))}"
        case Moved(cell, index):
            return f"cell {index + 1} · {cell.kind.value} · moved"


def _what_changed(changed: Changed) -> list[str]:
    old, new = changed.old, changed.new
    parts = {
        f"{old.kind.value} became {new.kind.value}": old.kind is not new.kind,
        "source": old.source != new.source,
        "metadata": old.metadata != new.metadata,
        "attachments": old.attachments != new.attachments,
        "outputs": old.outputs != new.outputs or old.execution_count != new.execution_count,
    }
    return [name for name, differs in parts.items() if differs] or ["its id"]


def _body(difference: Difference, width: int) -> Iterator[Row]:
    match difference:
        case Only(side, cell):
            pairs = [_Pair(None, line) if side is Side.NEW else _Pair(line, None) for line in _lines(cell)]
        case Changed(old, new):
            pairs = _compared(_lines(old), _lines(new)) if old.source != new.source else []
        case Moved(cell):
            pairs = [_Pair(line, line) for line in _lines(cell)[:_CONTEXT]]
    for pair in pairs:
        yield from _beside(pair, width) if width >= _WIDE else _above(pair, width)


def _lines(cell: Cell) -> list[str]:
    return cell.source.split("\n")


def _compared(old: Sequence[str], new: Sequence[str]) -> list[_Pair]:
    if max(len(old), len(new)) > _MOST_LINES:
        return [_Pair(f"{len(old):,} lines", f"{len(new):,} lines")]
    pairs: list[_Pair] = []
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(_CONTEXT):
        if pairs:
            pairs.append(_Pair("⋯", "⋯"))
        for _, start, end, new_start, new_end in group:
            left, right = old[start:end], new[new_start:new_end]
            pairs += starmap(_Pair, zip_longest(left, right))
    return pairs


def _beside(pair: _Pair, width: int) -> Iterator[Row]:
    half = (width - 5) // 2
    same = pair.old == pair.new
    left, right = (
        list(wrap(_line("" if line is None else line, "  " if same or line is None else sign, style), half))
        for line, sign, style in (
            (pair.old, "- ", _MUTED if same else _OLD),
            (pair.new, "+ ", _MUTED if same else _NEW),
        )
    )
    for index in range(max(len(left), len(right))):
        old, new = (side[index] if index < len(side) else () for side in (left, right))
        yield (*text_row("  "), *pad(old, half), *text_row(" │ ", _MUTED), *new)


def _above(pair: _Pair, width: int) -> Iterator[Row]:
    if pair.old == pair.new and pair.new is not None:
        yield from _indented(_line(pair.new, "  ", _MUTED), width)
        return
    if pair.old is not None:
        yield from _indented(_line(pair.old, "- ", _OLD), width)
    if pair.new is not None:
        yield from _indented(_line(pair.new, "+ ", _NEW), width)


def _indented(row: Row, width: int) -> Iterator[Row]:
    for part in wrap(row, max(2, width - 2)):
        yield (*text_row("  "), *part)


def _line(text: str, sign: str, style: Style) -> Row:
    return text_row(sign + clean(text).replace("\t", "    "), style)
