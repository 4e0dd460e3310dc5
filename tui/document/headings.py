"""The headings in the source of a markdown cell, found without drawing it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tui.document.notebook import CellKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.document.notebook import Cell

_FENCE: Final = re.compile(r" {0,3}(?P<mark>`{3,}|~{3,})(?P<info>[^\n]*)")
_HASHES: Final = re.compile(r" {0,3}(?P<hashes>#{1,6})(?:[ \t]+(?P<text>.*?))??(?:[ \t]+#+)?[ \t]*")
_UNDERLINE: Final = re.compile(r" {0,3}(?P<mark>=+|-+)[ \t]*")
_INDENTED: Final = re.compile(r" {4}| {0,3}\t")
_NO_PARAGRAPH: Final = re.compile(
    r" {0,3}(?:>|[-+*][ \t]|\d{1,9}[.)][ \t]|(?:-[ \t]*){3,}$|(?:_[ \t]*){3,}$|(?:\*[ \t]*){3,}$)"
)
_MARKUP: Final = re.compile(r"!?\[(?P<shown>[^\[\]]*)\]\([^()]*\)|<[^<>]*>|[*`]|(?<!\w)_|_(?!\w)")
_MOST_READ: Final = 40_000  # characters of a cell, as many as are laid out


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in a cell."""

    level: int
    """1 to 6."""
    text: str
    """Without its marks; not sanitized."""
    line: int
    """Of the cell's source, from 0."""


def headings_in(source: str) -> Iterator[Heading]:
    """The headings of both of CommonMark's kinds, except those in blocks of code."""
    if "#" not in source and "\n=" not in source and "\n-" not in source:
        return
    fence = ""
    paragraph: list[str] = []
    for number, line in enumerate(source[:_MOST_READ].split("\n")):
        if fence:
            found = _FENCE.fullmatch(line)
            is_end = found is not None and found["mark"].startswith(fence) and not found["info"].strip()
            fence = "" if is_end else fence
        elif (opened := _FENCE.fullmatch(line)) is not None and "`" not in opened["info"]:
            fence, paragraph = opened["mark"], []
        elif (found := _HASHES.fullmatch(line)) is not None:
            yield Heading(len(found["hashes"]), without_markup(found["text"] or ""), number)
            paragraph = []
        elif paragraph and (found := _UNDERLINE.fullmatch(line)) is not None:
            text = without_markup(" ".join(paragraph))
            yield Heading(1 if "=" in found["mark"] else 2, text, number - len(paragraph))
            paragraph = []
        elif _is_text(line, goes_on=bool(paragraph)):
            paragraph.append(line.strip())
        else:
            paragraph = []


def _is_text(line: str, *, goes_on: bool) -> bool:
    """Whether a line is one of a paragraph: what is indented goes on with one, and begins none."""
    if not line.strip() or (_INDENTED.match(line) and not goes_on):
        return False
    return _INDENTED.match(line) is not None or _NO_PARAGRAPH.match(line) is None


def first_heading(cell: Cell) -> Heading | None:
    """The heading that a cell begins with: what makes it the head of a section."""
    if cell.kind is not CellKind.MARKDOWN:
        return None
    heading = next(headings_in(cell.source), None)
    if heading is None or any(line.strip() for line in cell.source.split("\n")[: heading.line]):
        return None
    return heading


def without_markup(text: str) -> str:
    """A line of markdown as people read it: no stars, no addresses, no tags."""
    return _MARKUP.sub(lambda found: found["shown"] or "", text).strip()
