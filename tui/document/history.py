"""What was done to a document and can be undone, step by step; typing makes one step of a word."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from tui.document.edits import ChangeText
from tui.document.textchange import TextChange

if TYPE_CHECKING:
    from tui.document.edits import Edit
    from tui.document.notebook import CellKey
    from tui.document.selection import TextSelection


@dataclass(frozen=True, slots=True)
class Place:
    """Where one was: in which cell, and where in its text when it was being edited."""

    cell: CellKey | None = None
    text: TextSelection | None = None


class MergeRule(Enum):
    """Whether a transaction may become one step with the one before it."""

    SEPARATE = "separate"
    """A step of its own: a paste, a command."""
    TYPING = "typing"
    """One step with what was typed just before, where it carries on; see `joined`."""
    SESSION = "session"
    """One step with what the same session did before, whatever that was: until the history breaks."""


@dataclass(frozen=True, slots=True)
class Transaction:
    """What is done, undone and redone at once."""

    edits: tuple[Edit, ...]
    inverses: tuple[Edit, ...]
    """What takes the edits back, in the order in which it does."""
    before: Place
    after: Place
    at: int
    """The document's count when it was done: unique, and higher the later."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _Stack:
    """A stack that never changes: the top and what is below, so that pushing costs the same at any depth."""

    top: Transaction
    below: _Stack | None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class History:
    """What can be undone and what can be redone."""

    _done: _Stack | None = None
    _undone: _Stack | None = None
    _is_open: bool = False
    """Whether typing may still add to the last step."""

    @property
    def to_undo(self) -> Transaction | None:
        """The step that undo takes back."""
        return self._done and self._done.top

    @property
    def to_redo(self) -> Transaction | None:
        """The step that redo does again."""
        return self._undone and self._undone.top

    def record(self, transaction: Transaction, rule: MergeRule) -> History:
        """The history with one more transaction done; what was undone before it cannot be redone any more."""
        is_open = rule is not MergeRule.SEPARATE
        if is_open and self._is_open and self._done is not None:
            join = gathered if rule is MergeRule.SESSION else joined
            both = join(self._done.top, transaction)
            if both is not None:
                return History(_Stack(both, self._done.below), None, _is_open=True)
        return History(_Stack(transaction, self._done), None, _is_open=is_open)

    def break_here(self) -> History:
        """The history in which what is typed next begins a step of its own, as after the cursor was moved."""
        return replace(self, _is_open=False)

    def undone(self) -> History:
        """The history after its last step was undone; itself when there is none."""
        if self._done is None:
            return self
        return History(self._done.below, _Stack(self._done.top, self._undone))

    def redone(self) -> History:
        """The history after the step undone last was done again; itself when there is none."""
        if self._undone is None:
            return self
        return History(_Stack(self._undone.top, self._done), self._undone.below)


def joined(first: Transaction, second: Transaction) -> Transaction | None:
    """Both as one step, or None where a new step begins.

    One step is what is typed, or deleted, without a break in one place of one cell: up to a line break, and
    up to white space behind something else, so that a word and the space before it go together.
    """
    match first.edits, second.edits:
        case (ChangeText(key, one),), (ChangeText(other_key, two),) if key == other_key:
            change = _typed_on(one, two) if two.inserted else _deleted_on(one, two)
        case _:
            return None
    if change is None:
        return None
    return Transaction(
        (ChangeText(key, change),),
        (ChangeText(key, change.inverse()),),
        first.before,
        second.after,
        second.at,
    )


def gathered(first: Transaction, second: Transaction) -> Transaction:
    """Both as one step, whatever they do, in the place where it began."""
    edits, inverses = (*first.edits, *second.edits), (*second.inverses, *first.inverses)
    match first.edits[-1], second.edits:
        case ChangeText(key, one), (ChangeText(other_key, two),) if key == other_key:
            change = one.then(two)
            if change is not None:
                edits = (*first.edits[:-1], ChangeText(key, change))
                inverses = (ChangeText(key, change.inverse()), *first.inverses[1:])
        case _:
            pass
    return Transaction(edits, inverses, first.before, first.after, second.at)


def _typed_on(one: TextChange, two: TextChange) -> TextChange | None:
    """Two insertions as one, when the second goes on where the first ended; that may replace a selection."""
    goes_on = one.inserted and not two.removed and two.start == one.start + len(one.inserted)
    if not goes_on or _begins_step(one.inserted[-1], two.inserted[0]) or _breaks(one.inserted, two.inserted):
        return None
    return TextChange(one.start, one.removed, one.inserted + two.inserted)


def _deleted_on(one: TextChange, two: TextChange) -> TextChange | None:
    """Two deletions as one, when the second is right before the first (backspace) or behind it (delete)."""
    if one.inserted or not one.removed or not two.removed or _breaks(one.removed, two.removed):
        return None
    if two.start + len(two.removed) == one.start and not _begins_step(one.removed[0], two.removed[-1]):
        return TextChange(two.start, two.removed + one.removed, "")
    if two.start == one.start and not _begins_step(one.removed[-1], two.removed[0]):
        return TextChange(one.start, one.removed + two.removed, "")
    return None


def _begins_step(last: str, following: str) -> bool:
    return following.isspace() and not last.isspace()


def _breaks(*texts: str) -> bool:
    return any("\n" in text or "\r" in text for text in texts)
