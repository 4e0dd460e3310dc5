"""A pane beside the notebook: rows made for its size, and keys while a person has given them to it."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from textual.geometry import Region
from textual.widget import Widget

from tui.containing import Containing
from tui.render.rowops import crop, pad, row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.view.strips import strip_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.strip import Strip

    from tui.theme import Palette
    from tui.widgets.hintline import Hints

_EDGE = text_row("│", Style(Role.RULE))
_TITLE = Style(Role.HEADING, bold=True)
_RULE = Style(Role.RULE)


class Pane(Containing, Widget):
    """What all panes are: a title over rows. A subclass makes the rows, and says what keys do."""

    DEFAULT_CSS = "Pane { width: 1fr; height: 1fr; }"
    title: ClassVar[str]

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self._palette = palette
        self._rows: Sequence[Row] = ()
        self.has_keys = False
        """Whether keys are for the pane; it shows that."""
        self.is_beside = False
        """Whether the notebook is at its left, and not above it."""

    # -- what a subclass says ----

    @abstractmethod
    def make_rows(self, width: int, height: int) -> Sequence[Row]:
        """The rows below the title; those that there is no room for are cut."""

    @abstractmethod
    def take_key(self, name: str, event: events.Key) -> bool:
        """Do what a key means here; whether it means anything."""

    @abstractmethod
    def hints(self) -> Hints:
        """The keys that matter now."""

    def note(self) -> str:
        """What is said beside the title; sanitized."""
        return ""

    def take_paste(self, text: str) -> None:
        """Text pasted while the pane has the keys."""

    def heed_runs(self) -> None:
        """Something ran, or the kernel is another."""

    def ended(self) -> None:
        """The pane is closed."""

    # -- drawing ----

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.refresh()

    def draw(self) -> None:
        """Make the rows, and paint those that are others than before."""
        width, height = self.size
        if not width or not height or not self.is_attached:
            return
        edge = _EDGE if self.is_beside else ()
        room = max(1, width - row_width(edge))
        made = [self._title_row(room), *self.make_rows(room, max(0, height - 1))][:height]
        rows = [(*edge, *crop(row, 0, room)) for row in made]
        rows += [edge] * (height - len(rows))
        before, self._rows = self._rows, rows
        changed = [y for y in range(height) if y >= len(before) or before[y] != rows[y]]
        if changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def _title_row(self, width: int) -> Row:
        lead = text_row("━━ " if self.has_keys else "── ", Style(Role.ACCENT) if self.has_keys else _RULE)
        note = self.note()
        said = text_row(f" {note}", Style(Role.MUTED)) if note else ()
        row = (*lead, *text_row(self.title, _TITLE), *said, *text_row(" "))
        rest = max(0, width - row_width(row))
        return (*row, *text_row(("━" if self.has_keys else "─") * rest, lead[0].style))

    def on_resize(self) -> None:
        """Rows are made for the size."""
        self._rows = ()
        self.draw()

    def render_line(self, y: int) -> Strip:
        """A row; blank below the last."""
        row = self._rows[y] if y < len(self._rows) else ()
        return strip_of(pad(row, self.size.width), self.size.width, self._palette, self._palette.base)
