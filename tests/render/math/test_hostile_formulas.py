"""What no formula can do, however it is written: raise, take long, control the terminal, leave the page."""

from __future__ import annotations

import sys
import unicodedata
from types import FrameType
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui.render.latex import typeset_latex
from tui.render.math.commands import RULES
from tui.render.math.symbols import SYMBOLS
from tui.render.math.typesetting import NotTypeset, typeset_display, typeset_inline
from tui.render.rowops import plain, row_width
from tui.render.rows import Row
from tui.render.width import cell_width

MOST_CALLS = 3_000_000
"""Of Python functions, for one formula of any kind: about a second."""

COMMANDS = sorted({*RULES, *SYMBOLS} - {"\n"})
PIECES = st.sampled_from(
    [
        *[f"\\{name} " for name in COMMANDS],
        *"{}^_&'$ab12+-=([|])," * 3,
        *[r"\begin{matrix}", r"\end{matrix}", r"\begin{align}", r"\end{align}", r"\\", r"\left(", r"\right)"],
        *[
            "é",
            "日",
            "e\u0301",
            "\u0301",
            "🇩",
            "🇪",
            "\u200d",
            "👩\u200d🔬",
            "\x1b[31m",
            "\x9b",
            "\u202e",
            "\u1100",
            "\u1161",
        ],
    ]
)
SOURCES = st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join))
ATOMS = st.sampled_from(["x", "12", r"\alpha", "+", "=", r"\sin", ",", r"\sum"])
BALANCED = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map(" ".join),
        st.tuples(inner, inner).map(lambda two: rf"\frac{{{two[0]}}}{{{two[1]}}}"),
        st.tuples(inner, inner).map(lambda two: rf"{{{two[0]}}}_{{{two[1]}}}^{{{two[0]}}}"),
        inner.map(lambda one: rf"\sqrt{{{one}}}"),
        inner.map(lambda one: rf"\left({one}\right]"),
        inner.map(lambda one: rf"\overline{{{one}}} \hat{{{one}}} \boxed{{{one}}}"),
        st.tuples(inner, inner).map(lambda two: rf"\begin{{pmatrix}}{two[0]} & {two[1]} \\ 1\end{{pmatrix}}"),
    ),
    max_leaves=12,
)


def assert_printable(rows: list[Row], width: int) -> None:
    for row in rows:
        text = plain(row)
        assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in text)
        assert not set("\u202e\u2066\u200e") & set(text)
        assert row_width(row) == cell_width(text) <= width


def calls_of(source: str) -> int:
    """How many functions are called until the formula is drawn or refused."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        typeset_display(source, 80)
        typeset_inline(source)
    finally:
        sys.setprofile(None)
    return calls


@given(SOURCES, st.integers(2, 90))
@example("🇩{🇪}", 40)
@example(r"\text{a", 40)
@example("\\", 40)
@settings(max_examples=200, deadline=None)
def test_any_text_gives_printable_rows_within_the_page_or_a_reason(source: str, width: int) -> None:
    formula = typeset_display(source, width)
    if isinstance(formula, NotTypeset):
        assert formula.reason
    else:
        assert_printable(list(formula.rows), width)
        assert 0 <= formula.baseline < len(formula.rows)
        assert len({row_width(row) for row in formula.rows}) == 1
    row = typeset_inline(source)
    if not isinstance(row, NotTypeset):
        assert_printable([row], 10_000)
    output = typeset_latex(source, width)
    if not isinstance(output, NotTypeset):
        assert_printable(list(output), width)


@given(BALANCED)
@settings(max_examples=100, deadline=None)
def test_what_is_well_formed_is_set(source: str) -> None:
    formula = typeset_display(source, 100_000)
    assert not isinstance(formula, NotTypeset)
    assert_printable(list(formula.rows), 100_000)


@pytest.mark.parametrize(
    "source",
    [
        r"\frac{1}{" * 300 + "x" + "}" * 300,
        r"\frac12" * 2_500,
        r"\frac" * 4_000,
        r"\sqrt" * 4_000,
        "{" * 100_000,
        "{" * 9_000 + "}" * 9_000,
        "(" * 19_000,
        "(" * 29 + "x" + ")" * 29,
        "({)}" * 4_000,
        "x^" * 9_000 + "x",
        "x_{" * 25 + "x" + "}" * 25,
        r"x^{\frac{1}{" * 12 + "x" + "}}" * 12,
        r"\left(" * 3_000,
        r"\left(\frac{a}{b}\right)" * 800,
        r"\begin{matrix}" + "&" * 19_000 + r"\end{matrix}",
        r"\begin{matrix}" + r"\\" * 9_000 + r"\end{matrix}",
        r"\begin{matrix}" + ("&" * 90 + r"\\") * 200 + r"\end{matrix}",
        r"\begin{align}" * 1_000,
        r"\overline{" * 25 + "x" * 15_000 + "}" * 25,
        r"\hat{\hat{" * 12 + "ab" + "}}" * 12,
        r"\text{" * 25 + "x" + "}" * 25,
        "x'" * 9_000,
        "'" * 19_000,
        "+" * 19_000,
        r"\[" * 9_000,
        "e\u0301" * 9_000,
        "e" + "\u0301" * 19_000,
    ],
    ids=lambda source: source[:24],
)
def test_work_is_bounded(source: str) -> None:
    assert calls_of(source) < MOST_CALLS


def test_work_grows_with_the_length_of_a_line_and_no_faster() -> None:
    short, long = (calls_of(r"\frac{a}{b} + \sqrt{x_i^2} " * count) for count in (100, 400))
    assert long < 5 * short


def test_sources_of_latex_are_not_read_again_and_again() -> None:
    for source in (r"\[" * 9_000, r"\begin{a}" * 2_000, "$" * 19_000, "$a" * 9_999, r"$\$" * 6_000):
        assert typeset_latex(source, 80)


def test_what_is_too_long_is_refused() -> None:
    assert typeset_display("x" * 20_001, 80) == NotTypeset("it is too long to be set")


@pytest.mark.parametrize("source", ["", " ", "$$", "$$$$", "{}", r"\quad", r"\phantom{x}", r"\label{a}"])
def test_what_shows_nothing_is_refused(source: str) -> None:
    assert isinstance(typeset_display(source, 80), NotTypeset)
