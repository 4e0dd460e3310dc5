"""The pane of the kernel's variables: opened, kept up, and the tables in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.screens.notebook.panes import open_pane, pane_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.screens.notebook.screen import Handler, NotebookScreen


def _show(screen: NotebookScreen) -> None:
    from tui.screens.variables.pane import VariablesPane
    from tui.screens.variables.watch import VariablesWatch

    pane = pane_of(screen, VariablesPane)
    if pane is None:
        pane = VariablesPane(
            VariablesWatch(screen.controller),
            screen.palette,
            lambda name: _open_table(screen, name),
            screen.copy_text,
        )
    open_pane(screen, pane)


def _open_table(screen: NotebookScreen, name: str) -> None:
    """The table of that name; where there is no name, it is none."""
    if not name:
        screen.say("this is no table")
    else:
        from tui.screens.notebook.tables import open_named

        open_named(screen, name)


HANDLERS: Mapping[str, Handler] = {"view.variables": _show}
