"""Which cells a folded section hides."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.document.notebook import Cell, CellKind, Notebook, new_key
from tui.document.sections import head_above, heads, hidden_by, section_below, without_hidden

SOURCES = st.lists(st.sampled_from(["# 1", "## 2", "### 3", "text", "code"]), min_size=1, max_size=12)


def book(*sources: str) -> Notebook:
    def kind(source: str) -> CellKind:
        return CellKind.CODE if source == "code" else CellKind.MARKDOWN

    return Notebook(tuple(Cell(new_key(), kind(source), source) for source in sources))


def sources(notebook: Notebook) -> list[str]:
    return [cell.source for cell in notebook.cells]


def test_a_section_goes_to_the_next_heading_of_its_rank_or_a_higher_one() -> None:
    notebook = book("# 1", "code", "## 2", "text", "# 1", "code")
    assert section_below(notebook, 0) == range(1, 4)
    assert section_below(notebook, 2) == range(3, 4)
    assert section_below(notebook, 4) == range(5, 6)
    assert not section_below(notebook, 1)


def test_the_heading_above_is_the_one_under_which_a_cell_stands() -> None:
    notebook = book("text", "# 1", "## 2", "code", "## 2")
    assert head_above(notebook, 3) == 2
    assert head_above(notebook, 4) == 1
    assert head_above(notebook, 1) is None


def test_what_is_folded_within_what_is_folded_hides_nothing_of_its_own() -> None:
    notebook = book("# 1", "## 2", "code", "# 1")
    keys = [cell.key for cell in notebook.cells]
    assert hidden_by(notebook, {keys[0], keys[1]}) == {keys[0]: 2}
    assert hidden_by(notebook, {keys[1]}) == {keys[1]: 1}
    assert hidden_by(notebook, {keys[3]}) == {}


def test_with_nothing_folded_it_is_the_same_notebook() -> None:
    notebook = book("# 1", "code")
    assert without_hidden(notebook, {}) is notebook


@given(SOURCES, st.sets(st.integers(0, 11)))
def test_of_what_is_folded_only_heads_are_seen_and_nothing_else_is_lost(
    given_sources: list[str], chosen: set[int]
) -> None:
    notebook = book(*given_sources)
    folded = {cell.key for at, cell in enumerate(notebook.cells) if at in chosen}
    hidden = hidden_by(notebook, folded)
    seen = without_hidden(notebook, hidden)
    assert len(seen.cells) + sum(hidden.values()) == len(notebook.cells)
    assert all(key in seen for key in hidden)
    assert hidden.keys() <= folded & set(heads(notebook))
    for key in folded & set(heads(notebook)):
        assert key in hidden or key not in seen


@given(SOURCES)
def test_with_all_sections_folded_what_is_above_the_first_heading_and_the_highest_headings_are_seen(
    given_sources: list[str],
) -> None:
    notebook = book(*given_sources)
    seen = sources(without_hidden(notebook, hidden_by(notebook, heads(notebook))))
    first = next((at for at, each in enumerate(seen) if each.startswith("#")), len(seen))
    assert all(each.startswith("#") for each in seen[first:])
