"""The list of all commands: type to find one, Enter to have it done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, on
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.actions import ACTIONS, Mode
from tui.actionsearch import Found, find_actions
from tui.keymap import Keymap
from tui.keynotation import name_of
from tui.render.rowops import crop, text_row
from tui.render.rows import Role, Row, Span, Style
from tui.screens.newestsize import heed_newest_size
from tui.theme import Palette
from tui.widgets.hintline import Hint, Hints, bottom_row
from tui.widgets.queryline import pasted, query_row, typed
from tui.widgets.rowline import RowLine
from tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from textual.app import ComposeResult

_BACKGROUND = "surface"
_HINTS = Hints((Hint("Enter", "do it"), Hint("Up Down", "choose"), Hint("Esc", "close")))
_PLACEHOLDER = "type to find a command"
_NONE_FITS = text_row(" No command fits.", Style(Role.MUTED))
_FITTING = Style(Role.ACCENT, bold=True)
_KEYS = Style(Role.MUTED)


class PaletteScreen(ModalScreen[str | None], inherit_bindings=False):
    """Ends with the id of the action that was chosen, or with None."""

    AUTO_FOCUS = None

    def __init__(self, keymap: Keymap, palette: Palette) -> None:
        super().__init__()
        self._keymap = keymap
        self._query = ""
        self._found: list[Found] = find_actions("", ACTIONS)
        self._prompt = RowLine(palette, _BACKGROUND)
        self._list = RowList(palette, _BACKGROUND, self._rows, marks=True)
        self._bottom = RowLine(palette, _BACKGROUND)

    def compose(self) -> ComposeResult:
        """What is typed, what it finds, and the keys."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "Commands"
            yield self._prompt
            yield self._list
            yield self._bottom

    def on_mount(self) -> None:
        """Nothing is typed yet."""
        self._show_query()

    def on_resize(self, event: events.Resize) -> None:
        """The keys are those that fit."""
        heed_newest_size(self, event)
        self.call_after_refresh(self._show_bottom)

    def on_key(self, event: events.Key) -> None:
        """Moves the mark, chooses, closes, or is typed."""
        event.stop()
        name = name_of(event.key, event.character)
        if name in ("escape", "ctrl+p", "ctrl+c"):
            self.dismiss(None)
        elif name == "enter":
            self._choose(self._list.marked)
        elif not self._list.take_key(name) and (query := typed(self._query, event)) is not None:
            self._find(query)

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text counts as typed, in one line."""
        event.stop()
        self._find(pasted(self._query, event.text))

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        self._choose(event.index)

    def _choose(self, index: int) -> None:
        if index < len(self._found):
            self.dismiss(self._found[index].action.id)

    def _find(self, query: str) -> None:
        self._query = query
        self._found = find_actions(query, ACTIONS)
        self._list.rebuild()
        self._show_query()

    def _show_query(self) -> None:
        self._prompt.show(query_row(self._query, self._list.size.width, _PLACEHOLDER))

    def _show_bottom(self) -> None:
        self._bottom.show(bottom_row(_HINTS, self._bottom.size.width))

    def _rows(self, width: int) -> list[Row]:
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
