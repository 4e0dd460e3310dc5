"""The bar at the bottom in which a person types what to find, and what to put in its place."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING, ClassVar

from textual import events  # noqa: TC002  Textual reads it
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.containing import Containing
from tui.keynotation import name_of
from tui.screens.find.barrows import Field, Switch, count_row, field_row, switch_at, switch_row, switched
from tui.screens.newestsize import heed_newest_size
from tui.widgets.hintline import Hint, Hints, bottom_row
from tui.widgets.queryline import pasted, typed
from tui.widgets.rowline import RowLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from tui.screens.find.search import Search
    from tui.theme import Palette

_BACKGROUND = "panel"
_FINDING = Hints(
    (Hint("Enter", "go there"), Hint("Up Down", "others"), Hint("Tab", "replace"), Hint("Esc", "back"))
)
_REPLACING = Hints(
    (Hint("Enter", "preview"), Hint("Up Down", "others"), Hint("Tab", "find"), Hint("Esc", "back"))
)
_SWITCHES = {f"alt+{switch.value}": switch for switch in Switch}


class Outcome(Enum):
    """What a person wants once they have typed."""

    GO = "stay where it was found"
    PREVIEW = "see what replacing would make"
    BACK = "back to before"


class FindScreen(Containing, ModalScreen[Outcome | None], inherit_bindings=False):
    """Searches while one types; ends with what is wanted then."""

    AUTO_FOCUS = None
    DEFAULT_CSS: ClassVar[str] = """
    FindScreen { align: center bottom; background: transparent; }
    FindScreen Vertical { height: auto; background: $panel; }
    """

    def __init__(
        self, search: Search, palette: Palette, turn: Callable[[int], object], *, replaces: bool
    ) -> None:
        """`turn` goes to the next match or the one before."""
        super().__init__()
        self._search = search
        self._turn = turn
        self._in_replacement = False
        self._replacement = (search.replacement or "") if replaces else None
        self._fresh = True
        """Whether what is typed takes the place of what was looked for the last time."""
        self._find = RowLine(palette, _BACKGROUND)
        self._with = RowLine(palette, _BACKGROUND)
        self._switches = RowLine(palette, _BACKGROUND)
        self._bottom = RowLine(palette, _BACKGROUND)

    def compose(self) -> ComposeResult:
        """What is looked for, what is to stand there, how it is understood, and the keys."""
        with Vertical():
            yield self._find
            yield self._with
            yield self._switches
            yield self._bottom

    def on_mount(self) -> None:
        """What was looked for the last time is looked for again, until something else is typed."""
        self._with.display = self._replacement is not None
        self._look()

    def on_resize(self, event: events.Resize) -> None:
        """The lines are as wide as the screen."""
        heed_newest_size(self, event)
        self.call_after_refresh(self.show)

    def claims_alt(self, key: str) -> bool:
        """Whether a key with alt means something here; asked by the driver."""
        return key in _SWITCHES

    def on_key(self, event: events.Key) -> None:
        """Goes on, back, to another match, flips a switch, or is typed."""
        event.stop()
        name = name_of(event.key, event.character)
        match name:
            case "escape" | "ctrl+c":
                self.dismiss(Outcome.BACK)
            case "enter":
                self._enter()
            case "down" | "ctrl+n" | "f3":
                self._turn(1)
            case "up" | "ctrl+p" | "shift+f3":
                self._turn(-1)
            case "tab" | "shift+tab":
                self._change_field()
            case _ if name in _SWITCHES:
                self._flip(_SWITCHES[name])
            case _:
                text = "" if self._fresh and event.is_printable else self._text
                if (changed := typed(text, event)) is not None:
                    self._type(changed)
        self.show()

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text counts as typed, in one line."""
        event.stop()
        self._type(pasted("" if self._fresh else self._text, event.text))
        self.show()

    def on_click(self, event: events.Click) -> None:
        """A click on a switch flips it."""
        if event.widget is self._switches:
            switch = switch_at(self._search.query, self._switches.size.width, event.x)
            if switch is not None:
                self._flip(switch)

    @property
    def _text(self) -> str:
        return (self._replacement or "") if self._in_replacement else self._search.query.text

    def _type(self, text: str) -> None:
        self._fresh = False
        if self._in_replacement:
            self._replacement = text
            self._look()
        else:
            self._search.query = replace(self._search.query, text=text)
            self._look()

    def _flip(self, switch: Switch) -> None:
        self._search.query = switched(self._search.query, switch)
        self._look()

    def _change_field(self) -> None:
        self._fresh = False
        if self._replacement is None:
            self._replacement = ""
            self._with.display = True
        self._in_replacement = not self._in_replacement
        self._look()

    def _enter(self) -> None:
        if not self._search.found:
            return
        self.dismiss(Outcome.PREVIEW if self._in_replacement else Outcome.GO)

    def _look(self) -> None:
        self._search.look_for(self._search.query, self._replacement)

    def show(self) -> None:
        """Draw the bar as things are now."""
        width = self.size.width
        if not width or not self.is_attached:
            return
        query = self._search.query
        find = Field("Find", query.text, not self._in_replacement, "type what to find")
        self._find.show(field_row(find, width, count_row(self._search)))
        become = Field("With", self._replacement or "", self._in_replacement, "type what to put there")
        self._with.show(field_row(become, width))
        self._switches.show(switch_row(query, width))
        self._bottom.show(bottom_row(_REPLACING if self._in_replacement else _FINDING, width))
