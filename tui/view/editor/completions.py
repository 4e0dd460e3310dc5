"""Completions on offer at a place in a text, which narrow down while one types on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from tui.view.editor.edits import replace as replace_text

if TYPE_CHECKING:
    from kernelbridge.replies import Completion, Completions
    from tui.view.editor.state import EditorResult, EditorState

_MOST: Final = 5_000
"""Candidates that are looked at."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Candidates to take the place of what stands between `start` and the cursor."""

    candidates: tuple[Completion, ...]
    start: int
    before: str
    """The text up to there: where it changed, the offer is off."""
    asked: str
    """What stood between `start` and the cursor when the candidates were asked for."""
    behind: int
    """Code points behind the cursor whose place they take, too."""
    fitting: tuple[Completion, ...]
    """Those that fit what is typed by now."""
    chosen: int | None = None
    """Which of these Enter accepts."""

    def narrowed(self, state: EditorState) -> Offer | None:
        """What is left of it for the text as it is now; None where that is another place, or nothing fits."""
        head = state.selection.head
        is_here = state.selection.is_empty and head >= self.start and state.text.startswith(self.before)
        typed = state.text[self.start : head]
        if not is_here or (typed != self.asked and not typed.startswith(self.asked)):
            return None
        fitting = self.candidates if typed == self.asked else self._starting(typed)
        if not fitting or (len(fitting) == 1 and fitting[0].text == typed):
            return None
        if fitting == self.fitting:
            return self
        return replace(self, fitting=fitting, chosen=None if self.chosen is None else 0)

    def is_before(self, state: EditorState) -> bool:
        """Whether of the word that the candidates were asked for the end was deleted: all still fit."""
        head = state.selection.head
        typed, behind = state.text[self.start : head], state.text[head : head + 1]
        return (
            state.selection.is_empty
            and bool(typed)
            and self.asked.startswith(typed)
            and state.text.startswith(self.before)
            and not (behind.isalnum() or behind == "_")
        )

    def _starting(self, typed: str) -> tuple[Completion, ...]:
        """Candidates that begin with what is typed; of those that never began so, those that hold it."""
        wanted, asked = typed.lower(), self.asked.lower()
        return tuple(
            each
            for each in self.candidates
            if (text := each.text.lower()).startswith(wanted)
            or (not text.startswith(asked) and wanted in text)
        )

    def moved(self, step: int) -> Offer:
        """With the one chosen that stands so much further down; round about, from none to an end."""
        last = len(self.fitting) - 1
        if self.chosen is None:
            return replace(self, chosen=0 if step > 0 else last)
        if abs(step) > 1:
            return replace(self, chosen=max(0, min(self.chosen + step, last)))
        return replace(self, chosen=(self.chosen + step) % (last + 1))

    def accepted(self, state: EditorState, index: int) -> EditorResult:
        """The text with one of the fitting candidates put in."""
        end = min(state.selection.head + self.behind, len(state.text))
        return replace_text(state, self.start, end, _typable(self.fitting[index].text))


def offer_of(asked: EditorState, answer: Completions) -> Offer | None:
    """What a kernel answered for a text and a cursor in it; None where nothing of it can be put in there."""
    head = asked.selection.head
    start, end = answer.start, min(answer.end, len(asked.text))
    seen: dict[str, Completion] = {}
    for match in answer.matches[:_MOST]:
        if _typable(match.text):
            seen.setdefault(match.text, match)
    candidates = tuple(seen.values())
    if not candidates or not 0 <= start <= head:
        return None
    return Offer(
        candidates, start, asked.text[:start], asked.text[start:head], max(0, end - head), candidates
    )


def word_before(text: str, offset: int) -> str:
    """The beginning of a word that ends at an offset; empty where none does, or a number."""
    start = offset
    while start and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    word = text[start:offset]
    return "" if word[:1].isdigit() else word


def _typable(text: str) -> str:
    """A candidate as it may stand in a source: without controls."""
    return "".join(character for character in text if character >= " " and character != "\x7f")
