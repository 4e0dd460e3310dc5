"""SVG as text: its size, and what is taken out of it before it is drawn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.render.picture.imagesize import ImageSize
from tui.render.picture.svg import NotSvgError, made_safe, svg_size

NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
MATPLOTLIB = (
    '<?xml version="1.0" encoding="utf-8" standalone="no"?>\n'
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"\n  "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
    '<svg width="251.25pt" height="170pt" viewBox="0 0 251.25 170" version="1.1"></svg>'
)


@pytest.mark.parametrize(
    ("svg", "size"),
    [
        ('<svg width="120" height="60"/>', (120, 60)),
        ("<svg height='60px' width='120.4'></svg>", (120, 60)),
        ('<svg width="1in" height="2.54cm"/>', (96, 96)),
        ('<svg width="10em" height="36pt"/>', (160, 48)),
        ('<svg viewBox="0 0 40 30"/>', (40, 30)),
        ('<svg viewBox="0,0,40,30" width="100%"/>', (40, 30)),
        ('<svg width="80" viewBox="0 0 40 30"/>', (80, 60)),
        ('<svg height="60" viewBox="0 0 40 30"/>', (80, 60)),
        ("<svg/>", (300, 150)),
        ('<svg width="0" height="-5"/>', (300, 150)),
        ('<svg width="1e9" height="60000"/>', (1_000_000, 60_000)),
        ('<s:svg xmlns:s="http://www.w3.org/2000/svg" width="9" height="8"/>', (9, 8)),
        ('<!-- svg --><svg id="a>b" width="9" height="8"/>', (9, 8)),
        (MATPLOTLIB, (335, 227)),
    ],
)
def test_the_size_is_that_of_the_root_in_css_pixels(svg: str, size: tuple[int, int]) -> None:
    assert svg_size(svg) == ImageSize(*size)


@pytest.mark.parametrize("text", ["", "svg", "<svgx>", "<html></html>", '<svg width="', "a" * 6_000_000])
def test_what_is_no_svg_is_said(text: str) -> None:
    with pytest.raises(NotSvgError):
        svg_size(text)


def test_it_is_drawn_at_the_size_that_is_asked_for_with_all_that_is_in_it() -> None:
    assert made_safe('<svg width="120" height="60"><g/></svg>', 30, 15) == (
        '<svg width="30" height="15" preserveAspectRatio="none" viewBox="0 0 120 60"><g/></svg>'
    )
    assert made_safe('<svg viewBox="0 0 4 3" preserveAspectRatio="xMidYMid"/>', 8, 6) == (
        '<svg width="8" height="6" preserveAspectRatio="none" viewBox="0 0 4 3"/>'
    )


def test_a_type_that_declares_nothing_is_left_out() -> None:
    safe = made_safe(MATPLOTLIB, 335, 227)

    assert "DOCTYPE" not in safe
    assert safe.endswith("</svg>")


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE s SYSTEM "a" [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]>',
        "<!DOCTYPE s [<!ATTLIST g x CDATA 'y'>]>",
    ],
)
def test_what_declares_entities_is_refused(declaration: str) -> None:
    with pytest.raises(NotSvgError, match="declares entities"):
        made_safe(f"{declaration}<svg><text>&x;</text></svg>", 10, 10)


@pytest.mark.parametrize(
    "address",
    [
        "/etc/passwd",
        "file:///etc/passwd",
        "picture.png",
        "http://example.org/x.png",
        "data:image/svg+xml,%3Csvg/%3E",
        "&#47;etc/passwd",
    ],
)
@pytest.mark.parametrize("name", ["href", "xlink:href", "XLINK:HREF", "a:href"])
def test_nothing_leads_out_of_the_svg(name: str, address: str) -> None:
    for quote in "\"'":
        safe = made_safe(f"<svg><image {name} = {quote}{address}{quote}/></svg>", 10, 10)
        assert f'<image {name} = ""/>' in safe


@pytest.mark.parametrize("address", ["#gradient", "data:image/png;base64,AAAA", "data:image/jpeg,x"])
def test_what_is_within_the_svg_stays(address: str) -> None:
    assert f'href="{address}"' in made_safe(f'<svg><use href="{address}"/></svg>', 10, 10)


@given(st.text(alphabet="<>svg!-\"'= [](a#&;:/\n") | st.text())
def test_any_text_is_an_svg_or_none(text: str) -> None:
    for svg in (text, f"<svg {text}"):
        try:
            size = svg_size(svg)
            made_safe(svg, 10, 10)
        except NotSvgError:
            continue
        assert size.width >= 1
        assert size.height >= 1
