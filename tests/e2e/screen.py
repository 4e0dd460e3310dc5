"""What a terminal shows after the bytes that a program wrote: text, colours and the cursor, by pyte."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, ClassVar

import pyte
from pyte import modes

_STRING = re.compile(rb"\x1b[PX^_].*?(?:\x1b\\|\x07)", re.DOTALL)
"""DCS, SOS, PM and APC strings, which pyte would print."""
_PRIVATE = re.compile(rb"\x1b\[[<=>][0-9;:]*[a-zA-Z]")
"""CSI with a private prefix, which pyte would take for the sequence without it."""
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|[PX^_\]](?:(?!\x1b\\|\x07).)*)?\Z", re.DOTALL)
"""A sequence cut off by the end of what was read."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One place on the screen."""

    text: str
    fg: str
    """`default`, the name of a colour, or six hexadecimal digits."""
    bg: str
    bold: bool
    reverse: bool


class Screen:
    """A screen of `columns` by `rows`, fed with bytes."""

    def __init__(self, columns: int, rows: int) -> None:
        self._screen = _PyteScreen(columns, rows)
        self._stream = _PyteStream(self._screen)
        self._held = b""

    def feed(self, data: bytes) -> None:
        """Draw what a program wrote; a sequence may be spread over several calls."""
        data = self._held + data
        unfinished = _UNFINISHED.search(data)
        cut = unfinished.start() if unfinished else len(data)
        data, self._held = data[:cut], data[cut:]
        data = _PRIVATE.sub(b"", _STRING.sub(b"", data))
        self._stream.feed(_without_colons(data))

    def resize(self, columns: int, rows: int) -> None:
        """Give the screen another size, keeping its upper left part."""
        self._screen.resize(rows, columns)

    @property
    def lines(self) -> list[str]:
        """The rows from the top, without the blanks at their ends."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def text(self) -> str:
        """All rows as one text."""
        return "\n".join(self.lines)

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and row of the cursor, from 0."""
        return self._screen.cursor.x, self._screen.cursor.y

    @property
    def cursor_is_visible(self) -> bool:
        """Whether the terminal shows its cursor."""
        return modes.DECTCEM in self._screen.mode

    def without_wrapping(self) -> None:
        """Characters beyond the right edge stay at it (DECAWM off), as full-screen programs have it."""
        self._screen.reset_mode(modes.DECAWM >> 5, private=True)

    def seen(self) -> list[list[Seen]]:
        """What a person sees of each cell: of a blank nothing but the paper."""
        return [
            [_seen(self._screen.buffer[row][column]) for column in range(self._screen.columns)]
            for row in range(self._screen.lines)
        ]

    def cell(self, column: int, row: int) -> Cell:
        """What stands at a place, counted from 0."""
        char = self._screen.buffer[row][column]
        return Cell(char.data, char.fg, char.bg, char.bold, char.reverse)


@dataclass(frozen=True, slots=True)
class Seen:
    """One place as a person sees it: two that look the same are equal."""

    text: str
    fg: str
    bg: str
    attributes: tuple[bool, ...]


def _seen(char: Any) -> Seen:
    inked = char.underscore, char.reverse, char.strikethrough
    if char.data == " " and not any(inked):
        return Seen(" ", "", char.bg, inked)
    return Seen(char.data, char.fg, char.bg, (*inked, char.bold, char.italics))


def _without_colons(data: bytes) -> bytes:
    """SGR parameters set apart by semicolons, the only way pyte knows."""
    return re.sub(rb"\x1b\[[0-9;:]*m", lambda found: found[0].replace(b":", b";"), data)


class _PyteScreen(pyte.Screen):
    """pyte's screen, with the sequences that it lacks; lines scrolled in have the background that is set."""

    _last = " "

    def draw(self, data: str) -> None:
        """Characters, of which REP repeats the last."""
        self._last = data[-1:] or self._last
        super().draw(data)

    def repeat(self, count: int = 1) -> None:
        """REP: the last character again."""
        super().draw(self._last * (count or 1))

    def index(self) -> None:
        """LF at the bottom margin."""
        bottom = self.margins.bottom if self.margins else self.lines - 1
        at_edge = self.cursor.y == bottom
        super().index()
        if at_edge:
            self._fill(bottom)

    def reverse_index(self) -> None:
        """RI at the top margin."""
        top = self.margins.top if self.margins else 0
        at_edge = self.cursor.y == top
        super().reverse_index()
        if at_edge:
            self._fill(top)

    def cursor_up(self, count: int | None = None) -> None:
        """CUU: a cursor above the margins is not held by them."""
        top = self.margins.top if self.margins else 0
        self.cursor.y = max(self.cursor.y - (count or 1), top if self.cursor.y >= top else 0)

    def cursor_down(self, count: int | None = None) -> None:
        """CUD, and LF where it does not scroll: a cursor below the margins is not held by them."""
        last = self.lines - 1
        bottom = self.margins.bottom if self.margins else last
        self.cursor.y = min(self.cursor.y + (count or 1), bottom if self.cursor.y <= bottom else last)

    def delete_characters(self, count: int = 1) -> None:
        """DCH: the rest of the line moves left."""
        super().delete_characters(count)
        paper = self.cursor.attrs._replace(data=" ")
        for column in range(max(self.columns - (count or 1), self.cursor.x), self.columns):
            self.buffer[self.cursor.y][column] = paper

    def _fill(self, row: int) -> None:
        paper = self.cursor.attrs._replace(data=" ")
        for column in range(self.columns):
            self.buffer[row][column] = paper

    def scroll_up(self, count: int = 1, *_: int, private: bool = False) -> None:
        """SU: the lines inside the margins move up; but not what asks about graphics (XTSMGRAPHICS)."""
        if private:
            return
        self._scroll(count or 1, self.margins.bottom if self.margins else self.lines - 1, self.index)

    def scroll_down(self, count: int = 1) -> None:
        """SD: the lines inside the margins move down."""
        self._scroll(count or 1, self.margins.top if self.margins else 0, self.reverse_index)

    def _scroll(self, count: int, edge: int, step: Any) -> None:
        row = self.cursor.y
        self.cursor.y = edge
        for _ in range(count):
            step()
        self.cursor.y = row

    def select_graphic_rendition(self, *attributes: int, private: bool = False) -> None:
        """SGR, but not the private sequence of the same final byte (XTMODKEYS)."""
        if not private:
            super().select_graphic_rendition(*attributes)

    def report_device_status(self, mode: int, **_: bool) -> None:
        """Answered by the terminal, from the bytes."""

    def report_device_attributes(self, mode: int = 0, **_: bool) -> None:
        """Answered by the terminal, from the bytes."""


class _PyteStream(pyte.ByteStream):
    csi: ClassVar[dict[str, str]] = {
        **pyte.ByteStream.csi,
        "S": "scroll_up",
        "T": "scroll_down",
        "b": "repeat",
    }
    events: ClassVar[frozenset[str]] = pyte.ByteStream.events | {"scroll_up", "scroll_down", "repeat"}
