"""What is selected in a text."""

from __future__ import annotations

from dataclasses import dataclass

from tui.document.textchange import TextChange


@dataclass(frozen=True, slots=True)
class TextSelection:
    """From `anchor` to `head`, where the cursor is; both are offsets between code points."""

    anchor: int = 0
    head: int = 0
    goal_column: int | None = None
    """The column, in terminal cells, that moving up and down tries to keep."""

    @classmethod
    def at(cls, offset: int) -> TextSelection:
        """Nothing selected, the cursor at `offset`."""
        return cls(offset, offset)

    @property
    def start(self) -> int:
        """The lower end."""
        return min(self.anchor, self.head)

    @property
    def end(self) -> int:
        """The upper end."""
        return max(self.anchor, self.head)

    @property
    def is_empty(self) -> bool:
        """Whether it is only a cursor."""
        return self.anchor == self.head

    def mapped(self, change: TextChange) -> TextSelection:
        """The selection after a change of the text made elsewhere."""
        return TextSelection(change.map_offset(self.anchor), change.map_offset(self.head))
