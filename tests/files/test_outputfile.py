"""Outputs as files and as pages for a browser."""

from __future__ import annotations

import base64
import json
import re
import stat
from pathlib import Path

import pytest

from kernelbridge.outputs import DisplayData, ErrorOutput, ExecuteResult, JsonValue, Stream
from kernelbridge.streamtext import StreamText
from tui.files.opened import safe_name, save_new, save_over, write_to_open
from tui.files.outputfile import OutputFile, files_of
from tui.files.outputpage import Page, page_of


def only(mime: str, value: JsonValue, **more: JsonValue) -> OutputFile:
    return files_of([DisplayData({mime: value, **more})])[0]


def page(mime: str, value: JsonValue) -> Page:
    return page_of(only(mime, value))


@pytest.mark.parametrize(
    ("mime", "value", "suffix", "data"),
    [
        ("image/png", base64.encodebytes(b"\x89PNG\r\n\xff").decode(), ".png", b"\x89PNG\r\n\xff"),
        ("application/pdf", "JVBERg==", ".pdf", b"%PDF"),
        ("image/svg+xml", "<svg/>", ".svg", b"<svg/>"),
        ("text/html", "<b>ü</b>", ".html", "<b>ü</b>".encode()),
        ("text/plain", "a\r\nb", ".txt", b"a\r\nb"),
        ("text/x-anything", "a", ".txt", b"a"),
        ("application/vnd.vegalite.v5+json", {"a": [1]}, ".json", b'{\n  "a": [\n    1\n  ]\n}\n'),
        ("application/x-unknown", "xyz", ".bin", b"xyz"),
        ("image/png", "not base64!", ".png", None),
        ("../../etc/passwd", "x", ".bin", b"x"),
    ],
)
def test_a_type_is_saved_as_what_it_was_before_it_became_json(
    mime: str, value: JsonValue, suffix: str, data: bytes | None
) -> None:
    file = only(mime, value)
    assert file.suffix == suffix
    assert data is None or file.data == data


def test_all_types_of_all_outputs_are_files() -> None:
    outputs = [
        Stream("stdout", StreamText.of("printed\n")),
        ExecuteResult({"text/html": "<b>", "text/plain": "b"}),
        ErrorOutput("E", "e", ("\x1b[31mTraceback\x1b[0m", "E: e")),
    ]
    assert [(file.mime, file.data) for file in files_of(outputs)] == [
        ("text/plain", b"printed\n"),
        ("text/html", b"<b>"),
        ("text/plain", b"b"),
        ("text/plain", b"Traceback\nE: e"),
    ]


def test_a_plotly_figure_is_a_page_that_loads_plotly() -> None:
    figure: JsonValue = {"data": [{"y": [1, 2], "name": "</script><script>alert(1)</script>"}], "layout": {}}
    made = page("application/vnd.plotly.v1+json", figure)
    text = made.data.decode()
    found = re.search('<script id="data" type="application/json">(.*?)</script>', text, re.DOTALL)

    assert made.loads == "cdn.plot.ly"
    assert found is not None
    assert json.loads(found[1]) == figure
    assert "alert(1)</script>" not in text


@pytest.mark.parametrize(
    ("mime", "libraries"),
    [
        ("application/vnd.vegalite.v6.json", ["vega@6", "vega-lite@6", "vega-embed@7"]),
        ("application/vnd.vegalite.v3+json", ["vega@5", "vega-lite@3", "vega-embed@6"]),
        ("application/vnd.vega.v5+json", ["vega@5", "vega-embed@6"]),
    ],
)
def test_vega_is_loaded_in_the_version_of_the_chart(mime: str, libraries: list[str]) -> None:
    assert re.findall(r"npm/([^\"]+)\"", page(mime, {}).data.decode()) == libraries


def test_bokeh_is_loaded_in_the_version_of_the_chart_which_has_its_place_in_another_output() -> None:
    script = 'const docs_json = {"1":{"version":"3.4.1"}};'
    file = only("application/javascript", script, **{"application/vnd.bokehjs_exec.v0+json": ""})
    made = page_of(file, '<div id="p1"></div>')

    assert "https://cdn.bokeh.org/bokeh/release/bokeh-3.4.1.min.js" in made.data.decode()
    assert made.data.decode().index('<div id="p1">') < made.data.decode().index("docs_json")
    assert made.loads == "cdn.bokeh.org"


def test_an_svg_is_shown_as_a_picture_so_that_nothing_in_it_runs() -> None:
    made = page("image/svg+xml", "<svg><script>alert(1)</script></svg>")
    assert b"<img" in made.data
    assert b"alert" not in made.data


def test_html_and_text_become_pages_and_pictures_stay() -> None:
    assert page("text/html", "<b>x</b>").data.startswith(b"<!doctype html>")
    assert page("text/html", "<!DOCTYPE html><p>").data == b"<!DOCTYPE html><p>"
    assert b"<pre>a &lt; b</pre>" in page("text/plain", "a < b").data
    assert page("image/png", "iVBORw==") == Page(".png", b"\x89PNG")


@pytest.mark.parametrize(
    ("text", "name"), [("../../x", "x"), ("a b/ü\x1b[2J", "a-b-2J"), ("", "output"), (".hidden", "hidden")]
)
def test_names_of_files_are_of_harmless_letters(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_a_file_to_be_opened_is_for_the_user_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    path = write_to_open("a/b", ".html", b"page")

    assert path.read_bytes() == b"page"
    assert path.name.startswith("a-b-")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_file_is_written_over_only_where_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    save_new(path, b"one")
    with pytest.raises(FileExistsError):
        save_new(path, b"two")
    assert path.read_bytes() == b"one"
    save_over(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]
