"""Which words a shell offers at which place, read from the commands themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tui.cli.parser import Option, Parser
from tui.cli.shells import SHELLS
from tui.cli.table import COMMANDS

NAMES: Final = ("tnb", "jupyter-tnb")
"""What the program is called."""
IDS: Final = "tnb ps 2>/dev/null | awk 'NR > 1 { print $1 }'"
"""A shell's command that prints the ids of kernels that run."""
_TAKING_IDS: Final = {"attach", "stop"}
_THEMES: Final = ("auto", "dark", "light")
_WHEN: Final = ("auto", "always", "never")
_TEXT_FORMATS: Final = ("ipynb", "auto:percent", "py:percent", "py:light", "md", "md:myst", "Rmd", "qmd")


@dataclass(frozen=True, slots=True)
class Value:
    """What may stand behind an option: one of these words, or a file where there are none."""

    option: Option
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A command, or tnb without one."""

    command: str
    """Empty for none."""
    summary: str
    options: tuple[Option, ...]
    values: tuple[Value, ...]
    words: tuple[str, ...] = ()
    """What may stand without a name, where that is no file."""
    has_ids: bool = False
    """Whether ids of kernels may stand there."""


def places() -> Sequence[Place]:
    """tnb without a command, then each command."""
    from tui.cli.arguments import parser

    return [
        _place("", "", parser()),
        *(_place(each.name, each.summary, each.parser()) for each in COMMANDS),
    ]


def _place(command: str, summary: str, parser: Parser) -> Place:
    options = (*parser.options(), Option(("--help",), None, "tell of it"))
    values = tuple(Value(each, _values(command, each)) for each in options if each.value is not None)
    words = SHELLS if command == "completion" else ()
    return Place(command, summary, options, values, words, command in _TAKING_IDS)


def _values(command: str, option: Option) -> tuple[str, ...]:
    match command, option.names[-1]:
        case "export", "--to":
            from tui.export.formats import formats

            return tuple(each.name for each in formats())
        case "convert", "--to" | "--from":
            return _TEXT_FORMATS
        case _, "--theme":
            return _THEMES
        case _, "--color":
            return _WHEN
        case _:
            return ()
