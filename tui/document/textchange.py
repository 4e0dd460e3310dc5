"""One change to a text: at `start`, `removed` gave way to `inserted`. Offsets count code points."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextChange:
    """An invertible change of one place in a text."""

    start: int
    removed: str
    inserted: str

    def apply(self, text: str) -> str:
        """The text after the change. Raises ValueError when `removed` does not stand at `start`."""
        end = self.start + len(self.removed)
        if not 0 <= self.start <= len(text) or text[self.start : end] != self.removed:
            raise ValueError(f"the text at {self.start} is not what the change removes")
        return text[: self.start] + self.inserted + text[end:]

    def inverse(self) -> TextChange:
        """The change that takes this one back."""
        return TextChange(self.start, self.inserted, self.removed)

    def map_offset(self, offset: int) -> int:
        """Where an offset of the old text is in the new; one inside `removed` goes behind `inserted`."""
        if offset <= self.start:
            return offset
        end = self.start + len(self.removed)
        if offset <= end:
            return self.start + len(self.inserted)
        return offset + len(self.inserted) - len(self.removed)
