"""Which cells of a notebook are to be run, and in which manner."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kernelbridge.runmanner import RunManner
from tui.document.notebook import Cell, CellKey, CellKind, Notebook
from tui.headless.tags import RAISES, SKIPPED, tags_of


class PlanError(ValueError):
    """Nothing is as it was asked for; its text is one line for a person."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The cells that are asked for: those that fit all of it."""

    cells: tuple[range, ...] = ()
    """Positions, from 0; empty for all."""
    tags: tuple[str, ...] = ()
    """Any of these; empty for all."""
    until: str = ""
    """The last one: a number, an id or a tag; empty for the notebook's last."""


@dataclass(frozen=True, slots=True)
class Step:
    """A cell that is to be run."""

    key: CellKey
    number: int
    """Its place in the notebook, from 1."""
    may_fail: bool = False


def chosen(notebook: Notebook, selection: Selection) -> frozenset[CellKey]:
    """The cells that a selection means. Raises PlanError."""
    last = _last(notebook, selection.until)
    keys = frozenset(
        cell.key
        for position, cell in enumerate(notebook.cells[: last + 1])
        if _is_to_run(cell) and _is_selected(cell, position, selection)
    )
    if not keys and selection != Selection():
        raise PlanError("none of the notebook's code cells is one that was asked for")
    return keys


def steps_of(
    notebook: Notebook, keys: Collection[CellKey], *, allow_errors: bool = False
) -> tuple[Step, ...]:
    """The steps that run those cells, in the notebook's order."""
    return tuple(
        Step(cell.key, position + 1, allow_errors or RAISES in tags_of(cell))
        for position, cell in enumerate(notebook.cells)
        if cell.key in keys
    )


def manner(step: Step, *, allows_input: bool) -> RunManner:
    """How a step is to go."""
    return RunManner(stops_on_error=not step.may_fail, allows_input=allows_input)


def _is_to_run(cell: Cell) -> bool:
    return cell.kind is CellKind.CODE and bool(cell.source.strip()) and SKIPPED not in tags_of(cell)


def _is_selected(cell: Cell, position: int, selection: Selection) -> bool:
    if selection.cells and not any(position in each for each in selection.cells):
        return False
    tags = tags_of(cell)
    return not selection.tags or any(tag in tags for tag in selection.tags)


def _last(notebook: Notebook, until: str) -> int:
    """The position of the last cell. Raises PlanError."""
    if not until:
        return len(notebook.cells) - 1
    if until.isdecimal() and 1 <= int(until) <= len(notebook.cells):
        return int(until) - 1
    for is_it in (_has_id, _has_tag):
        for position, cell in enumerate(notebook.cells):
            if is_it(cell, until):
                return position
    raise PlanError(f"--until {until}: there is no cell of that number, id or tag")


def _has_id(cell: Cell, name: str) -> bool:
    return cell.id == name


def _has_tag(cell: Cell, tag: str) -> bool:
    return tag in tags_of(cell)
