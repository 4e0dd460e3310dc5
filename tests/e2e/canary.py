"""A text that would take a terminal over, in every place of a notebook's file from which text may be drawn.

Each place has a mark of its own in the text, so that a test knows that it was drawn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from e2e import notebooks
from e2e.hostiletexts import write

SEQUENCES: Final = (
    "\x1b]0;tnbCANARY\x07\x1b]52;c;dG5iQ0FOQVJZ\x07\x1b]8;;file:///tnbCANARY\x1b\\x\x1b]8;;\x1b\\\x1b]9;x\x1b\\"
    "\x1bP+q6e\x1b\\\x1b_Ga=T,f=24;AAAA\x1b\\\x1b^private\x1b\\\x1bXstring\x1b\\"
    "\x9b2J\x9d0;tnbCANARY\x9c\x90q\x9c\x9fGa=T\x9c\x84\x85\x8d"
    "\x1b[2J\x1b[5;5H\x1b[9A\x1b[?1049l\x1b[?2004l\x1b[?25l\x1b[1;5r\x1bc\x1b7\x1b8\x1b(0\x1b[6n\x1b[c"
    "\x08\x07\x05\x0e\x0f\x7f\x00\u202e\u2066\u200b\ufeff\x1b]0;never ended"
)
"""OSC, DCS, APC, PM and SOS in both forms, moves, modes, queries, controls; what reorders or hides text."""


def canary(place: str) -> str:
    """The text for a place, which is a word."""
    return f"{mark(place)}{SEQUENCES}"


def mark(place: str) -> str:
    """What is seen of the text of a place, whatever else becomes of it."""
    return f"[{re.sub('[^a-z]', '', place)}]"


Maker = Callable[[str], dict[str, Any]]


def _code(output: dict[str, Any]) -> dict[str, Any]:
    return {**notebooks.code("shown", count=1), "outputs": [output]}


def _shown(data: dict[str, Any], metadata: dict[str, Any] | None = None) -> dict[str, Any]:
    return _code({"output_type": "display_data", "data": data, "metadata": metadata or {}})


def _printed(name: str, text: str) -> dict[str, Any]:
    return _code({"output_type": "stream", "name": name, "text": text})


def _error(name: str, value: str, *traceback: str) -> dict[str, Any]:
    return _code({"output_type": "error", "ename": name, "evalue": value, "traceback": list(traceback)})


def _prose(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


DRAWN: Final[Mapping[str, Maker]] = {
    "code": lambda text: notebooks.code(f"x = '{text}'"),
    "raw": lambda text: {"cell_type": "raw", "metadata": {}, "source": text},
    "stdout": lambda text: _printed("stdout", text),
    "stderr": lambda text: _printed("stderr", text),
    "named stream": lambda text: _printed(text, text),
    "traceback": lambda text: _error("E", "v", text),
    "error name": lambda text: _error(text, "v"),
    "error value": lambda text: _error("E", text),
    "result": lambda text: _code(
        {"output_type": "execute_result", "execution_count": 1, "data": {"text/plain": text}, "metadata": {}}
    ),
    "unknown type": lambda text: _shown({f"x/{text}": "x"}),
    "unknown output": lambda text: _code({"output_type": text}),
    "shown markdown": lambda text: _shown({"text/markdown": text}),
    "latex": lambda text: _shown({"text/latex": f"\\text{{{text}}}"}),
    "json value": lambda text: _shown({"application/json": {"a": text}}),
    "json key": lambda text: _shown({"application/json": {text: 1}}),
    "json list": lambda text: _shown({"application/json": [[text]]}),
    "geojson": lambda text: _shown({"application/geo+json": {"type": "Feature", "properties": {text: text}}}),
    "vendor": lambda text: _shown({"application/vnd.of-nobody+json": {text: text}}),
    "text beside a broken picture": lambda text: _shown({"image/png": text, "text/plain": text}),
    "prose": _prose,
    "heading": lambda text: _prose(f"# {text}"),
    "emphasis": lambda text: _prose(f"**{text}** *{text}* ~~{text}~~"),
    "code in prose": lambda text: _prose(f"`{text}`"),
    "link": lambda text: _prose(f"[{text}](https://example.org)"),
    "alt text": lambda text: _prose(f"![{text}](x.png)"),
    "fence": lambda text: _prose(f"```python\n'{text}'\n```"),
    "indented code": lambda text: _prose(f"para\n\n    {text}"),
    "list": lambda text: _prose(f"- {text}\n- [x] {text}"),
    "quote": lambda text: _prose(f"> {text}"),
    "table cell": lambda text: _prose(f"| {text} | b |\n|--|--|\n| 1 | {text} |"),
    "tag": lambda text: _prose(f"<b>{text}</b>"),
    "mathematics": lambda text: _prose(f"$${text}$$"),
}
"""Places whose text is drawn."""

OTHERS: Final[Mapping[str, Maker]] = {
    "id": lambda text: {**notebooks.code("1"), "id": text},
    "tags": lambda text: {**notebooks.code("1"), "metadata": {"tags": [text], "name": text, text: text}},
    "cell type": lambda text: {"cell_type": text, "metadata": {}, "source": "1"},
    "bad link": lambda text: _prose(
        f"[a]({text}) [b](javascript:{text}) <http://a/{text}> [c](http://a/{text})"
    ),
    "link title": lambda text: _prose(f'[a](https://example.org "{text}")'),
    "picture address": lambda text: _prose(f"![]({text}) ![x](http://a/{text}) ![y](attachment:{text})"),
    "attachment": lambda text: {**_prose(f"![](attachment:{text})"), "attachments": {text: {text: text}}},
    "fence language": lambda text: _prose(f"```{text}\ncode\n```"),
    "reference": lambda text: _prose(f"[{text}]\n\n[{text}]: http://a/ '{text}'"),
    "entity": lambda text: _prose(f"&#27;]0;tnbCANARY&#7; &#x9b;2J &#155; {text}"),
    "footnote": lambda text: _prose(f"a[^n]\n\n[^n]: {text}"),
    "front matter": lambda text: _prose(f"---\ntitle: {text}\n---\n"),
    "alert": lambda text: _prose(f"> [!{text}]\n> text"),
    "html": lambda text: _shown({"text/html": f"<p>{text}</p><h1>{text}</h1><li>{text}<pre>{text}</pre>"}),
    "html attributes": lambda text: _shown(
        {"text/html": f'<a href="{text}">a</a><img alt="{text}" src="{text}"><b title="{text}">b</b>'}
    ),
    "html table": lambda text: _shown(
        {"text/html": f"<table><caption>{text}<tr><th>{text}<td>{text}</table>"}
    ),
    "html entities": lambda _text: _shown(
        {"text/html": "<p>&#27;]0;tnbCANARY&#7; &#x9b;2J &#155;2J &#8238;x</p>"}
    ),
    "html style": lambda text: _shown({"text/html": f"<style>{text}</style><td style='color:{text}'>x"}),
    "details": lambda text: _shown({"text/html": f"<details><summary>{text}</summary>{text}</details>"}),
    "svg": lambda text: _shown({"image/svg+xml": f"<svg><title>{text}</title><text>{text}</text></svg>"}),
    "script": lambda text: _shown({"application/javascript": text}),
    "stand-in": lambda text: _shown({"text/html": text, "text/plain": "<IPython.core.display.HTML object>"}),
    "metadata of data": lambda text: _shown({"image/png": text}, {"image/png": {"alt": text, "width": text}}),
    "widget": lambda text: _shown(
        {"application/vnd.jupyter.widget-view+json": {"model_id": text}, "text/plain": text}
    ),
    "known widget": lambda _text: _shown(
        {"application/vnd.jupyter.widget-view+json": {"model_id": "canary"}}
    ),
    "vega": lambda text: _shown(
        {"application/vnd.vegalite.v5+json": {"title": text, "mark": text, "data": {"values": [{"a": text}]}}}
    ),
    "plotly": lambda text: _shown(
        {
            "application/vnd.plotly.v1+json": {
                "data": [{"type": text, "name": text}, {"type": "bar", "name": text, "x": [text], "y": [1]}],
                "layout": {"title": {"text": text}, "xaxis": {"title": text}},
            }
        }
    ),
    "bokeh": lambda text: _shown({"application/vnd.bokehjs_exec.v0+json": text, "text/html": text}),
    "vdom": lambda text: _shown({"application/vdom.v1+json": {"tagName": text, "children": [text]}}),
}
"""Places whose text is left out, or drawn in part, or by some renderers only."""


def notebook_of_all(path: Path) -> Path:
    """A notebook at `path` with the text in all of these, each in a cell of its own, and in its metadata."""
    cells = [make(canary(place)) for place, make in {**DRAWN, **OTHERS}.items()]
    text = canary("metadata")
    label = {
        "_model_name": "LabelModel",
        "_model_module": "@jupyter-widgets/controls",
        "value": text,
        text: text,
    }
    state = {
        "canary": {"model_name": "LabelModel", "model_module": text, "state": label},
        text: {"state": text},
    }
    metadata = {
        "kernelspec": {"name": text, "display_name": text, "language": text},
        "language_info": {"name": text, "pygments_lexer": text, "file_extension": text, "version": text},
        "title": text,
        "authors": [{"name": text}],
        "widgets": {"application/vnd.jupyter.widget-state+json": {"version_major": 2, "state": state}},
        text: text,
    }
    return write(path, cells, metadata)
