from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tui.document.notebook import Cell, CellKey, CellKind, Notebook
from tui.document.rekeying import with_keys_of


def cells(first_key: int, *sources: str, ids: str = "") -> Notebook:
    return Notebook(
        tuple(
            Cell(CellKey(first_key + at), CellKind.CODE, source, id=ids[at] if ids else None)
            for at, source in enumerate(sources)
        )
    )


def keys(found: Notebook, old: Notebook) -> list[int]:
    return [cell.key for cell in with_keys_of(found, old).cells]


OLD = cells(1, "a", "b", "c")


def test_a_notebook_that_was_not_changed_has_its_keys_again() -> None:
    assert with_keys_of(cells(10, "a", "b", "c"), OLD) == OLD


def test_a_cell_changed_in_place_is_the_same() -> None:
    assert keys(cells(10, "a", "B", "c"), OLD) == [1, 2, 3]
    assert keys(cells(10, "A", "B", "C"), OLD) == [1, 2, 3]


def test_a_cell_that_came_has_a_key_of_its_own_and_one_that_moved_keeps_its() -> None:
    assert keys(cells(10, "a", "new", "b", "c"), OLD) == [1, 11, 2, 3]
    assert keys(cells(10, "c", "a", "b"), OLD) == [3, 1, 2]


def test_an_id_tells_more_than_the_text() -> None:
    old = cells(1, "a", "b", ids="xy")
    assert keys(cells(10, "other", "a", ids="yx"), old) == [2, 1]


def test_a_markdown_cell_is_not_the_code_cell_that_stood_there() -> None:
    found = cells(10, "a", "B", "c")
    found = found.with_cell(1, replace(found.cells[1], kind=CellKind.MARKDOWN))
    assert keys(found, OLD) == [1, 11, 3]


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")), st.booleans())
def test_no_key_is_given_twice(old: list[str], found: list[str], has_ids: bool) -> None:
    one = cells(1, *old, ids="".join(old) if has_ids else "")
    other = cells(100, *found, ids="".join(found) if has_ids else "")
    given_keys = keys(other, one)
    assert len(set(given_keys)) == len(given_keys) == len(found)
