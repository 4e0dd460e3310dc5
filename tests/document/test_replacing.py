"""Replacing: line by line, any of them left out, and taken back in one step."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kernelbridge.outputs import DisplayData, ErrorOutput, Stream
from kernelbridge.streamtext import StreamText
from tui.document.edits import apply_all
from tui.document.found import Found, found_in, texts_of
from tui.document.notebook import Cell, CellKind, Notebook, new_key
from tui.document.query import Query, pattern_of, template_of
from tui.document.replacing import LineChange, edits_of, line_changes


def book(*sources: str) -> Notebook:
    return Notebook(tuple(Cell(new_key(), CellKind.CODE, source) for source in sources))


def found(notebook: Notebook, query: Query, replacement: str | None = None) -> list[Found]:
    pattern = pattern_of(query)
    template = None if replacement is None else template_of(query, replacement)
    texts = texts_of(notebook.cells, in_outputs=query.in_outputs)
    return [each for text in texts for each in found_in(text, pattern, template)]


def changes(notebook: Notebook, text: str, replacement: str) -> list[LineChange]:
    return line_changes(notebook, found(notebook, Query(text), replacement))


def sources(notebook: Notebook) -> list[str]:
    return [cell.source for cell in notebook.cells]


def test_each_line_is_one_change() -> None:
    notebook = book("a = a\nb\na", "c")
    told = [(change.line, change.before, change.after) for change in changes(notebook, "a", "x")]
    assert told == [(0, "a = a", "x = x"), (2, "a", "x")]


def test_lines_that_a_match_goes_across_are_one_change() -> None:
    notebook = book("one\ntwo three\nfour")
    query = Query(r"e\nt", is_regex=True)
    (change,) = line_changes(notebook, found(notebook, query, "-"))
    assert (change.line, change.before, change.after) == (0, "one\ntwo three", "on-wo three")


def test_what_cells_printed_is_found_and_never_replaced() -> None:
    outputs = (
        Stream("stdout", StreamText("\x1b[31mred\x1b[0m word\n")),
        DisplayData({"text/plain": "a word"}),
        DisplayData({"image/png": "word"}),
        ErrorOutput("E", "word", ("\x1b[31mE\x1b[0m: word",)),
    )
    notebook = Notebook((Cell(new_key(), CellKind.CODE, "word", outputs),))
    matches = found(notebook, Query("word", in_outputs=True), "x")
    assert [each.output for each in matches] == [None, 0, 1, 3]
    assert [each.replacement for each in matches] == ["x", None, None, None]
    assert len(line_changes(notebook, matches)) == 1


TEXT = st.text("ab\n", max_size=12)


@given(st.lists(TEXT, min_size=1, max_size=4), st.text("ab\nx", max_size=3), st.data())
def test_what_is_taken_becomes_what_the_preview_said_and_the_rest_stays(
    given_sources: list[str], replacement: str, data: st.DataObject
) -> None:
    notebook = book(*given_sources)
    all_changes = changes(notebook, "a", replacement)
    taken = [each for each in all_changes if data.draw(st.booleans())]
    changed, inverses = apply_all(notebook, edits_of(taken))
    expected = [each.split("\n") for each in sources(notebook)]
    for change in taken:
        expected[notebook.index_of(change.cell)][change.line] = change.after
    assert sources(changed) == ["\n".join(lines) for lines in expected]
    assert sources(apply_all(changed, inverses)[0]) == sources(notebook)


@given(st.lists(TEXT, min_size=1, max_size=4), st.text("ab\nx", max_size=3))
def test_all_of_them_together_are_what_replacing_in_the_text_makes(
    given_sources: list[str], replacement: str
) -> None:
    notebook = book(*given_sources)
    changed, _ = apply_all(notebook, edits_of(changes(notebook, "a", replacement)))
    assert sources(changed) == [each.replace("a", replacement) for each in given_sources]
