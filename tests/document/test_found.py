"""Finding text, in sources and in what was printed."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import notebooks
from tui.document.found import found_in, texts_of
from tui.document.notebook import Cell, CellKind, Notebook, new_key
from tui.document.query import Query, pattern_of


def notebook_of(*sources: str) -> Notebook:
    return Notebook(tuple(Cell(new_key(), CellKind.CODE, source) for source in sources))


def places(notebook: Notebook, text: str, *, match_case: bool = False) -> list[tuple[int, int, int]]:
    pattern = pattern_of(Query(text, match_case=match_case))
    return [
        (notebook.index_of(found.cell), found.start, found.end)
        for searched in texts_of(notebook.cells, in_outputs=False)
        for found in found_in(searched, pattern)
    ]


def test_matches_come_in_order_and_do_not_overlap() -> None:
    assert places(notebook_of("aaa", "b", "ba"), "a") == [(0, 0, 1), (0, 1, 2), (0, 2, 3), (2, 1, 2)]
    assert places(notebook_of("aaaa"), "aa") == [(0, 0, 2), (0, 2, 4)]


def test_text_is_taken_literally() -> None:
    assert places(notebook_of("f(x).*"), "(x).*") == [(0, 1, 6)]


def test_case_counts_only_when_asked_and_offsets_hold_where_lower_case_is_longer() -> None:
    notebook = notebook_of("İ Mean mean")
    assert places(notebook, "MEAN") == [(0, 2, 6), (0, 7, 11)]
    assert places(notebook, "mean", match_case=True) == [(0, 7, 11)]


def test_nothing_is_found_by_no_text() -> None:
    assert places(notebook_of("a", ""), "") == []


@settings(max_examples=50)
@given(notebooks(), st.data())
def test_what_is_found_is_what_was_asked_for(notebook: Notebook, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from("".join(cell.source for cell in notebook.cells) or "x"))
    found = places(notebook, text, match_case=True)
    assert len(found) == sum(cell.source.count(text) for cell in notebook.cells)
    assert all(notebook.cells[index].source[start:end] == text for index, start, end in found)
