"""The text of the cell that is edited: moving in it, selecting, changing."""

from __future__ import annotations

from tui.actions.action import Action, Group


def _cursor(name: str, title: str, *keys: str) -> Action:
    return Action(f"editor.{name}", title, Group.CURSOR, edit_keys=keys)


def _selecting(name: str, title: str, *keys: str) -> Action:
    return Action(f"editor.select-{name}", title, Group.SELECTING, edit_keys=keys)


def _editing(name: str, title: str, *keys: str) -> Action:
    return Action(f"editor.{name}", title, Group.EDITING, edit_keys=keys)


CURSOR = (
    _cursor("left", "Move left", "left", "ctrl+b"),
    _cursor("right", "Move right", "right"),
    _cursor("up", "Move up", "up"),
    _cursor("down", "Move down", "down"),
    _cursor("word-left", "Move a word left", "ctrl+left", "alt+b", "alt+left"),
    _cursor("word-right", "Move a word right", "ctrl+right", "alt+f", "alt+right"),
    _cursor("line-start", "Go to the start of the line", "home", "alt+a", "alt+m"),
    _cursor("line-end", "Go to the end of the line", "end", "alt+e"),
    _cursor("page-up", "Move a page up", "pageup", "alt+v"),
    _cursor("page-down", "Move a page down", "pagedown"),
    _cursor("text-start", "Go to the start of the cell", "ctrl+home", "alt+less_than_sign"),
    _cursor("text-end", "Go to the end of the cell", "ctrl+end", "alt+greater_than_sign"),
    _cursor("go-to-line", "Go to a line of the cell", "ctrl+g"),
    _cursor("cursor-above", "Add a cursor above", "alt+ctrl+up"),
    _cursor("cursor-below", "Add a cursor below", "alt+ctrl+down"),
)

SELECTING = (
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
    _selecting("next-occurrence", "Select the next occurrence too", "alt+j"),
    _selecting("all-occurrences", "Select all occurrences", "alt+shift+j"),
)

EDITING = (
    _editing("newline", "Begin a new line", "enter"),
    _editing("complete-or-indent", "Complete the word, or indent", "tab"),
    _editing("complete", "Complete what is at the cursor", "ctrl+space"),
    _editing("explain-or-dedent", "Explain the name, or take a level of indentation away", "shift+tab"),
    _editing("explain", "Explain the name at the cursor"),
    _editing("indent", "Indent"),
    _editing("dedent", "Take a level of indentation away"),
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
    _editing("history-older", "Put in what was run before", "ctrl+up"),
    _editing("history-newer", "Put in what was run after", "ctrl+down"),
    _editing("history-search", "Search what was run before", "alt+r"),
    _editing("toggle-comment", "Comment out or in", "ctrl+slash", "alt+semicolon", "alt+slash"),
    _editing("copy", "Copy the selected text", "ctrl+c", "alt+w"),
    _editing("cut", "Cut the selected text", "ctrl+x"),
    _editing("paste", "Paste text", "ctrl+v"),
)
