import json
from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from kernelbridge.outputs import JsonValue
from tui.render.canvas import Canvas
from tui.render.content import Content
from tui.render.drawing import Pending
from tui.render.json import draw_json
from tui.render.rowops import plain, row_width
from tui.render.rows import Role, Row

PRINTABLE = st.text(st.characters(codec="ascii", exclude_categories=("Cc",)))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | PRINTABLE,
    lambda inner: st.lists(inner) | st.dictionaries(PRINTABLE, inner),
    max_leaves=20,
)


def drawn(value: JsonValue, width: int = 1_000_000) -> list[Row]:
    drawing = draw_json(Content("application/json", value), Canvas(width))
    assert not isinstance(drawing, Pending)
    return list(drawing)


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
