"""Lists in a frame, over the notebook: a row is marked, and taken; with a line to search in, or without."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual import events, on
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.containing import Containing
from tui.keynotation import name_of
from tui.screens.newestsize import heed_newest_size
from tui.theme import Palette
from tui.widgets.hintline import Hints, bottom_row
from tui.widgets.queryline import pasted, query_row, typed
from tui.widgets.rowline import RowLine
from tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

    from tui.render.rows import Row

BACKGROUND = "surface"
"""What lists and lines in a frame stand on."""
_LETTERS = {"j": "down", "k": "up"}
_NO_HINTS = Hints(())

T = TypeVar("T")


class ListDialog(Containing, ModalScreen[T | None], Generic[T], inherit_bindings=False):
    """Ends with what the row that was taken stands for, or with None."""

    AUTO_FOCUS = None
    HEADING: ClassVar[str] = ""
    """What the frame says that this is."""
    HINTS: ClassVar[Hints] = _NO_HINTS
    """The keys at the bottom."""
    CLOSING: ClassVar[tuple[str, ...]] = ("escape", "ctrl+c", "q")
    """The keys that end it without an answer."""
    MARKS: ClassVar[bool] = True
    """Whether a row can be taken."""

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self.list = RowList(palette, BACKGROUND, self.rows, marks=self.MARKS, is_heading=self.is_heading)
        self._bottom = RowLine(palette, BACKGROUND)

    # -- what each dialog says for itself ----

    def rows(self, width: int) -> Sequence[Row]:
        """The rows at a width in cells."""
        raise NotImplementedError

    def answer(self, index: int) -> T | None:
        """What the row stands for; None for one that cannot be taken."""
        raise NotImplementedError

    def is_heading(self, index: int) -> bool:  # noqa: ARG002  there are none unless a dialog has some
        """Whether the row cannot be marked."""
        return False

    def parts(self) -> Iterable[Widget]:
        """What stands above the line of keys."""
        return (self.list,)

    def bottom(self, width: int) -> Row:
        """The line at the bottom."""
        return bottom_row(self.HINTS, width)

    def take_other_key(self, event: events.Key) -> None:
        """Take a key that neither closes nor takes the marked row."""
        name = name_of(event.key, event.character)
        self.list.take_key(_LETTERS.get(name, name))

    def show_lines(self) -> None:
        """Draw the lines around the list."""
        self._bottom.show(self.bottom(self._bottom.size.width))

    def take_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.list.set_palette(palette)
        self._bottom.set_palette(palette)

    # -- what they have in common ----

    def compose(self) -> ComposeResult:
        """The frame, and what is in it."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = self.HEADING
            yield from self.parts()
            yield self._bottom

    def on_resize(self, event: events.Resize) -> None:
        """The lines are as wide as the frame."""
        heed_newest_size(self, event)
        self.call_after_refresh(self.show_lines)

    def on_key(self, event: events.Key) -> None:
        """Move the mark, take what is marked, or close."""
        event.stop()
        name = name_of(event.key, event.character)
        if name in self.CLOSING:
            self.dismiss(None)
        elif name == "enter":
            self.take(self.list.marked)
        else:
            self.take_other_key(event)

    def on_paste(self, event: events.Paste) -> None:
        """There is nothing to paste into."""
        event.stop()

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        self.list.mark(event.index)
        self.clicked(event.index)

    def clicked(self, index: int) -> None:
        """A row was clicked, and is marked."""
        self.take(index)

    def take(self, index: int) -> None:
        """End with what that row stands for, if it can be taken."""
        answer = self.answer(index)
        if answer is not None:
            self.dismiss(answer)


class SearchDialog(ListDialog[T], inherit_bindings=False):
    """The same, and what is typed says which rows there are."""

    CLOSING = ("escape", "ctrl+c")
    PLACEHOLDER: ClassVar[str] = ""
    """What the line says as long as nothing is typed."""

    def __init__(self, palette: Palette) -> None:
        super().__init__(palette)
        self.query_text = ""
        self._prompt = RowLine(palette, BACKGROUND)

    def parts(self) -> Iterable[Widget]:
        """What is typed, and what it finds."""
        return (self._prompt, self.list)

    def on_mount(self) -> None:
        """Nothing is typed yet."""
        self.show_lines()

    def take_other_key(self, event: events.Key) -> None:
        """Move the mark, or type."""
        if self.list.take_key(name_of(event.key, event.character)):
            self.show_lines()
        elif (query := typed(self.query_text, event)) is not None:
            self.find(query)

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text counts as typed, in one line."""
        event.stop()
        self.find(pasted(self.query_text, event.text))

    def find(self, query: str) -> None:
        """Show what fits."""
        self.query_text = query
        self.list.rebuild()
        self.show_lines()

    def show_lines(self) -> None:
        """Draw the lines around the list."""
        super().show_lines()
        self._prompt.show(query_row(self.query_text, self.list.size.width, self.PLACEHOLDER))
