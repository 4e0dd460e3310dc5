"""Which lines a tree has when it is opened here and there, and what is found in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kernelbridge.outputs import JsonValue
from tui.render.rowops import plain, row_width
from tui.screens.jsontree.opentree import OpenTree
from tui.screens.jsontree.treerows import TreeRows, path_text
from tui.screens.jsontree.treesearch import Search, matches

JSON: st.SearchStrategy[JsonValue] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=15,
)


def shown(tree: OpenTree, width: int = 60) -> list[str]:
    return [plain(row) for row in TreeRows(tree.lines, width)]


def paths(value: JsonValue, query: str) -> list[str]:
    return [path_text(path) for path in matches(value, query) if path is not None]


def test_the_outermost_value_is_open_and_what_is_in_it_tells_its_size() -> None:
    tree = OpenTree({"name": "A", "point": {"x": 1}, "many": list(range(200)), "none": []})

    assert shown(tree) == [
        "▾ {4 keys}",
        '    "name": "A"',
        '  ▸ "point": {"x": 1}',
        '  ▸ "many": [200 items]',
        '    "none": []',
    ]


def test_a_line_opens_and_folds() -> None:
    tree = OpenTree({"a": {"b": [1]}, "c": 2})
    tree.open(1)
    assert shown(tree) == ["▾ {2 keys}", '  ▾ "a": {1 key}', '    ▸ "b": [1]', '    "c": 2']
    tree.open(2)
    tree.close(1)
    assert shown(tree) == ["▾ {2 keys}", '  ▸ "a": {"b": [1]}', '    "c": 2']


def test_a_long_array_stands_in_parts() -> None:
    tree = OpenTree(list(range(2_500_000)))
    assert shown(tree)[1:] == [
        "  ▸ [0 … 999,999]",
        "  ▸ [1,000,000 … 1,999,999]",
        "  ▸ [2,000,000 … 2,499,999]",
    ]
    tree.open(3)
    assert shown(tree)[4:6] == ["    ▸ [2,000,000 … 2,000,999]", "    ▸ [2,001,000 … 2,001,999]"]
    assert len(tree.lines) == 504


def test_a_value_in_parts_is_revealed() -> None:
    tree = OpenTree({"rows": [{"id": number} for number in range(5000)]})
    index = tree.reveal(("rows", 4321, "id"))

    assert plain(TreeRows(tree.lines, 60)[index]).strip() == '"id": 4321'
    assert path_text(tree.lines[index].path) == "['rows'][4321]['id']"


def test_opening_all_stops_at_so_many_lines() -> None:
    tree = OpenTree({"a": [[number] for number in range(900)], "b": 1})
    assert tree.open_all(1)
    assert len(tree.lines) == 1803
    assert not OpenTree([[list(range(900))] * 900]).open_all(0)


@given(JSON)
def test_every_value_is_revealed_at_its_path(value: JsonValue) -> None:
    tree = OpenTree(value)
    tree.open_all(0)
    for node in list(tree.lines):
        fresh = OpenTree(value)
        found = fresh.lines[fresh.reveal(node.path)]
        assert found.value is node.value
        assert found.path == node.path


@given(JSON, st.integers(8, 60))
def test_rows_stay_in_the_width(value: JsonValue, width: int) -> None:
    tree = OpenTree(value)
    tree.open_all(0)
    assert all(row_width(row) <= width for row in TreeRows(tree.lines, width))


def test_keys_and_values_are_found_whatever_their_case() -> None:
    value: JsonValue = {"Name": "x", "list": [1, {"b": "the NAME"}], "n": None, "t": True, "f": 1.5}

    assert paths(value, "name") == ["['Name']", "['list'][1]['b']"]
    assert paths(value, "null") == ["['n']"]
    assert paths(value, "1.5") == ["['f']"]
    assert paths("just text", "TEXT") == [""]
    assert paths(value, "nothing") == []


def test_a_search_is_done_in_steps() -> None:
    steps = list(matches(list(range(10_000)), "9999"))
    assert steps.count(None) == 20
    assert (9999,) in steps


def test_what_was_found_goes_round() -> None:
    search = Search(["a", "b", "a"], "a")
    while not search.is_done:
        search.look()
    assert [search.turn(step) for step in (1, 1, 1, -1)] == [(0,), (2,), (0,), (2,)]
    assert Search([], "a").turn(1) is None


def test_a_deep_value_costs_no_recursion() -> None:
    deep: JsonValue = "found"
    for _ in range(50_000):
        deep = [deep]
    (path,) = [path for path in matches(deep, "found") if path is not None]
    assert len(path) == 50_000
