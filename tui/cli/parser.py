"""How command lines are read: errors are one line, and help is as it was written."""

from __future__ import annotations

import argparse
from typing import Any, NoReturn, Protocol

from tui.cli.complaints import MISUSED, complain


class OptionGroup(Protocol):
    """A parser, or a group of its options: argparse has public names for neither."""

    def add_argument(self, *names: str, **how: Any) -> argparse.Action:
        """One more option."""
        ...


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

    def error(self, message: str) -> NoReturn:
        """One line, in place of argparse's usage and message."""
        raise SystemExit(complain(f"{message} (see {self.prog} --help)", MISUSED))
