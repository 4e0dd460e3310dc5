"""Which renderer draws which MIME type, richest first: one ordered table.

All but that of plain text are loaded where the first output of their type is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from kernelbridge.outputs import JsonObject, JsonValue, MimeBundle
from tui.render.canvas import Canvas
from tui.render.content import Content
from tui.render.drawing import Drawing
from tui.render.mimepatterns import FOREIGN, VEGA
from tui.render.text import draw_latex, draw_markdown_text, draw_text, is_stand_in, is_typeset

Renderer: TypeAlias = Callable[[Content, Canvas], Drawing]
"""Raises CannotDrawError, with the reason."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the table: the types that a renderer draws."""

    pattern: re.Pattern[str]
    """Matches the whole type."""
    renderer: Renderer
    takes: Callable[[JsonValue], bool] = lambda _: True
    """Whether it draws this data of the type."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to draw a bundle."""

    content: Content
    renderer: Renderer

    def draw(self, canvas: Canvas) -> Drawing:
        """The drawing. Raises CannotDrawError, and what a library raises at odd content."""
        return self.renderer(self.content, canvas)


def _draw_image(content: Content, canvas: Canvas) -> Drawing:
    from tui.render.picture.draw import draw_image

    return draw_image(content, canvas)


def _draw_svg(content: Content, canvas: Canvas) -> Drawing:
    from tui.render.picture.draw import draw_svg

    return draw_svg(content, canvas)


def _refuse_image(content: Content, canvas: Canvas) -> Drawing:
    from tui.render.unrendered import refuse_image

    return refuse_image(content, canvas)


def _draw_plotly(content: Content, canvas: Canvas) -> Drawing:
    from tui.render.charts.plotly import draw_plotly

    return draw_plotly(content, canvas)


def _draw_vega(content: Content, canvas: Canvas) -> Drawing:
    from tui.render.charts.vega import draw_vega

    return draw_vega(content, canvas)


def _draw_without_vega(content: Content, canvas: Canvas) -> Drawing:
    from tui.render.charts.vega import draw_without_library

    return draw_without_library(content, canvas)


def _has_vega(_: JsonValue) -> bool:
    from tui.render.charts.vega import is_installed

    return is_installed()


def _draw_foreign(content: Content, canvas: Canvas) -> Drawing:
    from tui.render.foreign import draw_foreign

    return draw_foreign(content, canvas)


def _draw_html(content: Content, canvas: Canvas) -> Drawing:
    from tui.render.html import draw_html_output

    return draw_html_output(content, canvas)


def _is_worth_drawing(data: JsonValue) -> bool:
    from tui.render.html import is_worth_drawing

    return is_worth_drawing(data)


def _draw_json(content: Content, canvas: Canvas) -> Drawing:
    from tui.render.jsontree.draw import draw_json

    return draw_json(content, canvas)


def _draw_unrendered(content: Content, canvas: Canvas) -> Drawing:
    from tui.render.unrendered import draw_unrendered

    return draw_unrendered(content, canvas)


TABLE: tuple[Entry, ...] = (
    Entry(re.compile(r"application/vnd\.plotly\.v1\+json"), _draw_plotly),
    Entry(VEGA, _draw_vega, takes=_has_vega),
    # A drawing is as sharp as the terminal is; who sends it beside a bitmap means the bitmap for others.
    Entry(re.compile(r"image/svg\+xml"), _draw_svg),
    Entry(re.compile(r"image/png"), _draw_image),
    Entry(re.compile(r"image/(jpeg|jpg|gif|webp)"), _draw_image),
    Entry(re.compile(r"image/.*", re.DOTALL), _refuse_image),
    Entry(VEGA, _draw_without_vega),
    Entry(FOREIGN, _draw_foreign),
    Entry(re.compile(r"text/markdown"), draw_markdown_text),
    Entry(re.compile(r"text/html"), _draw_html, takes=_is_worth_drawing),
    # A vendor's JSON is mostly a program for a renderer of theirs (Vega, Plotly, widgets): text is kinder.
    Entry(re.compile(r"application/(?!vnd\.)([^;]+\+)?json"), _draw_json),
    Entry(re.compile(r"text/latex"), draw_latex, takes=is_typeset),
    Entry(re.compile(r"text/plain"), draw_text, takes=lambda data: not is_stand_in(data)),
    Entry(re.compile(r"text/latex"), draw_latex),
    Entry(re.compile(r"text/html"), _draw_html),
    Entry(re.compile(r"[^;]+[+.]json"), _draw_json),
    Entry(re.compile(r"(application|text)/(x-)?javascript"), _draw_foreign),
    Entry(re.compile(r"(?!text/plain$).*", re.DOTALL), _draw_unrendered),
    Entry(re.compile(r"text/plain"), draw_text),
)


def candidates(bundle: MimeBundle, metadata: JsonObject) -> list[Candidate]:
    """The ways to draw a bundle, richest first, each type once; empty for an empty bundle."""
    found: dict[str, Candidate] = {}
    for entry in TABLE:
        for mime, data in bundle.items():
            if mime not in found and entry.pattern.fullmatch(mime) and entry.takes(data):
                found[mime] = Candidate(Content(mime, data, _about(mime, metadata)), entry.renderer)
    return list(found.values())


def _about(mime: str, metadata: JsonObject) -> JsonObject:
    """What the metadata of a bundle says of one type (nbformat, "display_data"), or of all of them."""
    own = metadata.get(mime)
    return own if isinstance(own, dict) else metadata
