"""Parses markdown into a tree of blocks, within bounds of size and depth."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, ClassVar, Final

from tui.lean.libraries import missing, stood_in_for, without_logging

# All are loaded otherwise; two are never used here, and one by links only.
with missing("linkify_it"), without_logging(), stood_in_for("urllib.parse"):
    from markdown_it import MarkdownIt

from tui.render.markdown.alerts import add_alerts
from tui.render.markdown.mathematics import add_mathematics
from tui.render.markdown.tasklists import add_task_lists

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

LONGEST: Final = 40_000
"""Code points; no cell that a person wrote comes near it."""

MOST_BRACKETS: Final = 3_000
"""Each `[` may begin a link, and markdown-it tries each: 3,000 in vain take 0.1 s."""

MOST_CELLS: Final = 30_000
"""Bars in one line times lines: markdown-it fills up every row of a table to its header's columns."""

MOST_TOKENS: Final = 15_000
"""Blocks and ends of blocks: some 5,000 list items or table cells."""

DEEPEST: Final = 40
"""Blocks in one another; beyond it markdown-it leaves out what it finds."""

_FAULTS: Final = (RuntimeError, LookupError, ValueError)
"""What markdown-it raises when a rule fails over odd text."""

_FRONT_MATTER: Final = re.compile(
    r"---[ \t]*\n(?:[A-Za-z_][\w-]*:.*\n(?:[ \t#-].*\n|[A-Za-z_][\w-]*:.*\n)*)---[ \t]*(?:\n|\Z)"
)
"""YAML between two rules at the very beginning: what else stands between two rules is text."""


class Extension(Enum):
    """What few cells have, and a parser is taught only for those."""

    FOOTNOTES = "footnotes"
    FRONT_MATTER = "front matter"


@dataclass(frozen=True, slots=True)
class Block:
    """A block and the blocks in it."""

    kind: str
    """markdown-it's name of it, without `_open`: `paragraph`, `bullet_list`, `fence`, ..."""
    token: Token
    """The token that opens it, or is it."""
    children: list[Block] = field(default_factory=list["Block"])


@dataclass(frozen=True, slots=True)
class NotParsed:
    """The source is not laid out."""

    reason: str
    """For a person, without a full stop."""


def parse(text: str) -> list[Block] | NotParsed:
    """The blocks of a printable source."""
    lines = text.split("\n")
    cells = max(line.count("|") for line in lines) * len(lines)
    if len(text) > LONGEST or text.count("[") > MOST_BRACKETS or cells > MOST_CELLS:
        return NotParsed("it is too long to be laid out")
    try:
        tokens = _parser(_extensions_for(text)).parse(text)
    except _FAULTS as fault:
        return NotParsed(f"markdown-it failed ({type(fault).__name__})")
    if len(tokens) > MOST_TOKENS:
        return NotParsed("it has too many parts to be laid out")
    if any(token.level >= DEEPEST - 1 and token.nesting > 0 for token in tokens):
        return NotParsed("its parts are nested too deeply")
    return _tree(tokens)


def _extensions_for(text: str) -> frozenset[Extension]:
    found = {Extension.FOOTNOTES} if "[^" in text else set[Extension]()
    if _FRONT_MATTER.match(text):
        found.add(Extension.FRONT_MATTER)
    return frozenset(found)


@cache
def _parser(extensions: frozenset[Extension]) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST}, renderer_cls=_NoRenderer)
    parser.enable(["table", "strikethrough"])
    add_mathematics(parser)
    add_task_lists(parser)
    add_alerts(parser)
    if Extension.FOOTNOTES in extensions:
        from mdit_py_plugins.footnote import footnote_plugin

        # A note often stands in another cell than what refers to it: both are shown where they are.
        parser.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    if Extension.FRONT_MATTER in extensions:
        from mdit_py_plugins.front_matter import front_matter_plugin

        parser.use(front_matter_plugin)
    return parser


class _NoRenderer:
    """In the place of one that writes HTML, and looks at itself by `inspect`, which takes 5 ms to load."""

    __output__: ClassVar[str] = "none"

    def __init__(self, parser: MarkdownIt) -> None:
        del parser

    def render(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:
        """Not called: blocks are drawn as rows."""
        raise NotImplementedError((tokens, options, env))


def _tree(tokens: list[Token]) -> list[Block]:
    top: list[Block] = []
    open_blocks = [top]
    for token in tokens:
        if token.nesting < 0:
            open_blocks.pop()
            continue
        block = Block(token.type.removesuffix("_open"), token)
        open_blocks[-1].append(block)
        if token.nesting > 0:
            open_blocks.append(block.children)
    return top
