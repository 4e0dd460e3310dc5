"""Blocks of HTML in markdown: their text, with the tags that markdown's own text may have.

Often a block is one tag that stands around blocks of markdown (`<div align="center">`): it draws nothing.
"""

from __future__ import annotations

import html
import re
from typing import Final

from tui.render.markdown.flow import flow
from tui.render.markdown.htmltags import read_tag
from tui.render.markdown.inline import InlineWriter
from tui.render.rowops import crop, pad, plain, row_width
from tui.render.rows import Row, Style

_PART: Final = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<dropped>script|style)\b.*?(?:</(?P=dropped)\s*>|\Z)"
    r"|<[!?/]?[A-Za-z][^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_BLANKS: Final = re.compile(r"[ \t\n]+")
_BREAKING: Final = frozenset({
    "address", "article", "aside", "blockquote", "br", "center", "dd", "details", "div", "dl", "dt",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
    "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "thead", "tr", "ul",
})  # fmt: skip
_KEPT_BLANK: Final = "\xa0"
"""In lines that are kept, as it is neither trimmed nor broken at."""
_CENTRED: Final = re.compile(r"<center\b|align\s*=\s*[\"']?center|text-align\s*:\s*center", re.IGNORECASE)
_BEFORE: Final = {"li": "• ", "summary": "▾ ", "td": " ", "th": " "}
_BOLD: Final = frozenset(("summary", "h1", "h2", "h3", "h4", "h5", "h6", "th"))


def draw_html_block(content: str, width: int, base: Style) -> list[Row]:
    """The rows of a block; none where it shows nothing."""
    writer = InlineWriter(base)
    preformatted = end = 0
    for part in _PART.finditer(content):
        _add_text(writer, content[end : part.start()], keeps_lines=preformatted > 0)
        end = part.end()
        if part["dropped"] is None:
            preformatted += _take(writer, part.group())
    _add_text(writer, content[end:], keeps_lines=preformatted > 0)
    lines = [line for line in writer.lines() if any(span.text.strip() for span in line)]
    rows = [row for line in lines for row in flow(_trimmed(line), width)]
    if not _CENTRED.search(content):
        return rows
    return [(*pad((), (width - row_width(row)) // 2), *row) for row in rows]


def _take(writer: InlineWriter, markup: str) -> int:
    """Write one tag; how many elements more (or less) are open whose lines are kept."""
    tag = read_tag(markup)
    name = tag.name if tag is not None else ""
    if name in _BREAKING and name != "br":
        writer.break_line()
    writer.add_html(f"<{'/' if tag is not None and tag.is_end else ''}b>" if name in _BOLD else markup)
    if tag is not None and not tag.is_end:
        writer.add_text(_BEFORE.get(name, ""))
    return 0 if tag is None or name != "pre" else -1 if tag.is_end else 1


def _add_text(writer: InlineWriter, source: str, *, keeps_lines: bool) -> None:
    if not keeps_lines:
        writer.add_text(_BLANKS.sub(" ", html.unescape(source)))
        return
    for number, line in enumerate(source.split("\n")):
        if number:
            writer.break_line()
        writer.add_text(html.unescape(line).replace(" ", _KEPT_BLANK))


def _trimmed(line: Row) -> Row:
    """The line without blanks at its ends; it holds more than blanks."""
    text = plain(line)
    before = len(text) - len(text.lstrip(" "))
    return crop(line, before, row_width(line) - len(text) + len(text.rstrip(" ")))
