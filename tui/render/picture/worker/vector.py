"""An SVG as a PNG, by resvg, which panics at what it does not expect, and may end the process."""

from __future__ import annotations

from functools import cache
from typing import Final

import resvg

from tui.render.picture.svg import NotSvgError, made_safe
from tui.render.picture.worker.raster import BrokenPictureError

_AS_IT_IS: Final = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
"""Two rows of a matrix."""


def drawn(svg: str, width: int, height: int) -> bytes:
    """The PNG of an SVG at `width` by `height` pixels. Raises BrokenPictureError."""
    try:
        tree = resvg.usvg.Tree.from_str(made_safe(svg, width, height), _options())
        if tree.int_size() != (width, height):
            raise BrokenPictureError("an SVG of another size than it says")
        return bytes(resvg.render(tree, _AS_IT_IS))
    except NotSvgError as error:
        raise BrokenPictureError(str(error)) from error
    except BrokenPictureError:
        raise
    except BaseException as error:  # a panic derives from nothing narrower
        raise BrokenPictureError("an SVG that could not be drawn") from error


@cache
def _options() -> resvg.usvg.Options:
    options = resvg.usvg.Options.default()
    options.load_system_fonts()
    return options
