"""Text that the terminal pastes while no cell is edited: a notebook to open, or new cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.document.cells import new_cell
from tui.document.edits import InsertCells
from tui.document.history import Place
from tui.document.notebook import CellKind
from tui.document.pastedtext import dropped_path
from tui.widgets.hintline import Question

if TYPE_CHECKING:
    from pathlib import Path

    from tui.screens.notebook.screen import NotebookScreen


def offer(screen: NotebookScreen, text: str) -> None:
    """Ask what is to become of it."""
    path = dropped_path(text)
    if path is not None and path.suffix == ".ipynb":
        _offer_notebook(screen, path)
    elif text.strip():
        _offer_cell(screen, text)


def _offer_notebook(screen: NotebookScreen, path: Path) -> None:
    def answered(answer: str) -> None:
        if answer:
            screen.program.open_path(path)

    screen.ask(Question(f"Open {path.name}?", {"enter": "open it"}), answered)


def _offer_cell(screen: NotebookScreen, text: str) -> None:
    source = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    kinds = {"enter": CellKind.CODE, "m": CellKind.MARKDOWN}

    def answered(answer: str) -> None:
        if answer and screen.is_editable():
            cell = new_cell(screen.notebook, kinds[answer], source)
            index = screen.selected_range().stop
            edits = [InsertCells(index, (cell,))]
            screen.controller.perform(edits, Place(screen.state.focus, None), Place(cell.key, None))
            screen.focus_cell(cell.key)

    lines = source.count("\n") + 1
    what = "1 line" if lines == 1 else f"{lines:,} lines"
    screen.ask(Question(f"Paste {what} as a new cell?", {"enter": "code", "m": "markdown"}), answered)
