"""Pictures in MIME bundles: measured first, then decoded in the workshop, and drawn as the terminal can."""

from __future__ import annotations

import binascii
import re
from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from typing import Final, cast

from tui.render.canvas import Canvas, Ground, Pictures
from tui.render.content import Content, text_of
from tui.render.drawing import CannotDrawError, Drawing, Pending, Whole
from tui.render.picture.cells import HALF_BLOCKS, SEXTANTS, rows_of_cells
from tui.render.picture.fit import Fit, fitted
from tui.render.picture.imagesize import ImageSize, image_size
from tui.render.picture.job import MOST_PIXELS, NOTHING, Cells, Form, Head, Job, Source
from tui.render.picture.svg import NotSvgError, svg_size
from tui.render.rowops import text_row, wrap
from tui.render.rows import Role, Row, Span, Style
from tui.sanitize import clean
from tui.terminal.graphics.gallery import Gallery, Pixels, Sixels
from tui.terminal.graphics.placeholders import row_of_cells, strip_of_cells

SVG: Final = "image/svg+xml"
DRAWN: Final = re.compile(r"image/(png|jpeg|jpg|gif|webp|svg\+xml)")
"""The types of pictures that are drawn."""

_HEAD: Final = 1 << 18  # characters of base64 in which a JPEG's size is looked for, behind its metadata
_LONGEST: Final = 200_000_000
"""Characters of base64."""
_LONGEST_TYPE: Final = 100

_FORMS: Final = {
    Pictures.SYMBOLS: Form.SYMBOLS,
    Pictures.SEXTANTS: Form.SEXTANTS,
    Pictures.HALF_BLOCKS: Form.HALF_BLOCKS,
    Pictures.KITTY: Form.PIXELS,
    Pictures.SIXEL: Form.SIXELS,
}


def draw_image(content: Content, canvas: Canvas) -> Drawing:
    """A PNG, JPEG, GIF (its first frame) or WebP given in base64, whichever of them its type names.

    Raises CannotDrawError when it is none, has no pixels or more than 25 million; its header tells.
    The drawing raises it when the picture turns out to be broken.
    """
    text = text_of(content.data)
    if len(text) > _LONGEST:
        raise CannotDrawError("too much data to draw")
    size = image_size(_decoded("".join(text[:_HEAD].split())[: _HEAD // 2]))
    if size is None:
        raise CannotDrawError("not a PNG, JPEG, GIF or WebP picture")
    if not size.width * size.height:
        raise CannotDrawError("a picture without pixels")
    if size.width * size.height > MOST_PIXELS:
        raise CannotDrawError(f"{size.width:,} x {size.height:,} pixels are too many to draw")
    return _drawing(Source.RASTER, content, size, canvas, lambda: _decoded(text))


def draw_svg(content: Content, canvas: Canvas) -> Drawing:
    """An SVG. Raises CannotDrawError when it is none; the drawing, when it cannot be drawn."""
    text = text_of(content.data)
    try:
        size = svg_size(text)
    except NotSvgError as error:
        raise CannotDrawError(str(error)) from error
    return _drawing(Source.VECTOR, content, size, canvas, lambda: text.encode("utf-8", "replace"))


def draw_picture(content: Content, canvas: Canvas) -> Drawing:
    """A picture of any type that is drawn. Raises CannotDrawError."""
    return (draw_svg if content.mime == SVG else draw_image)(content, canvas)


def _drawing(
    source: Source, content: Content, size: ImageSize, canvas: Canvas, data: Callable[[], bytes]
) -> Drawing:
    label = clean(f"{content.mime[:_LONGEST_TYPE]} · {size.width} x {size.height}")
    note = wrap(text_row(label, Style(Role.MUTED)), canvas.width)
    if canvas.pictures is Pictures.OFF:
        return note
    fit = fitted(size, canvas, content.metadata)
    job = _job(source, fit, canvas)

    def draw() -> Sequence[Row]:
        from tui.render.picture.workshop import WORKSHOP  # brings what starts processes

        return Whole(_rows(job, *WORKSHOP.make(job, data()), canvas.gallery))

    return Pending(Whole([*note, *[()] * fit.rows][: fit.rows]), draw)


def _job(source: Source, fit: Fit, canvas: Canvas) -> Job:
    form = _FORMS[canvas.pictures]
    if canvas.gallery is None and form in (Form.PIXELS, Form.SIXELS):
        form = Form.SYMBOLS
    return Job(
        source,
        form,
        fit.columns,
        fit.rows,
        canvas.cell.width,
        canvas.cell.height,
        fit.width,
        fit.height,
        canvas.ground is Ground.DARK,
        canvas.colors,
    )


def _decoded(text: str) -> bytes:
    try:
        return binascii.a2b_base64(text)
    except (binascii.Error, ValueError) as error:
        raise CannotDrawError("its data is not base64") from error


def _rows(job: Job, head: Head, body: bytes, gallery: Gallery | None) -> list[Row]:
    """The rows of a picture that was made; it is looked at closely, as who made it met hostile data."""
    if gallery is not None and job.form is Form.PIXELS:
        width, height = job.columns * job.cell_width, job.rows * job.cell_height
        picture = gallery.add(Pixels(job.columns, job.rows, width, height, body))
        cells = [row_of_cells(picture, row, job.columns) for row in range(job.rows)]
        return _rows_of(cells, Style(fg=picture & 0xFF), job.columns)
    if gallery is not None and job.form is Form.SIXELS:
        picture = gallery.add(Sixels(job.columns, _sequences(head, body, job)))
        cells = [strip_of_cells(picture, row, job.columns) for row in range(job.rows)]
        return _rows_of(cells, Style(), job.columns)
    return rows_of_cells(_cells(head, body, job), job.columns)


def _rows_of(cells: Sequence[str], style: Style, columns: int) -> list[Row]:
    return [(Span(row, style, columns),) for row in cells]


def _sequences(head: Head, body: bytes, job: Job) -> tuple[str, ...]:
    from tui.terminal.graphics.sixel import is_sixel

    lengths = head.get("lengths")
    listed = cast("list[object]", lengths) if isinstance(lengths, list) else []
    ends = list(accumulate(length for length in listed if isinstance(length, int)))
    sequences = [body[start:end].decode("ascii", "replace") for start, end in pairwise([0, *ends])]
    if len(sequences) != job.rows or not all(map(is_sixel, sequences)):
        raise CannotDrawError("it could not be drawn")
    return tuple(sequences)


def _cells(head: Head, body: bytes, job: Job) -> Cells:
    count = job.columns * job.rows
    form = Form.HALF_BLOCKS if head.get("form") == Form.HALF_BLOCKS.value else Form.SEXTANTS
    patterns = body[:count]
    known = len(HALF_BLOCKS) if form is Form.HALF_BLOCKS else len(SEXTANTS)
    if len(body) != count * 7 or any(known <= pattern != NOTHING for pattern in patterns):
        raise CannotDrawError("it could not be drawn")
    return Cells(form, patterns, body[count : count * 4], body[count * 4 :])
