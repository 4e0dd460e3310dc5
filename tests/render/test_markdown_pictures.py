"""Pictures in markdown cells: attachments and data: addresses in the flow of the text."""

from __future__ import annotations

import base64
from collections.abc import Mapping

import pytest
from PIL import Image

from kernelbridge.outputs import JsonValue
from render.picture.files import encoded, noise
from tui.render.canvas import Canvas, Pictures
from tui.render.drawing import Pending
from tui.render.markdown import draw_markdown, markdown_pictures
from tui.render.rowops import plain
from tui.render.rows import Row

RED = base64.b64encode(encoded(Image.new("RGB", (4, 4), (255, 0, 0)))).decode()
NOISE = base64.b64encode(encoded(noise(40, 40))).decode()
ATTACHED: Mapping[str, JsonValue] = {"a dot.png": {"image/png": RED}, "broken.png": {"image/png": RED[:60]}}
CANVAS = Canvas(40, pictures=Pictures.HALF_BLOCKS)


def pending(source: str, attachments: Mapping[str, JsonValue] = ATTACHED) -> Pending:
    drawing = draw_markdown(source, CANVAS, attachments)
    assert isinstance(drawing, Pending)
    return drawing


def looks(rows: list[Row]) -> list[str]:
    """The rows' text, and `#` for each cell of a red picture."""
    return [
        "".join("#" * span.width if span.style.bg == (255, 0, 0) else span.text for span in row).rstrip()
        for row in rows
    ]


def test_an_attachment_is_drawn_where_it_stands() -> None:
    drawing = pending("Above\n\n![a dot](attachment:a%20dot.png)\n\nbelow")

    assert looks(list(drawing.draw())) == ["Above", "", "####", "####", "", "below"]
    assert len(drawing.placeholder) == 6


def test_pictures_are_drawn_within_lists_and_quotes() -> None:
    drawn = looks(
        list(pending("- item\n\n  ![](<attachment:a dot.png>)\n\n> ![](attachment:a%20dot.png)").draw())
    )

    assert drawn == ["• item", "", "  ####", "  ####", "", "▎ ####", "▎ ####"]


def test_a_picture_in_the_source_is_drawn_however_long_it_makes_that() -> None:
    long = NOISE * 20
    rows = pending(f"![x](data:image/png;base64,{long})", {}).draw()

    assert set("".join(map(plain, rows))) <= {" ", "▀"}
    assert (
        markdown_pictures(f"text\n\n[image1]: <data:image/png;base64,{NOISE}>\n\n![][image1]", {})[0].data
        == NOISE
    )
    assert looks(list(pending(f"![x](data:image/png;base64,{RED})", {}).draw())) == ["####", "####"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("![far away](https://example.org/x.png)", "[image: far away]"),
        ("with text ![a dot](attachment:a%20dot.png)", "with text [image: a dot]"),
        ("![none such](attachment:other.png)", "[image: none such]"),
        ("![local](/etc/passwd)", "[image: local]"),
    ],
)
def test_what_is_elsewhere_or_within_text_is_named(source: str, text: str) -> None:
    rows = draw_markdown(source, CANVAS, ATTACHED)

    assert not isinstance(rows, Pending)
    assert [plain(row) for row in rows] == [text]


def test_a_picture_that_cannot_be_drawn_is_named_with_the_reason() -> None:
    assert looks(list(pending("![a *b*](attachment:broken.png)").draw())) == [
        "[image: a *b*] · a broken picture"
    ]
    rows = draw_markdown("![x](attachment:y)", CANVAS, {"y": {"image/png": "AAAA"}})
    assert not isinstance(rows, Pending)
    assert "".join(map(plain, rows)).startswith("[image: x] · not a PNG")


@pytest.mark.parametrize("attachments", [{"x": 5}, {"x": {}}, {"x": {"text/plain": "y"}}, {"x": None}])
def test_odd_attachments_are_none(attachments: Mapping[str, JsonValue]) -> None:
    rows = draw_markdown("![](attachment:x)", CANVAS, attachments)

    assert not isinstance(rows, Pending)
    assert [plain(row) for row in rows] == ["[image: x]"]


def test_the_pictures_of_a_cell_are_told_in_their_order() -> None:
    source = (
        f"![1](attachment:a%20dot.png)\n\n- ![2](data:image/png;base64,{NOISE})\n\n![3](https://a.b/c.png)"
    )

    assert [content.data for content in markdown_pictures(source, ATTACHED)] == [RED, NOISE]
