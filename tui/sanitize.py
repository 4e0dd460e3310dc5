"""Text from files, kernels and file names made safe to print: nothing in it controls, hides or reorders.

What a terminal prints is kept, private-use glyphs and code points newer than this Python included. Standard
library only.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

REPLACEMENT: Final = "\ufffd"
"""What stands for a character that must not reach the terminal and has no picture of its own."""

ESCAPE: Final = re.compile(
    r"(?:\x1b\[|\x9b)(?P<parameters>[0-?]*)(?P<intermediate>[ -/]*)(?P<final>[@-~]?)"
    r"|(?:\x1b[PX\]^_]|[\x90\x98\x9d\x9e\x9f])[^\x07\n\x18\x1a\x1b\x9c]{0,8192}(?:\x07|\x1b\\|\x9c)?"
    r"|\x1b[ -/]*[0-~]?"
)
"""One escape sequence, 7-bit or C1, finished or not (ECMA-48 5.4 and 5.6; a BEL ends a string as in xterm).

Control sequences have their parts named. A string (OSC, DCS, APC, PM, SOS) ends at the line's end or after
8,192 characters, so that one without a terminator hides little. Matching is linear in the text.
"""

# Without the formatting characters that terminals print (Arabic and Kaithi number signs), ZWNJ and ZWJ.
_UNPRINTABLE: Final = (
    "\x00-\x08\n-\x1f\x7f-\x9f"  # C0 but the tab, DEL, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi controls
    "\xad\u070f\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb"  # invisible formatting
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\u3164\uffa0"  # fillers: letters that cannot be seen
    "\u2028\u2029"  # line and paragraph separators
    "\U0010eeee"  # kitty's placeholder: a cell that shows a piece of any picture that was sent
    "\ud800-\udfff"  # surrogates, which no output encoding takes
    "\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
)
_PICTOGRAPH: Final = (
    "\xa9\xae\u203c-\u3299\U0001f000-\U0001faff"  # holds every Extended_Pictographic (UTS #51)
)
_TAG: Final = "\U000e0000-\U000e007f"

_LINE_BREAK: Final = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")  # as str.splitlines


@cache
def _not_visible() -> re.Pattern[str]:
    """What is exchanged; made with the first text that is not plain ASCII."""
    return re.compile(
        f"(?P<flag>\U0001f3f4[\U000e0020-\U000e007e]{{1,8}}\U000e007f)"  # England's flag, spelled in tags
        f"|(?P<join>(?<![{_PICTOGRAPH}\ufe0f])\u200d|\u200d(?![{_PICTOGRAPH}]))"
        f"|[{_UNPRINTABLE}{_TAG}]"
    )


def visible(text: str) -> str:
    """The text with each character that must not be printed exchanged for one that may: of the same length.

    C0 controls and DEL become their pictures (U+2400 block); C1, bidi controls, invisible formatting, lone
    surrogates and noncharacters U+FFFD. Tabs stay. A zero-width joiner stays between pictographs; elsewhere,
    where terminals and width tables disagree on what it joins, it becomes a zero-width non-joiner.
    """
    if text.isascii() and text.isprintable():
        return text
    return _not_visible().sub(_shown, text)


def clean(text: str) -> str:
    """One line of printable text: no escape sequences, a space for a line break or tab, else as `visible`."""
    if text.isascii() and text.isprintable():
        return text
    line = _LINE_BREAK.sub(" ", ESCAPE.sub("", text))
    return visible(line.replace("\t", " "))


def clean_lines(text: str) -> list[str]:
    """The text's lines, each cleaned; breaks are those of `str.splitlines`."""
    return [clean(line) for line in ESCAPE.sub("", text).splitlines()]


def _shown(match: re.Match[str]) -> str:
    found = match.group()
    if match.lastgroup == "flag":
        return found
    if match.lastgroup == "join":
        return "\u200c"
    code = ord(found)
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else REPLACEMENT
