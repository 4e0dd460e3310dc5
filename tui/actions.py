"""The one list of commands: keys, palette, help and the documentation of keys all read it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class Mode(Enum):
    """What keys mean: commands for cells, or text typed into one."""

    COMMAND = "command"
    EDIT = "edit"


class Group(Enum):
    """What an action is about; the value is the heading that people see."""

    MOVING = "Moving"
    RUNNING = "Running"
    CELLS = "Cells"
    KERNEL = "Kernel"
    OUTPUTS = "Outputs"
    FILE = "File"
    VIEW = "View"
    PROGRAM = "Program"
    CURSOR = "Moving in the text"
    SELECTING = "Selecting text"
    EDITING = "Changing text"


_TEXT_GROUPS: Final = (Group.CURSOR, Group.SELECTING, Group.EDITING)


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a person can have done.

    Keys are in the notation of `tui.keynotation`, sequences with a space between their keys ("d d").
    """

    id: str
    """Stable: configuration and the rest of the program know the action by it."""
    title: str
    group: Group
    command_keys: tuple[str, ...] = ()
    edit_keys: tuple[str, ...] = ()
    hint: str | None = None
    """A word or two for the line of hints at the bottom of the screen; None for actions not shown there."""

    def keys(self, mode: Mode) -> tuple[str, ...]:
        """The default keys in `mode`."""
        return self.command_keys if mode is Mode.COMMAND else self.edit_keys

    @property
    def modes(self) -> tuple[Mode, ...]:
        """Where keys may be given to it: where it has some already, or, if nowhere, where it makes sense."""
        having = tuple(mode for mode in Mode if self.keys(mode))
        return having or ((Mode.EDIT,) if self.group in _TEXT_GROUPS else tuple(Mode))


def _cursor(name: str, title: str, *keys: str) -> Action:
    return Action(f"editor.{name}", title, Group.CURSOR, edit_keys=keys)


def _selecting(name: str, title: str, *keys: str) -> Action:
    return Action(f"editor.select-{name}", title, Group.SELECTING, edit_keys=keys)


def _editing(name: str, title: str, *keys: str) -> Action:
    return Action(f"editor.{name}", title, Group.EDITING, edit_keys=keys)


_MOVING = (
    Action("cell.next", "Go to the next cell", Group.MOVING, ("j", "down")),
    Action("cell.previous", "Go to the previous cell", Group.MOVING, ("k", "up")),
    Action("cell.first", "Go to the first cell", Group.MOVING, ("g g", "home")),
    Action("cell.last", "Go to the last cell", Group.MOVING, ("G", "end")),
    Action("view.page-down", "Go a page down", Group.MOVING, ("pagedown", "ctrl+d", "space")),
    Action("view.page-up", "Go a page up", Group.MOVING, ("pageup", "ctrl+u", "shift+space")),
)

_RUN_NEXT = ("shift+enter", "ctrl+r")
_RUN_STAY = ("ctrl+enter", "ctrl+e", "ctrl+j")
_RUN_INSERT = ("alt+enter",)

_RUNNING = (
    Action(
        "run.cell-next", "Run the cell and go to the next", Group.RUNNING, _RUN_NEXT, _RUN_NEXT, hint="run"
    ),
    Action("run.cell-stay", "Run the cell and stay", Group.RUNNING, _RUN_STAY, _RUN_STAY),
    Action("run.cell-insert", "Run the cell and insert one below", Group.RUNNING, _RUN_INSERT, _RUN_INSERT),
    Action("run.all", "Run all cells", Group.RUNNING),
    Action("run.above", "Run all cells above", Group.RUNNING),
    Action("run.below", "Run this cell and all below", Group.RUNNING),
    Action("run.selected", "Run the selected cells", Group.RUNNING),
)

_CELLS = (
    Action("cell.edit", "Edit the cell", Group.CELLS, ("enter",), hint="edit"),
    Action("cell.insert-above", "Insert a cell above", Group.CELLS, ("a",), hint="insert"),
    Action("cell.insert-below", "Insert a cell below", Group.CELLS, ("b",), hint="insert"),
    Action("cell.delete", "Delete the cell", Group.CELLS, ("d d",), hint="delete"),
    Action("edit.undo", "Undo", Group.CELLS, ("z", "ctrl+z"), ("ctrl+z",)),
    Action("edit.redo", "Redo", Group.CELLS, ("Z", "ctrl+y", "ctrl+shift+z"), ("ctrl+y", "ctrl+shift+z")),
    Action("cell.cut", "Cut the cell", Group.CELLS, ("x",)),
    Action("cell.copy", "Copy the cell", Group.CELLS, ("c",)),
    Action("cell.paste-below", "Paste cells below", Group.CELLS, ("v",)),
    Action("cell.paste-above", "Paste cells above", Group.CELLS, ("V",)),
    Action("cell.to-code", "Make it a code cell", Group.CELLS, ("y",)),
    Action("cell.to-markdown", "Make it a markdown cell", Group.CELLS, ("m",)),
    Action("cell.to-raw", "Make it a raw cell", Group.CELLS, ("r",)),
    *(
        Action(f"cell.heading-{level}", f"Make it a level {level} heading", Group.CELLS, (str(level),))
        for level in range(1, 7)
    ),
    Action("cell.merge", "Merge with the cell below, or the selected cells", Group.CELLS, ("M",)),
    Action(
        "cell.split",
        "Split the cell at the cursor",
        Group.CELLS,
        edit_keys=("ctrl+shift+minus", "ctrl+underscore"),
    ),
    Action("cell.extend-down", "Select the cell below too", Group.CELLS, ("J", "shift+down")),
    Action("cell.extend-up", "Select the cell above too", Group.CELLS, ("K", "shift+up")),
    Action("cell.select-all", "Select all cells", Group.CELLS, ("ctrl+a",)),
    Action("cell.move-up", "Move the cell up", Group.CELLS, ("alt+up",)),
    Action("cell.move-down", "Move the cell down", Group.CELLS, ("alt+down",)),
)

_KERNEL = (
    Action("kernel.interrupt", "Interrupt the kernel", Group.KERNEL, ("i i",)),
    Action("kernel.restart", "Restart the kernel", Group.KERNEL, ("0 0",)),
    Action("kernel.restart-and-run-all", "Restart the kernel and run all cells", Group.KERNEL),
    Action("kernel.start", "Start the kernel", Group.KERNEL),
    Action("kernel.reconnect", "Reconnect to the kernel", Group.KERNEL, ("R",)),
    Action("kernel.shutdown", "Shut the kernel down", Group.KERNEL),
    # Not Ctrl+K, with which editors that have a terminal in them, as VS Code, begin sequences of their own.
    Action("kernel.choose", "Choose a kernel", Group.KERNEL, ("g k",)),
)

_OUTPUTS = (
    Action("output.toggle", "Fold or unfold the output", Group.OUTPUTS, ("o",)),
    Action("output.next-type", "Show the output's next type", Group.OUTPUTS, ("t",)),
    Action("output.controls", "Use the widgets in the output", Group.OUTPUTS, ("w",)),
    Action("output.view-table", "Open the output's table on the whole screen", Group.OUTPUTS, ("T",)),
    Action("output.tree", "Walk through the output's JSON, dict or list", Group.OUTPUTS, ("g t",)),
    Action("output.elsewhere", "Open the output in a browser, or save it", Group.OUTPUTS, ("e",)),
    Action("output.picture", "Show the cell's pictures on the whole screen", Group.OUTPUTS, ("p",)),
    Action("output.wrap", "Wrap the output's lines, or leave them whole", Group.OUTPUTS, ("W",)),
    Action("output.scroll-right", "Scroll the output to the right", Group.OUTPUTS, (">", "shift+right")),
    Action("output.scroll-left", "Scroll the output to the left", Group.OUTPUTS, ("<", "shift+left")),
    Action("output.go-to-error", "Go to the line where the cell failed", Group.OUTPUTS, ("g e",)),
    Action("output.clear", "Clear the output", Group.OUTPUTS),
    Action("output.clear-all", "Clear all outputs", Group.OUTPUTS),
)

_FILE = (
    Action("file.save", "Save", Group.FILE, ("s", "ctrl+s"), ("ctrl+s",), hint="save"),
    Action("file.compare", "Compare with the file on the disk", Group.FILE, ("g d",)),
    Action("file.take-over", "Take over editing from another frontend", Group.FILE, ("E",)),
)

_VIEW = (
    Action("view.line-numbers", "Show or hide line numbers", Group.VIEW, ("l",)),
    Action("view.copy", "Copy the cell's text to the clipboard", Group.VIEW, ("ctrl+c",)),
    Action("view.follow-link", "Follow a link of the cell", Group.VIEW, ("g l",)),
    Action("view.others", "Show what others do on the kernel", Group.VIEW, ("O",)),
    Action("view.toggle-theme", "Change between dark and light", Group.VIEW),
)

_PROGRAM = (
    Action("app.command-mode", "Leave the cell", Group.PROGRAM, edit_keys=("escape",), hint="done"),
    Action("app.palette", "Find a command", Group.PROGRAM, ("ctrl+p",), ("ctrl+p",), hint="commands"),
    Action("app.help", "Show all keys", Group.PROGRAM, ("?", "h", "f1"), ("f1",), hint="help"),
    Action("app.redraw", "Draw the screen anew", Group.PROGRAM, ("ctrl+l",), ("ctrl+l",)),
    Action("app.suspend", "Suspend to the shell", Group.PROGRAM),
    Action("app.quit", "Quit", Group.PROGRAM, ("ctrl+q",), ("ctrl+q",)),
)

_CURSOR = (
    _cursor("left", "Move left", "left"),
    _cursor("right", "Move right", "right"),
    _cursor("up", "Move up", "up"),
    _cursor("down", "Move down", "down"),
    _cursor("word-left", "Move a word left", "ctrl+left", "alt+b", "alt+left"),
    _cursor("word-right", "Move a word right", "ctrl+right", "alt+f", "alt+right"),
    _cursor("line-start", "Go to the start of the line", "home"),
    _cursor("line-end", "Go to the end of the line", "end"),
    _cursor("page-up", "Move a page up", "pageup"),
    _cursor("page-down", "Move a page down", "pagedown"),
    _cursor("text-start", "Go to the start of the cell", "ctrl+home"),
    _cursor("text-end", "Go to the end of the cell", "ctrl+end"),
)

_SELECTING = (
    _selecting("left", "Select left", "shift+left"),
    _selecting("right", "Select right", "shift+right"),
    _selecting("up", "Select up", "shift+up"),
    _selecting("down", "Select down", "shift+down"),
    _selecting("word-left", "Select a word left", "ctrl+shift+left", "alt+shift+left"),
    _selecting("word-right", "Select a word right", "ctrl+shift+right", "alt+shift+right"),
    _selecting("line-start", "Select to the start of the line", "shift+home"),
    _selecting("line-end", "Select to the end of the line", "shift+end"),
    _selecting("page-up", "Select a page up", "shift+pageup"),
    _selecting("page-down", "Select a page down", "shift+pagedown"),
    _selecting("text-start", "Select to the start of the cell", "ctrl+shift+home"),
    _selecting("text-end", "Select to the end of the cell", "ctrl+shift+end"),
    _selecting("all", "Select all text of the cell", "ctrl+a"),
    _selecting("line", "Select the line"),
)

_EDITING = (
    _editing("newline", "Begin a new line", "enter"),
    _editing("indent", "Indent", "tab"),
    _editing("dedent", "Take a level of indentation away", "shift+tab"),
    _editing("delete-left", "Delete to the left", "backspace", "ctrl+h"),
    _editing("delete-right", "Delete to the right", "delete", "ctrl+d"),
    _editing("delete-word-left", "Delete a word to the left", "ctrl+w", "ctrl+backspace", "alt+backspace"),
    _editing("delete-word-right", "Delete a word to the right", "alt+d", "ctrl+delete"),
    _editing("delete-to-line-start", "Delete to the start of the line", "ctrl+u"),
    _editing("delete-to-line-end", "Delete to the end of the line", "ctrl+k"),
    _editing("delete-line", "Delete the line", "ctrl+shift+k"),
    _editing("move-line-up", "Move the line up", "alt+up"),
    _editing("move-line-down", "Move the line down", "alt+down"),
    _editing("duplicate-line", "Duplicate the line"),
    _editing("join-lines", "Join the line with the next"),
    _editing("toggle-comment", "Comment out or in", "ctrl+slash", "alt+semicolon", "alt+slash"),
    _editing("copy", "Copy the selected text", "ctrl+c"),
    _editing("cut", "Cut the selected text", "ctrl+x"),
    _editing("paste", "Paste text", "ctrl+v"),
)

ACTIONS: Final[tuple[Action, ...]] = (
    *_MOVING,
    *_RUNNING,
    *_CELLS,
    *_KERNEL,
    *_OUTPUTS,
    *_VIEW,
    *_PROGRAM,
    *_FILE,
    *_CURSOR,
    *_SELECTING,
    *_EDITING,
)
"""Every action, in the order in which lists show them."""

BY_ID: Final[Mapping[str, Action]] = MappingProxyType({action.id: action for action in ACTIONS})


def by_id(action_id: str) -> Action:
    """The action of that id.

    Raises:
        KeyError: there is none.
    """
    return BY_ID[action_id]
