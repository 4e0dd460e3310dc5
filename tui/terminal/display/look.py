"""How a cell looks: what SGR and OSC 8 say, and the shortest sequence from one look to another.

Codes are those of ECMA-48 8.3.117 and xterm's `CSI Pm m`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_OFF: Final = {1: 22, 2: 22, 3: 23, 4: 24, 5: 25, 6: 25, 7: 27, 8: 28, 9: 29, 21: 24, 53: 55}
"""What ends an attribute; bold and dim end together, as do the underlines and the blinks."""
_FOREGROUND, _BACKGROUND = 38, 48
_INK: Final = frozenset({4, 7, 9, 21, 53})
"""Attributes that show where there is no character."""


@dataclass(frozen=True, slots=True)
class Look:
    """Attributes as SGR codes, colours as the parameters that set them; empty for the terminal's own."""

    flags: frozenset[int] = frozenset()
    foreground: str = ""
    background: str = ""
    link: str = ""
    """Parameters and address of OSC 8, as `id=1;https://example.org`."""

    @property
    def is_plain_paper(self) -> bool:
        """Whether a blank of it is nothing but background, as erasing leaves it."""
        return not self.link and not self.flags & _INK

    def blanks_as(self, other: Look) -> bool:
        """Whether a blank of it looks like one of another."""
        return self is other or (
            self.background == other.background and self.is_plain_paper and other.is_plain_paper
        )


PLAIN: Final = Look()


@lru_cache(maxsize=4096)
def look_of(codes: str, link: str = "") -> Look:
    """The look after SGR parameters such as `1;38;2;200;0;0` from a plain one."""
    flags: set[int] = set()
    foreground = background = ""
    parameters = iter(codes.split(";") if codes else ())
    for parameter in parameters:
        code = int(parameter or "0")
        if code == 0:
            flags.clear()
            foreground = background = ""
        elif code in _OFF:
            flags.add(code)
        elif code == _FOREGROUND:
            foreground = _color(parameter, parameters)
        elif code == _BACKGROUND:
            background = _color(parameter, parameters)
        elif 30 <= code <= 37 or 90 <= code <= 97:
            foreground = parameter
        elif 40 <= code <= 47 or 100 <= code <= 107:
            background = parameter
        elif code == 39:
            foreground = ""
        elif code == 49:
            background = ""
    return Look(frozenset(flags), foreground, background, link)


def _color(introducer: str, parameters: Iterator[str]) -> str:
    kind = next(parameters, "")
    rest = [next(parameters, "0") for _ in range(3 if kind == "2" else 1)]
    return ";".join((introducer, kind, *rest))


@lru_cache(maxsize=4096)
def change_of_look(old: Look, new: Look) -> str:
    """What a terminal is sent to write in the new look after the old; empty for the same."""
    link = f"\x1b]8;{new.link or ';'}\x1b\\" if new.link != old.link else ""
    if (old.flags, old.foreground, old.background) == (new.flags, new.foreground, new.background):
        return link
    if not new.flags and not new.foreground and not new.background:
        return link + "\x1b[m"
    step, anew = _step(old, new), ";".join(("0", *_all_codes(new)))
    return f"{link}\x1b[{min(step, anew, key=len)}m"


def _step(old: Look, new: Look) -> str:
    ended = {_OFF[flag] for flag in old.flags - new.flags}
    begun = {flag for flag in new.flags if flag not in old.flags or _OFF[flag] in ended}
    codes = [str(code) for code in (*sorted(ended), *sorted(begun))]
    if new.foreground != old.foreground:
        codes.append(new.foreground or "39")
    if new.background != old.background:
        codes.append(new.background or "49")
    return ";".join(codes)


def _all_codes(look: Look) -> Iterator[str]:
    yield from map(str, sorted(look.flags))
    yield from (color for color in (look.foreground, look.background) if color)
