"""Notebooks that would cost much, run something or end a program that draws them: some cells of each kind.

All in them is inert; what must never be done by them would leave a trace named tnbCANARY.
"""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from e2e.hostiletexts import write

Cells = list[dict[str, Any]]


def _code(*outputs: dict[str, Any], source: str = "1") -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": 1,
        "metadata": {},
        "outputs": list(outputs),
        "source": source,
    }


def _prose(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def _shown(**data: Any) -> dict[str, Any]:
    """What is displayed, by names of types with an underscore for the slash."""
    named = {name.replace("_", "/", 1).replace("svg", "svg+xml"): value for name, value in data.items()}
    return {"output_type": "display_data", "data": named, "metadata": {}}


def _printed(text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": text}


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(width: int, height: int, depth: int, color: int, pixels: bytes, *more: bytes) -> str:
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0))
    parts = (b"\x89PNG\r\n\x1a\n", header, *more, _chunk(b"IDAT", pixels), _chunk(b"IEND", b""))
    return base64.b64encode(b"".join(parts)).decode()


def _zeros(count: int) -> bytes:
    """So many zero bytes, compressed."""

    def pieces() -> Iterator[bytes]:
        compressor = zlib.compressobj(9)
        for _ in range(count >> 20):
            yield compressor.compress(bytes(1 << 20))
        yield compressor.flush()

    return b"".join(pieces())


def _bombs() -> Cells:
    """Pictures that are much larger than their data, or than they say."""
    rows = zlib.compress(b"\0" + b"\xff\0\0" * 2 + b"\0" + b"\0\xff\0" * 2)
    gif = b"GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\xff\xff\xff\xff\0\x02\x02D\x01\0;"
    frame = b"!\xf9\x04\0\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0"
    frames = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff" + frame * 20_000 + b";"
    start_of_jpeg = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
    jpeg = start_of_jpeg + b"\xff\xc0\0\x11\x08\xff\xff\xff\xff\x03\xff\xd9"
    pictures = [
        _png(50_000, 50_000, 1, 0, _zeros(100 << 20)),
        _png(2**31 - 1, 2**31 - 1, 8, 6, rows),
        _png(0, 0, 8, 6, rows),
        _png(2, 2, 8, 2, _zeros(100 << 20)),
        _png(2, 2, 8, 2, rows, _chunk(b"zTXt", b"Comment\0\0" + _zeros(100 << 20))),
        _png(2, 2, 8, 2, rows)[:60],
        "!!!",
        "",
    ]
    cells = [_code(_shown(image_png=each, text_plain="<Figure>")) for each in pictures]
    others = (("gif", gif), ("gif", frames), ("jpeg", jpeg), ("webp", b"RIFF\xff\xff\xff\xffWEBPVP8 "))
    encoded = [{f"image_{kind}": base64.b64encode(data).decode()} for kind, data in others]
    return [*cells, *(_code(_shown(**each, text_plain="<Figure>")) for each in encoded)]


def _drawings() -> Cells:
    """SVG that reads, fetches, runs, repeats itself or has no end."""
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100">'
    entities = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 11))
    uses = "".join(f'<g id="g{at}">' + f'<use href="#g{at - 1}"/>' * 10 + "</g>" for at in range(1, 10))
    sources = [
        f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>{head}<text>&x;</text></svg>',
        f'<!DOCTYPE l [<!ENTITY a0 "ha">{entities}]>{head}<text>&a10;</text></svg>',
        f'{head}<image href="http://127.0.0.1:9/tnbCANARY"/><image href="file:///etc/passwd"/></svg>',
        f'{head}<image href="/etc/passwd"/><style>@import url(http://127.0.0.1:9/c)</style></svg>',
        f"{head}<script>alert(1)</script><foreignObject><iframe src='http://127.0.0.1:9/'/></foreignObject></svg>",
        head.replace('"100"', '"1e9"') + '<rect width="1e9" height="1e9"/></svg>',
        f'{head}<defs><g id="g0"><rect width="1" height="1"/></g>{uses}</defs><use href="#g9"/></svg>',
        f'{head}<g id="a"><use href="#a"/></g><use href="#a"/></svg>',
        head + "<g>" * 20_000 + "</g>" * 20_000 + "</svg>",
        f'{head}<filter id="f"><feGaussianBlur stdDeviation="9999"/></filter><rect filter="url(#f)"/></svg>',
        "<svg",
        "",
    ]
    return [_code(_shown(image_svg=source, text_plain="<Figure>")) for source in sources]


def _pages() -> Cells:
    """HTML that runs, fetches or has no end."""
    sources = [
        "<script>fetch('http://127.0.0.1:9/tnbCANARY')</script><img src=x onerror=alert(1)>",
        '<iframe src="file:///etc/passwd"></iframe><a href="javascript:alert(1)">a</a>',
        "<div>" * 20_000,
        "<table>" * 3_000 + "x",
        "<ul><li>" * 5_000,
        "<table>" + ("<tr>" + "<td>1</td>" * 500 + "</tr>") * 200 + "</table>",
        "<table><tr><td colspan=999999999 rowspan=999999999>x</td></tr></table>",
        "<table>" + "<tr><td rowspan=65000>x" * 1_000 + "</table>",
        "<pre>" + "x" * 300_000 + "</pre>",
        "&amp;" * 50_000,
        "<b title='" + "x" * 300_000,
        "<style>" + "#T_a{color:red}" * 20_000 + "</style><table id=T_a><td>x</table>",
    ]
    return [_code(_shown(text_html=source, text_plain="plain")) for source in sources]


def _essays() -> Cells:
    """Markdown, code and formulas that parsers take long over."""
    sources = [
        ">" * 10_000 + " x",
        "[" * 10_000,
        "[a](" * 10_000,
        "\n".join("  " * depth + "- x" for depth in range(800)),
        "*a_ " * 10_000 + "**" * 10_000,
        "".join("a" + "`" * count for count in range(1, 800)),
        "\n".join(f"[r{at}]: /u{at}" for at in range(10_000)) + "\n\n[r1]",
        "|" + "a|" * 3_000 + "\n|" + "-|" * 3_000 + "\n|" + "b|" * 3_000,
        "$" + "{" * 20_000 + "}" * 20_000 + "$",
        "$$" + "\\frac{1}{" * 3_000 + "1" + "}" * 3_000 + "$$",
        "$$\\def\\a{\\a\\a}\\a \\input{/etc/passwd} \\write18{touch /tmp/tnbCANARY_tex}$$",
        "<!--" + "-" * 30_000 + "\n" + "<a " + 'a="' * 10_000,
        "a[^1]" * 3_000 + "\n\n" + "[^1]: [^1]\n" * 1_000,
        "![x](http://127.0.0.1:9/tnbCANARY.png) ![y](file:///etc/passwd) ![z](/dev/zero)",
        "e" + "\u0301" * 100_000,
    ]
    programs = ['"' + "\\" * 20_001, 'f"' + "{" * 5_000, "(" * 50_000, "%%html\n" + "<" * 10_000]
    latex = [_shown(text_latex=f"${source}$") for source in ("{" * 20_000, "\\sqrt{" * 5_000)]
    markdown = [_shown(text_markdown=source) for source in sources[:6]]
    return [
        *map(_prose, sources),
        *(_code(source=source) for source in programs),
        *(_code(each) for each in (*latex, *markdown)),
    ]


def _floods() -> Cells:
    """Much of everything."""
    deep: Any = 1
    for _ in range(400):
        deep = [deep]
    error = {"output_type": "error", "ename": "E", "evalue": "v"}
    return [
        _code(_printed("B" * 3_000_000)),
        _code(_printed("".join(f"\r{number}/100000" for number in range(100_000)))),
        _code(_printed("\x1b[31ma\x1b[0m" * 100_000)),
        _code(_printed("\x1b]" * 100_000)),
        _code({**error, "traceback": [f"\x1b[31mframe {number}\x1b[0m" for number in range(5_000)]}),
        _code(*(_printed(f"{number}\n") for number in range(3_000))),
        _code(_shown(application_json=deep)),
        _code(_shown(application_json={f"key {number}": [number] for number in range(20_000)})),
        _code(source="\n".join(f"line_{number} = 1" for number in range(20_000))),
        _code(source='x = "' + "A" * 1_000_000 + '"'),
        *(_code(source=f"x = {number}") for number in range(2_000)),
    ]


def _charts() -> Cells:
    """Charts and widgets that fetch, repeat themselves or are nothing of the kind."""
    values = [{"a": number, "b": number % 7} for number in range(20_000)]
    vega = "application/vnd.vegalite.v5+json"
    plotly = "application/vnd.plotly.v1+json"
    widget = "application/vnd.jupyter.widget-view+json"
    bundles: list[dict[str, Any]] = [
        {vega: {"data": {"url": "file:///etc/passwd"}, "mark": "bar"}},
        {vega: {"data": {"url": "http://127.0.0.1:9/tnbCANARY"}, "mark": "bar", "encoding": {}}},
        {vega: {"data": {"sequence": {"start": 0, "stop": 10**12}}, "mark": "point"}},
        {vega: {"data": {"values": values}, "mark": "point", "encoding": {"x": {"field": "a"}}}},
        {vega: {"width": 10**9, "height": 10**9, "mark": "point", "data": {"values": values[:3]}}},
        {vega: []},
        {plotly: {"data": [{"type": "scatter", "x": list(range(50_000)), "y": list(range(50_000))}]}},
        {plotly: {"data": [{"type": "bar", "x": [1e308, -1e308, "a", None], "y": [1e308, {}, [], "nan"]}]}},
        {plotly: {"data": [{"type": "heatmap", "z": [[1] * 2_000] * 100}], "layout": {"width": 10**9}}},
        {plotly: {"data": {}, "layout": []}},
        {widget: {"model_id": "loop"}},
        {widget: {"model_id": "nobody"}},
        {widget: 5},
        {"application/geo+json": {"type": "FeatureCollection", "features": [{}] * 5_000}},
    ]
    return [_code({"output_type": "display_data", "data": each, "metadata": {}}) for each in bundles]


NOTEBOOKS: Final[Mapping[str, Callable[[], Cells]]] = {
    "bombs": _bombs,
    "drawings": _drawings,
    "pages": _pages,
    "essays": _essays,
    "floods": _floods,
    "charts": _charts,
}
_LOOP: Final = {
    "model_name": "VBoxModel",
    "model_module": "@jupyter-widgets/controls",
    "state": {"children": ["IPY_MODEL_loop", "IPY_MODEL_loop"], "layout": "IPY_MODEL_loop"},
}


def hostile_notebook(folder: Path, name: str) -> Path:
    """One of the notebooks, as a file in `folder`."""
    widgets = {"application/vnd.jupyter.widget-state+json": {"version_major": 2, "state": {"loop": _LOOP}}}
    return write(folder / f"{name}.ipynb", NOTEBOOKS[name](), {"widgets": widgets})
