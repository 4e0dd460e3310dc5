"""What a terminal said when it was asked what it is, and how it shows pictures therefore.

Sources: xterm's control sequences (XTVERSION, DA1, XTSMGRAPHICS, window operation 16).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from tui.terminal.graphics.cellsize import CellSize, believable

QUESTIONS: Final = "\x1b[>q\x1b[16t\x1b[c"
"""Its name and version, the size of a cell, and, which all answer, its abilities."""
COLORS_QUESTION: Final = "\x1b[?1;1;0S"
"""How many colours a sixel picture has; for terminals that know sixels."""

_NAME: Final = re.compile(r"\x1bP>\|([^\x1b\x07]{0,100})")
_ABILITIES: Final = re.compile(r"\x1b\[\?([\d;]{0,100})c")
_CELL: Final = re.compile(r"\x1b\[6;(\d{1,4});(\d{1,4})t")
_COLORS: Final = re.compile(r"\x1b\[\?1;0;(\d{1,6})S")
_SIXEL: Final = "4"
_VERSION: Final = re.compile(r"\d{1,6}")
_SILENT: Final = ("linux", "dumb")
"""Terminals by TERM that draw what they do not understand."""
_NO_ANSWERS: Final = ("Apple_Terminal",)
"""Likewise by TERM_PROGRAM."""

_FONT_ONLY: Final = ("xterm(", "rxvt", "mlterm")
"""Terminals, in lower case, that show no more than their font has."""
_KITTY_FROM: Final = (0, 28)
"""With Unicode placeholders; older ones draw boxes."""


class Protocol(Enum):
    """How a terminal shows pictures of pixels."""

    NONE = "none"
    KITTY = "kitty"
    """Kitty's graphics protocol, with Unicode placeholders."""
    SIXEL = "sixel"


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known of the terminal so far."""

    name: str = ""
    """With its version, as `kitty(0.36.1)` and `XTerm(379)`."""
    has_sixel: bool = False
    cell: CellSize | None = None
    colors: int | None = None
    """Of a sixel picture."""
    is_complete: bool = False
    """Whether the last question was answered."""

    def hearing(self, sequence: str) -> Answers:
        """With what a control sequence or string says; the same if that is none of the answers."""
        if (name := _NAME.match(sequence)) is not None:
            return replace(self, name=name[1])
        if (abilities := _ABILITIES.fullmatch(sequence)) is not None:
            # The first number is the kind of terminal.
            return replace(self, has_sixel=_SIXEL in abilities[1].split(";")[1:], is_complete=True)
        if (cell := _CELL.fullmatch(sequence)) is not None:
            return replace(self, cell=believable(int(cell[2]), int(cell[1])))
        if (colors := _COLORS.fullmatch(sequence)) is not None:
            return replace(self, colors=int(colors[1]))
        return self


def may_be_asked(environment: Mapping[str, str]) -> bool:
    """Whether questions do no harm."""
    return (
        environment.get("TERM", "") not in _SILENT and environment.get("TERM_PROGRAM", "") not in _NO_ANSWERS
    )


def protocol_of(answers: Answers) -> Protocol:
    """The best that the terminal is known to do.

    Kitty's placeholders are not asked for: WezTerm and Konsole know the protocol, and draw the cells as text.
    """
    if draws_placeholders(answers.name):
        return Protocol.KITTY
    return Protocol.SIXEL if answers.has_sixel else Protocol.NONE


def draws_sextants(name: str, environment: Mapping[str, str]) -> bool:
    """Whether a terminal of that name and version draws sextants, which few fonts have.

    Those of today draw them themselves; a terminal that is not known is taken for one of these.
    """
    return not name.lower().startswith(_FONT_ONLY) and may_be_asked(environment)


def draws_placeholders(name: str) -> bool:
    """Whether a terminal of that name and version is known to draw kitty's Unicode placeholders."""
    lower = name.lower()
    if lower.startswith("ghostty"):
        return True
    numbers = tuple(int(number) for number in _VERSION.findall(name)[:2])
    return lower.startswith("kitty") and numbers >= _KITTY_FROM
