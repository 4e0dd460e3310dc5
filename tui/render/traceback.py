"""Errors: the traceback with the colours it came with, fitted to the width, frames of packages folded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from kernelbridge.outputs import ErrorOutput
from kernelbridge.streamtext import StreamText
from tui.render.canvas import Canvas, Detail
from tui.render.drawing import Drawing, Shortened
from tui.render.longtext import text_rows
from tui.render.rowops import crop, text_row, wrap
from tui.render.rows import Role, Row, Style
from tui.render.stream import StreamRows
from tui.render.tracebackframes import LibraryFrame, frame_of
from tui.sanitize import clean_lines

# IPython lays both out for 75 columns (ultratb.py), the second with the error's name at its left edge.
_RULE: Final = re.compile(r"^((?:\x1b\[[0-9;]*m)*)(-{20,})((?:\x1b\[[0-9;]*m)*)$")
_HEADING: Final = re.compile(r" {2,}(?=Traceback \(most recent call last\)$)")
_HEADING_WIDTH: Final = 75
_LONGEST_FOLDED: Final = 300_000  # characters, which are laid out in a few hundredths of a second
_LONGEST_HEADING: Final = 300  # characters, with colours
_MOST_NAMED: Final = 3
_FOLD: Final = Style(Role.MUTED, italic=True)


@dataclass(frozen=True, slots=True)
class FoldedFrames:
    """Frames that are left out."""

    packages: tuple[str, ...]
    """The first of those they are of, in order; one more than is named, where there are more."""
    count: int

    def with_one_of(self, package: str) -> FoldedFrames:
        """The same with one frame more."""
        known = package in self.packages or len(self.packages) > _MOST_NAMED
        return FoldedFrames(self.packages if known else (*self.packages, package), self.count + 1)

    def __str__(self) -> str:
        named = ", ".join(self.packages[:_MOST_NAMED])
        more = ", …" if len(self.packages) > _MOST_NAMED else ""
        frames = "1 frame" if self.count == 1 else f"{self.count:,} frames"
        return f"… {frames} in {named}{more} · o shows"


def draw_traceback(error: ErrorOutput, canvas: Canvas) -> Drawing:
    """The rows of an error; of one without a traceback, its name and what it says.

    In brief, frames of installed packages are folded, but for the last frame of all.
    """
    parts, width = error.traceback, canvas.text_width
    if not any(part.strip() for part in parts):
        summary = (
            f"{error.ename}: {error.evalue}" if error.evalue else error.ename or "an error without a name"
        )
        style = Style(Role.ERROR)
        return [row for line in clean_lines(summary) for row in wrap(text_row(line, style), width)]
    if canvas.detail is Detail.BRIEF and sum(map(len, parts)) <= _LONGEST_FOLDED:
        stretches = folded(parts)
        if any(isinstance(stretch, FoldedFrames) for stretch in stretches):
            return Shortened(_rows_of(stretches, width))
    return text_rows(StreamText.of(_fitted(parts, width)), width)


def folded(parts: Sequence[str]) -> list[str | FoldedFrames]:
    """A traceback's strings; neighbours that are frames of packages are one value, but for the last frame."""
    frames = [frame_of(part) for part in parts]
    last = max((at for at, frame in enumerate(frames) if frame is not None), default=-1)
    stretches: list[str | FoldedFrames] = []
    for at, (part, frame) in enumerate(zip(parts, frames, strict=True)):
        if not isinstance(frame, LibraryFrame) or at == last:
            stretches.append(part)
        elif stretches and isinstance(before := stretches[-1], FoldedFrames):
            stretches[-1] = before.with_one_of(frame.package)
        else:
            stretches.append(FoldedFrames((frame.package,), 1))
    return stretches


def _rows_of(stretches: Sequence[str | FoldedFrames], width: int) -> list[Row]:
    rows: list[Row] = []
    for is_text, group in groupby(stretches, lambda stretch: isinstance(stretch, str)):
        if is_text:
            text = _fitted([*map(str, group)], width)
            rows += StreamRows(StreamText.of(text), width)
        else:
            rows += [crop(text_row(str(folded), _FOLD), 0, width) for folded in group]
    return rows


def _fitted(parts: Sequence[str], width: int) -> str:
    """The parts as one text, with IPython's rule and headings narrowed so that none is wrapped."""
    excess = _HEADING_WIDTH - width
    if excess <= 0:
        return "\n".join(parts)
    return "\n".join(_narrowed(part, excess, width) for part in parts)


def _narrowed(part: str, excess: int, width: int) -> str:
    """A part whose first lines may be rule and heading."""
    first, newline, rest = part.partition("\n")
    second, other_newline, others = rest.partition("\n")
    return f"{_line(first, excess, width)}{newline}{_line(second, excess, width)}{other_newline}{others}"


def _line(line: str, excess: int, width: int) -> str:
    if len(line) > _LONGEST_HEADING:
        return line
    line = _RULE.sub(lambda match: match[1] + match[2][:width] + match[3], line)
    return _HEADING.sub(lambda match: match.group()[excess:] or "  ", line)
