"""Sets one value in a TOML text and leaves all else in it as it is: comments, order, spacing.

`tomllib` judges: a text is only given back if it parses to what the old one does, with that value set.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from tui.tomllines import line_of
from tui.tomltext import toml_key, toml_value


class CannotSpliceError(Exception):
    """The text is written in a way in which the value cannot be set."""


def with_value(text: str, path: Sequence[str], value: object) -> str:
    """The text with the value at `path`, whether it has one already or not. Raises CannotSpliceError."""
    try:
        parsed = tomllib.loads(text)
        wanted = _set(parsed, path, value)
    except (tomllib.TOMLDecodeError, ValueError) as error:
        raise CannotSpliceError(str(error)) from error
    for candidate in _candidates(text, path, toml_value(value)):
        try:
            found = tomllib.loads(candidate)
        except tomllib.TOMLDecodeError:
            continue
        if found == wanted:
            return candidate
    raise CannotSpliceError(f"{'.'.join(path)} stands where it cannot be changed")


def _set(table: Mapping[str, object], path: Sequence[str], value: object) -> Mapping[str, object]:
    if len(path) == 1:
        return {**table, path[0]: value}
    inner = table.get(path[0], {})
    if not isinstance(inner, dict):
        raise ValueError(f"{path[0]} is no table")
    return {**table, path[0]: _set(cast("Mapping[str, object]", inner), path[1:], value)}


def _candidates(text: str, path: Sequence[str], value: str) -> Iterator[str]:
    """Texts that may be what is wanted, the nicest first."""
    lines = text.splitlines(keepends=True)
    end = "\r\n" if "\r\n" in text else "\n"
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += end
    place = line_of(text, path)
    if place is not None:
        yield from _replaced(lines, place - 1, value, _get(tomllib.loads(text), path))
        return
    if len(path) > 1:
        for index, line in enumerate(lines):
            if line.strip().startswith("["):
                yield "".join([*lines[: index + 1], f"{path[-1]} = {value}{end}", *lines[index + 1 :]])
        gap = [end] if lines else []
        header = f"[{toml_key(path[:-1])}]{end}"
        yield "".join([*lines, *gap, header, f"{path[-1]} = {value}{end}"])
    first = next((at for at, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))
    while first and not lines[first - 1].split("#")[0].strip():
        first -= 1  # above what stands above the first table, which may be about that
    for at in dict.fromkeys((first, len(lines), 0)):
        yield "".join([*lines[:at], f"{toml_key(path)} = {value}{end}", *lines[at:]])


def _replaced(lines: Sequence[str], at: int, value: str, old: object) -> Iterator[str]:
    """The line with another value than the old one, in which a comment stays."""
    line = lines[at]
    start = line.find("=") + 1
    while start and line[start : start + 1] in (" ", "\t"):
        start += 1
    for stop in range(start + 1, len(line) + 1):
        rest = line[stop:]
        if (not rest.strip() or rest.lstrip().startswith("#")) and _is_value(line[start:stop], old):
            yield "".join([*lines[:at], line[:start], value, rest, *lines[at + 1 :]])


def _is_value(text: str, value: object) -> bool:
    try:
        return tomllib.loads(f"value = {text}") == {"value": value}
    except tomllib.TOMLDecodeError:
        return False


def _get(parsed: object, path: Sequence[str]) -> object:
    for name in path:
        parsed = cast("Mapping[str, object]", parsed)[name]
    return parsed
