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

    def then(self, other: TextChange) -> TextChange | None:
        """This change and another, of the text that it leaves, as one; None where they do not touch."""
        end, other_end = self.start + len(self.inserted), other.start + len(other.removed)
        if other.start > end or other_end < self.start:
            return None
        before = other.removed[: max(0, self.start - other.start)]
        behind = other.removed[end - other.start :] if other_end > end else ""
        head = self.inserted[: max(0, other.start - self.start)]
        tail = self.inserted[max(0, other_end - self.start) :]
        start = min(self.start, other.start)
        return TextChange(start, before + self.removed + behind, head + other.inserted + tail)

    def map_offset(self, offset: int) -> int:
        """Where an offset of the old text is in the new; one inside `removed` goes behind `inserted`."""
        if offset <= self.start:
            return offset
        end = self.start + len(self.removed)
        if offset <= end:
            return self.start + len(self.inserted)
        return offset + len(self.inserted) - len(self.removed)


def difference(old: str, new: str) -> TextChange:
    """The one change, with nothing alike at either end, that makes `new` of `old`."""
    start = _shared_head(old, new)
    tail = _shared_tail(old, new, min(len(old), len(new)) - start)
    return TextChange(start, old[start : len(old) - tail], new[start : len(new) - tail])


def _shared_head(one: str, other: str) -> int:
    """How many code points the two begin with in common; found by halving, as slices are compared fast."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _shared_tail(one: str, other: str, most: int) -> int:
    """How many code points, up to `most`, the two end with in common."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]:
            low = middle
        else:
            high = middle - 1
    return low
