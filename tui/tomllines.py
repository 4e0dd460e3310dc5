"""On which line of a TOML text a setting stands, which `tomllib` does not tell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from typing import cast

_POSITION = re.compile(r" \(at line (\d+), column \d+\)$")


def line_of(text: str, path: Sequence[str]) -> int | None:
    """The line, from 1, on which the value at `path` begins in a `text` that parses; None if it has none.

    A place in an array is a number, from 0, as text.
    The parser itself is asked, with one line more each time: a value stands on the first line of the
    statement that brings it in. That is quadratic; a file that a person writes can bear it, when there is an
    error to tell.
    """
    lines = text.split("\n")
    begins = 1
    for end in range(1, len(lines) + 1):
        try:
            parsed = tomllib.loads("\n".join(lines[:end]))
        except tomllib.TOMLDecodeError:
            continue  # in the middle of a value of several lines
        if _holds(parsed, path):
            return begins
        begins = end + 1
    return None


def split_position(message: str) -> tuple[str, int]:
    """The words of a `tomllib` error and the line that it names, from 1; 0 at the end of a document."""
    found = _POSITION.search(message)
    if found is None:
        return message.removesuffix(" (at end of document)"), 0
    return message[: found.start()], int(found[1])


def _holds(parsed: object, path: Sequence[str]) -> bool:
    for name in path:
        if isinstance(parsed, list):
            items = cast("list[object]", parsed)
            parsed = dict(zip(map(str, range(len(items))), items, strict=True))
        if not isinstance(parsed, dict) or name not in parsed:
            return False
        parsed = cast("dict[str, object]", parsed)[name]
    return True
