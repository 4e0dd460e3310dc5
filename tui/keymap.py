"""Which keys do what in which mode: the defaults with a person's own on top, and what is wrong with those."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from tui.actions import ACTIONS, BY_ID, Action, Mode
from tui.keynotation import canonical, label, types_text, works_everywhere

Keys: TypeAlias = tuple[str, ...]
"""A sequence of canonical keys, pressed one after the other."""


@dataclass(frozen=True, slots=True)
class Run:
    """The keys are bound to this action."""

    action_id: str


@dataclass(frozen=True, slots=True)
class Pending:
    """The keys begin a longer sequence; they are to be given back with the next key."""

    keys: Keys


@dataclass(frozen=True, slots=True)
class NoMatch:
    """The keys mean nothing here."""


Match: TypeAlias = Run | Pending | NoMatch


@dataclass(frozen=True, slots=True)
class UnknownAction:
    """Keys are given to something that is no action."""

    action_id: str

    def __str__(self) -> str:
        return f"there is no action {self.action_id!r}"


@dataclass(frozen=True, slots=True)
class BadKeys:
    """What is given to an action is no key."""

    action_id: str
    reason: str

    def __str__(self) -> str:
        return f"{self.action_id}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Clash:
    """Two actions want the same keys, or one wants keys that begin the other's; `kept` has them."""

    mode: Mode
    keys: str
    kept: str
    lost: str

    def __str__(self) -> str:
        return f"{label(self.keys)} is given to {self.lost}, but means {self.kept} in {self.mode.value} mode"


Problem: TypeAlias = UnknownAction | BadKeys | Clash

_ESCAPE: Final = "escape"


@dataclass(frozen=True, slots=True)
class Hint:
    """Keys and what they do, for the line at the bottom of the screen."""

    keys: str
    text: str


@dataclass(slots=True)
class _Table:
    """The keys of one mode, while they are being given out: who asks first has them."""

    mode: Mode
    bound: dict[Keys, str] = field(default_factory=dict[Keys, str])
    begun: dict[Keys, str] = field(default_factory=dict[Keys, str])
    """What sequences begin with, and the action of one of them."""
    given: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    def give(self, action_id: str, written: str) -> Clash | None:
        if self.mode is Mode.EDIT and types_text(written):
            return None
        keys = tuple(written.split(" "))
        beginnings = [keys[:length] for length in range(1, len(keys))]
        holder = self.bound.get(keys)
        for beginning in beginnings:
            holder = holder or self.bound.get(beginning)
        holder = holder or self.begun.get(keys)
        if holder is not None:
            return None if holder == action_id else Clash(self.mode, written, kept=holder, lost=action_id)
        self.bound[keys] = action_id
        self.begun.update(dict.fromkeys(beginnings, action_id))
        self.given[action_id] = (*self.given.get(action_id, ()), written)
        return None


class Keymap:
    """The keys of every mode. It does not change once it is made."""

    def __init__(
        self, actions: Sequence[Action] = ACTIONS, own: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        """The default keys of `actions`, except where `own` gives others: action id -> keys as written.

        A person's own keys win over the defaults. In edit mode, keys that type text stay text.
        """
        self._tables = {mode: _Table(mode) for mode in Mode}
        self._hints: dict[Mode, tuple[Hint, ...]] = {}
        problems: list[Problem] = []
        chosen: dict[str, tuple[str, ...]] = {}
        for action_id, written in (own or {}).items():
            if action_id not in BY_ID:
                problems.append(UnknownAction(action_id))
                continue
            chosen[action_id] = _canonical_keys(action_id, written, problems)
        for action_id, keys in chosen.items():
            problems.extend(self._give(action_id, BY_ID[action_id].modes, keys))
        for action in actions:
            if action.id in chosen:
                continue
            for mode in Mode:
                clashes = self._give(action.id, (mode,), action.keys(mode))
                problems.extend(clash for clash in clashes if clash.kept not in chosen)
        self.problems = tuple(problems)
        """What is wrong with a person's own keys, in the order in which they gave them; the rest works."""

    @classmethod
    def default(cls) -> Keymap:
        """The keys that the actions come with."""
        return cls()

    def _give(self, action_id: str, modes: tuple[Mode, ...], keys: tuple[str, ...]) -> list[Clash]:
        asked = (self._tables[mode].give(action_id, written) for mode in modes for written in keys)
        return [clash for clash in asked if clash is not None]

    def press(self, mode: Mode, pending: Keys, key: str) -> Match:
        """What a canonical key does, after the keys that are pending.

        A sequence that comes to nothing is forgotten and the key counts for itself; Esc only forgets.
        """
        table = self._tables[mode]
        keys = (*pending, key)
        if (action_id := table.bound.get(keys)) is not None:
            return Run(action_id)
        if keys in table.begun:
            return Pending(keys)
        return self.press(mode, (), key) if pending and key != _ESCAPE else NoMatch()

    def claims_alt(self, key: str, mode: Mode) -> bool:
        """Whether a key such as "alt+b" is bound; for the input decoder, from any thread."""
        table = self._tables[mode]
        return (key,) in table.bound or (key,) in table.begun

    def keys(self, action_id: str, mode: Mode) -> tuple[str, ...]:
        """The canonical keys of an action in `mode`."""
        return self._tables[mode].given.get(action_id, ())

    def labels(self, action_id: str, mode: Mode) -> tuple[str, ...]:
        """The keys of an action as people see them, those that work in any terminal first."""
        keys = sorted(self.keys(action_id, mode), key=lambda one: not works_everywhere(one))
        return tuple(label(one) for one in keys)

    def first_label(self, action_id: str, mode: Mode) -> str:
        """The key to tell people about; empty where the action has none."""
        return next(iter(self.labels(action_id, mode)), "")

    def hints(self, mode: Mode) -> tuple[Hint, ...]:
        """What the line of hints shows in `mode`; neighbours with the same hint stand together."""
        if mode not in self._hints:
            self._hints[mode] = self._make_hints(mode)
        return self._hints[mode]

    def _make_hints(self, mode: Mode) -> tuple[Hint, ...]:
        hints: list[Hint] = []
        for action in ACTIONS:
            if action.hint is None:
                continue
            labels = self.labels(action.id, mode)
            if not labels:
                continue
            if hints and hints[-1].text == action.hint:
                hints[-1] = Hint(f"{hints[-1].keys}/{labels[0]}", action.hint)
            else:
                hints.append(Hint(labels[0], action.hint))
        return tuple(hints)


def _canonical_keys(action_id: str, written: Sequence[str], problems: list[Problem]) -> tuple[str, ...]:
    """Those of the keys that are keys; of the others, what is wrong is added to `problems`."""
    keys: list[str] = []
    for one in written:
        try:
            keys.append(canonical(one))
        except ValueError as error:
            problems.append(BadKeys(action_id, str(error)))
    return tuple(keys)
