"""Links found in what is drawn, in text, and between the cells of a notebook."""

from __future__ import annotations

import time

import pytest

from tui.render.canvas import Canvas
from tui.render.links import Link, addresses_in, links_in_rows
from tui.render.markdown import draw_markdown
from tui.render.markdown.anchors import inner_links, place_name, places_in


def test_a_link_is_one_however_many_styles_and_rows_it_takes() -> None:
    source = "[a *long* text over rows](https://a.b/c) and [d](https://e.f)"

    for width in (10, 80):
        found = links_in_rows(draw_markdown(source, Canvas(width)))
        assert [link.target for link in found] == ["https://a.b/c", "https://e.f"]
        assert found[0].text.replace(" ", "") == "alongtextoverrows"


def test_addresses_in_text_end_before_what_ends_a_sentence() -> None:
    text = "see https://a.b/c?d=e#f, (http://g.h/) or \x1b[31mhttps://i.j.\x1b[0m ftp://k.l"

    assert [link.target for link in addresses_in(text)] == [
        "https://a.b/c?d=e#f",
        "http://g.h/",
        "https://i.j",
    ]


def test_no_link_in_text_holds_a_control() -> None:
    assert addresses_in("https://a.b/\x07\x1b]8;;x") == [Link("https://a.b/", "https://a.b/")]


def test_links_within_the_notebook_are_those_behind_a_hash() -> None:
    source = "[One](#one-1), [two](https://a.b/#c) <a class='x' href=\"#Three\">three</a>"

    assert inner_links(source) == [("One", "#one-1"), ("three", "#Three")]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("## First steps", "#First-steps"),
        ("## First steps", "#first-steps"),
        ("# 1. Load & clean *data*!", "#1.-Load-&-clean-data!"),
        ("# 1. Load & clean *data*!", "#1-load--clean-data"),
        ("text\n\n### Über uns ###", "#%C3%9Cber-uns"),
        ("## [A link](https://a.b) in it", "#A-link-in-it"),
        ('<a id="Section_2"></a>', "#Section_2"),
        ("<a name=top>x</a>", "#top"),
        ('<h2 class="x" id="here">Heading</h2>', "#here"),
    ],
)
def test_a_place_is_found_under_jupyters_name_and_githubs(source: str, target: str) -> None:
    assert place_name(target) in places_in(source)


@pytest.mark.parametrize(
    "source",
    ["# " + "#" * 40_000 + "x", "<a " + "href=#x " * 5_000, "<a id" * 8_000, "[" * 40_000, "[](" * 13_000],
)
def test_hostile_cells_are_searched_in_time(source: str) -> None:
    before = time.thread_time()
    places_in(source)
    inner_links(source)
    assert time.thread_time() - before < 1
