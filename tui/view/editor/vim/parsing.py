"""Keys read as commands: registers, counts, operators, motions and text objects."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeAlias

from tui.view.editor.vim.state import Command


class Incomplete:
    """The keys begin a command."""


class Unknown:
    """The keys mean nothing."""


Parsed: TypeAlias = Command | Incomplete | Unknown

OPERATORS: Final = frozenset(("d", "c", "y", ">", "<", "=", "g~", "gu", "gU", "g?", "gq", "gc"))
WHOLE_LINES: Final = "whole lines"
"""The motion of an operator that is said twice."""

_MOST: Final = 99_999
"""A count that is larger, as a slip of the finger makes one, is as this."""
_PREFIXES: Final = frozenset(("g", "z", "Z", "[", "]"))
_TAKING_CHARACTER: Final = frozenset(("f", "F", "t", "T", "r", "m", "'", "`", "q", "@"))
_NO_MOTIONS: Final = frozenset("rmq@")
"""Of those, what no operator can work on."""
OBJECTS: Final = frozenset("wWspt\"'`()b[]{}B<>")


class Grammar(Enum):
    """Which keys may come: with text marked, operators have what they work on."""

    NORMAL = "normal"
    VISUAL = "visual"


@dataclass(slots=True)
class _Keys:
    """The keys of a command, taken one by one."""

    keys: tuple[str, ...]
    at: int = 0

    def take(self) -> str:
        """The next key; raises IndexError when there is none yet."""
        key = self.keys[self.at]
        self.at += 1
        return key

    def prefix(self) -> tuple[str, int | None]:
        """A register and a count, in either order."""
        register, digits = "", ""
        while True:
            key = self.keys[self.at]
            if key == '"':
                register, self.at = self.keys[self.at + 1], self.at + 2
            elif key.isascii() and key.isdecimal() and (digits or key != "0"):
                digits, self.at = digits + key, self.at + 1
            else:
                return register, min(int(digits[:9]), _MOST) if digits else None

    def name(self) -> str:
        """A key, or two where one only begins."""
        key = self.take()
        return key + self.take() if key in _PREFIXES else key


def parse(keys: tuple[str, ...], grammar: Grammar) -> Parsed:
    """The command that the keys are; a search stands as one key, as `/text`."""
    try:
        return _command(_Keys(keys), grammar)
    except IndexError:
        return Incomplete()


def _command(keys: _Keys, grammar: Grammar) -> Parsed:
    register, count = keys.prefix()
    name = keys.name()
    if name in OPERATORS and grammar is Grammar.NORMAL:
        return _operated(keys, name, register, count)
    if grammar is Grammar.VISUAL and name in ("i", "a"):
        return _object(keys, name, Command("", "", count, register))
    return _finished(keys, name, Command("", "", count, register))


def _operated(keys: _Keys, operator: str, register: str, count: int | None) -> Parsed:
    later, second = keys.prefix()
    if count is not None and second is not None:
        count = min(count * second, _MOST)
    begun = Command("", operator, count if second is None or count is not None else second, later or register)
    key = keys.take()
    if key in ("i", "a"):
        return _object(keys, key, begun)
    if key == operator[-1] and operator != "g?":
        return Command(WHOLE_LINES, operator, begun.count, begun.register)
    if key in _NO_MOTIONS:
        return Unknown()
    name = key + keys.take() if key in _PREFIXES else key
    if name == operator or (operator == "g?" and name == "?"):
        return Command(WHOLE_LINES, operator, begun.count, begun.register)
    return _finished(keys, name, begun)


def _object(keys: _Keys, extent: str, begun: Command) -> Parsed:
    kind = keys.take()
    if kind not in OBJECTS:
        return Unknown()
    return Command(extent + kind, begun.operator, begun.count, begun.register)


def _finished(keys: _Keys, name: str, begun: Command) -> Parsed:
    argument = keys.take() if name in _TAKING_CHARACTER else ""
    if name[0] in "/?" and len(name) > 1:
        name, argument = name[0], name[1:]
    return Command(name, begun.operator, begun.count, begun.register, argument)
