"""How far a command has got, on stderr: a bar on a terminal, and lines in a log if they are asked for."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import Enum
from typing import Final, assert_never

_WIDTH: Final = 30
_CLEAR: Final = "\r\x1b[K"


class Telling(Enum):
    """How progress is told."""

    NOT = "not"
    BAR = "bar"
    LINES = "lines"

    @classmethod
    def for_stderr(cls, *, asked: bool) -> Telling:
        """A bar where a person looks, unless lines are asked for."""
        if asked:
            return cls.LINES
        return cls.BAR if sys.stderr.isatty() else cls.NOT


@dataclass(slots=True)
class Progress:
    """Tells it."""

    telling: Telling
    what: str = ""
    """It is of what: printable text."""

    def tell(self, done: int, total: int) -> None:
        """Say how many cells are done, of how many."""
        match self.telling:
            case Telling.NOT:
                return
            case Telling.LINES:
                text = f"{done}/{total} {self.what}\n"
            case Telling.BAR:
                filled = _WIDTH * done // max(1, total)
                text = f"{_CLEAR}{self.what}  {'#' * filled}{'.' * (_WIDTH - filled)}  {done}/{total}"
            case _:
                assert_never(self.telling)
        print(text, end="", file=sys.stderr, flush=True)  # noqa: T201  for whoever waits

    def end(self) -> None:
        """Take the bar away."""
        if self.telling is Telling.BAR:
            print(_CLEAR, end="", file=sys.stderr, flush=True)  # noqa: T201  for whoever waits
