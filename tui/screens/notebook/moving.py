"""Moving between cells, scrolling, selecting many, and how things are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.document.cellselection import CellSelection
from tui.document.notebook import CellKey, CellKind
from tui.view.outputspart import Fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.screens.notebook.screen import Handler, NotebookScreen


def move_focus(screen: NotebookScreen, step: int) -> None:
    """Focus a neighbouring cell; inside a cell taller than the view, scroll to its end first."""
    view, state = screen.view, screen.state
    beyond = view.rows_beyond(down=step > 0)
    if beyond and view.block(state.focus).height > view.size.height:
        view.scroll_rows(step * min(beyond, max(1, view.size.height // 2)))
        return
    cells = view.notebook.cells
    index = max(0, min(len(cells) - 1, view.notebook.index_of(state.focus) + step))
    screen.focus_cell(cells[index].key)


def _first(screen: NotebookScreen) -> None:
    screen.focus_cell(screen.notebook.cells[0].key)


def _last(screen: NotebookScreen) -> None:
    screen.focus_cell(screen.view.notebook.cells[-1].key)
    screen.view.scroll_to_end()


def _page(screen: NotebookScreen, direction: int) -> None:
    view = screen.view
    view.scroll_rows(direction * max(1, view.size.height - 2))
    screen.state.selection = None
    screen.state.focus = view.cell_in_sight(down=direction > 0)
    screen.refresh_status()


def extend_to(screen: NotebookScreen, key: CellKey) -> None:
    """Select all cells up to one, which becomes the focused one."""
    selection = screen.state.selection or CellSelection.of(screen.state.focus)
    screen.focus_cell(key)
    screen.state.selection = CellSelection(selection.anchor, key)


def _extend(screen: NotebookScreen, step: int) -> None:
    selection = screen.state.selection or CellSelection.of(screen.state.focus)
    extend_to(screen, selection.extended(screen.view.notebook, step).head)


def _select_all(screen: NotebookScreen) -> None:
    first, last = screen.notebook.cells[0].key, screen.view.notebook.cells[-1].key
    screen.state.selection = CellSelection.of(first)
    extend_to(screen, last)


def _edit(screen: NotebookScreen) -> None:
    if screen.is_editable():
        screen.state.selection = None
        screen.set_editing(editing=True)


def _command_mode(screen: NotebookScreen) -> None:
    screen.set_editing(editing=False)


def toggle_fold(screen: NotebookScreen) -> None:
    """Cut long outputs, show all, hide all: the next of these."""
    state = screen.state
    for cell in screen.selected_cells():
        if cell.kind is not CellKind.CODE or not cell.outputs:
            continue
        match state.fold(cell):
            case Fold.LONG:
                following = Fold.OPEN if screen.view.block(cell.key).has_long_outputs else Fold.HIDDEN
            case Fold.OPEN:
                following = Fold.HIDDEN
            case Fold.HIDDEN:
                following = Fold.LONG
        state.folds[cell.key] = following
    screen.view.draw_soon()


def _turn(screen: NotebookScreen) -> None:
    turns = screen.state.turns
    for cell in screen.selected_cells():
        turns[cell.key] = turns.get(cell.key, 0) + 1
    screen.view.draw_soon()


def _wrap(screen: NotebookScreen) -> None:
    state = screen.state
    wraps = state.column(state.focus) is not None
    for cell in screen.selected_cells():
        state.columns[cell.key] = None if wraps else 0
    screen.say("long lines are wrapped" if wraps else "long lines are left whole, to be scrolled sideways")
    screen.view.draw_soon()


def _scroll_sideways(screen: NotebookScreen, direction: int) -> None:
    """Scroll the focused cell's printed lines by half of the width."""
    state, view = screen.state, screen.view
    column = state.column(state.focus)
    if column is None:
        screen.say("long lines are wrapped here: W leaves them whole")
        return
    furthest = view.block(state.focus).furthest_column
    step = max(1, view.size.width // 2)
    state.columns[state.focus] = max(0, min(column + direction * step, furthest))
    view.draw_soon()


def _line_numbers(screen: NotebookScreen) -> None:
    screen.state.numbered = not screen.state.numbered
    screen.view.draw_soon()


HANDLERS: Mapping[str, Handler] = {
    "cell.next": lambda screen: move_focus(screen, 1),
    "cell.previous": lambda screen: move_focus(screen, -1),
    "cell.first": _first,
    "cell.last": _last,
    "cell.extend-down": lambda screen: _extend(screen, 1),
    "cell.extend-up": lambda screen: _extend(screen, -1),
    "cell.select-all": _select_all,
    "cell.edit": _edit,
    "app.command-mode": _command_mode,
    "view.page-down": lambda screen: _page(screen, 1),
    "view.page-up": lambda screen: _page(screen, -1),
    "view.line-down": lambda screen: screen.view.scroll_rows(1),
    "view.line-up": lambda screen: screen.view.scroll_rows(-1),
    "view.line-numbers": _line_numbers,
    "output.toggle": toggle_fold,
    "output.next-type": _turn,
    "output.wrap": _wrap,
    "output.scroll-right": lambda screen: _scroll_sideways(screen, 1),
    "output.scroll-left": lambda screen: _scroll_sideways(screen, -1),
}
