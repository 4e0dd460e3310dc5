"""Cells as they are named on a command line: `3-7,12` or `20-`, counted from 1."""

from __future__ import annotations

import argparse
import re
import sys
from typing import Final

_RANGE: Final = re.compile(r"(?P<first>[0-9]{1,9})(?P<to>-(?P<last>[0-9]{0,9}))?")


def cell_ranges(text: str) -> tuple[range, ...]:
    """Positions from 0. Raises ArgumentTypeError."""
    return tuple(_range(part) for part in text.split(","))


def _range(text: str) -> range:
    found = _RANGE.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not like 3, 3-7 or 20-")
    first = int(found["first"])
    last = first if not found["to"] else int(found["last"]) if found["last"] else sys.maxsize
    if not 1 <= first <= last:
        raise argparse.ArgumentTypeError(f"{text!r} are no cells: they are counted from 1 on")
    return range(first - 1, last)
