"""Whatever HTML says: it costs little, stays within its width and reaches no further than the page."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from htmldrawing import drawn, text
from tui.render.canvas import Canvas
from tui.render.drawing import CannotDrawError
from tui.render.html import draw_html
from tui.render.html.scan import shows_something, too_costly
from tui.render.rowops import plain, row_width

_TAGS = (
    "table /table tr td th td_colspan=999999999 td_rowspan=70000 thead caption p /p b /b i pre ul li dl dt dd"
    " ol_start=99999999999 blockquote details summary hr br svg /svg style /style script /script /a img_src=x"
    " a_href=https://a.org/ a_href=javascript:x img_src=data:image/png;base64,AAAA progress_value=nan"
    " progress_value=1e999_max=-1 !-- ![CDATA[ td_style=color:red;background:#fff td_align=center"
)
_TEXTS = (
    "&nbsp; &#27;[2J &#x202e; &#0; \x1b]0;t\x07 \x1b[31m \u202e 漢字 👩\u200d👩\u200d👧 é 12.5 -3 ..."
    " < > & \" ' = / --> \ud800"
)
PIECES = st.one_of(
    st.sampled_from(_TAGS.split()).map(lambda tag: f"<{tag.replace('_', ' ')}>"),
    st.sampled_from(_TEXTS.split()),
    st.text(max_size=5),
)


@given(st.lists(PIECES, max_size=40).map(" ".join), st.integers(2, 60))
def test_any_html_is_rows_of_printable_text_that_fit(html: str, width: int) -> None:
    for row in drawn(html, width):
        assert row_width(row) <= width
        shown = plain(row)
        shown.encode()
        assert not any(ord(character) < 32 or 0x7F <= ord(character) < 0xA0 for character in shown)
        assert "\u202e" not in shown
        assert {span.style.link for span in row} <= {None, "https://a.org/"}
        assert all(span.width == row_width((span,)) for span in row)


@given(st.lists(PIECES, max_size=20).map("".join))
def test_whether_html_shows_something_can_always_be_told(html: str) -> None:
    assert isinstance(shows_something(html), bool)
    assert too_costly(html) is None


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 50_000,
        "<b class=a>" * 300 + "<p>x" * 100_000,
        "<div><x title='</div>'>" * 20_000,
        "<svg><g><div>" * 20_000,
        "<title><div></title>" + "<div>" * 20_000,
    ],
)
def test_what_lexbor_would_take_long_for_is_refused_at_once(html: str) -> None:
    started = time.process_time()
    with pytest.raises(CannotDrawError, match=r"nested too deeply|left open"):
        drawn(html)
    assert time.process_time() - started < 2


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "html",
    [
        "<table>" + "<tr><td colspan=1000000000 rowspan=1000000000>x<td rowspan=65534>y" * 15_000,
        "<table><tr>" + "<td rowspan=65534>a" * 2_000 + "<tr><td>x" * 90_000,
        "<table><tr>" + "<td>1" * 10_000,
        "<table><tr><td>" * 300,
        "<ul><li>" * 480,
        "<details>" * 480,
        "<style>" + "/*" * 400_000,
        "<style>" + "".join(f"td{{color:red}}.c{n} td{{}}" for n in range(20_000)) + "</style><table>"
        + "<tr><td class=c1>x" * 5_000,
        "<a " * 300_000,
        "<!--" * 200_000,
        '<a href="' * 100_000,
        "<" * 500_000,
        "&#27;[2J" * 100_000,
        "data:image/png;base64," * 40_000,
        "x" * 1_000_000,
        "<li>a" * 100_000,
        "<dt>a<dd>b" * 50_000,
        "<img src=x>" * 80_000,
    ],
    ids=lambda html: html[:20],
)  # fmt: skip
def test_a_megabyte_of_anything_takes_seconds_at_most(html: str) -> None:
    started = time.process_time()
    assert all(row_width(row) <= 80 for row in drawn(html)[:5_000])
    assert time.process_time() - started < 6


def test_of_ten_thousand_columns_the_first_and_last_are_shown() -> None:
    cells = "".join(f"<td>{n}</td>" for n in range(1000, 11_000))
    assert text(f"<table><tr>{cells}</tr></table>", 30) == (
        "\n1000  1001  …  2998  2999\n4 of 10,000 columns · T opens\n"
    )


def test_a_long_table_is_cut_with_a_mark_that_says_how_much_is_missing() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>{'x' * 300}</td></tr>" for n in range(5_000))
    shown = text(f"<table>{rows}</table>").splitlines()
    assert shown[-1] == "… 3,000 more rows · T opens"
    assert len(shown) == 2_002


def test_a_long_page_is_drawn_later_with_its_rows_counted() -> None:
    drawing = draw_html("<table>" + "<tr><td>a long text</td></tr>" * 1_000 + "</table>", Canvas(40))
    assert plain(drawing.placeholder[0]) == "… 29 kB of HTML, being laid out"  # type: ignore[union-attr]
    assert len(drawing.placeholder) == len(drawing.draw()) == 1_000  # type: ignore[union-attr]
