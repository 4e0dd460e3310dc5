"""Outputs as pages for a browser. Charts load their library from its public server."""

from __future__ import annotations

import base64
import re
from html import escape
from typing import Final, NamedTuple

from tui.files.outputfile import OutputFile

PLOTLY: Final = "application/vnd.plotly.v1+json"
_PLOTLY_LIBRARY: Final = "https://cdn.plot.ly/plotly-3.0.1.min.js"
_VEGA: Final = re.compile(r"application/vnd\.(vega|vegalite)\.v(\d)\d{0,2}(\+json|\.json)")
_VEGA_6: Final = 6  # of Vega and of Vega-Lite; Embed 7 is for these
_BOKEH: Final = "application/vnd.bokehjs_exec.v0+json"
_BOKEH_VERSION: Final = re.compile(r"[\"']version[\"']\s*:\s*[\"'](\d{1,2}\.\d{1,2}\.\d{1,2})[\"']")
_BOKEH_PARTS: Final = ("", "-gl", "-widgets", "-tables", "-mathjax")
_AS_THEY_ARE: Final = frozenset(
    [".png", ".jpg", ".gif", ".webp", ".bmp", ".pdf", ".wav", ".mp3", ".ogg", ".mp4", ".webm", ".ogv"]
)
_ROOT: Final = re.compile(r"<(!doctype|html)\b", re.IGNORECASE)


class Page(NamedTuple):
    """What a browser is given."""

    suffix: str
    data: bytes
    loads: str = ""
    """From which server the page loads a library; empty where it loads none of our asking."""


def page_of(file: OutputFile, siblings: str = "") -> Page:
    """The page of an output.

    `siblings` is the HTML of all outputs of the cell, where a chart may have its place.
    """
    if file.mime == PLOTLY:
        return _plotly(file)
    if (vega := _VEGA.fullmatch(file.mime)) is not None:
        return _vega_lite(file, int(vega[2])) if vega[1] == "vegalite" else _vega(file, int(vega[2]))
    script = file.bundle.get("application/javascript")
    if (_BOKEH in file.bundle or file.mime == "application/javascript") and isinstance(script, str):
        return _script(script, siblings)
    if file.mime == "image/svg+xml":  # as a picture, its scripts do not run
        encoded = base64.b64encode(file.content).decode("ascii")
        return _page(f'<img style="max-width: 100%" src="data:image/svg+xml;base64,{encoded}">')
    if file.mime == "text/html":
        return Page(".html", file.content) if _ROOT.search(file.text[:1000]) else _page(file.text)
    if file.suffix in _AS_THEY_ARE:
        return Page(file.suffix, file.content)
    return _page(f"<pre>{escape(file.text)}</pre>")


def _page(body: str, head: str = "", loads: str = "") -> Page:
    start = f'<!doctype html>\n<html><head><meta charset="utf-8"><title>Output</title>{head}</head>'
    text = f"{start}\n<body>\n{body}\n</body></html>\n"
    return Page(".html", text.encode("utf-8", "replace"), loads)


def _library(address: str) -> str:
    return f'<script src="{address}"></script>'


def _json(file: OutputFile) -> str:
    """The JSON in a form that cannot end the script element it stands in."""
    text = file.text.replace("<", "\\u003c")
    return f'<script id="data" type="application/json">{text}</script>'


def _plotly(file: OutputFile) -> Page:
    draw = (
        'const figure = JSON.parse(document.getElementById("data").textContent);'
        'Plotly.newPlot("chart", figure.data, figure.layout, figure.config);'
    )
    body = f'<div id="chart" style="height: 95vh"></div>\n{_json(file)}\n<script>{draw}</script>'
    return _page(body, _library(_PLOTLY_LIBRARY), "cdn.plot.ly")


def _vega_lite(file: OutputFile, version: int) -> Page:
    return _vega(file, _VEGA_6 if version >= _VEGA_6 else _VEGA_6 - 1, f"vega-lite@{version}")


def _vega(file: OutputFile, version: int, *more: str) -> Page:
    embed = "vega-embed@7" if version >= _VEGA_6 else "vega-embed@6"
    libraries = (
        _library(f"https://cdn.jsdelivr.net/npm/{name}") for name in (f"vega@{version}", *more, embed)
    )
    draw = 'vegaEmbed("#chart", JSON.parse(document.getElementById("data").textContent));'
    body = f'<div id="chart"></div>\n{_json(file)}\n<script>{draw}</script>'
    return _page(body, "".join(libraries), "cdn.jsdelivr.net")


def _script(script: str, siblings: str) -> Page:
    """A page for JavaScript; of Bokeh's, with its library in the version that the script names."""
    version = _BOKEH_VERSION.search(script)
    libraries = ""
    if version is not None:
        base = "https://cdn.bokeh.org/bokeh/release"
        libraries = "".join(_library(f"{base}/bokeh{part}-{version[1]}.min.js") for part in _BOKEH_PARTS)
    safe = re.sub(r"</(script)", r"<\\/\1", script, flags=re.IGNORECASE)
    return _page(f"{siblings}\n<script>{safe}</script>", libraries, "cdn.bokeh.org" if libraries else "")
