"""Pictures that HTML holds within itself, by `data:` addresses: drawn as outputs of their type are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from tui.render.content import Content
from tui.render.drawing import CannotDrawError, Pending
from tui.render.picture.draw import DRAWN, draw_picture

if TYPE_CHECKING:
    from tui.render.canvas import Canvas
    from tui.render.html.tree import Element
    from tui.render.rows import Row

_DATA: Final = re.compile(r"data:(image/[a-z+.-]{2,20});base64,")
_LIFTED: Final = re.compile(r"data:(image/[a-z+.-]{2,20});base64,([A-Za-z0-9+/=%\s]{200,})")
_BY_NUMBER: Final = re.compile(r"tnb-picture:(\d{1,6})")
_MOST_PICTURES: Final = 20
_PIXELS: Final = re.compile(r"(\d{1,5})(?:px)?")


class Lifted:
    """A text whose long pictures are taken out, so that the rest is as long as it reads."""

    def __init__(self, text: str) -> None:
        self._pictures: list[Content] = []
        self.text = _LIFTED.sub(self._lift, text)

    def _lift(self, found: re.Match[str]) -> str:
        self._pictures.append(Content(found[1], found[2]))
        return f"tnb-picture:{len(self._pictures) - 1}"

    def picture(self, element: Element) -> Content | None:
        """The picture of an `img`, where the page holds it, or an `svg`."""
        if element.tag == "svg":
            return Content("image/svg+xml", element.markup)
        source = element.attribute("src").strip()
        metadata = _size(element)
        lifted = _BY_NUMBER.fullmatch(source)
        if lifted is not None:
            number = int(lifted[1])
            found = self._pictures[number] if number < len(self._pictures) else None
            return None if found is None else Content(found.mime, found.data, metadata)
        written = _DATA.match(source)
        return Content(written[1], source[written.end() :], metadata) if written is not None else None


class PictureDrawer:
    """Draws the pictures of one page."""

    def __init__(self, lifted: Lifted, canvas: Canvas, *, is_final: bool) -> None:
        """Until it `is_final`, what takes its time is a placeholder of the right height, and counted."""
        self._lifted = lifted
        self._canvas = canvas
        self._is_final = is_final
        self.pending = 0
        self._drawn = 0

    def __call__(self, element: Element, width: int) -> Sequence[Row] | None:
        """The rows of an `img` or `svg`; None where it cannot be drawn here."""
        content = self._lifted.picture(element)
        if content is None or DRAWN.fullmatch(content.mime) is None or self._drawn >= _MOST_PICTURES:
            return None
        self._drawn += 1
        try:
            drawing = draw_picture(content, self._canvas.of_width(width))
            if not isinstance(drawing, Pending):
                return drawing
            self.pending += 1
            return drawing.draw() if self._is_final else drawing.placeholder
        except CannotDrawError:
            return None


def _size(element: Element) -> dict[str, int]:
    """The size to show it at, as metadata of a bundle says it."""
    found = {name: _PIXELS.fullmatch(element.attribute(name).strip()) for name in ("width", "height")}
    return {name: int(match[1]) for name, match in found.items() if match is not None}
