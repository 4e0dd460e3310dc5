"""What every action does on the screen of a notebook: all groups of handlers together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.screens.notebook import (
    cells,
    editing,
    failing,
    files,
    links,
    moving,
    otherwriters,
    panes,
    program,
    running,
    scratch,
    tables,
    variables,
    widgets,
)
from tui.screens.notebook.debugging import handlers as debugging

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.screens.notebook.screen import Handler

HANDLERS: Mapping[str, Handler] = {
    **moving.HANDLERS,
    **cells.HANDLERS,
    **running.HANDLERS,
    **scratch.HANDLERS,
    **debugging.HANDLERS,
    **editing.HANDLERS,
    **failing.HANDLERS,
    **files.HANDLERS,
    **links.HANDLERS,
    **otherwriters.HANDLERS,
    **panes.HANDLERS,
    **program.HANDLERS,
    **variables.HANDLERS,
    **widgets.HANDLERS,
    **tables.HANDLERS,
}
"""By the ids of the actions."""
