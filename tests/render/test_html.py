"""What pages of HTML look like, without tables."""

from __future__ import annotations

import base64
from io import BytesIO

import pytest

from htmldrawing import drawn, style_of, text
from kernelbridge.outputs import DisplayData
from tui.render.canvas import Canvas, Ground
from tui.render.content import Content
from tui.render.drawing import Pending
from tui.render.html import draw_html, draw_html_output, is_worth_drawing
from tui.render.outputs import draw_output
from tui.render.rowops import plain
from tui.render.rows import Role


def test_headings_paragraphs_and_lists_are_set_as_on_a_page() -> None:
    page = (
        "<h2>Title</h2><p>One  paragraph\n of text.</p><p>Another.</p>"
        "<ul><li>one<li>two<ul><li>deep</ul></ul><ol start=3><li>three<li>four</ol><hr>end"
    )
    expected = """
Title

One paragraph of text.

Another.

• one
• two
  ◦ deep

3. three
4. four

──────────────────────────────
end
"""
    assert text(page, 30) == expected


def test_quotes_code_definitions_and_details_are_told_apart() -> None:
    page = (
        "<blockquote>said <p>somebody</blockquote><pre>\nif x:\n\ty</pre>"
        "<dl><dt>term<dd>what it means<dt>other<dd>else</dl>"
        "<details><summary>More</summary>hidden <b>text</b></details>"
    )
    expected = """
│ said
│
│ somebody

if x:
        y

term   what it means
other  else

▾ More
  hidden text
"""
    assert text(page, 40) == expected


def test_text_is_wrapped_at_words_and_wide_characters_count_twice() -> None:
    assert text("<p>漢字 kanji 漢字 kanji</p>", 12) == "\n漢字 kanji\n漢字 kanji\n"


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("a&nbsp;&lt;b&gt; &eacute;&#x4e00;", "a <b> é一"),
        ("H<sub>2</sub>O, x<sup>2</sup>, x<sup>ab</sup>", "H₂O, x², x^ab"),
        ("<q>so</q> <kbd>Ctrl</kbd>", "“so” Ctrl"),
        ("one<br>two", "one\ntwo"),
        ("a<!-- b -->c<script>d</script><style>e{}</style><template>f</template>", "ac"),
        ("<p hidden>a</p><p style='display:none'>b</p>c", "c"),
        ("<progress value=1 max=2></progress> 50%", "━" * 24 + " 50%"),
        ("<button>Go</button> <input type=checkbox checked> on <input type=hidden value=x>", "[Go] [x] on"),
        ("<select><option>a<option selected>b</select>", "[b]"),
        ("<iframe src='https://a.org/b'></iframe>", "[iframe] https://a.org/b"),
        ("<img src='http://a.org/plot.png'> <img alt=A src='x'>", "[image: plot.png] [image: A]"),
        ("<ol class=list-inline><li>1</li><li>2</li></ol>", "1  2"),  # as R prints vectors
    ],
)
def test_what_is_small_is_shown_as_text(html: str, shown: str) -> None:
    assert text(html, 30) == f"\n{shown}\n"


def test_only_addresses_of_the_web_are_links() -> None:
    assert style_of("<a href='https://a.org'>go</a>", "go").link == "https://a.org"
    for target in (
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "https://a\x1b.org",
        "x.html",
    ):
        assert style_of(f"<a href='{target}'>go</a>", "go").link is None


def test_a_link_that_reads_as_another_address_shows_where_it_leads() -> None:
    assert (
        text("<a href='https://evil.org'>https://good.org</a>") == "\nhttps://good.org (https://evil.org)\n"
    )
    assert text("<a href='https://good.org/'>good.org</a>") == "\ngood.org\n"
    assert text("<a href='https://good.org/'></a>") == "\nhttps://good.org/\n"


def test_tags_give_their_styles() -> None:
    assert style_of("<b>x</b>", "x").bold
    assert style_of("<em>x</em>", "x").italic
    assert style_of("<u>x</u>", "x").underline
    assert style_of("<s>x</s>", "x").strike
    assert style_of("<code>x</code>", "x").role is Role.CODE_IN_PROSE
    assert style_of("<h1>x</h1>", "x").role is Role.HEADING


def png(width: int, height: int) -> str:
    from PIL import Image

    data = BytesIO()
    Image.new("RGB", (width, height), "red").save(data, "PNG")
    return base64.b64encode(data.getvalue()).decode()


def test_a_picture_within_the_page_is_drawn_with_its_place_kept_meanwhile() -> None:
    drawing = draw_html(f"above<img src='data:image/png;base64,{png(8, 8)}'>below", Canvas(40))

    assert isinstance(drawing, Pending)
    rows = drawing.draw()
    assert len(drawing.placeholder) == len(rows) == 6
    assert [plain(row) for row in (rows[0], rows[-1])] == ["above", "below"]
    assert rows[1][0].style.bg == (254, 0, 0) or rows[1][0].style.bg == (255, 0, 0)


def test_a_broken_picture_is_its_name() -> None:
    assert text("<img alt=plot src='data:image/png;base64,AAAA'>") == "\n[image: plot]\n"


@pytest.mark.parametrize(
    "loader",
    [
        "<div id='x'></div><script>Plotly.newPlot('x')</script>",
        "<style>.a{color:red}</style>",
        "<div class='bk-root'><a href='#' class='bk-logo'></a><span>Loading BokehJS ...</span></div>",
        "<script>if (a < b) { document.write('<p>text</p>') }",
        "<!-- only this -->",
        "<div id='sk-container-id-1' class='sk-top-container'><pre>LinearRegression()</pre></div>",
        "",
    ],
)
def test_html_that_scripts_are_to_fill_gives_way_to_the_next_type(loader: str) -> None:
    assert not is_worth_drawing(loader)
    drawing = draw_output(DisplayData({"text/html": loader, "text/plain": "Figure()"}), Canvas(40))
    assert not isinstance(drawing, Pending)
    assert [plain(row) for row in drawing] == ["Figure()"]


def test_html_that_shows_nothing_says_so_where_there_is_no_other_type() -> None:
    drawing = draw_html_output(Content("text/html", "<style>a{}</style>"), Canvas(80))
    assert not isinstance(drawing, Pending)
    assert [plain(row) for row in drawing] == ["text/html · 18 B, nothing to show without a browser"]


def test_html_is_richer_than_plain_text() -> None:
    output = DisplayData({"text/plain": "plain", "text/html": "<b>rich</b>"})
    assert [plain(row) for row in drawn_output(output)] == ["rich"]


def drawn_output(output: DisplayData) -> list[object]:
    drawing = draw_output(output, Canvas(40))
    assert not isinstance(drawing, Pending)
    return list(drawing)


@pytest.mark.parametrize("ground", list(Ground))
def test_pages_are_drawn_alike_on_both_grounds(ground: Ground) -> None:
    assert [plain(row) for row in drawn("<p>a</p>", ground=ground)] == ["a"]
