"""The last lines of a stream while they are being printed: one, or more once the cursor went up.

Progress bars that stand below each other (tqdm's, rich's, uv's) go up by escape sequences and print again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from kernelbridge.openline import OpenLine, PlainLine, as_cells

TERMINAL_WIDTH = 80
"""Columns of the terminal that IPython gives to `!`, `%pip` and the like."""
_REACH = 64
"""How many lines above the last one the cursor can go: more than a terminal has rows, mostly."""
_MOVE = re.compile(r"\x1b\[(?P<count>[0-9]{0,3})(?P<move>[ABEF])|(?P<clear>\x1b\[0?J)|(?P<feed>\n)")
_VERTICAL = re.compile(r"\x1b\[(?:[0-9]{0,3}[ABEF]|0?J)")
_SGR = re.compile(r"\x1b\[[0-9;:]*m")
_UNFINISHED = re.compile(r"\x1b(?:\[[0-9]{0,3})?\Z")

LineAbove: TypeAlias = Callable[[], str | None]
"""Takes the last of the lines that are above a region, if there is one."""


def moves_vertically(text: str) -> bool:
    """Whether the text takes a cursor to other lines than the next."""
    return "\x1b" in text and _VERTICAL.search(text) is not None


def unfinished(text: str) -> str:
    """What at the end of a text may be the beginning of such a sequence."""
    found = _UNFINISHED.search(text, max(0, len(text) - 5)) if "\x1b" in text[-5:] else None
    return found.group() if found else ""


@dataclass(frozen=True, slots=True)
class OpenRegion:
    """Lines that may still change, and on which of them the cursor is."""

    lines: tuple[OpenLine, ...] = (PlainLine(),)
    at: int = 0

    @property
    def line(self) -> OpenLine:
        """That with the cursor."""
        return self.lines[self.at]

    @property
    def is_single(self) -> bool:
        """Whether it is one line, as mostly."""
        return len(self.lines) == 1

    def texts(self, pending: str) -> list[str]:
        """The lines as they are, but for those below the cursor that were blotted out."""
        if self.is_single:
            return [self.line.text + pending]
        lines, at = list(self.lines), self.at
        if rows := as_cells(self.line).rows_filled(TERMINAL_WIDTH):
            lines[at : at + len(rows)] = rows
            at += len(rows) - 1
        texts = [line.text for line in lines]
        texts[at] += pending
        while len(texts) > at + 1 and _is_blank(texts[-1]):
            texts.pop()
        return texts

    def feed(self, text: str, line_above: LineAbove) -> tuple[list[str], OpenRegion]:
        """The region after `text`, and the texts of lines that have left it for good."""
        pen = _Pen(list(self.lines), self.at, line_above, top=None if self.is_single else 0)
        end = 0
        for token in _MOVE.finditer(text):
            pen.put(text[end : token.start()])
            end = token.end()
            pen.take(token)
        pen.put(text[end:])
        gone = pen.at if pen.top is None or len(pen.lines) > _REACH else pen.top
        closed = [line.text for line in pen.lines[:gone]]
        return closed, OpenRegion(tuple(pen.lines[gone:]), pen.at - gone)


def _is_blank(text: str) -> bool:
    """Whether there is nothing, or only blanks of no colour."""
    return not text.strip(" ") or not _SGR.sub("", text)


@dataclass(slots=True)
class _Pen:
    """The lines of a region while a text is written into them."""

    lines: list[OpenLine] = field(default_factory=list[OpenLine])
    at: int = 0
    line_above: LineAbove = lambda: None
    top: int | None = None
    """The first line that the cursor came back to; None where it came back to none."""

    def put(self, text: str) -> None:
        if text:
            self.lines[self.at] = self.lines[self.at].feed(text)

    def take(self, token: re.Match[str]) -> None:
        count = int(token["count"] or 1) or 1
        match token["move"]:
            case "A" | "F":
                self._go(-count, to_start=token["move"] == "F")
            case "B" | "E":
                self._go(count, to_start=token["move"] == "E")
            case _ if token["clear"]:
                self.put("\x1b[K")
                del self.lines[self.at + 1 :]
            case _:
                self._feed_line()

    def _feed_line(self) -> None:
        self.at += 1
        if self.at == len(self.lines):
            self.lines.append(PlainLine())
        else:
            self.lines[self.at] = as_cells(self.lines[self.at]).at_column(0)

    def _go(self, count: int, *, to_start: bool) -> None:
        """Up or down, as far as there are lines."""
        self._unwrap()
        here = as_cells(self.lines[self.at])
        self.lines[self.at] = here
        if count > 0:
            self.at = min(self.at + count, len(self.lines) - 1)
        for _ in range(-count):
            if len(self.lines) - self.at > _REACH:
                break
            if self.at:
                self.at -= 1
            elif (above := self.line_above()) is not None:
                self.lines.insert(0, PlainLine().feed(above))
            else:
                break
            self.top = min(self.at, self.at if self.top is None else self.top)
        self.lines[self.at] = as_cells(self.lines[self.at]).at_column(0 if to_start else here.cursor)

    def _unwrap(self) -> None:
        """Cut a line where a terminal wraps it, if a program counts on that: it filled all of its rows."""
        rows = as_cells(self.lines[self.at]).rows_filled(TERMINAL_WIDTH)
        if len(rows) > 1:
            self.lines[self.at : self.at + len(rows)] = rows
            self.at += len(rows) - 1
