"""Places within a notebook: headings, and elements of HTML with a name, which links reach behind a `#`."""

from __future__ import annotations

import html
import re
from typing import Final
from urllib.parse import unquote

_HEADING: Final = re.compile(r"^ {0,3}#{1,6}[ \t]+(?P<text>.*)", re.MULTILINE)
_NAMED: Final = re.compile(r"<[A-Za-z][^<>]*?\b(?:id|name)\s*=\s*[\"']?(?P<name>[^\"'\s<>]+)", re.IGNORECASE)
_INNER_LINK: Final = re.compile(
    r"\[(?P<text>[^\[\]]*)\]\(\s*<?(?P<target>#[^\s()<>]+)"
    r"|<a\s(?=[^<>]*>)[^<>]*?\bhref\s*=\s*[\"']?(?P<href>#[^\"'\s<>]+)[^<>]*>(?P<shown>[^<]*)",
    re.IGNORECASE,
)
_MARKUP: Final = re.compile(r"<[^<>]*>|\]\([^()]*\)|[*_`\[\]]")
_NO_LETTERS: Final = re.compile(r"[\W_]+")
_MOST_READ: Final = 40_000  # characters of a cell, as many as are laid out


def places_in(source: str) -> set[str]:
    """The names of all places in the source of a markdown cell."""
    source = source[:_MOST_READ]
    headings = {place_name(_MARKUP.sub("", found["text"])) for found in _HEADING.finditer(source)}
    return (headings | {place_name(found["name"]) for found in _NAMED.finditer(source)}) - {""}


def inner_links(source: str) -> list[tuple[str, str]]:
    """Text and target of the links to places of the notebook itself, the target with its `#`."""
    found = _INNER_LINK.finditer(source[:_MOST_READ])
    return [(each["text"] or each["shown"] or "", each["target"] or each["href"]) for each in found]


def place_name(target: str) -> str:
    """The name in the form that all spellings have in common: Jupyter keeps capitals, GitHub does not."""
    return _NO_LETTERS.sub("-", html.unescape(unquote(target)).casefold()).strip("-")
