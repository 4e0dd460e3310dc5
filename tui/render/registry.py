"""Which renderer draws which MIME type, richest first: one ordered table."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from kernelbridge.outputs import JsonObject, JsonValue, MimeBundle
from tui.render.canvas import Canvas
from tui.render.charts.plotly import draw_plotly
from tui.render.charts.vega import VEGA, draw_vega, draw_without_library, is_installed
from tui.render.content import Content
from tui.render.drawing import Drawing
from tui.render.foreign import FOREIGN, draw_foreign
from tui.render.html import draw_html_output, is_worth_drawing
from tui.render.jsontree.draw import draw_json
from tui.render.text import draw_latex, draw_markdown_text, draw_text, is_stand_in, is_typeset
from tui.render.unrendered import draw_unrendered, refuse_image

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
    from tui.render.picture.draw import draw_image  # only where there are pictures

    return draw_image(content, canvas)


def _draw_svg(content: Content, canvas: Canvas) -> Drawing:
    from tui.render.picture.draw import draw_svg

    return draw_svg(content, canvas)


TABLE: tuple[Entry, ...] = (
    Entry(re.compile(r"application/vnd\.plotly\.v1\+json"), draw_plotly),
    Entry(VEGA, draw_vega, takes=lambda _: is_installed()),
    # A drawing is as sharp as the terminal is; who sends it beside a bitmap means the bitmap for others.
    Entry(re.compile(r"image/svg\+xml"), _draw_svg),
    Entry(re.compile(r"image/png"), _draw_image),
    Entry(re.compile(r"image/(jpeg|jpg|gif|webp)"), _draw_image),
    Entry(re.compile(r"image/.*", re.DOTALL), refuse_image),
    Entry(VEGA, draw_without_library),
    Entry(FOREIGN, draw_foreign),
    Entry(re.compile(r"text/markdown"), draw_markdown_text),
    Entry(re.compile(r"text/html"), draw_html_output, takes=is_worth_drawing),
    # A vendor's JSON is mostly a program for a renderer of theirs (Vega, Plotly, widgets): text is kinder.
    Entry(re.compile(r"application/(?!vnd\.)([^;]+\+)?json"), draw_json),
    Entry(re.compile(r"text/latex"), draw_latex, takes=is_typeset),
    Entry(re.compile(r"text/plain"), draw_text, takes=lambda data: not is_stand_in(data)),
    Entry(re.compile(r"text/latex"), draw_latex),
    Entry(re.compile(r"text/html"), draw_html_output),
    Entry(re.compile(r"[^;]+[+.]json"), draw_json),
    Entry(re.compile(r"(application|text)/(x-)?javascript"), draw_foreign),
    Entry(re.compile(r"(?!text/plain$).*", re.DOTALL), draw_unrendered),
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
