"""The variables of the kernel in a pane: sorted, filtered, and opened where one is a table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui.render.rowops import marked, text_row
from tui.render.rows import Role, Row, Style
from tui.sanitize import clean
from tui.screens.variables.rows import rows_of
from tui.variables.variable import Arrangement, Kind, Order, arranged
from tui.widgets.hintline import Hint, Hints
from tui.widgets.pane import Pane
from tui.widgets.queryline import pasted, query_row, typed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events

    from tui.screens.variables.watch import VariablesWatch
    from tui.theme import Palette
    from tui.variables.variable import Variable

_HINTS = Hints(
    (
        Hint("arrows", "select"),
        Hint("Enter", "table"),
        Hint("s", "sort"),
        Hint("/", "filter"),
        Hint("m", "functions too"),
        Hint("Esc", "notebook"),
        Hint("q", "close"),
        Hint("S", "reverse"),
        Hint("c", "copy"),
        Hint("r", "ask again"),
    )
)
_FILTERING = Hints((Hint("type", "a part of a name or type"), Hint("Enter", "keep"), Hint("Esc", "all")))


class VariablesPane(Pane):
    """Refreshed after each run."""

    title = "Variables"

    def __init__(
        self,
        watch: VariablesWatch,
        palette: Palette,
        open_table: Callable[[str], None],
        copy: Callable[[str], None],
    ) -> None:
        """`open_table` shows the table of that name, `copy` gives text to the clipboard."""
        super().__init__(palette)
        self._watch = watch
        self._open_table = open_table
        self._copy = copy
        self._how = Arrangement()
        self._is_filtering = False
        self._selected = ""
        """By its name, wherever it is sorted to."""
        self._top = 0
        self._page = 1

    def on_mount(self) -> None:
        """Whoever opens it wants to know how things are now."""
        self._watch.ask_again()
        self.heed_runs()

    def heed_runs(self) -> None:
        """Something ran, or the kernel is another."""
        if self._watch.is_due():
            self.run_worker(self._ask, group="variables")
        self.draw()

    async def _ask(self) -> None:
        await self._watch.ask()
        self.heed_runs()

    # -- what is shown ----

    @property
    def _shown(self) -> list[Variable]:
        return arranged(self._watch.listing.variables, self._how)

    def note(self) -> str:
        """How many there are, and what is not as it should be."""
        listing, shown = self._watch.listing, len(self._shown)
        own = sum(each.kind is Kind.DATA for each in listing.variables)
        count = len(listing.variables) if self._how.shows_all else own
        parts = [f"{shown} of {count}" if shown != count else f"{count}"]
        if self._how.order is Order.MADE:
            parts.append("the oldest first" if self._how.is_reversed else "the newest first")
        if self._how.needle and not self._is_filtering:
            parts.append(f"/{clean(self._how.needle)}")
        if listing.left_out:
            parts.append(f"{listing.left_out:,} older ones are left out")
        if self._watch.problem:
            parts.append(clean(self._watch.problem))
        return " · ".join(parts)

    def make_rows(self, width: int, height: int) -> Sequence[Row]:
        """A heading, or what is typed to filter, and the variables in sight."""
        shown = self._shown
        at = self._index(shown)
        self._page = max(1, height - 1)
        self._top = max(0, min(self._top, at, len(shown) - self._page), at - self._page + 1)
        heading, rows = rows_of(shown[self._top : self._top + self._page], self._how, width)
        if self._is_filtering:
            heading = query_row(self._how.needle, width, "a part of a name or type")
        if not rows and not self._watch.problem:
            rows = [text_row(f" {self._nothing()}", Style(Role.MUTED))]
        return [heading, *(self._marked(row, width, self._top + y == at) for y, row in enumerate(rows))]

    def _nothing(self) -> str:
        if self._watch.is_asking:
            return "…"
        return "nothing matches" if self._how.needle else "no variables yet"

    def _marked(self, row: Row, width: int, is_selected: bool) -> Row:
        if not is_selected or not self.has_keys:
            return row
        return marked(row, width)

    def _index(self, shown: Sequence[Variable]) -> int:
        return next((at for at, each in enumerate(shown) if each.name == self._selected), 0)

    # -- keys ----

    def hints(self) -> Hints:
        """What keys do here."""
        return _FILTERING if self._is_filtering else _HINTS

    def take_paste(self, text: str) -> None:
        """Text for the filter."""
        if self._is_filtering:
            self._how = replace(self._how, needle=pasted(self._how.needle, text))
            self.draw()

    def take_key(self, name: str, event: events.Key) -> bool:
        """Select, sort, filter, open."""
        is_known = self._filter(name, event) if self._is_filtering else self._move(name) or self._do(name)
        self.draw()
        return is_known

    def _filter(self, name: str, event: events.Key) -> bool:
        if name in ("escape", "ctrl+c"):
            self._how, self._is_filtering = replace(self._how, needle=""), False
        elif name == "enter":
            self._is_filtering = False
        elif not self._move(name):
            needle = typed(self._how.needle, event)
            if needle is None:
                return False
            self._how = replace(self._how, needle=needle)
        return True

    def _move(self, name: str) -> bool:
        shown = self._shown
        steps = {"up": -1, "down": 1, "pageup": -self._page, "pagedown": self._page}
        if not self._is_filtering:
            steps |= {"k": -1, "j": 1}
        ends = {"home": 0, "end": len(shown) - 1}
        if name not in steps and name not in ends:
            return False
        at = ends[name] if name in ends else self._index(shown) + steps[name]
        if shown:
            self._selected = shown[max(0, min(at, len(shown) - 1))].name
        return True

    def _do(self, name: str) -> bool:
        shown = self._shown
        selected = shown[self._index(shown)] if shown else None
        match name:
            case "s":
                orders = list(Order)
                following = orders[(orders.index(self._how.order) + 1) % len(orders)]
                self._how = replace(self._how, order=following, is_reversed=False)
            case "S":
                self._how = replace(self._how, is_reversed=not self._how.is_reversed)
            case "m":
                self._how = replace(self._how, shows_all=not self._how.shows_all)
            case "/":
                self._is_filtering = True
            case "r":
                self._watch.ask_again()
                self.heed_runs()
            case "enter" | "T":
                if selected is not None:
                    self._open_table(selected.name if selected.is_table else "")
            case "c" | "y":
                if selected is not None:
                    self._copy(selected.value)
            case _:
                return False
        return True
