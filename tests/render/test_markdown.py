"""What a markdown cell looks like: the text of its rows, their styles, and what hostile cells cannot do."""

from __future__ import annotations

import time
import unicodedata
from textwrap import dedent

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.render.canvas import Canvas
from tui.render.markdown import draw_markdown
from tui.render.markdown.addresses import is_honest
from tui.render.markdown.parsing import LONGEST
from tui.render.rowops import plain, row_width
from tui.render.rows import Role, Span, Style


def drawn(source: str, width: int = 40) -> str:
    """The rows' text, without the blanks that end them."""
    return "\n".join(plain(row).rstrip() for row in draw_markdown(source, Canvas(width)))


def page(text: str) -> str:
    return dedent(text).strip("\n")


def span(source: str, text: str) -> Span:
    """The span of that text."""
    (found,) = [span for row in draw_markdown(source, Canvas(60)) for span in row if span.text == text]
    return found


class TestBlocks:
    def test_a_heading_has_room_above_and_the_first_level_a_rule(self) -> None:
        assert drawn("# Loss\nThree runs.\n## Next\nMore.") == page("""
            Loss
            ────
            Three runs.

            Next
            More.
        """)
        assert span("# Loss", "Loss").style.bold
        assert span("## Loss", "Loss").style.role is Role.HEADING

    def test_a_paragraph_is_broken_at_words_and_a_hard_break(self) -> None:
        assert drawn("one two three\nfour\\\nfive  \nsix", 10) == "one two\nthree four\nfive\nsix"

    def test_a_word_wider_than_the_page_is_cut(self) -> None:
        assert drawn("a https://example.org/", 10) == "a\nhttps://ex\nample.org/"

    def test_chinese_and_japanese_break_anywhere_but_before_a_full_stop(self) -> None:
        assert drawn("日本語の文。終", 10) == "日本語の\n文。終"

    def test_lists_are_nested_and_numbered_as_the_source_says(self) -> None:
        source = page("""
            - one
            - two, which is long
              - inner
                1. ten
                2. eleven
            - [ ] open
            - [x] done
        """)
        assert drawn(source, 14) == page("""
            • one
            • two, which
              is long
              ◦ inner
                1. ten
                2. eleven
            [ ] open
            [x] done
        """)

    def test_a_list_with_empty_lines_has_them(self) -> None:
        assert drawn("9. a\n\n   b\n\n10. c") == " 9. a\n\n    b\n\n10. c"

    def test_a_quote_has_a_bar(self) -> None:
        assert drawn("> one two\n>\n> > three four", 9) == "▎ one two\n▎\n▎ ▎ three\n▎ ▎ four"

    def test_a_rule_is_as_wide_as_the_page(self) -> None:
        assert drawn("a\n\n---", 12) == "a\n\n────────────"

    def test_a_fence_has_a_margin_and_the_colours_of_its_language(self) -> None:
        source = '```python\ndef f():\n\treturn "x"\n```'
        assert drawn(source) == '  def f():\n      return "x"'
        assert span(source, "def").style.role is Role.KEYWORD
        assert span(source, '"x"').style.role is Role.STRING

    @pytest.mark.parametrize("info", ["{python}", "py", "Python title=x", "python,ignore"])
    def test_the_language_of_a_fence_has_many_spellings(self, info: str) -> None:
        assert span(f"```{info}\npass\n```", "pass").style.role is Role.KEYWORD

    def test_code_without_a_language_is_plain(self) -> None:
        assert drawn("    def\n      x") == "  def\n    x"
        assert span("```\ndef\n```", "def").style.role is Role.CODE

    def test_an_alert_has_a_title_and_a_bar_in_its_colour(self) -> None:
        assert drawn("> [!WARNING]\n> Look *out*.\n>\n> - a") == "▌ Warning\n▌ Look out.\n▌\n▌ • a"
        assert span("> [!WARNING]\n> x", "Warning").style == Style(Role.WARNING, bold=True)
        assert drawn("> [!tip]") == "▌ Tip"
        assert drawn("> [!NOTE] x\n\n> [!OTHER]\n> y") == "▎ [!NOTE] x\n\n▎ [!OTHER] y"

    def test_a_footnote_stands_behind_its_mark_wherever_its_text_is(self) -> None:
        assert drawn("a[^1] b[^note]\n\n[^1]: One\n    two.") == "a¹ b[^note]\n\n¹ One two."
        assert drawn("[^note]: Nothing refers to it.\n\n    more") == page("""
            [^note] Nothing refers to it.

                    more
        """)

    def test_front_matter_is_coloured_data_and_text_between_rules_is_text(self) -> None:
        assert drawn("---\ntitle: A\ntags:\n- b\n---\n# C") == "  title: A\n  tags:\n  - b\n\nC\n─"
        assert drawn("---\n\nsome text\n\n---", 9) == "─────────\n\nsome text\n\n─────────"

    def test_a_tag_around_blocks_of_markdown_draws_nothing(self) -> None:
        assert drawn('<div class="x">\n\n*a*\n\n</div>\n\n<!-- b -->\n\nc') == "a\n\nc"

    def test_a_block_of_html_is_its_text(self) -> None:
        assert drawn("<ul>\n<li>a <b>b</b></li>\n<li>c &amp; d</li></ul>") == "• a b\n• c & d"
        assert drawn("<details><summary>More</summary>\n\nx\n\n</details>") == "▾ More\n\nx"
        kept = drawn("<pre>\nfor x:\n    y &lt; <b>1</b></pre>")
        assert kept.replace("\xa0", " ") == "for x:\n    y < 1"
        assert drawn("<script>\nalert(1)\n</script>\n<style>\nb {}\n</style>") == ""
        assert drawn('<center><h2>a</h2><img src="b/c.png"></center>', 20) == " " * 9 + "a\n   [image: c.png]"

    @pytest.mark.parametrize("source", ["", "\n\n", "[a]: http://b.c"])
    def test_nothing_to_show_is_no_rows(self, source: str) -> None:
        assert list(draw_markdown(source, Canvas(40))) == []


class TestTables:
    SOURCE = "| Name | Value | Note |\n|:--|--:|:-:|\n| *a* | 1.5 | some longer text |\n| b | 200 | x |"

    def test_columns_are_aligned_below_a_rule(self) -> None:
        assert drawn(self.SOURCE) == page("""
            Name │ Value │       Note
            ─────┼───────┼─────────────────
            a    │   1.5 │ some longer text
            b    │   200 │        x
        """)

    def test_wide_cells_are_broken_where_there_is_no_room(self) -> None:
        assert drawn(self.SOURCE, 24) == page("""
            Name │ Value │   Note
            ─────┼───────┼──────────
            a    │   1.5 │   some
                 │       │  longer
                 │       │   text
            b    │   200 │     x
        """)

    def test_columns_without_any_room_are_said_to_be_there(self) -> None:
        assert drawn(self.SOURCE, 12) == "Name │ …\n─────┼──\na    │ …\nb    │ …"

    def test_a_row_with_too_few_or_too_many_cells_keeps_the_header_s_columns(self) -> None:
        assert drawn("|a|b|\n|-|-|\n|1|\n|1|2|3|") == "a │ b\n──┼──\n1 │\n1 │ 2"


class TestInline:
    def test_emphasis_adds_up(self) -> None:
        both = span("*a **b***", "b").style
        assert both.bold
        assert both.italic
        assert both.role is Role.STRONG
        assert span("~~a~~", "a").style.strike
        assert span("`a *b*`", "a *b*").style.role is Role.CODE_IN_PROSE

    def test_tags_of_html_look_like_what_they_say(self) -> None:
        assert drawn("x<sup>2</sup> + H<sub>2</sub>O, a<sub>max</sub>, b<sup>T</sup>") == (
            "x² + H₂O, a_(max), b^T"
        )
        assert drawn("a<br>b<br/>c <!-- d -->") == "a\nb\nc"
        assert span("<b>a <i>b</i></b>", "b").style == Style(Role.EMPHASIS, bold=True, italic=True)
        assert span("<kbd>Esc</kbd>", "Esc").style.role is Role.CODE_IN_PROSE
        assert span("<u>a</u>", "a").style.underline
        assert span("<del>a</del>", "a").style.strike
        assert span('a <img src="b.png" alt="c">', "[image: c]").style.role is Role.MUTED

    @pytest.mark.parametrize("asked", ['color="red"', "color=red", 'style="color: #e00"', "color='#c02020'"])
    def test_a_colour_is_the_nearest_that_every_theme_can_show(self, asked: str) -> None:
        assert span(f"<font {asked}>a</font>", "a").style.fg == 1

    @pytest.mark.parametrize("asked", ["black", "white", "#fff", "#808080", "nosuch", "url(x)"])
    def test_a_colour_that_a_theme_may_have_as_its_ground_is_none(self, asked: str) -> None:
        assert span(f'<span style="color: {asked}">a</span>', "a").style.fg is None

    def test_what_is_no_tag_of_html_stays_as_it_is_spelled(self) -> None:
        assert drawn("in <module>: List<T>") == "in <module>: List<T>"

    def test_tags_that_are_not_closed_or_cross_others_harm_nothing(self) -> None:
        assert drawn("*a <b>b* c</i> d</b> e") == "a b c d e"
        assert drawn("</b></a>x <a href='https://a.b'>*y</a>*") == "x y"

    def test_entities_and_escapes_are_read(self) -> None:
        assert drawn(r"&lt;b&gt; &copy; \*a\*") == "<b> © *a*"

    def test_an_image_is_its_description_or_its_name(self) -> None:
        assert drawn("![a *plot*](https://a.b/c.png)") == "[image: a plot]"
        assert drawn("![](attachment:c.png) ![](https://a.b/d.png)") == "[image: c.png] [image: d.png]"
        assert drawn("as ![](data:image/png;base64,AAAA)") == "as [image: embedded]"

    def test_mathematics_in_a_line_is_one_row(self) -> None:
        assert drawn("where $a_1 * b_2$ is $\\frac{a}{b}$, or") == "where a₁ * b₂ is a/b, or"
        assert span("where $x$ is", "x").style.italic

    def test_displayed_mathematics_has_rows_of_its_own(self) -> None:
        assert drawn("so $$\\frac{a}{b}$$ is") == "so\n    a\n    ─\n    b\nis"
        assert drawn("so\n$$\na_1\n- b *c*\n= d\n$$") == "so\n\n    a₁ − b * c * = d"
        assert drawn("\\begin{align}\na &= b_1\n\\end{align}") == "    a = b₁"

    @pytest.mark.parametrize("source", ["so $\\x_1*y*z_1$ is", "$$\n\\x_1\n- b *c*\n= d\n$$"])
    def test_mathematics_that_is_not_set_is_its_source(self, source: str) -> None:
        assert "\n".join(line.strip() for line in drawn(source).split("\n")) == source

    def test_prices_are_no_mathematics(self) -> None:
        assert drawn("$5 and *not* $10") == "$5 and not $10"
        assert drawn("a lone $ and *so*") == "a lone $ and so"


class TestLinks:
    def test_an_address_in_the_text_is_a_link_without_what_ends_the_sentence(self) -> None:
        source = "See (https://a.b/c?d=1)."
        assert drawn(source) == source
        assert span(source, "https://a.b/c?d=1").style.link == "https://a.b/c?d=1"
        assert span("`https://a.b`", "https://a.b").style.link is None

    def test_a_link_of_html_is_as_honest_as_one_of_markdown(self) -> None:
        assert span('<a href="https://a.b">c</a>', "c").style.link == "https://a.b"
        assert span('<a href="javascript:x()">c</a>', "c").style.link is None
        evil = '<a href="https://evil.example">'
        shown = "https://good.example (https://evil.example)"
        assert drawn(f"{evil}https://good.example</a>", 60) == shown
        assert drawn(f"{evil}https://good.example", 60) == shown
        inner = f"{evil}[https://good.example](https://good.example)"
        assert span(inner, "https://good.example").style.link == "https://good.example"

    def test_a_web_address_is_a_link(self) -> None:
        style = span("[docs](https://docs.python.org/3/)", "docs").style
        assert style.link == "https://docs.python.org/3/"
        assert style.role is Role.LINK

    @pytest.mark.parametrize(
        "target",
        ["notes.md", "#top", "file:///etc/passwd", "javascript:x", "mailto:a@b.c", "ftp://a.b", "//a.b"],
    )
    def test_no_other_address_is_one(self, target: str) -> None:
        rows = draw_markdown(f"[docs]({target})", Canvas(60))
        assert not any(span.style.link for row in rows for span in row)

    @pytest.mark.parametrize(
        "target", ["<https://a.b/c d&#10;e>", "https://a.b/é\u202e", "https://a.b/&#27;]8;;x&#7;"]
    )
    def test_an_address_is_percent_encoded(self, target: str) -> None:
        links = {span.style.link for row in draw_markdown(f"[docs]({target})", Canvas(60)) for span in row}
        assert all(
            link is None or (link.isascii() and link.isprintable() and " " not in link) for link in links
        )

    def test_a_text_that_reads_as_another_address_is_followed_by_the_real_one(self) -> None:
        assert drawn("[https://bank.com](http://evil.net/x)", 60) == "https://bank.com (http://evil.net/x)"
        assert drawn("[*bank*.com](http://evil.net)", 60) == "bank.com (http://evil.net)"

    @pytest.mark.parametrize(
        ("text", "target", "honest"),
        [
            ("https://a.org/x", "https://a.org/x", True),
            ("a.org", "https://www.a.org/", True),
            ("the docs", "https://a.org", True),
            ("notes.md", "https://a.org/notes.md", True),
            ("e.g. this", "https://a.org", True),
            ("a.org", "https://a.org.evil.net", False),
            ("https://a.org", "http://evil.net/https://a.org", False),
            ("ａ。org", "https://evil.net", True),
            ("ａ．org", "https://evil.net", False),
            ("HTTPS://A.ORG", "https://evil.net", False),
        ],
    )
    def test_honest_texts(self, text: str, target: str, honest: bool) -> None:
        assert is_honest(text, target) is honest


MARKDOWN_PIECES = st.sampled_from(
    [
        *("\n", "\n\n", " ", "    ", "\t", "# ", "- ", "1. ", "> ", "```", "```py\n", "`", "*", "**", "_"),
        *("|-|-|\n", "[", "](", ")", "![", "http://a.b", "<b>", "<!--", "-->", "&#27;[31m", "&#8238;"),
        *("$", "$$", "\\begin{a}", "\\end{a}", "---\n", "===\n", "[ ] ", "x", "word ", "日本。", "é", "|"),
        *("~~", "&amp;", "\\", "e\u0301", "👩‍💻"),
        *("\x1b[31m", "\x07", "\u202e", "\x9b", "\r", "\x00", "\u2028", "\ud800", "\u200b"),
    ]
)  # fmt: skip


class TestAnyText:
    @given(st.lists(MARKDOWN_PIECES, max_size=60).map("".join) | st.text(), st.integers(2, 90))
    @example("> " * 50 + "x", 10)
    @example("- " * 50 + "x", 10)
    @example("|a|b|\n|-|-|\n|`  " + "x" * 50 + "`|", 10)
    def test_rows_fit_the_width_and_hold_nothing_that_controls(self, source: str, width: int) -> None:
        for row in draw_markdown(source, Canvas(width)):
            assert row_width(row) <= width
            for span in row:
                assert not any(
                    unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in span.text
                )
                assert not set(span.text) & set("\u202e\u200b\u2066")

    @given(
        st.lists(st.sampled_from(["word", "日本", "a-b", "x"]), min_size=1, max_size=30), st.integers(10, 40)
    )
    def test_no_word_is_lost(self, words: list[str], width: int) -> None:
        text = "".join(plain(row) for row in draw_markdown(" ".join(words), Canvas(width)))
        assert text.replace(" ", "") == "".join(words)


class TestBounds:
    @pytest.mark.parametrize(
        "source",
        [
            "[" * 20_000,
            "*a " * 20_000,
            "![](" * 20_000,
            "a**b" * 20_000 + "c* " * 20_000,
            "`" * 20_000 + "x",
            "$a" * 20_000,
            "$$\n" * 20_000,
            "\\begin{a}\n" * 10_000,
            "> " * 5_000 + "x",
            "- " * 5_000 + "x",
            "- a\n" * 14_000,
            "|".join("a" * 2_000) + "\n" + "|".join("-" * 2_000) + "\n" + "x|\n" * 50,
            "<" * 30_000,
            "<a " * 15_000,
            "# " + "x" * 50_000,
            "x " * 29_000,
            "日" * 50_000,
            "e" + "\u0301" * 50_000,
            "```python\n" + "((" * 25_000 + "\n```",
            "\t" * 50_000 + "x",
            "x <b>" * 8_000,
            "x " + "<b></i>" * 5_000,
            "<div>" * 8_000 + "x",
            "<" + "!" * 30_000,
            "x <!--" * 6_000,
            "x\n\n" + "<!--" * 10_000,
            "x\n\n<div>\n<script>" + "<script" * 5_000,
            "[^a]" * 1_400,
            "[^a]: x\n" * 1_400,
            "> [!NOTE]\n\n" * 3_000,
            "---\n" + "a: b\n" * 7_000,
            "https://" * 5_000,
            "https://a" + "." * 39_000,
            '<a href="' * 4_000,
            "x" * 10_000_000,
        ],
        ids=lambda source: f"{source[:10]!r}",
    )
    def test_a_cell_made_to_be_slow_is_drawn_in_time(self, source: str) -> None:
        before = time.thread_time()
        rows = draw_markdown(source, Canvas(80))
        assert time.thread_time() - before < 5
        assert rows

    def test_what_is_too_deep_or_too_long_is_its_source_and_says_so(self) -> None:
        assert drawn("> " * 100 + "deep", 60).startswith(
            "Shown as its source: its parts are nested too deeply.\n> > "
        )
        assert drawn("x" * (LONGEST + 1), 60).startswith(
            "Shown as its source: it is too long to be laid out.\nxxx"
        )
