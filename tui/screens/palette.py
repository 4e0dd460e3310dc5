"""The list of all commands: type to find one, Enter to have it done."""

from __future__ import annotations

from tui.actions import ACTIONS, Mode
from tui.actionsearch import Found, find_actions
from tui.keymap import Keymap
from tui.render.rowops import crop, text_row
from tui.render.rows import Role, Row, Span, Style
from tui.screens.dialog import SearchDialog
from tui.theme import Palette
from tui.widgets.hintline import Hint, Hints

_NONE_FITS = text_row(" No command fits.", Style(Role.MUTED))
_FITTING = Style(Role.ACCENT, bold=True)
_KEYS = Style(Role.MUTED)


class PaletteScreen(SearchDialog[str], inherit_bindings=False):
    """Ends with the id of the action that was chosen, or with None."""

    HEADING = "Commands"
    HINTS = Hints((Hint("Enter", "do it"), Hint("Up Down", "choose"), Hint("Esc", "close")))
    PLACEHOLDER = "type to find a command"
    CLOSING = ("escape", "ctrl+p", "ctrl+c")

    def __init__(self, keymap: Keymap, palette: Palette) -> None:
        super().__init__(palette)
        self._keymap = keymap
        self._found: list[Found] = []

    def answer(self, index: int) -> str | None:
        """The action in that row."""
        return self._found[index].action.id if index < len(self._found) else None

    def rows(self, width: int) -> list[Row]:
        """The actions that fit."""
        self._found = find_actions(self.query_text, ACTIONS)
        return [self._row(found, width) for found in self._found] or [_NONE_FITS]

    def _row(self, found: Found, width: int) -> Row:
        """Title and keys at the two edges; keys that leave the title no room are left out."""
        title: Row = tuple(
            Span(letter, _FITTING if place in found.places else Style(), 1)
            for place, letter in enumerate(found.action.title)
        )
        keys = ""
        for label in _labels(self._keymap, found.action.id):
            longer = f"{keys}  {label}" if keys else label
            if len(title) + len(longer) + 3 > width:
                break
            keys = longer
        gap = max(1, width - len(title) - len(keys) - 1)
        return (*crop(title, 0, width), *text_row(" " * gap), *text_row(keys, _KEYS))


def _labels(keymap: Keymap, action_id: str) -> tuple[str, ...]:
    """Its keys as commands for cells, or, having none, those while text is edited."""
    return keymap.labels(action_id, Mode.COMMAND) or keymap.labels(action_id, Mode.EDIT)
