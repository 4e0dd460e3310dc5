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
from tui.render.rowops import crop, row_width, text_row
from tui.render.rows import Role, Row, Span, Style
from tui.sanitize import clean
from tui.screens.newestsize import heed_newest_size
from tui.theme import Palette
from tui.widgets.hintline import Hint, Hints, bottom_row
from tui.widgets.rowline import RowLine
from tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from textual.app import ComposeResult

_BACKGROUND = "surface"
_HINTS = Hints((Hint("Enter", "do it"), Hint("Up Down", "choose"), Hint("Esc", "close")))
_PROMPT = text_row(" › ", Style(Role.ACCENT, bold=True))
_CURSOR = text_row(" ", Style(reverse=True))
_PLACEHOLDER = text_row(" type to find a command", Style(Role.FAINT))
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
        page = max(1, self._list.size.height - 1)
        match name_of(event.key, event.character):
            case "escape" | "ctrl+p" | "ctrl+c":
                self.dismiss(None)
            case "enter":
                self._choose(self._list.marked)
            case "up":
                self._list.mark(self._list.marked - 1)
            case "down":
                self._list.mark(self._list.marked + 1)
            case "pageup":
                self._list.mark(self._list.marked - page)
            case "pagedown":
                self._list.mark(self._list.marked + page)
            case "home":
                self._list.mark(0)
            case "end":
                self._list.mark(len(self._found))
            case "backspace" | "ctrl+h":
                self._find(self._query[:-1])
            case "ctrl+w":
                self._find(self._query.rstrip().rpartition(" ")[0])
            case "ctrl+u":
                self._find("")
            case _ if event.character is not None and event.is_printable:
                self._find(self._query + event.character)
            case _:
                pass

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text counts as typed, in one line."""
        event.stop()
        self._find(self._query + clean(event.text.replace("\n", " ")))

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
        room = max(1, self._list.size.width - row_width(_PROMPT) - 1)
        typed = text_row(self._query)
        typed = crop(typed, row_width(typed) - room, row_width(typed))
        self._prompt.show((*_PROMPT, *typed, *_CURSOR, *(() if typed else _PLACEHOLDER)))

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
