"""Mathematics in markdown, found and kept as it is written: rules for markdown-it; `_` and `*` in it stay.

As in Jupyter: `$...$`, `$$...$$`, and environments from `\\begin{...}` to `\\end{...}`; these two over lines.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

_INLINE: Final = re.compile(
    r"\$\$(?:[^$\\]|\\.)+\$\$"  # displayed
    r"|\$(?![\s$])(?:[^$\\]|\\.)*(?<!\s)\$(?!\d)",  # not "$5 and $10"
    re.DOTALL,
)
_ENVIRONMENT: Final = re.compile(r"\\begin\{([A-Za-z]+\*?)\}")
_INTERRUPTS: Final = ["paragraph", "reference", "blockquote", "list"]


def add_mathematics(parser: MarkdownIt) -> None:
    """Teach the parser both rules; their tokens, `math_inline` and `math_block`, hold the source."""
    parser.inline.ruler.before("escape", "math_inline", _inline)
    parser.block.ruler.before("fence", "math_block", _block, {"alt": _INTERRUPTS})


def _inline(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "$":
        return False
    found = _INLINE.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.push("math_inline", "math", 0).content = found.group()
    state.pos = found.end()
    return True


def _block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    if state.is_code_block(start_line):
        return False
    first = _line(state, start_line)
    if first.startswith("$$"):
        end, searched = "$$", first[2:]
    elif environment := _ENVIRONMENT.match(first):
        end, searched = f"\\end{{{environment[1]}}}", first
    else:
        return False
    line = start_line
    while end not in searched:
        line += 1
        if line >= end_line or state.isEmpty(line) or state.sCount[line] < state.blkIndent:
            return False
        searched = _line(state, line)
    if searched.partition(end)[2].strip():
        return False  # text goes on behind it: a paragraph with mathematics in it
    if not silent:
        token = state.push("math_block", "math", 0)
        token.block = True
        token.content = state.getLines(start_line, line + 1, state.blkIndent, False).strip("\n")
        token.map = [start_line, line + 1]
        state.line = line + 1
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
