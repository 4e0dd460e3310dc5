"""Folding sections, sources and outputs: how one looks at a notebook, which changes nothing in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.document.edits import Edit, SetCellMetadata
from tui.document.hiding import with_hidden
from tui.document.history import Place
from tui.document.notebook import CellKind
from tui.document.sections import head_above, heads, hidden_by, section_below, without_hidden
from tui.view.outputspart import Fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tui.document.notebook import CellKey
    from tui.screens.notebook.screen import Handler, NotebookScreen


def show_cells(screen: NotebookScreen) -> None:
    """Draw the notebook as it is now, without what folded sections hide; never without the focused cell."""
    state, notebook = screen.state, screen.notebook
    if state.folded:
        state.folded = hidden_by(notebook, state.folded)
        while (head := _hiding(screen, state.focus)) is not None:
            state.folded = hidden_by(notebook, state.folded.keys() - {head})
    shown = without_hidden(notebook, state.folded)
    selection = state.selection
    if selection is not None and not (selection.anchor in shown and selection.head in shown):
        state.selection = None
    screen.view.show(shown)


def _hiding(screen: NotebookScreen, key: CellKey) -> CellKey | None:
    """The head of the folded section in which a cell is hidden."""
    notebook, index = screen.notebook, screen.notebook.index_of(key)
    for head, count in screen.state.folded.items():
        if 0 < index - notebook.index_of(head) <= count:
            return head
    return None


def _fold(screen: NotebookScreen) -> None:
    """Fold the section that the focused cell heads; elsewhere, go to the heading above."""
    notebook, state = screen.notebook, screen.state
    if state.focus not in state.folded and section_below(notebook, screen.focus_index):
        _set_folded(screen, {*state.folded, state.focus})
        return
    above = head_above(notebook, screen.focus_index)
    if above is not None:
        screen.focus_cell(notebook.cells[above].key)
    else:
        screen.say("no heading above")


def _unfold(screen: NotebookScreen) -> None:
    state = screen.state
    if state.focus in state.folded:
        _set_folded(screen, state.folded.keys() - {state.focus})
    else:
        screen.say("nothing is folded here")


def toggle_section(screen: NotebookScreen) -> None:
    """Fold the section that the focused cell heads, or unfold it."""
    _unfold(screen) if screen.state.focus in screen.state.folded else _fold(screen)


def _fold_all(screen: NotebookScreen) -> None:
    """Fold all sections; the focus goes to the heading that then hides its cell."""
    folded = hidden_by(screen.notebook, heads(screen.notebook))
    index = screen.focus_index
    for head, count in folded.items():
        at = screen.notebook.index_of(head)
        if at < index <= at + count:
            screen.focus_cell(head)
    _set_folded(screen, folded.keys())
    screen.view.show_focus()


def _unfold_all(screen: NotebookScreen) -> None:
    """Show everything: sections, sources, outputs."""
    state = screen.state
    for cell in screen.notebook.cells:
        if state.is_source_hidden(cell):
            state.hidden_sources[cell.key] = False
        if state.fold(cell) is Fold.HIDDEN:
            state.folds[cell.key] = Fold.LONG
    _set_folded(screen, ())


def _set_folded(screen: NotebookScreen, keys: Iterable[CellKey]) -> None:
    screen.state.folded = hidden_by(screen.notebook, frozenset(keys))
    screen.state.editing = False
    show_cells(screen)
    screen.refresh_status()


def _toggle_sources(screen: NotebookScreen) -> None:
    """Hide the sources of the selected cells, or show them where all are hidden."""
    cells, state = screen.selected_cells(), screen.state
    hides = not all(state.is_source_hidden(cell) for cell in cells)
    for cell in cells:
        state.hidden_sources[cell.key] = hides
    if hides and state.editing:
        screen.set_editing(editing=False)
    screen.view.draw_soon()


def _toggle_all_outputs(screen: NotebookScreen) -> None:
    cells = [cell for cell in screen.notebook.cells if cell.kind is CellKind.CODE and cell.outputs]
    state = screen.state
    hides = not all(state.fold(cell) is Fold.HIDDEN for cell in cells)
    for cell in cells:
        state.folds[cell.key] = Fold.HIDDEN if hides else Fold.LONG
    screen.view.show_focus()


def _toggle_all_sources(screen: NotebookScreen) -> None:
    cells = [cell for cell in screen.notebook.cells if cell.kind is CellKind.CODE]
    state = screen.state
    hides = not all(state.is_source_hidden(cell) for cell in cells)
    for cell in cells:
        state.hidden_sources[cell.key] = hides
    screen.set_editing(editing=False)


def _keep(screen: NotebookScreen) -> None:
    """Write into the notebook what is hidden of each cell, as Jupyter's frontends read it."""
    state = screen.state
    edits: list[Edit] = []
    for cell in screen.notebook.cells:
        hides_outputs = cell.kind is CellKind.CODE and state.fold(cell) is Fold.HIDDEN
        said = with_hidden(cell.metadata, source=state.is_source_hidden(cell), outputs=hides_outputs)
        if said != cell.metadata:
            edits.append(SetCellMetadata(cell.key, said))
    if not edits:
        screen.say("the notebook says already what is hidden")
    elif screen.is_editable():
        place = Place(state.focus, None)
        screen.controller.perform(edits, place, place)
        cells = "1 cell" if len(edits) == 1 else f"{len(edits)} cells"
        screen.say(f"{cells} changed: save to keep what is hidden in the file")


HANDLERS: Mapping[str, Handler] = {
    "fold.section": _fold,
    "fold.open-section": _unfold,
    "fold.all-sections": _fold_all,
    "fold.source": _toggle_sources,
    "fold.all-sources": _toggle_all_sources,
    "fold.all-outputs": _toggle_all_outputs,
    "fold.show-all": _unfold_all,
    "fold.keep": _keep,
}
