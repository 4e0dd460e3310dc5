"""What every action does on the screen of a notebook: all groups of handlers together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.screens.notebook import (
    cells,
    completing,
    copying,
    editing,
    editorprogram,
    explaining,
    failing,
    files,
    finding,
    folding,
    formatting,
    helppane,
    jumping,
    late,
    links,
    manycursors,
    moving,
    outlining,
    panes,
    program,
    recalling,
    running,
    savingas,
    scratch,
    tables,
    variables,
)
from tui.screens.notebook.debugging import handlers as debugging

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.screens.notebook.screen import Handler

HANDLERS: Mapping[str, Handler] = {
    **moving.HANDLERS,
    **cells.HANDLERS,
    **copying.HANDLERS,
    **running.HANDLERS,
    **scratch.HANDLERS,
    **debugging.HANDLERS,
    **savingas.HANDLERS,
    **editing.HANDLERS,
    **completing.HANDLERS,
    **explaining.HANDLERS,
    **helppane.HANDLERS,
    **recalling.HANDLERS,
    **manycursors.HANDLERS,
    **editorprogram.HANDLERS,
    **formatting.HANDLERS,
    **failing.HANDLERS,
    **files.HANDLERS,
    **finding.HANDLERS,
    **folding.HANDLERS,
    **jumping.HANDLERS,
    **links.HANDLERS,
    **panes.HANDLERS,
    **outlining.HANDLERS,
    **program.HANDLERS,
    **variables.HANDLERS,
    **late.HANDLERS,
    **tables.HANDLERS,
}
"""By the ids of the actions."""
