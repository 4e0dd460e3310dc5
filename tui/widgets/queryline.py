"""The line in which a person types what a list is searched for: what keys do to it, and how it looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.keynotation import name_of
from tui.render.rowops import crop, row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.sanitize import clean

if TYPE_CHECKING:
    from textual import events

_PROMPT = text_row(" › ", Style(Role.ACCENT, bold=True))
_CURSOR = text_row(" ", Style(reverse=True))
_FAINT = Style(Role.FAINT)


def typed(query: str, event: events.Key) -> str | None:
    """The query after a key, or None where the key does nothing to it."""
    match name_of(event.key, event.character):
        case "backspace" | "ctrl+h":
            return query[:-1]
        case "ctrl+w":
            return query.rstrip().rpartition(" ")[0]
        case "ctrl+u":
            return ""
        case _:
            return query + event.character if event.character is not None and event.is_printable else None


def pasted(query: str, text: str) -> str:
    """The query after text was pasted: it counts as typed, in one line."""
    return query + clean(text.replace("\n", " "))


def query_row(query: str, width: int, placeholder: str) -> Row:
    """The line at a width: the end of the query, or, where it is empty, what can be typed."""
    room = max(1, width - row_width(_PROMPT) - 1)
    shown = text_row(query)
    shown = crop(shown, row_width(shown) - room, row_width(shown))
    return (*_PROMPT, *shown, *_CURSOR, *(() if shown else text_row(f" {placeholder}", _FAINT)))
