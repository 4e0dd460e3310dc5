"""Several cursors in one text: a command does at each what it does at one, and more are found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from tui.document.selection import TextSelection
from tui.view.editor.edits import joined
from tui.view.editor.state import EditorContext, EditorState
from tui.view.editor.words import word_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.document.textchange import TextChange
    from tui.view.editor.layout import TextLayout
    from tui.view.editor.state import EditorCommand, EditorResult

_MOST: Final = 1_000
"""Cursors."""


@dataclass(frozen=True, slots=True)
class ManyResult:
    """What became of several selections: the first is the one that the view follows."""

    selections: tuple[TextSelection, ...]
    change: TextChange | None


def on_each(
    command: EditorCommand, text: str, selections: Sequence[TextSelection], context: EditorContext
) -> ManyResult:
    """Does a command at each selection, as if it were alone; of changes that overlap, the first counts."""
    results = [command(EditorState(text, selection), context) for selection in selections]
    changes = _apart([result.change for result in results if result.change is not None])
    both = zip(results, selections, strict=True)
    moved = [_moved(result, selection, changes) for result, selection in both]
    return ManyResult(_distinct(moved), joined(text, changes) if changes else None)


def with_next(layout: TextLayout, selections: Sequence[TextSelection]) -> tuple[TextSelection, ...]:
    """With the next place of the selected text selected, too, and first; an empty one first selects its word.

    Where a whole word is selected, only whole words count. From the end it goes on at the beginning.
    """
    newest = selections[0]
    if newest.is_empty:
        word = word_at(layout, newest.head)
        return (TextSelection(*word), *selections[1:])
    found = places_of(layout, newest)
    taken = {selection.start for selection in selections}
    later = [place for place in found if place.start >= newest.end and place.start not in taken]
    earlier = [place for place in found if place.start < newest.start and place.start not in taken]
    following = next(iter((*later, *earlier)), None)
    return tuple(selections) if following is None else (following, *selections)[:_MOST]


def places_of(layout: TextLayout, selection: TextSelection) -> list[TextSelection]:
    """Where else the selected text stands, with the selection itself, in order."""
    text, wanted = layout.text, layout.text[selection.start : selection.end]
    is_word = _is_word(text, selection.start, selection.end)
    places: list[TextSelection] = []
    at = text.find(wanted) if wanted else -1
    while at >= 0 and len(places) < _MOST:
        end = at + len(wanted)
        if not is_word or _is_word(text, at, end):
            places.append(TextSelection(at, end))
        at = text.find(wanted, end)
    return places


def _is_word(text: str, start: int, end: int) -> bool:
    """Whether a stretch is a word, and no part of a longer one."""
    return text[start:end].isidentifier() and not (
        _is_letter(text[start - 1 : start] if start else "") or _is_letter(text[end : end + 1])
    )


def _is_letter(text: str) -> bool:
    return text.isalnum() or text == "_"


def _apart(changes: Sequence[TextChange]) -> list[TextChange]:
    """The changes in order, without those that touch what one before them changes."""
    kept: list[TextChange] = []
    for change in sorted(changes, key=lambda each: (each.start, len(each.removed))):
        end = kept[-1].start + len(kept[-1].removed) if kept else -1
        if change.start >= end and (not kept or change != kept[-1]):
            kept.append(change)
    return kept


def _moved(result: EditorResult, before: TextSelection, changes: Sequence[TextChange]) -> TextSelection:
    """A selection in the text that all of the changes make."""
    own = result.change
    if own is None or own not in changes:
        selection = result.selection if own is None else before
        for change in reversed(changes):
            selection = selection.mapped(change)
        return selection
    shift = sum(len(each.inserted) - len(each.removed) for each in changes if each.start < own.start)
    moved = result.selection
    return replace(moved, anchor=moved.anchor + shift, head=moved.head + shift)


def _distinct(selections: Sequence[TextSelection]) -> tuple[TextSelection, ...]:
    """Without those that came to stand where another does."""
    kept: dict[tuple[int, int], TextSelection] = {}
    for selection in selections:
        kept.setdefault((selection.start, selection.end), selection)
    return tuple(kept.values())
