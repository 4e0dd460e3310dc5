import json
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernelbridge.outputs import JsonValue
from tui.render.canvas import Canvas, Detail
from tui.render.content import Content
from tui.render.drawing import Pending, Shortened
from tui.render.jsontree.draw import draw_json
from tui.render.rowops import plain, row_width
from tui.render.rows import Role, Row

PRINTABLE = st.text(st.characters(codec="ascii", exclude_categories=("Cc",)))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | PRINTABLE,
    lambda inner: st.lists(inner) | st.dictionaries(PRINTABLE, inner),
    max_leaves=20,
)


def drawn(value: JsonValue, width: int = 1_000_000) -> list[Row]:
    """The rows in full detail."""
    drawing = draw_json(Content("application/json", value), Canvas(width, Detail.FULL))
    assert not isinstance(drawing, Pending)
    return list(drawing)


def brief(value: JsonValue, width: int = 72, **metadata: JsonValue) -> list[str]:
    """The rows of the folded tree as text."""
    drawing = draw_json(Content("application/json", value, metadata), Canvas(width))
    assert not isinstance(drawing, Pending)
    return [plain(row) for row in drawing]


def is_shortened(value: JsonValue, width: int = 72) -> bool:
    """Whether there is more to see in full detail."""
    return isinstance(draw_json(Content("application/json", value), Canvas(width)), Shortened)


@given(JSON)
def test_json_is_shown_as_json_indented_by_two(value: JsonValue) -> None:
    assert "\n".join(plain(row) for row in drawn(value)) == json.dumps(value, indent=2)


def test_the_parts_have_the_roles_of_code() -> None:
    spans = [span for row in drawn({"key": [1, "text", None]}) for span in row]
    roles = {span.text: span.style.role for span in spans}

    assert (roles['"key"'], roles["1"], roles['"text"'], roles["null"]) == (
        Role.NAME_FUNCTION,
        Role.NUMBER,
        Role.STRING,
        Role.KEYWORD,
    )


def test_a_long_value_is_shown_up_to_a_number_of_lines() -> None:
    rows = drawn(list(range(100_000)))

    assert plain(rows[-2]) == "  1998,"
    assert plain(rows[-1]) == "… after 2,000 lines"


def test_a_deep_value_costs_no_recursion_and_stays_in_the_width() -> None:
    deep: JsonValue = 1
    for _ in range(50_000):
        deep = [deep]

    assert all(row_width(row) <= 60 for row in islice(drawn(deep, 60), 3000))


def test_text_in_json_controls_nothing() -> None:
    assert [plain(row) for row in drawn({"\x1b[2J": "\u202e\x9b1m\ud800"})] == [
        "{",
        '  "\\u001b[2J": "\ufffd\ufffd1m\ufffd"',
        "}",
    ]


def test_a_long_string_is_cut() -> None:
    assert plain(drawn("x" * 5000)[0]) == '"' + "x" * 2000 + '…"'


def test_short_objects_and_arrays_stand_on_one_line_in_a_folded_tree() -> None:
    assert brief({"point": {"x": 1, "y": [2, 3]}, "name": "A"}) == [
        "{",
        '  "point": {"x": 1, "y": [2, 3]},',
        '  "name": "A"',
        "}",
    ]
    assert brief([1, 2, {"a": None}]) == ['[1, 2, {"a": null}]']


def test_what_is_deep_or_long_is_folded_to_how_much_it_holds() -> None:
    deep = {"many": list(range(4000)), "keys": {f"key {number}": number for number in range(30)}}
    rows = brief({f"part {number}": deep for number in range(3)})

    assert '    "many": [… 4,000 items],' in rows
    assert '    "keys": {… 30 keys}' in rows
    assert len(rows) <= 25


def test_the_first_of_many_are_shown_and_how_many_more_there_are() -> None:
    rows = brief({"numbers": [{"id": number} for number in range(300)], "end": True})

    assert rows[2] == '    {"id": 0},'
    assert rows[-4:] == ["    … 291 more", "  ],", '  "end": true', "}"]


def test_a_folded_tree_is_shortened_and_a_whole_one_is_not() -> None:
    assert is_shortened({"a": list(range(100))})
    assert is_shortened({"a": "x" * 1000})
    assert not is_shortened({"a": [1, 2, 3], "b": "c"})


def test_the_metadata_of_a_display_unfold_it_and_name_it() -> None:
    value: JsonValue = {"a": list(range(100))}
    assert len(brief(value, expanded=True, root="root")) == 104
    assert brief(value, expanded=False, root="settings")[0] == "settings"


@given(JSON, st.integers(2, 120))
def test_a_folded_tree_is_about_a_screenful_and_stays_in_the_width(value: JsonValue, width: int) -> None:
    drawing = draw_json(Content("application/json", value), Canvas(width))
    assert not isinstance(drawing, Pending)
    assert all(row_width(row) <= width for row in drawing)
    lines = draw_json(Content("application/json", value), Canvas(1000))
    assert not isinstance(lines, Pending)
    assert len(lines) <= 45


@given(JSON)
def test_what_is_not_shortened_holds_every_value(value: JsonValue) -> None:
    drawing = draw_json(Content("application/json", value), Canvas(1000))
    if not isinstance(drawing, Shortened | Pending):
        assert json.loads("".join(plain(row) for row in drawing)) == json.loads(json.dumps(value))


def test_a_geojson_says_what_it_holds_and_where() -> None:
    point = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [-1.5, 52.25]}, "properties": {}}
    line = {"type": "Feature", "geometry": {"type": "LineString", "coordinates": [[0, 0], [10, 5]]}}
    collection: JsonValue = {"type": "FeatureCollection", "features": [point, point, line]}

    assert brief(collection, 100)[0] == (
        "GeoJSON · 3 features · 2 Point, LineString · 0°N to 52.25°N · 1.5°W to 10°E"
    )


@pytest.mark.parametrize("value", [{"type": "Point"}, {"type": ["Point"]}, {"type": "x"}])
def test_what_only_looks_like_a_geojson_is_json(value: JsonValue) -> None:
    assert brief(value)[-3] == "{"
