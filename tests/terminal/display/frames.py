"""Screens at random, each made of the one before as a notebook's is: a row, a few cells, a scroll, or all."""

from __future__ import annotations

import random
from collections.abc import Sequence

from tui.terminal.display.cellrow import CellRow, cells_of, replaced
from tui.terminal.display.look import PLAIN, look_of

WORDS = [
    "def",
    "x = 1",
    "print",
    "  ",
    "return",
    "日本",
    "é",
    "──────────",
    "∑",
    "0123456789",
    "aaaaaaaaaaaa",
]
LOOKS = [
    PLAIN,
    look_of("38;2;200;100;0;48;2;20;20;20"),
    look_of("48;2;20;20;20"),
    look_of("1;38;5;33"),
    look_of("3;31"),
    look_of("7;38;2;200;100;0;48;2;20;20;20"),
    look_of("4;32;44"),
]
PAPER = LOOKS[2]


def row_of(chance: random.Random, width: int) -> CellRow:
    pieces = [(chance.choice(WORDS), chance.choice(LOOKS)) for _ in range(chance.randint(0, 6))]
    return cells_of([*pieces, ("", chance.choice([PAPER, PAPER, PLAIN]))], width)


def changed(chance: random.Random, rows: Sequence[CellRow]) -> list[CellRow]:
    """The next screen after one: a row changed, some cells, a part scrolled, or all of it."""
    width, height = len(rows[0].texts), len(rows)
    result = list(rows)
    kind = chance.randrange(6)
    if kind == 0:
        result[chance.randrange(height)] = row_of(chance, width)
    elif kind == 1:
        at, row = chance.randrange(height), chance.randrange(width)
        cells = cells_of([(chance.choice(WORDS), chance.choice(LOOKS))], chance.randint(1, 8))
        result[at] = replaced(result[at], row, cells)
    elif kind == 2:
        by = chance.choice([1, 2, 5])
        top = chance.randrange(3)
        result[top:] = [*result[top + by :], *(row_of(chance, width) for _ in range(min(by, height - top)))]
    elif kind == 3:
        by = chance.choice([1, 2, 5])
        bottom = height - chance.randrange(3)
        part = [*(row_of(chance, width) for _ in range(min(by, bottom))), *result[: max(0, bottom - by)]]
        result[:bottom] = part[:bottom]
    elif kind == 4:
        at, place = chance.randrange(height), chance.randrange(width)
        row = result[at]
        by = chance.randint(1, 3)
        if chance.random() < 0.5:
            texts, looks = [*row.texts[:place], *"xyz"[:by], *row.texts[place:]], list(row.looks)
            looks[place:place] = [chance.choice(LOOKS)] * by
        else:
            texts, looks = [*row.texts[:place], *row.texts[place + by :]], list(row.looks)
            del looks[place : place + by]
        pieces = [(text, look) for text, look in zip(texts, looks, strict=True) if text]
        result[at] = cells_of(pieces, width)
    else:
        result = [row_of(chance, width) for _ in range(height)]
    return result[:height]
