"""Task lists in markdown (GitHub's `- [ ]` and `- [x]`), a rule for markdown-it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

BOX: Final = "box"
"""The key in a `list_item_open` token's `meta`; its value is what stands before the item: `[ ]` or `[x]`."""

_BOX: Final = re.compile(r"\[([ xX])\] +(?=\S)")


def add_task_lists(parser: MarkdownIt) -> None:
    """Teach the parser to take the box out of an item's text."""
    parser.core.ruler.push("task_lists", _find_boxes)


def _find_boxes(state: StateCore) -> None:
    for item, paragraph, inline in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if item.type == "list_item_open" and paragraph.type == "paragraph_open":
            _take_box(item, inline.children or [])


def _take_box(item: Token, children: list[Token]) -> None:
    if not children or children[0].type != "text":
        return
    found = _BOX.match(children[0].content)
    if found is not None:
        item.meta[BOX] = f"[{found[1].lower()}]"
        children[0].content = children[0].content[found.end() :]
