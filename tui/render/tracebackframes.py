"""What a traceback's strings say: which are frames of packages, and which lines of cells they name.

IPython's `ultratb.py` and ipykernel, from 0.13 on; their older spellings are in many notebooks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tui.sanitize import clean_lines

_LONGEST_HEAD: Final = 1_000  # characters of a frame's first line; no path is longer
_MOST_READ: Final = 200_000  # characters of a traceback's end in which cells' lines are looked for

_CELL: Final = re.compile(
    r"\s*(?:(?:Cell |Input )?In ? ?\[(?P<count>\d+)\]"  # IPython 8 and 9; xeus-python
    r"|(?:File )?\"?<ipython-input-(?P<older>\d+)-\w*>"  # before
    r"|\S*[/\\](?:ipykernel_\d+[/\\]\d+|ipython-input-[\d-]+)\.py\b)"  # IPython 7 with ipykernel 6; Colab
)
_FILE: Final = re.compile(
    r"File (?P<path>.+?):(?P<line>\d+)(?:, in .*)?"  # IPython 8 and 9
    r"|(?P<older>[^'\"(]{1,500}\.\w{2,4}) in .*"  # before
)
_LINE: Final = re.compile(r", line (\d+)|<cell line: (\d+)>|:(\d+)(?=, in |$)")
_ARROW: Final = re.compile(r"-{1,6}> ?(?P<line>\d+) ?(?P<quote>.*)|Line (?P<named>\d+): (?P<text>.*)")
_POINTER: Final = re.compile(r" *[\^~]+ *")
"""What stands below the line that cannot be read as Python."""
_MOST_BELOW: Final = 30  # lines below a frame's head, more than IPython's context

_INSTALLED: Final = re.compile(r"(?:site|dist)-packages[/\\](?P<name>[^/\\]+)")
_STANDARD: Final = re.compile(r"[/\\]lib(?:64)?[/\\]python\d[\d.]*[/\\](?P<name>[^/\\]+)", re.IGNORECASE)
_STANDARD_ON_WINDOWS: Final = re.compile(r"[/\\]python\d*[/\\]lib[/\\](?P<name>[^/\\]+)", re.IGNORECASE)
_COMPILED: Final = re.compile(r"(?P<name>\w+)(?:[/\\]\S*)?\.(?:pyx|pxi|pxd)")
_FROZEN: Final = re.compile(r"<frozen (?P<name>\w+)")


@dataclass(frozen=True, slots=True)
class LibraryFrame:
    """A frame of code that is installed."""

    package: str
    """Sanitized."""


@dataclass(frozen=True, slots=True)
class OwnFrame:
    """A frame of a person's own code: of a cell, or of a file that is nowhere where packages are."""


Frame = LibraryFrame | OwnFrame


@dataclass(frozen=True, slots=True)
class CellLine:
    """A line of a cell that a traceback names."""

    count: int | None
    """The execution count that the cell ran as, where it is said."""
    line: int
    """From 1."""
    quote: str
    """What stands there, without blanks around it; empty where it is not said."""


def frame_of(part: str) -> Frame | None:
    """What frame one of a traceback's strings is; None for what is no frame of IPython's."""
    head = _head(part)
    if _CELL.match(head):
        return OwnFrame()
    path = _path(head)
    if path is None:
        return None
    package = _package(path)
    return OwnFrame() if package is None else LibraryFrame(package)


def cell_lines(traceback: Sequence[str]) -> list[CellLine]:
    """The lines of cells in a traceback, the one where it happened last."""
    lines = clean_lines("\n".join(traceback)[-_MOST_READ:])
    return list(_cell_lines(lines))


def _cell_lines(lines: Sequence[str]) -> Iterator[CellLine]:
    for at, line in enumerate(lines):
        cell = _CELL.match(line)
        if cell is None:
            continue
        count = cell["count"] or cell["older"]
        said = _LINE.search(line, cell.end())
        quoted = _quoted(lines[at + 1 : at + 1 + _MOST_BELOW])
        number = next((int(group[:9]) for group in said.groups() if group), 0) if said else 0
        if quoted is not None and 0 in (number, quoted.line, number - quoted.line):
            yield CellLine(_number(count), number or quoted.line, quoted.quote)
        elif number:
            yield CellLine(_number(count), number, "")


def _quoted(following: Sequence[str]) -> CellLine | None:
    """The line that a frame quotes and points at below its head; 0 for a number that is not said."""
    if len(following) > 1 and _POINTER.fullmatch(following[1]):
        return CellLine(None, 0, following[0].strip())
    for line in following[:_MOST_BELOW]:
        if _CELL.match(line) or _path(line[:_LONGEST_HEAD]) is not None:
            return None
        found = _ARROW.match(line)
        if found is not None:
            number, quote = found["line"] or found["named"], found["quote"] or found["text"] or ""
            return CellLine(None, int(number[:9]), quote.strip())
    return None


def _head(part: str) -> str:
    lines = clean_lines(part[: 2 * _LONGEST_HEAD].lstrip("\n").partition("\n")[0])
    return lines[0][:_LONGEST_HEAD] if lines else ""


def _path(head: str) -> str | None:
    """The path in the first line of a file's frame."""
    found = _FILE.fullmatch(head)
    if found is None:
        return None
    path = found["path"] or found["older"]
    return path if found["path"] or "/" in path or "\\" in path else None


def _package(path: str) -> str | None:
    """The package that a file belongs to; None for a file of a person's own."""
    for pattern in (_INSTALLED, _STANDARD, _STANDARD_ON_WINDOWS):
        if found := pattern.search(path):
            return found["name"].partition(".")[0]
    for pattern in (_COMPILED, _FROZEN):
        if found := pattern.match(path):
            return found["name"]
    return None


def _number(digits: str | None) -> int | None:
    return int(digits[:9]) if digits else None
