"""SVG as text: how large it says it is, and without what must not reach a renderer.

Nothing here parses XML, so that nothing in it can be expanded: only the root's start tag is read.
"""

from __future__ import annotations

import re
from typing import Final

from tui.render.picture.imagesize import ImageSize

LONGEST: Final = 5_000_000
"""Characters."""
_LARGEST: Final = 1_000_000
"""Pixels a side that a size is taken for; a drawing is scaled, so it costs nothing."""
_DEFAULT: Final = ImageSize(300, 150)
"""CSS Images 3, 5.1: of what has no size and no proportions of its own."""

_ROOT: Final = re.compile(r"<(?:[A-Za-z][\w.-]*:)?svg(?=[\s/>])(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_ATTRIBUTE: Final = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_OWN_SIZE: Final = re.compile(r"\s(?:width|height|preserveAspectRatio)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_LENGTH: Final = re.compile(r"\s*\+?(\d{0,9}(?:\.\d{0,20})?(?:[eE][+-]?\d{1,2})?)\s*([a-z]*)\s*")
_PIXELS: Final = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 9.6 / 2.54}
_EM: Final = {"em": 16.0, "ex": 8.0}
_DOCTYPE: Final = re.compile(r"<!DOCTYPE[^\[>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^\[>\"']*)*>")
_REFERENCE: Final = re.compile(r"(?<![\w.-])((?:[\w.-]+:)?href\s*=\s*)(\"[^\"]*\"|'[^']*')", re.IGNORECASE)
_HARMLESS: Final = re.compile(r"[\"']\s*(?:#|data:image/(?:png|jpe?g|gif|webp)[;,])", re.IGNORECASE)


class NotSvgError(Exception):
    """The text is no SVG, or one that declares entities; the message says so for a person."""


def svg_size(svg: str) -> ImageSize:
    """The size in CSS pixels, at least 1 by 1. Raises NotSvgError."""
    return _size(_attributes(_root(svg).group()))


def made_safe(svg: str, width: int, height: int) -> str:
    """The SVG at another size in pixels, which leads to no file and no address. Raises NotSvgError.

    A DOCTYPE that only names the type is left out; one that declares anything is refused. Of `href`, what
    leads within the SVG stays, and pictures that are in it.
    """
    root = _root(svg)
    tag = root.group()
    attributes = _attributes(tag)
    own = _size(attributes)
    # Cells are whole: the little that they differ from its proportions would be an edge of nothing.
    added = f' width="{width}" height="{height}" preserveAspectRatio="none"'
    if "viewBox" not in attributes:
        added += f' viewBox="0 0 {own.width} {own.height}"'
    name = re.match(r"<[\w:.-]+", tag)
    end = name.end() if name is not None else 0
    sized = tag[:end] + added + _OWN_SIZE.sub("", tag[end:])
    text = _DOCTYPE.sub("", svg[: root.start()]) + sized + svg[root.end() :]
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise NotSvgError("an SVG that declares entities")
    return _REFERENCE.sub(lambda found: found[0] if _HARMLESS.match(found[2]) else f'{found[1]}""', text)


def _root(svg: str) -> re.Match[str]:
    if len(svg) > LONGEST:
        raise NotSvgError(f"an SVG of {len(svg):,} characters is too long to draw")
    at = svg.find("svg")
    while at > 0:
        start = svg.rfind("<", max(0, at - 40), at)
        if start >= 0 and (found := _ROOT.match(svg, start)) is not None:
            return found
        at = svg.find("svg", at + 3, 100_000)
    raise NotSvgError("not an SVG")


def _attributes(tag: str) -> dict[str, str]:
    return {found[1]: found[2] or found[3] or "" for found in _ATTRIBUTE.finditer(tag)}


def _size(attributes: dict[str, str]) -> ImageSize:
    width, height = _length(attributes.get("width", "")), _length(attributes.get("height", ""))
    box = _box(attributes.get("viewBox", ""))
    if box is not None:
        ratio = box[0] / box[1]
        if width is None and height is None:
            width, height = box
        elif height is None and width is not None:
            height = width / ratio
        elif width is None and height is not None:
            width = height * ratio
    return ImageSize(_whole(width or _DEFAULT.width), _whole(height or _DEFAULT.height))


def _whole(length: float) -> int:
    return round(min(max(length, 1), _LARGEST))


def _length(text: str) -> float | None:
    """A length in pixels; None for none, nothing, and shares of what is around the picture."""
    found = _LENGTH.fullmatch(text)
    scale = _PIXELS.get(found[2], _EM.get(found[2])) if found is not None else None
    if found is None or scale is None:
        return None
    try:
        return float(found[1]) * scale or None
    except ValueError:
        return None


def _box(text: str) -> tuple[float, float] | None:
    """Width and height of a viewBox."""
    numbers = text.replace(",", " ").split()
    if len(numbers) != 4 or any(len(number) > 40 for number in numbers):
        return None
    try:
        width, height = float(numbers[2]), float(numbers[3])
    except ValueError:
        return None
    return (width, height) if 0 < width < 1e12 and 0 < height < 1e12 else None
