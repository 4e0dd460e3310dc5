"""Cells as they are printed: rows like those of the view, each made when it is wanted, nothing folded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from kernelbridge.outputs import JsonObject, Output, Stream
from kernelbridge.widgets.models import WidgetModels
from tui.document.notebook import Cell, CellKind
from tui.export.streamrows import stream_rows
from tui.render.canvas import Canvas, Ground, Pictures
from tui.render.drawing import Pending
from tui.render.languages import Language
from tui.render.neighbours import with_joined_streams
from tui.render.rows import Row
from tui.view.cellblock import CellBlock
from tui.view.celllook import CellLook, Surroundings
from tui.view.gutter import NO_GUTTER, RIGHT_MARGIN
from tui.view.outputspart import RULE_WIDTH, Fold, OutputsPart, rule_of


@dataclass(frozen=True, slots=True)
class Page:
    """What is printed upon, and what the cells have in common."""

    width: int
    """In cells, at least 20."""
    language: Language
    """Of code cells."""
    pictures: Pictures = Pictures.SYMBOLS
    ground: Ground = Ground.DARK
    numbered: bool = False
    models: WidgetModels = field(default_factory=WidgetModels)
    """What the notebook has stored of its widgets."""

    @property
    def surroundings(self) -> Surroundings:
        """The view whose rows are as wide as the page without the bar that marks the focused cell."""
        view = Canvas(self.width + RIGHT_MARGIN, pictures=self.pictures, ground=self.ground)
        return Surroundings(view, self.language, fold_above=1, numbered=self.numbered)


def stored_widgets(metadata: JsonObject) -> WidgetModels:
    """The widgets whose state a notebook's metadata hold."""
    models = WidgetModels()
    models.store(metadata)
    return models


def printed_rows(cells: Iterable[Cell], page: Page) -> Iterator[Row]:
    """The rows of the cells, none wider than the page, with a blank row between two cells."""
    surroundings = page.surroundings
    for number, cell in enumerate(cells):
        if number:
            yield ()
        yield from _source_rows(cell, surroundings, page.models)
        for output in with_joined_streams(cell.outputs):
            yield from ((*NO_GUTTER, *row) for row in _output_rows(output, surroundings.canvas, page.models))


def _source_rows(cell: Cell, surroundings: Surroundings, models: WidgetModels) -> Iterator[Row]:
    look = CellLook(run=None, fold=Fold.OPEN, turn=0, shows_source=cell.kind is not CellKind.MARKDOWN)
    block = CellBlock(replace(cell, outputs=()), look, surroundings, models, _paint_at_once, lambda: None)
    for index in range(block.height):
        if not block.is_blank(index):
            yield block.row(index)


def _output_rows(output: Output, canvas: Canvas, models: WidgetModels) -> Iterator[Row]:
    if isinstance(output, Stream):
        rule = rule_of(output)
        yield from ((*rule, *row) for row in stream_rows(output.text, canvas.width - RULE_WIDTH))
        return
    part = OutputsPart(canvas, 1, models, _paint_at_once, lambda: None)
    part.update((output,), Fold.OPEN, 0)
    part.heed_widgets(None)
    yield from (part.row(index) for index in range(part.height))


def _paint_at_once(pending: Pending, ready: Callable[[Sequence[Row]], None]) -> None:
    ready(pending.draw())
