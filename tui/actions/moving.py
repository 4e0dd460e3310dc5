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

GOING = (
    Action("find.open", "Find", Group.FINDING, ("/", "ctrl+f"), ("ctrl+f",)),
    Action("find.replace", "Find and replace", Group.FINDING, ("f",)),
    Action("find.next", "Go to the next match", Group.FINDING, ("n", "f3"), ("f3",)),
    Action("find.previous", "Go to the match before", Group.FINDING, ("N", "shift+f3"), ("shift+f3",)),
    Action("find.forget", "Mark no matches any more", Group.FINDING, ("escape",)),
    Action("go.outline", "Show the outline: headings, cells that run or failed", Group.FINDING, ("g o",)),
    Action("go.running", "Go to the cell that runs", Group.FINDING, ("g r",)),
    Action("go.failed", "Go to the cell that failed last", Group.FINDING, ("g f",)),
    Action("go.edited", "Go to where the last change was", Group.FINDING, ("g i",)),
    Action("go.back", "Go back to before the last jump", Group.FINDING, ("g b", "alt+left")),
    Action("mark.toggle", "Mark the cell, to come back to it", Group.FINDING, (",",)),
    Action("mark.next", "Go to the next marked cell", Group.FINDING, ("'",)),
    Action("mark.previous", "Go to the marked cell before", Group.FINDING, ('"',)),
)

FOLDING = (
    Action("fold.section", "Fold the section, or go to the heading above", Group.FOLDING, ("left",)),
    Action("fold.open-section", "Unfold the section", Group.FOLDING, ("right",)),
    Action("fold.all-sections", "Fold all sections", Group.FOLDING),
    Action("fold.source", "Hide or show the cell's source", Group.FOLDING, ("H",)),
    Action("fold.all-sources", "Hide or show the code of all cells", Group.FOLDING),
    Action("fold.all-outputs", "Hide or show all outputs", Group.FOLDING),
    Action("fold.show-all", "Show all that is folded or hidden", Group.FOLDING),
    Action("fold.keep", "Keep in the notebook what is hidden", Group.FOLDING),
)

VIEW = (
    Action("view.line-numbers", "Show or hide line numbers", Group.VIEW, ("l",)),
    Action("view.help-pane", "Show or hide help on the name at the cursor", Group.VIEW, ("g h",)),
    Action("view.vim-keys", "Use vim's keys in cells, or the usual ones", Group.VIEW),
    Action("view.copy", "Copy the cell's text to the clipboard", Group.VIEW, ("ctrl+c",)),
    Action("view.follow-link", "Follow a link of the cell", Group.VIEW, ("g l",)),
    Action("view.others", "Show what others do on the kernel", Group.VIEW, ("O",)),
    Action("view.toggle-theme", "Change between dark and light", Group.VIEW),
)
