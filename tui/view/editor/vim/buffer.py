"""A text as vim sees it: lines of characters, in which a place is an offset; a walk through it."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from enum import Enum
from typing import Final

from tui.document.textchange import TextChange
from tui.view.editor.layout import TextLayout

LAST_COLUMN: Final = 1 << 30
"""The column that `$` keeps: the end of each line."""

_BLANK, _SIGN, _WORD, _EMOJI = range(4)
_SCRIPTS: Final = (
    (0x2070, 0x207F),
    (0x2080, 0x2094),
    (0x2800, 0x28FF),
    (0x3040, 0x309F),
    (0x30A0, 0x30FF),
    (0x3300, 0x9FFF),
    (0xAC00, 0xD7A3),
    (0xF900, 0xFAFF),
    (0x20000, 0x2FA1F),
)
"""Letters of different ones are of different words."""
_IDEOGRAPHS: Final = frozenset((0x3300, 0xF900, 0x20000))


class Step(Enum):
    """What a step through the text came to."""

    WITHIN = "within the line"
    LINE_END = "behind the last character"
    OTHER_LINE = "in another line"
    NOWHERE = "the text's end"


@dataclass(frozen=True, slots=True)
class Buffer:
    """A text and its layout. Places are grapheme borders."""

    layout: TextLayout

    @property
    def text(self) -> str:
        """The whole text."""
        return self.layout.text

    @property
    def last_line(self) -> int:
        """The last line, counted from 0."""
        return self.layout.line_count - 1

    def changed(self, start: int, end: int, inserted: str) -> tuple[Buffer, TextChange]:
        """The buffer with a stretch replaced."""
        text = self.text
        change = TextChange(start, text[start:end], inserted)
        changed = text[:start] + inserted + text[end:]
        return Buffer(self.layout.changed(change, changed)), change

    def line_at(self, offset: int) -> int:
        """The line that a place is in."""
        return self.layout.line_of_offset(offset)

    def start(self, line: int) -> int:
        """Where a line begins."""
        return self.layout.line_span(line)[0]

    def end(self, line: int) -> int:
        """Where a line ends, before its newline."""
        return self.layout.line_span(line)[1]

    def line(self, line: int) -> str:
        """The text of a line."""
        return self.layout.line_text(line)

    def start_at(self, offset: int) -> int:
        """The start of the line of a place."""
        return self.start(self.line_at(offset))

    def end_at(self, offset: int) -> int:
        """The end of the line of a place."""
        return self.end(self.line_at(offset))

    def last_character(self, line: int) -> int:
        """The last place in a line that a cursor can stand on."""
        start, end = self.layout.line_span(line)
        return end if start == end else max(start, self.before(end))

    def text_start(self, line: int) -> int:
        """The first place of a line that is not blank, or its last."""
        start, end = self.layout.line_span(line)
        text = self.text[start:end]
        return min(start + len(text) - len(text.lstrip(" \t")), self.last_character(line))

    def indent(self, line: int) -> int:
        """How many characters a line is indented by."""
        text = self.line(line)
        return len(text) - len(text.lstrip(" \t"))

    def is_empty(self, line: int) -> bool:
        """Whether nothing at all is in a line."""
        start, end = self.layout.line_span(line)
        return start == end

    def is_blank(self, line: int) -> bool:
        """Whether nothing but space is in a line."""
        return not self.line(line).strip(" \t")

    def before(self, offset: int) -> int:
        """The place before."""
        return self.layout.border_before(offset)

    def after(self, offset: int) -> int:
        """The place after."""
        return self.layout.border_after(offset)

    def on_character(self, offset: int) -> int:
        """The nearest place that a cursor of the normal mode can stand on."""
        offset = self.layout.border_at(offset)
        return min(offset, self.last_character(self.line_at(offset)))

    def column(self, offset: int) -> int:
        """The cell of its line that the cursor is in: of a tab, the last."""
        column = self.layout.unwrapped_column(offset)
        if self.text.startswith("\t", offset):
            return self.layout.unwrapped_column(offset + 1) - 1
        return column

    def at_column(self, line: int, column: int, *, past_end: bool = False) -> int:
        """The character of a line that is drawn at a column, or its last, or the place behind that."""
        start, end = self.layout.line_span(line)
        last = end if past_end else self.last_character(line)
        if column >= LAST_COLUMN or start == end:
            return last
        places = range(start, end + 1)
        found = bisect_right(places, column, key=self.layout.unwrapped_column) - 1
        return min(self.layout.border_at(start + found), last)

    def character(self, offset: int) -> str:
        """The code point at a place; empty at the end of a line."""
        text = self.text
        return text[offset] if offset < len(text) and text[offset] != "\n" else ""

    def kind(self, offset: int, *, big: bool) -> int:
        """The class of a character: words are runs of one; 0 is blank, as is the end of a line."""
        character = self.character(offset)
        kind = kind_of(character)
        return min(kind, 1) if big else kind


def kind_of(character: str) -> int:
    """The class of a character."""
    if character in ("", " ", "\t", "\xa0"):
        return _BLANK
    code = ord(character)
    if code < 0x100:
        is_word = character.isalnum() or character == "_" or code >= 0xC0
        return _WORD if is_word and character not in "¹²³¼½¾" else _SIGN
    for first, last in _SCRIPTS:
        if first <= code <= last:
            return _SCRIPTS[5][0] if first in _IDEOGRAPHS else first
    category = unicodedata.category(character)
    if category.startswith("Z"):
        return _BLANK
    if code >= 0x1F000 and category.startswith("S"):
        return _EMOJI
    return _SIGN if category[0] in "PS" else _WORD


@dataclass(slots=True)
class Walk:
    """A place that goes through a text, in which the end of a line is a place too."""

    buffer: Buffer
    at: int
    big: bool = False

    def on(self) -> Step:
        """One character on."""
        buffer = self.buffer
        if self.at < (end := buffer.end_at(self.at)):
            self.at = buffer.after(self.at)
            return Step.LINE_END if self.at == end else Step.WITHIN
        if self.at == len(buffer.text):
            return Step.NOWHERE
        self.at += 1
        return Step.OTHER_LINE

    def back(self) -> Step:
        """One character back."""
        buffer = self.buffer
        if self.at == 0:
            return Step.NOWHERE
        crosses = self.at == buffer.start_at(self.at)
        self.at = buffer.before(self.at)
        return Step.OTHER_LINE if crosses else Step.WITHIN

    def on_over_end(self) -> Step:
        """One character on, where the end of a line that has any is none."""
        step = self.on()
        return self.on() if step is Step.LINE_END else step

    def back_over_end(self) -> Step:
        """One character back, where the end of a line that has any is none."""
        step = self.back()
        if step is Step.OTHER_LINE and not self.buffer.is_empty(self.buffer.line_at(self.at)):
            return self.back()
        return step

    @property
    def kind(self) -> int:
        """The class of the character here."""
        return self.buffer.kind(self.at, big=self.big)

    @property
    def on_empty_line(self) -> bool:
        """Whether the line here is empty."""
        return self.buffer.is_empty(self.buffer.line_at(self.at))

    @property
    def at_line_start(self) -> bool:
        """Whether a line begins here."""
        return self.at == self.buffer.start_at(self.at)
