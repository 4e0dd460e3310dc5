"""The outline over the notebook, and going to what was taken from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.screens.notebook.jumping import jump_to
from tui.screens.outlinerows import Entry, nearest, outline_lines, outline_of
from tui.screens.picker import PickerScreen, Wording
from tui.widgets.hintline import Hint, Hints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.screens.notebook.screen import Handler, NotebookScreen

_WORDING = Wording(
    "Outline",
    "type to find a heading, or a cell that runs, failed or is marked",
    Hints((Hint("Enter", "go there"), Hint("Up Down", "choose"), Hint("Esc", "close"))),
)


def _outline(screen: NotebookScreen) -> None:
    entries = outline_of(screen.notebook, screen.controller.runs.state_of, screen.state.marks)
    here = screen.focus_index

    def chosen(entry: Entry) -> None:
        if entry.cell in screen.notebook:
            jump_to(screen, entry.cell)

    picker = PickerScreen[Entry](
        _WORDING,
        screen.palette,
        lambda query, width: outline_lines(entries, query, width),
        lambda lines: nearest(lines, here),
    )
    screen.program.lay_over(picker, chosen)


HANDLERS: Mapping[str, Handler] = {"go.outline": _outline}
