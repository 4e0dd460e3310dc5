"""What an editor command works on and what it answers with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from tui.document.selection import TextSelection
from tui.document.textchange import TextChange
from tui.render.languages import Language
from tui.view.editor.layout import TextLayout


@dataclass(frozen=True, slots=True)
class EditorState:
    """A text and what is selected in it."""

    text: str
    selection: TextSelection

    @property
    def selected_text(self) -> str:
        """What copying takes."""
        return self.text[self.selection.start : self.selection.end]


@dataclass(frozen=True, slots=True)
class EditorContext:
    """Where the text is shown and what it is written in."""

    layout: TextLayout
    """Of the state's own text."""
    page_rows: int
    """Rows of the screen that a page scrolls by."""
    language: Language


class Boundary(Enum):
    """The end of the text that a motion would have left; the view may go on to the neighbouring cell."""

    ABOVE = "above"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class EditorResult:
    """What became of the state: the selection in the changed text, whose ends are grapheme borders."""

    selection: TextSelection
    change: TextChange | None = None
    boundary: Boundary | None = None
    """Set only when nothing moved and nothing changed."""

    def applied(self, text: str) -> EditorState:
        """The state that the result makes of the text it is for. Raises ValueError for another text."""
        return EditorState(text if self.change is None else self.change.apply(text), self.selection)


EditorCommand: TypeAlias = Callable[[EditorState, EditorContext], EditorResult]
