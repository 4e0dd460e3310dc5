from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tui.document.comparison import Changed, Moved, Only, Side, chosen, compare, edits_between, key_of
from tui.document.edits import MoveCells, apply_all
from tui.document.notebook import Cell, CellKey, CellKind, Notebook


def cell(key: int, source: str = "") -> Cell:
    return Cell(CellKey(key), CellKind.CODE, source or f"cell {key}")


def notebook(*keys: int) -> Notebook:
    return Notebook(tuple(cell(key) for key in keys))


OLD = notebook(1, 2, 3)
CHANGED = replace(cell(2), source="changed")


def keys(of: Notebook) -> list[int]:
    return [each.key for each in of.cells]


def test_equal_notebooks_do_not_differ() -> None:
    assert compare(OLD, notebook(1, 2, 3)) == []


def test_a_changed_cell_is_told_with_both_of_its_values() -> None:
    assert compare(OLD, OLD.with_cell(1, CHANGED)) == [Changed(cell(2), CHANGED, 1)]


def test_cells_that_only_one_of_them_has_are_told_where_they_stand() -> None:
    assert compare(OLD, notebook(1, 4, 3)) == [
        Only(Side.NEW, cell(4), 1),
        Only(Side.OLD, cell(2), 1),
    ]
    assert compare(OLD, notebook(1, 2)) == [Only(Side.OLD, cell(3), 2)]


def test_of_cells_that_changed_places_the_fewest_are_told_as_moved() -> None:
    assert compare(notebook(1, 2, 3, 4), notebook(4, 1, 2, 3)) == [Moved(cell(4), 0)]
    assert compare(notebook(1, 2, 3, 4), notebook(2, 3, 4, 1)) == [Moved(cell(1), 3)]


def test_what_was_not_chosen_stays_as_it_was() -> None:
    new = Notebook((cell(4), CHANGED))  # one new, one changed, two removed
    assert chosen(OLD, new, ()) == OLD
    assert chosen(OLD, new, [CellKey(2)]).cells == (cell(1), CHANGED, cell(3))
    assert keys(chosen(OLD, new, [CellKey(4)])) == [4, 1, 2, 3]
    assert keys(chosen(OLD, new, [CellKey(1)])) == [2, 3]


def test_a_chosen_move_brings_the_new_order() -> None:
    assert keys(chosen(OLD, notebook(3, 1, 2), [CellKey(3)])) == [3, 1, 2]


def test_a_move_is_one_edit() -> None:
    assert edits_between(notebook(1, 2, 3), notebook(3, 1, 2)) == [MoveCells(2, 1, 0)]


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Notebook, Notebook]:
    def one() -> Notebook:
        order = draw(st.lists(st.integers(1, 8), unique=True))
        return Notebook(tuple(cell(key, draw(st.sampled_from(["a", "b"]))) for key in order))

    return one(), one()


@given(pairs())
def test_the_edits_between_two_notebooks_make_the_one_of_the_other(pair: tuple[Notebook, Notebook]) -> None:
    old, new = pair
    assert apply_all(old, edits_between(old, new))[0] == new


@given(pairs())
def test_choosing_all_differences_gives_the_cells_of_the_new_one(pair: tuple[Notebook, Notebook]) -> None:
    old, new = pair
    taken = chosen(old, new, [key_of(each) for each in compare(old, new)])
    assert {each.key: each for each in taken.cells} == {each.key: each for each in new.cells}


@given(pairs(), st.sets(st.integers(1, 8)))
def test_each_cell_is_taken_from_the_side_that_was_chosen_for_it(
    pair: tuple[Notebook, Notebook], numbers: set[int]
) -> None:
    old, new = pair
    wanted = {CellKey(number) for number in numbers}
    taken = chosen(old, new, wanted)
    for key in {*keys(old), *keys(new)}:
        side = new if key in wanted else old
        assert (CellKey(key) in taken) == (CellKey(key) in side)
        if CellKey(key) in side:
            assert taken.cell(CellKey(key)) == side.cell(CellKey(key))
