"""Going about the notebook, and how it is looked at."""

from __future__ import annotations

from tui.actions.action import Action, Group

MOVING = (
    Action("cell.next", "Go to the next cell", Group.MOVING, ("j", "down")),
    Action("cell.previous", "Go to the previous cell", Group.MOVING, ("k", "up")),
    Action("cell.first", "Go to the first cell", Group.MOVING, ("g g", "home")),
    Action("cell.last", "Go to the last cell", Group.MOVING, ("G", "end")),
    Action("view.page-down", "Go a page down", Group.MOVING, ("pagedown", "ctrl+d", "space")),
    Action("view.page-up", "Go a page up", Group.MOVING, ("pageup", "ctrl+u", "shift+space")),
    Action("view.line-down", "Scroll a line down", Group.MOVING, ("ctrl+down",)),
    Action("view.line-up", "Scroll a line up", Group.MOVING, ("ctrl+up",)),
)

VIEW = (
    Action("view.line-numbers", "Show or hide line numbers", Group.VIEW, ("l",)),
    Action("view.copy", "Copy the cell's text to the clipboard", Group.VIEW, ("ctrl+c",)),
    Action("view.follow-link", "Follow a link of the cell", Group.VIEW, ("g l",)),
    Action("view.others", "Show what others do on the kernel", Group.VIEW, ("O",)),
    Action("view.toggle-theme", "Change between dark and light", Group.VIEW),
)
