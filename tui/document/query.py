"""What is looked for in a notebook, as a pattern, and what is to stand in its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_DOLLAR: Final = re.compile(r"\$(?:(?P<number>\d{1,2})|\{(?P<name>\w+)\}|(?P<all>&)|(?P<dollar>\$))")


@dataclass(frozen=True, slots=True)
class Query:
    """What a person asked for."""

    text: str = ""
    match_case: bool = False
    whole_word: bool = False
    is_regex: bool = False
    in_outputs: bool = False
    """In what cells printed, too."""


class QueryError(Exception):
    """It is no regular expression, or the replacement names a group that it has not; says why."""


def pattern_of(query: Query) -> re.Pattern[str]:
    """The pattern to search with. Raises QueryError."""
    text = query.text if query.is_regex else re.escape(query.text)
    if query.whole_word:
        text = rf"(?<!\w)(?:{text})(?!\w)"
    flags = re.MULTILINE if query.match_case else re.MULTILINE | re.IGNORECASE
    try:
        return re.compile(text, flags)
    except (re.error, OverflowError, RecursionError) as error:
        raise QueryError(f"no regular expression: {error}") from None


def template_of(query: Query, replacement: str) -> str:
    r"""The replacement as Python's `expand` reads it: `\1` as it is, `$1`, `${name}`, `$&` and `$$` as well.

    What is no regular expression is replaced by the text itself. Raises QueryError.
    """
    if not query.is_regex:
        return replacement.replace("\\", r"\\")
    template = _DOLLAR.sub(_group, replacement)
    pattern = pattern_of(query)
    try:
        pattern.sub(template, "")  # reads the template, and finds no match in nothing or an empty one
    except (re.error, IndexError) as error:
        raise QueryError(f"the replacement: {error}") from None
    return template


def _group(found: re.Match[str]) -> str:
    if found["dollar"]:
        return "$"
    if found["all"]:
        return r"\g<0>"
    return rf"\g<{found['number'] or found['name']}>"
