"""All that tnb itself may send to a terminal, as a strict grammar: what does not parse came from elsewhere.

Sources: ECMA-48 (CUP, SGR), xterm's control sequences (private modes, modifyOtherKeys, OSC 22 and 52,
XTVERSION, DA1, XTSMGRAPHICS), kitty's keyboard and graphics protocols, DEC STD 070 (sixels), and the
synchronized output mode (2026).
"""

from __future__ import annotations

import re
import unicodedata
from base64 import b64decode
from collections.abc import Mapping
from typing import Final

from tui.terminal.graphics.placeholders import MARKS

_MODES: Final = {
    b"7": "line wrapping",
    b"25": "cursor",
    b"1000": "mouse buttons",
    b"1002": "mouse dragging",
    b"1004": "focus reports",
    b"1006": "mouse in SGR form",
    b"1049": "alternate screen",
    b"2004": "bracketed paste",
    b"2026": "synchronized output",
}
"""Private modes that tnb turns on and off."""
AT_REST: Final[Mapping[str, bool]] = {name: name in ("line wrapping", "cursor") for name in _MODES.values()}
"""The modes as a shell has them."""

_COLOUR: Final = rb"[34]8;(?:5;\d{1,3}|2;\d{1,3};\d{1,3};\d{1,3})"
_PICTURE: Final = (
    rb"_G(?:a=T,U=1,q=2,f=32,o=z,i=\d{8,10},s=\d{1,5},v=\d{1,5},c=\d{1,3},r=\d{1,3}|q=2),m=[01];"
    rb"[A-Za-z0-9+/]{1,4096}={0,2}"
    rb"|_Ga=d,d=I,q=2,i=\d{8,10}"
)
"""A picture, in pieces, for cells that stand for it; or its end."""
_SENT_PICTURE: Final = re.compile(rb"a=T,.*?i=(\d+)")
_DELETED_PICTURE: Final = re.compile(rb"a=d,.*?i=(\d+)")
_SIXELS: Final = (
    rb"7 *\x1b8"  # blanks, and over them
    rb'\x1bP0;1q"1;1;\d{1,4};\d{1,3}(?:#\d{1,3};2;\d{1,3};\d{1,3};\d{1,3})*[?-~0-9#!$-]*\x1b\\'
    rb"\x1b8\x1b\[\d{1,4}C"  # and on to what is behind them
)
_PLACEHOLDER: Final = re.compile(f"\U0010eeee[{MARKS}]{{3}}")
_SGR_ITEM: Final = rb"(?:%s|[0-9]|2[1-9]|3[0-79]|4[0-79]|5[1-5]|9[0-7]|10[0-7])" % _COLOUR
_SEQUENCE: Final = re.compile(
    rb"\x1b(?:"
    rb"\[(?P<place>(?:\d{1,4}(?:;\d{1,4})?)?H)"
    rb"|(?P<drawing>\[\d{0,4}[GCDKbST@P]|\[(?:\d{1,4};\d{1,4})?r|M)"
    rb"|\[(?P<sgr>(?:%s(?:;%s)*)?m)"
    % (_SGR_ITEM, _SGR_ITEM)
    + rb"|\[\?(?P<mode>"
    + b"|".join(sorted(_MODES, key=len, reverse=True))
    + rb")(?P<state>[hl])"
    rb"|(?P<keys>\[>4;1m|\[>4m|\[>25u|\[<u)"
    rb"|(?P<query>\[\?2026\$p|\[5n|\[>q|\[16t|\[c|\[\?1;1;0S|\]11;\?\x1b\\)"
    rb"|(?P<picture>(?:%s)\x1b\\)"
    rb"|(?P<sixel>%s)"
    rb"|(?P<kept_place>[78])"
    rb"|Ptmux;\x1b\x1b(?P<passed>%s)\x1b\x1b\\\x1b\\"
    % (_PICTURE, _SIXELS, _PICTURE)
    + rb"|\]22;(?P<pointer>[a-z-]+)\x07"
    rb"|\]52;c;(?P<copied>[A-Za-z0-9+/]*={0,2})\x07"
    rb"|\]8;(?:id=[A-Za-z0-9_-]*)?;(?P<link>https?://[!-~]+)\x1b\\"
    rb"|(?P<link_end>\]8;;\x1b\\)"
    rb")"
)
_OF_CONSOLE: Final = re.compile(rb"\x1b\[(?:\d{1,4}[ABC]|[KJH]|2J)")
"""What the console sends besides: relative moves and erasing."""
_PLAIN: Final = re.compile(rb"[^\x1b]+")
_ALLOWED_CONTROLS: Final = "\r\n\b\v"
"""The shortest ways from one cell to a near one."""
_ALLOWED_FORMATS: Final = (
    "\u200c\u200d\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u0890\u0891\u08e2\U000110bd\U000110cd"
)
"""Format characters that terminals print or that join what they print; as `tui.sanitize` has it."""
_FLAG_TAGS: Final = re.compile("\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f")


class Sent:
    """What the full-screen program, or `tnb show`, sent to its terminal, taken apart."""

    _moves: re.Pattern[bytes] | None = None
    """What is sent besides."""
    _controls = _ALLOWED_CONTROLS

    def __init__(self, data: bytes) -> None:
        self.foreign: list[str] = []
        """What tnb does not send, each with a little of what surrounds it."""
        self.copied: list[str] = []
        """Texts that were put on the clipboard."""
        self.links: list[str] = []
        self.modes: dict[str, bool] = dict(AT_REST)
        """The private modes, as they were left."""
        self.pictures: set[bytes] = set()
        """The ids of pictures that were left with the terminal."""
        self.keyboard_depth = 0
        """How many times kitty's keyboard protocol was pushed and not popped."""
        self.keys_extended = False
        """Whether xterm's modifyOtherKeys was left on."""
        position = 0
        while position < len(data):
            found = _PLAIN.match(data, position) or _SEQUENCE.match(data, position)
            if found is None and self._moves is not None:
                found = self._moves.match(data, position)
            if found is None:
                self._foreign(data, position)
                position += 1
                continue
            if found.re is _PLAIN:
                self._check_text(found[0])
            else:
                self._take(found)
            position = found.end()

    @property
    def is_restored(self) -> bool:
        """Whether the terminal was left as a shell has it."""
        return (
            self.modes == AT_REST
            and self.keyboard_depth == 0
            and not self.keys_extended
            and not self.pictures
        )

    def _foreign(self, data: bytes, position: int) -> None:
        self.foreign.append(repr(data[max(0, position - 30) : position + 60]))

    def _check_text(self, text: bytes) -> None:
        try:
            decoded = text.decode("utf-8")
        except UnicodeDecodeError as error:
            self._foreign(text, error.start)
            return
        if decoded.isascii() and decoded.isprintable():
            return
        for position, character in enumerate(_PLACEHOLDER.sub("", _FLAG_TAGS.sub("", decoded))):
            category = unicodedata.category(character)
            controls = category == "Cc" and character not in self._controls
            formats = category == "Cf" and character not in _ALLOWED_FORMATS
            if controls or formats or category in ("Cs", "Zl", "Zp") or character == "\U0010eeee":
                self.foreign.append(f"{character!r} in {decoded[max(0, position - 30) : position + 30]!r}")

    def _take(self, found: re.Match[bytes]) -> None:
        match found.lastgroup:
            case "state":
                self.modes[_MODES[found["mode"]]] = found["state"] == b"h"
            case "keys":
                sequence = found["keys"]
                self.keyboard_depth += {b"[>25u": 1, b"[<u": -1}.get(sequence, 0)
                self.keys_extended = {b"[>4;1m": True, b"[>4m": False}.get(sequence, self.keys_extended)
            case "picture" | "passed":
                if (sent := _SENT_PICTURE.search(found[0])) is not None:
                    self.pictures.add(sent[1])
                if (deleted := _DELETED_PICTURE.search(found[0])) is not None:
                    self.pictures.discard(deleted[1])
            case "copied":
                self.copied.append(b64decode(found["copied"], validate=True).decode("utf-8"))
            case "link":
                self.links.append(found["link"].decode("ascii"))
            case _:
                pass


class SentWithBell(Sent):
    """What it sent where somebody who looked elsewhere was to be told of something."""

    _controls = _ALLOWED_CONTROLS + "\a"


class SentByConsole(Sent):
    """The same of `tnb console`, which is not full-screen and moves about."""

    _moves = _OF_CONSOLE
