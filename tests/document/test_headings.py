"""Headings are those that CommonMark sees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tui.document.headings import Heading, first_heading, headings_in
from tui.document.notebook import Cell, CellKind, new_key


def told(source: str) -> list[tuple[int, str]]:
    return [(heading.level, heading.text) for heading in headings_in(source)]


@pytest.mark.parametrize(
    ("source", "headings"),
    [
        ("# One", [(1, "One")]),
        ("text\n\n### Three ###\ntext", [(3, "Three")]),
        ("#no heading", []),
        ("####### seven", []),
        ("One\n===\n\nTwo\n---", [(1, "One"), (2, "Two")]),
        ("\n---\n", []),
        ("- a\n---", []),
        ("```\n# code\n```\n# text", [(1, "text")]),
        ("~~~\n# code\n```\n# code\n~~~\n# text", [(1, "text")]),
        ("    # code", []),
        ("# A *b* [c](https://d.example) `e_f`", [(1, "A b c e_f")]),
        ("#", [(1, "")]),
        ("# a # b ##", [(1, "a # b")]),
    ],
)
def test_each_kind(source: str, headings: list[tuple[int, str]]) -> None:
    assert told(source) == headings


LINES = st.sampled_from(
    [
        "# a",
        "## b #",
        "####### x",
        "text",
        "",
        "```",
        "~~~",
        "```py",
        "===",
        "---",
        "    # c",
        " # d",
        "#e",
        "===x",
    ]
)


@given(st.lists(LINES, max_size=8))
def test_they_are_where_a_parser_of_markdown_finds_them(lines: list[str]) -> None:
    tokens = MarkdownIt().parse("\n".join(lines))
    parsed = [(int(each.tag[1]), each.map[1]) for each in tokens if each.type == "heading_open" and each.map]
    found = [(each.level, each.line) for each in headings_in("\n".join(lines))]
    assert [level for level, _ in found] == [level for level, _ in parsed]
    assert all(line < end for (_, line), (_, end) in zip(found, parsed, strict=True))


def cell(source: str, kind: CellKind = CellKind.MARKDOWN) -> Cell:
    return Cell(new_key(), kind, source)


def test_a_cell_begins_a_section_where_its_heading_is_the_first_that_it_says() -> None:
    assert first_heading(cell("\n# One\ntext")) == Heading(1, "One", 1)
    assert first_heading(cell("text\n\n# One")) is None
    assert first_heading(cell("# a comment", CellKind.CODE)) is None
