"""What was typed before: going through it from a prompt or a cell, and searching it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

MOST: Final = 1000
"""Entries that the kernel is asked for."""


class History:
    """Everything typed, the oldest first; no entry follows one that is the same."""

    def __init__(self, entries: Iterable[str] = ()) -> None:
        self._entries: list[str] = []
        for entry in entries:
            self.add(entry)

    @property
    def entries(self) -> Sequence[str]:
        """The oldest first."""
        return self._entries

    def add(self, entry: str) -> None:
        """Takes what was typed last."""
        if entry.strip() and (not self._entries or self._entries[-1] != entry):
            self._entries.append(entry)

    def add_earlier(self, entries: Iterable[str]) -> None:
        """Puts what was typed in earlier sessions before all else."""
        later = self._entries
        self._entries = []
        for entry in (*entries, *later):
            self.add(entry)


@dataclass(frozen=True, slots=True)
class Browsing:
    """Going through the entries that begin as what stood in the prompt before."""

    draft: str
    """What stood there."""
    index: int
    """Of the entry that is shown; as many as there are for the draft itself."""

    @classmethod
    def begun(cls, history: History, draft: str) -> Browsing:
        """Nothing is shown yet but the draft."""
        return cls(draft, len(history.entries))

    def older(self, history: History) -> Browsing | None:
        """At the entry before; None when there is none."""
        at_or_before = range(min(self.index, len(history.entries)) - 1, -1, -1)
        return self._at_first(history, at_or_before)

    def newer(self, history: History) -> Browsing | None:
        """At the entry behind, the last of which is the draft; None when it is shown already."""
        count = len(history.entries)
        if self.index >= count:
            return None
        return self._at_first(history, range(self.index + 1, count)) or replace(self, index=count)

    def text(self, history: History) -> str:
        """What is shown."""
        entries = history.entries
        return entries[self.index] if self.index < len(entries) else self.draft

    def _at_first(self, history: History, indices: Iterable[int]) -> Browsing | None:
        shown = self.text(history)
        for index in indices:
            entry = history.entries[index]
            if entry.startswith(self.draft) and entry != shown:
                return replace(self, index=index)
        return None


@dataclass(frozen=True, slots=True)
class Search:
    """Searching backwards for an entry that holds some text, in any case unless the text has capitals."""

    query: str = ""
    index: int | None = None
    """Of the entry that was found; None before anything was."""
    is_failing: bool = False
    """Nothing older holds the text."""

    def typed(self, history: History, text: str) -> Search:
        """With more text to look for: the entry found stays where it holds that too."""
        start = len(history.entries) - 1 if self.index is None else self.index
        return replace(self, query=self.query + text).at_or_before(history, start)

    def shortened(self, history: History) -> Search:
        """With a character less, from the newest on."""
        shorter = Search(self.query[:-1])
        return shorter.at_or_before(history, len(history.entries) - 1) if shorter.query else shorter

    def older(self, history: History) -> Search:
        """The next entry before that holds the text, and is another."""
        if not self.query or self.index is None:
            return self
        return self.at_or_before(history, self.index - 1, other_than=self.text(history))

    def text(self, history: History) -> str | None:
        """The entry that was found."""
        return None if self.index is None else history.entries[self.index]

    def at_or_before(self, history: History, start: int, other_than: str | None = None) -> Search:
        """At the newest entry up to an index that holds the text, and is another one."""
        for index in range(start, -1, -1):
            entry = history.entries[index]
            if entry != other_than and _holds(entry, self.query):
                return replace(self, index=index, is_failing=False)
        return replace(self, is_failing=True)


def _holds(entry: str, query: str) -> bool:
    return query in (entry.lower() if query == query.lower() else entry)
