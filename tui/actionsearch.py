"""Finds actions by what a person types of their names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from tui.actions import Action


@dataclass(frozen=True, slots=True)
class Found:
    """An action that fits, and which characters of its title are why."""

    action: Action
    places: frozenset[int]


_Fit: TypeAlias = tuple[int, frozenset[int]]
"""How badly a word fits (0 is best), and where in the title."""


def find_actions(query: str, actions: Iterable[Action]) -> list[Found]:
    """The actions that every word of `query` fits, the best first, otherwise in the order given.

    A word fits best at the start of a word of the title, then anywhere in it, then in the action's id or
    group. If nothing fits so, the words need only have their letters in the title, in that order.
    """
    words = query.lower().split()
    candidates = list(actions)
    return _fitting(words, candidates, _fit) or _fitting(words, candidates, _fit_letters)


def _fitting(
    words: list[str], actions: list[Action], fit: Callable[[str, Action], _Fit | None]
) -> list[Found]:
    rated: list[tuple[int, Found]] = []
    for action in actions:
        fits = [known for word in words if (known := fit(word, action)) is not None]
        if len(fits) == len(words):
            places = frozenset[int]().union(*(places for _, places in fits))
            rated.append((sum(badness for badness, _ in fits), Found(action, places)))
    rated.sort(key=lambda one: one[0])
    return [found for _, found in rated]


def _fit(word: str, action: Action) -> _Fit | None:
    title = action.title.lower()
    starts = (0 if title.startswith(word) else -1, f" {title}".find(f" {word}"), title.find(word))
    for badness, start in enumerate(starts):
        if start >= 0:
            return badness, frozenset(range(start, start + len(word)))
    return (3, frozenset()) if word in action.id or word in action.group.value.lower() else None


def _fit_letters(word: str, action: Action) -> _Fit | None:
    title = action.title.lower()
    places: list[int] = []
    for letter in word:
        at = title.find(letter, places[-1] + 1 if places else 0)
        if at < 0:
            return None
        places.append(at)
    return places[-1] - places[0], frozenset(places)
