"""Textual's updates put on a display: the strips of a frame as cells."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final
from zlib import crc32

from rich.color import ColorSystem
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from tui.terminal.display.cellrow import cells_of
from tui.terminal.display.look import PLAIN, Look, look_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console, RenderableType
    from rich.style import Style

    from tui.terminal.display.cellrow import CellRow
    from tui.terminal.display.display import Display

_SYSTEMS: Final = {
    "standard": ColorSystem.STANDARD,
    "256": ColorSystem.EIGHT_BIT,
    "truecolor": ColorSystem.TRUECOLOR,
}


def is_frame(renderable: RenderableType | None) -> bool:
    """Whether it is a screen, or a part of one."""
    return isinstance(renderable, LayoutUpdate | ChopsUpdate)


def put_frame(display: Display, update: RenderableType | None, console: Console) -> None:
    """Have what an update brings shown, in as many colours as the console has."""
    system = _SYSTEMS.get(console.color_system or "", ColorSystem.TRUECOLOR)
    if isinstance(update, CompositorUpdate):
        for row, column, cells in _cells(update, system):
            display.put(row, column, cells)


def put_lines(display: Display, lines: Iterable[tuple[int, int, Strip]], console: Console) -> None:
    """Have lines shown, each from a row and a column on, in as many colours as the console has."""
    system = _SYSTEMS.get(console.color_system or "", ColorSystem.TRUECOLOR)
    for row, column, strip in lines:
        display.put(row, column, _row_of(strip, system))


def _cells(update: CompositorUpdate, system: ColorSystem) -> Iterator[tuple[int, int, CellRow]]:
    if isinstance(update, LayoutUpdate):
        for row, strips in enumerate(update.strips, update.region.y):
            joined = Strip.join(strips)
            yield row, update.region.x, _row_of(joined, system)
    elif isinstance(update, ChopsUpdate):
        for row in dict.fromkeys(row for row, _, _ in update.spans):
            for column, strip in update.chops[row].items():
                if strip is not None:
                    yield row, column, _row_of(strip, system)


def _row_of(strip: Strip, system: ColorSystem) -> CellRow:
    pieces = [(segment.text, _look(segment.style, system)) for segment in strip if not segment.control]
    return cells_of(pieces, strip.cell_length)


@lru_cache(maxsize=4096)
def _look(style: Style | None, system: ColorSystem) -> Look:
    if style is None:
        return PLAIN
    link = f"id={crc32(style.link.encode()):08x};{style.link}" if style.link else ""
    return look_of(Strip.render_ansi(style, system), link)
