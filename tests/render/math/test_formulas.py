"""What formulas look like: `formulas.txt` is the specification, to be read by eye.

`▶` is the source, the rows below it are its display, `»` marks the row of the baseline, `·` the same in one
row. Without `·` it is not set in one row.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.render.math.typesetting import NotTypeset, Typeset, typeset_display, typeset_inline
from tui.render.rowops import plain
from tui.render.rows import Span

PAGE = 76
FORMULAS = [
    entry.strip("\n").split("\n")
    for entry in Path(__file__).with_name("formulas.txt").read_text("utf-8").split("▶ ")
    if entry.strip()
]


def drawn(formula: Typeset | NotTypeset) -> list[str]:
    if isinstance(formula, NotTypeset):
        return [f"  not set: {formula.reason}"]
    return [
        (("» " if number == formula.baseline else "  ") + plain(row)).rstrip()
        for number, row in enumerate(formula.rows)
    ]


def span(source: str, text: str) -> Span:
    row = typeset_inline(source)
    assert not isinstance(row, NotTypeset)
    (found,) = [span for span in row if span.text.strip() == text]
    return found


@pytest.mark.parametrize(("source", "rows"), [(entry[0], entry[1:]) for entry in FORMULAS])
def test_a_formula_is_drawn_as_the_table_says(source: str, rows: list[str]) -> None:
    inline = typeset_inline(source)
    in_one_row = [] if isinstance(inline, NotTypeset) else [f"· {plain(inline)}".rstrip()]
    assert [*drawn(typeset_display(source, PAGE)), *in_one_row] == rows


@pytest.mark.parametrize("around", ["${}$", "$${}$$", r"\[{}\]", r"\({}\)", " $$\n{}\n$$ "])
def test_what_stands_around_a_formula_is_left_out(around: str) -> None:
    assert drawn(typeset_display(around.replace("{}", "x^2"), PAGE)) == ["» x²"]


def test_variables_are_italic_and_names_are_not() -> None:
    assert span(r"x + 1", "x").style.italic
    assert not span(r"\sin x", "sin").style.italic
    assert span(r"\mathbf{v} + 1", "v").style.bold
    assert not span(r"\mathrm{const} + x", "const").style.italic


class TestWiderThanThePage:
    def test_it_is_broken_before_relations_and_operators(self) -> None:
        assert drawn(typeset_display("a + b + c = d + e + f", 12)) == ["» a + b + c", "  = d + e + f"]

    def test_continued_lines_are_set_in(self) -> None:
        source = r"\text{first} + \text{second} + \text{third} + \text{fourth}"
        assert drawn(typeset_display(source, 20)) == [
            "» first + second",
            "      + third + fourth",
        ]

    def test_lines_of_fractions_are_kept_apart(self) -> None:
        assert drawn(typeset_display(r"\frac{a}{b} + \frac{c}{d}", 4)) == [
            "  a",
            "» ─",
            "  b",
            "",
            "    c",
            "  + ─",
            "    d",
        ]

    def test_long_brackets_of_one_row_are_broken_too(self) -> None:
        assert drawn(typeset_display("(a + b, c + d)", 8)) == ["» (a + b,", "  c + d)"]

    def test_a_matrix_is_made_narrower(self) -> None:
        source = r"\begin{matrix} \frac{a + b}{c} & \frac{a + b}{c} \end{matrix}"
        assert drawn(typeset_display(source, 17)) == ["  a + b  a + b", "» ─────  ─────", "    c      c"]
        narrow = source.replace("matrix", "bmatrix")
        assert drawn(typeset_display(narrow, 20))[1] == "» ⎢─────  ─────⎥"

    def test_what_cannot_be_broken_is_not_set(self) -> None:
        assert typeset_display(r"\begin{matrix} abc & def \end{matrix}", 7) == NotTypeset(
            "it is wider than the page"
        )
