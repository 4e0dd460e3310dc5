"""How command lines are read: errors are one line, and help is as it was written."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, Protocol

from tui.cli.complaints import MISUSED, complain

_USUAL = 80
"""Columns."""
_WIDEST = 110
"""Of a paragraph: what is longer is hard to read."""


class _AsWritten(argparse.HelpFormatter):
    """Help as wide as the terminal; argparse would load `shutil`, and all compression, to find that out.

    Paragraphs of prose are filled, what is indented stands as it was written.
    """

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        from textwrap import fill  # which argparse has loaded by now

        width = min(width, _WIDEST)
        return "\n\n".join(
            fill(block, width, initial_indent=indent, break_long_words=False, break_on_hyphens=False)
            if is_prose(block)
            else block
            for block in text.split("\n\n")
        )


def is_prose(block: str) -> bool:
    """Whether a block of lines of help is a paragraph, to be filled: the lines of lists are indented."""
    return not any(line.startswith(" ") for line in block.splitlines())


def _columns() -> int:
    """As `shutil.get_terminal_size` has it."""
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said):
        return int(said)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or _USUAL if sys.__stdout__ else _USUAL
    except (OSError, ValueError):
        return _USUAL


class OptionGroup(Protocol):
    """A parser, or a group of its options: argparse has public names for neither."""

    def add_argument(self, *names: str, **how: Any) -> argparse.Action:
        """One more option."""
        ...


@dataclass(frozen=True, slots=True)
class Option:
    """Something that may be said, for lists and for shells."""

    names: tuple[str, ...]
    value: str | None
    """What stands for its value; None for an option without one."""
    about: str


class Parser(argparse.ArgumentParser):
    """An argument parser without abbreviations."""

    def __init__(
        self, *, prog: str, description: str, epilog: str, usage: str | None = None, **_: object
    ) -> None:
        super().__init__(
            prog=prog,
            usage=usage,
            description=description,
            epilog=epilog,
            formatter_class=_AsWritten,
            allow_abbrev=False,
        )

    def options(self) -> Sequence[Option]:
        """What may be said to it, but for --help and what stands without a name."""
        named = [action for action in self._actions if action.option_strings and action.dest != "help"]
        return [
            Option(
                tuple(action.option_strings),
                None if action.nargs == 0 else str(action.metavar or action.dest.upper()),
                str(action.help or ""),
            )
            for action in named
        ]

    def error(self, message: str) -> NoReturn:
        """One line, in place of argparse's usage and message."""
        raise SystemExit(complain(f"{message} (see {self.prog} --help)", MISUSED))
