"""SGR, the sequences that colour text (`CSI … m`).

ECMA-48 8.3.117, with the colours of ITU-T T.416 as xterm reads them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from tui.render.rows import Color, Role, Style

_BOLD, _DIM, _ITALIC, _UNDERLINE, _REVERSE, _STRIKE = (1 << bit for bit in range(6))
_ON: Final = {1: _BOLD, 2: _DIM, 3: _ITALIC, 4: _UNDERLINE, 7: _REVERSE, 9: _STRIKE, 21: _UNDERLINE}
_OFF: Final = {22: _BOLD | _DIM, 23: _ITALIC, 24: _UNDERLINE, 27: _REVERSE, 29: _STRIKE}
_FOREGROUND, _BACKGROUND, _UNDERLINE_COLOR = 38, 48, 58
_LONGEST: Final = 256  # characters of parameters; nothing honest needs more


class Sgr(NamedTuple):
    """What the sequences so far ask of the text behind them; quick to hash, as every word may change it."""

    fg: Color | None = None
    bg: Color | None = None
    flags: int = 0


NO_SGR: Final = Sgr()


@lru_cache(maxsize=4096)
def apply_sgr(sgr: Sgr, parameters: str) -> Sgr:
    """The state after one more sequence, of which `CSI` and `m` are left out. Nonsense is ignored."""
    if len(parameters) > _LONGEST:
        return sgr
    fields = iter(parameters.split(";"))
    for field in fields:
        first, *rest = field.split(":")
        code = _number(first)
        if code in (_FOREGROUND, _BACKGROUND, _UNDERLINE_COLOR):
            color = _color_of_parts(rest) if rest else _color_of_fields(fields)
            if color is not None and code != _UNDERLINE_COLOR:
                sgr = sgr._replace(fg=color) if code == _FOREGROUND else sgr._replace(bg=color)
        elif rest:
            if code == 4:  # 4:0 none, 4:1 to 4:5 kinds of underline
                sgr = _flagged(sgr, 24 if rest[0] == "0" else 4)
        else:
            sgr = _basic(sgr, code)
    return sgr


@lru_cache(maxsize=4096)
def styled(sgr: Sgr, role: Role) -> Style:
    """The style of text of that role in that state."""
    fg, bg, flags = sgr
    return Style(
        role,
        fg,
        bg,
        bold=bool(flags & _BOLD),
        dim=bool(flags & _DIM),
        italic=bool(flags & _ITALIC),
        underline=bool(flags & _UNDERLINE),
        strike=bool(flags & _STRIKE),
        reverse=bool(flags & _REVERSE),
    )


def _basic(sgr: Sgr, code: int) -> Sgr:
    """The state after a code that takes no further parameters."""
    match code:
        case 0:
            return NO_SGR
        case _ if 30 <= code <= 37:
            return sgr._replace(fg=code - 30)
        case 39:
            return sgr._replace(fg=None)
        case _ if 40 <= code <= 47:
            return sgr._replace(bg=code - 40)
        case 49:
            return sgr._replace(bg=None)
        case _ if 90 <= code <= 97:
            return sgr._replace(fg=code - 90 + 8)
        case _ if 100 <= code <= 107:
            return sgr._replace(bg=code - 100 + 8)
        case _:
            return _flagged(sgr, code)


def _flagged(sgr: Sgr, code: int) -> Sgr:
    return sgr._replace(flags=(sgr.flags | _ON.get(code, 0)) & ~_OFF.get(code, 0))


def _number(digits: str) -> int:
    """A parameter's value: 0 where left out, -1 where no terminal has a meaning for it."""
    if not digits:
        return 0
    return int(digits) if len(digits) <= 3 and digits.isascii() and digits.isdigit() else -1


def _color_of_fields(fields: Iterator[str]) -> Color | None:
    """The colour in the fields that follow `38` (`5;n` or `2;r;g;b`), which it takes from `fields`."""
    kind = _number(next(fields, "-"))
    if kind == 5:
        return _palette(next(fields, "-"))
    if kind == 2:
        return _rgb([next(fields, "-") for _ in range(3)])
    for _ in fields:  # how many belong to an unknown kind is unknown too
        pass
    return None


def _color_of_parts(parts: list[str]) -> Color | None:
    """The colour in the parts behind `38:`; `2` may have a colour space, mostly empty, before its values."""
    match parts:
        case ["5", index, *_]:
            return _palette(index)
        case ["2", red, green, blue]:
            return _rgb([red, green, blue])
        case ["2", _, red, green, blue, *_]:
            return _rgb([red, green, blue])
        case _:
            return None


def _palette(digits: str) -> int | None:
    index = _number(digits)
    return index if 0 <= index <= 255 else None


def _rgb(parts: list[str]) -> Color | None:
    red, green, blue = (_number(part) for part in parts)
    return (red, green, blue) if all(0 <= value <= 255 for value in (red, green, blue)) else None
