"""How command lines are read: errors are one line, and help is as it was written."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, Protocol

from tui.cli.complaints import MISUSED, complain


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
            formatter_class=argparse.RawDescriptionHelpFormatter,
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
