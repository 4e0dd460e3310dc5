"""The cells that are in sight or were lately, each as its rows."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.document.notebook import CellKind
from tui.document.runtimes import RunTimes, times_of
from tui.runs import Ended
from tui.view.cellblock import CellBlock
from tui.view.celllook import CellLook
from tui.view.linemarks import NO_MARKS
from tui.view.runbutton import RunButton, button_for

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from kernelbridge.widgets.known import KnownModels
    from tui.document.notebook import Cell, CellKey, Notebook
    from tui.render.canvas import Canvas
    from tui.render.drawing import Paint
    from tui.render.languages import Language
    from tui.runs import Run, RunBook
    from tui.view.celllook import Room, Surroundings
    from tui.view.viewstate import ViewState

_KEPT = 128
"""Cells whose rows are kept."""


class CellBlocks:
    """Makes the blocks of cells when these are looked at, and keeps the last of them."""

    def __init__(
        self,
        notebook: Notebook,
        runs: RunBook,
        state: ViewState,
        surroundings: Surroundings,
        models: KnownModels,
        paint: Paint,
        changed: Callable[[], None],
    ) -> None:
        self.notebook = notebook
        self._runs = runs
        self._state = state
        self._surroundings = surroundings
        self._models = models
        self._paint = paint
        self._changed = changed
        self._blocks: dict[CellKey, CellBlock] = {}
        self._brought_up: dict[int, CellBlock] | None = None
        """The blocks that were asked for since nothing changes any more."""

    @contextmanager
    def unchanged(self) -> Generator[None]:
        """Nothing that they show changes meanwhile: each block is brought up to date once."""
        self._brought_up = {}
        try:
            yield
        finally:
            self._brought_up = None

    @property
    def width(self) -> int:
        """Of the whole view, in cells."""
        return self._surroundings.view.width

    def set_width(self, width: int) -> None:
        """Lay all cells out anew at another width."""
        self.set_canvas(self._surroundings.view.of_width(width))

    def set_room(self, room: Room, fold_above: int) -> None:
        """Lay all cells out anew in another room."""
        self._surround(replace(self._surroundings, room=room, fold_above=fold_above))

    def set_canvas(self, canvas: Canvas) -> None:
        """Draw all cells anew for another terminal or theme."""
        self._surround(replace(self._surroundings, view=canvas))

    @property
    def canvas(self) -> Canvas:
        """What the view draws upon."""
        return self._surroundings.view

    @property
    def language(self) -> Language:
        """The language of code cells."""
        return self._surroundings.language

    def set_language(self, language: Language) -> None:
        """Colour code cells by another language."""
        self._surround(replace(self._surroundings, language=language))

    def _surround(self, surroundings: Surroundings) -> None:
        if surroundings != self._surroundings:
            self._surroundings = surroundings
            self._blocks.clear()
            if self._brought_up:
                self._brought_up.clear()

    def at(self, index: int) -> CellBlock:
        """The block of the cell at an index, as it is to be shown now."""
        if self._brought_up is None:
            return self._now_at(index)
        if (block := self._brought_up.get(index)) is None:
            block = self._brought_up[index] = self._now_at(index)
        return block

    def _now_at(self, index: int) -> CellBlock:
        if self._state.numbered is not self._surroundings.numbered:
            self._surround(replace(self._surroundings, numbered=self._state.numbered))
        cell = self.notebook.cells[index]
        look = self._look(cell)
        block = self._blocks.pop(cell.key, None)
        if block is None:
            block = CellBlock(cell, look, self._surroundings, self._models, self._paint, self._changed)
        else:
            block.update(cell, look)
        self._blocks[cell.key] = block
        return block

    def height(self, index: int) -> int:
        """The rows of the cell at an index."""
        return self.at(index).height

    def tick(self) -> None:
        """Time went on."""
        for block in self._blocks.values():
            block.tick()

    def forget_old(self) -> None:
        """Let go of the blocks that were not asked for of late."""
        while len(self._blocks) > _KEPT:
            del self._blocks[next(iter(self._blocks))]

    def _look(self, cell: Cell) -> CellLook:
        state, is_focus = self._state, cell.key == self._state.focus
        run = self._runs.newest(cell.key)
        return CellLook(
            run=None if run is None else run.state,
            times=_times(cell, run) if is_focus else None,
            fold=state.fold(cell),
            turn=state.turns.get(cell.key, 0),
            shows_source=cell.kind is not CellKind.MARKDOWN or (state.editing and is_focus),
            column=state.column(cell.key),
            answer=state.answer if is_focus else "",
            control=state.control if is_focus else None,
            marks=state.line_marks.get(cell.key, NO_MARKS),
            hides_source=state.is_source_hidden(cell) and not (state.editing and is_focus),
            folded=state.folded.get(cell.key, 0),
            button=self._button(cell, run) if is_focus else RunButton.NONE,
        )

    def _button(self, cell: Cell, run: Run | None) -> RunButton:
        if cell.kind is not CellKind.CODE or not self._state.uses_mouse:
            return RunButton.NONE
        return button_for(None if run is None else run.state)


def _times(cell: Cell, run: Run | None) -> RunTimes | None:
    """When a cell ran last: as far as that was seen, or else as the notebook says."""
    if run is None:
        return times_of(cell)
    return RunTimes(run.began, None) if isinstance(run.state, Ended) and run.began is not None else None
