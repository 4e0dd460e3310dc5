"""The outline over the notebook, and going to what was taken from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.screens.notebook.jumping import jump_to

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.screens.notebook.screen import Handler, NotebookScreen
    from tui.screens.outlinerows import Entry


def _outline(screen: NotebookScreen) -> None:
    from tui.screens.outline import OutlineScreen
    from tui.screens.outlinerows import outline_of

    def chosen(entry: Entry) -> None:
        if entry.cell in screen.notebook:
            jump_to(screen, entry.cell)

    entries = outline_of(screen.notebook, screen.controller.runs.state_of, screen.state.marks)
    screen.program.lay_over(OutlineScreen(entries, screen.focus_index, screen.palette), chosen)


HANDLERS: Mapping[str, Handler] = {"go.outline": _outline}
