"""Seeing what the kernel has: panes beside the notebook."""

from __future__ import annotations

from tui.actions.action import Action, Group

STATE = (
    Action("view.variables", "Show the kernel's variables", Group.VIEW, ("g v",)),
    Action("view.scratch", "Type code for the kernel beside the notebook", Group.VIEW, ("g c",)),
    Action("pane.switch", "Go to the pane beside the notebook, or back", Group.VIEW, ("f6", "g p"), ("f6",)),
    Action("pane.close", "Close the pane beside the notebook", Group.VIEW),
)
