"""The file, and the program itself."""

from __future__ import annotations

from tui.actions.action import Action, Group

_NEXT_TAB = ("ctrl+pagedown",)
_TAB_BEFORE = ("ctrl+pageup",)

FILE = (
    Action("file.save", "Save", Group.FILE, ("s", "ctrl+s"), ("ctrl+s",), hint="save"),
    Action("file.open", "Open another notebook", Group.FILE, ("ctrl+o",), ("ctrl+o",)),
    Action("file.close", "Close the notebook", Group.FILE, ("ctrl+w",)),
    Action("tab.next", "Go to the next open notebook", Group.FILE, ("]", *_NEXT_TAB), _NEXT_TAB),
    Action("tab.previous", "Go to the open notebook before", Group.FILE, ("[", *_TAB_BEFORE), _TAB_BEFORE),
    Action("file.save-and-quit", "Save and quit", Group.FILE),
    Action("file.save-as", "Save under another name", Group.FILE, ("S", "g s")),
    Action("file.export", "Export to HTML, PDF, Markdown and more", Group.FILE, ("g x",)),
    Action("file.compare", "Compare with the file on the disk", Group.FILE, ("g d",)),
    Action("file.compare-head", "Compare with git's last commit", Group.FILE, ("g D",)),
    Action("file.take-over", "Take over editing from another frontend", Group.FILE, ("E",)),
)

PROGRAM = (
    Action("app.command-mode", "Leave the cell", Group.PROGRAM, edit_keys=("escape",), hint="done"),
    Action("app.palette", "Find a command", Group.PROGRAM, ("ctrl+p",), ("ctrl+p",), hint="commands"),
    Action("app.help", "Show all keys", Group.PROGRAM, ("?", "h", "f1"), ("f1",), hint="help"),
    Action("app.settings", "Settings: theme, spacing, widths, pictures", Group.PROGRAM, ("g ,",)),
    Action("app.redraw", "Draw the screen anew", Group.PROGRAM, ("ctrl+l",), ("ctrl+l",)),
    Action("app.suspend", "Suspend to the shell", Group.PROGRAM, ("ctrl+z",)),
    Action("app.quit", "Quit", Group.PROGRAM, ("ctrl+q",), ("ctrl+q",)),
)
