"""The cells of a terminal as an SVG that looks the same in every viewer, and names no address but SVG's own.

Every piece of text has its own column, so that a font that lacks a character does not shift what follows.
Blocks and lines are drawn as areas, so that they meet whatever the font.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, TypeAlias

from rich.cells import cell_len
from rich.color import Color, blend_rgb
from rich.style import Style

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.segment import Segment

_WIDTH, _HEIGHT = 8.4, 18
"""Of a cell, in pixels."""
_BASELINE = 13.5
_MARGIN = 8
_FONTS = "ui-monospace,'Cascadia Mono','SF Mono',Menlo,Consolas,'DejaVu Sans Mono',monospace"
_PIECE = re.compile(r"[!-~]+(?: [!-~]+)*|[^ -~][\u0300-\u036f\u200d\ufe0f]*")
"""Words in ASCII, which is of one width in every font; anything else but blanks character by character."""

_Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, width and height, in cells."""

_ACROSS, _DOWN = (0, 0.47, 1, 0.06), (0.44, 0, 0.12, 1)
_LEFT, _RIGHT = (0, 0.47, 0.5, 0.06), (0.44, 0.47, 0.56, 0.06)
_ABOVE, _BELOW = (0.44, 0, 0.12, 0.5), (0.44, 0.47, 0.12, 0.53)

_SHAPES: dict[str, tuple[_Box, ...]] = {
    "▀": ((0, 0, 1, 0.5),),
    "▄": ((0, 0.5, 1, 0.5),),
    "█": ((0, 0, 1, 1),),
    "▌": ((0, 0, 0.5, 1),),
    "▐": ((0.5, 0, 0.5, 1),),
    "─": (_ACROSS,),
    "━": ((0, 0.43, 1, 0.14),),
    "│": (_DOWN,),
    "┃": ((0.38, 0, 0.24, 1),),
    "┼": (_ACROSS, _DOWN),
    "╭": (_RIGHT, _BELOW),
    "╮": (_LEFT, _BELOW),
    "╰": (_RIGHT, _ABOVE),
    "╯": (_LEFT, _ABOVE),
    "┊": tuple((0.44, quarter / 4 + 0.04, 0.12, 0.16) for quarter in range(4)),
    "╎": tuple((0.42, half / 2 + 0.08, 0.16, 0.34) for half in range(2)),
}
"""Characters that are drawn as areas; sextants, too (Unicode's Symbols for Legacy Computing)."""
_THIRD = 1 / 3
_HALVES = (0b010101, 0b101010)
"""The sextants that are half-blocks, and so no characters of their own."""
_SHAPES |= {
    chr(0x1FB00 + index): tuple(
        (bit % 2 / 2, bit // 2 * _THIRD, 0.5, _THIRD) for bit in range(6) if bits >> bit & 1
    )
    for index, bits in enumerate(bits for bits in range(1, 63) if bits not in _HALVES)
}


@dataclass(frozen=True, slots=True)
class _Ink:
    """The colours of a segment, and what else its text has, as attributes of SVG."""

    front: str
    back: str
    attributes: str


@dataclass(slots=True)
class _Drawing:
    """What is drawn, in the order in which it has to be."""

    grounds: dict[str, list[_Box]] = field(default_factory=lambda: defaultdict(list))
    """By colour, so that a picture of thousands of pixels stays small."""
    shapes: dict[str, list[_Box]] = field(default_factory=lambda: defaultdict(list))
    texts: list[str] = field(default_factory=list)


def svg_of(rows: Sequence[Iterable[Segment]], columns: int, front: str, back: str, title: str) -> str:
    """A picture of the rows; `front` and `back`, such as `#202020`, are for what has no colour of its own."""
    drawing = _Drawing()
    for y, row in enumerate(rows):
        _draw_row(drawing, y, row, front, back)
    drawing.grounds.pop(back, None)
    width, height = columns * _WIDTH + 2 * _MARGIN, len(rows) * _HEIGHT + 2 * _MARGIN
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" role="img" xml:space="preserve">',
        f"<title>{escape(title)}</title>",
        f"<style>text{{font-family:{_FONTS};font-size:14px;white-space:pre}}</style>",
        f'<rect width="{width:g}" height="{height:g}" rx="6" fill="{back}"/>',
        f'<g transform="translate({_MARGIN} {_MARGIN})">',
        f'<g transform="scale({_WIDTH} {_HEIGHT})" shape-rendering="crispEdges">',
        *_paths(drawing.grounds),
        *_paths(drawing.shapes),
        "</g>",
        *drawing.texts,
        "</g>",
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _draw_row(drawing: _Drawing, y: int, row: Iterable[Segment], front: str, back: str) -> None:
    x = 0
    for text, style, _ in row:
        ink = _ink(style or Style.null(), front, back)
        width = cell_len(text)
        drawing.grounds[ink.back].append((x, y, width, 1))
        for piece in _PIECE.finditer(text):
            _draw_piece(drawing, x + cell_len(text[: piece.start()]), y, piece.group(), ink)
        x += width


def _draw_piece(drawing: _Drawing, x: int, y: int, text: str, ink: _Ink) -> None:
    if text in _SHAPES:
        drawing.shapes[ink.front] += [(x + left, y + top, *size) for left, top, *size in _SHAPES[text]]
        return
    drawing.texts.append(
        f'<text x="{x * _WIDTH:g}" y="{y * _HEIGHT + _BASELINE:g}" textLength="{cell_len(text) * _WIDTH:g}" '
        f'fill="{ink.front}"{ink.attributes}>{escape(text)}</text>'
    )


def _paths(boxes_by_color: dict[str, list[_Box]]) -> Iterator[str]:
    for color, boxes in boxes_by_color.items():
        outline = "".join(f"M{x:g} {y:g}h{w:g}v{h:g}h-{w:g}z" for x, y, w, h in _joined(boxes))
        yield f'<path fill="{color}" d="{outline}"/>'


def _joined(boxes: Iterable[_Box]) -> list[_Box]:
    """Boxes that stand side by side and are equally high as one."""
    joined: list[_Box] = []
    for box in boxes:
        left, top, width, height = joined[-1] if joined else (0, -1, 0, 0)
        if (left + width, top, height) == (box[0], box[1], box[3]):
            joined[-1] = (left, top, width + box[2], height)
        else:
            joined.append(box)
    return joined


def _ink(style: Style, front: str, back: str) -> _Ink:
    ink, ground = _hex(style.color, front), _hex(style.bgcolor, back)
    if style.reverse:
        ink, ground = ground, ink
    if style.dim:
        ink = blend_rgb(Color.parse(ink).get_truecolor(), Color.parse(ground).get_truecolor(), 0.5).hex
    attributes = {
        "font-weight": "bold" if style.bold else "",
        "font-style": "italic" if style.italic else "",
        "text-decoration": " ".join(
            name for name, is_on in (("underline", style.underline), ("line-through", style.strike)) if is_on
        ),
    }
    return _Ink(ink, ground, "".join(f' {name}="{value}"' for name, value in attributes.items() if value))


def _hex(color: Color | None, otherwise: str) -> str:
    return otherwise if color is None or color.is_default else color.get_truecolor().hex
