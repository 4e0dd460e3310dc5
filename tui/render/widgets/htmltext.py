"""The text of a piece of HTML: what stays of it where only lines of text have a place."""

from __future__ import annotations

import re
from html import unescape

_SCRIPT = re.compile(r"<(script|style)\b[^<>]*>", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/?(?:p|div|li|ul|ol|tr|table|h[1-6]|pre))\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[/!a-zA-Z][^<>]*>")
_FIXED_BLANKS = {0xA0: " ", 0x2007: " "}
_BLANKS = re.compile(r"[ \t\n]+")


def text_of_html(html: str) -> str:
    """Text in lines, not made safe; scripts and styles are left out."""
    spaced = _BLANKS.sub(" ", _without_scripts(html))
    text = _TAG.sub("", _BREAK.sub("\n", spaced))
    lines = (line.strip(" ") for line in unescape(text).translate(_FIXED_BLANKS).split("\n"))
    return "\n".join(line for line in lines if line)


def _without_scripts(html: str) -> str:
    """The HTML without elements whose text is not for reading; one that is not closed goes to the end."""
    kept: list[str] = []
    at = 0
    lower = html.lower()
    while (begin := _SCRIPT.search(html, at)) is not None:
        kept.append(html[at : begin.start()])
        end = lower.find(f"</{begin.group(1).lower()}", begin.end())
        if end < 0:
            return "".join(kept)
        at = lower.find(">", end) + 1 or len(html)
    return "".join((*kept, html[at:]))
