"""GitHub's alerts in markdown (`> [!NOTE]`), a rule for markdown-it, and what they look like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tui.render.rows import Role

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

ALERT: Final = "alert"
"""The key in a `blockquote_open` token's `meta`; its value is one of the keys of `ALERTS`."""

_MARK: Final = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\] *", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Alert:
    """What tells one kind from the others, with and without colours."""

    title: str
    role: Role


ALERTS: Final = {
    "note": Alert("Note", Role.ACCENT),
    "tip": Alert("Tip", Role.OK),
    "important": Alert("Important", Role.KEYWORD),
    "warning": Alert("Warning", Role.WARNING),
    "caution": Alert("Caution", Role.ERROR),
}


def add_alerts(parser: MarkdownIt) -> None:
    """Teach the parser to take the mark out of a quote's text."""
    parser.core.ruler.push("alerts", _find_marks)


def _find_marks(state: StateCore) -> None:
    for quote, paragraph, inline in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if quote.type == "blockquote_open" and paragraph.type == "paragraph_open":
            _take_mark(quote, paragraph, inline)


def _take_mark(quote: Token, paragraph: Token, inline: Token) -> None:
    children = inline.children or []
    found = _MARK.fullmatch(children[0].content) if children and children[0].type == "text" else None
    if found is None or (len(children) > 1 and children[1].type not in ("softbreak", "hardbreak")):
        return
    quote.meta[ALERT] = found[1].lower()
    inline.children = children[2:]
    paragraph.hidden = not inline.children
