"""The links in what is drawn, and addresses in text that has none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tui.render.markdown.addresses import BARE_ADDRESS
from tui.render.rowops import plain
from tui.render.rows import Row, Span
from tui.sanitize import clean

_MOST_READ: Final = 200_000  # characters of a text
_MOST_FOUND: Final = 500


@dataclass(frozen=True, slots=True)
class Link:
    """Something that a person can follow."""

    text: str
    """What is shown, sanitized."""
    target: str
    """An http or https address, or the name of a place in the notebook behind `#`."""


def links_in_rows(rows: Iterable[Row]) -> list[Link]:
    """The links of rows from top to bottom; one that goes on over several spans or rows is one."""
    found: list[tuple[str, list[Span]]] = []
    was_link = False
    for row in rows:
        for span in row:
            if span.style.link is None:
                was_link = was_link and not span.text.strip()
            elif was_link and found[-1][0] == span.style.link:
                found[-1][1].append(span)
            elif len(found) < _MOST_FOUND:
                found.append((span.style.link, [span]))
                was_link = True
    return [Link(plain(tuple(spans)), target) for target, spans in found]


def addresses_in(text: str) -> list[Link]:
    """The web addresses in a text."""
    shown = clean(text[:_MOST_READ])
    found = (match.group() for match in BARE_ADDRESS.finditer(shown))
    return [Link(address, address) for address, _ in zip(found, range(_MOST_FOUND), strict=False)]
