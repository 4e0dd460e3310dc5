"""Parameters: how they are typed, what files of them may be, and what code they become."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headless.notebooks_made import code, notebook, prose
from kernelbridge.outputs import JsonValue
from programs import require_program
from tui.headless.injecting import with_parameters
from tui.headless.parameters import ParameterError, raw, read_parameters, typed
from tui.headless.tags import INJECTED, PARAMETERS, tags_of
from tui.headless.translators import translate


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1),
        ("-2", -2),
        ("1e-3", 0.001),
        ("True", True),
        ("false", False),
        ("None", None),
        ("null", None),
        ("[1, 2]", [1, 2]),
        ('{"a": [true]}', {"a": [True]}),
        ("[not json", "[not json"),
        ("2024-01-01", "2024-01-01"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_a_value_has_the_type_that_it_reads_as(text: str, value: JsonValue) -> None:
    assert typed(f"x={text}") == ("x", value)
    assert type(typed(f"x={text}")[1]) is type(value)


def test_a_raw_value_is_a_text() -> None:
    assert raw("x=1") == ("x", "1")


@pytest.mark.parametrize("text", ["x", "=1", "1x=2", "a b=1", "x;import os=1", "x=\udcff"])
def test_what_is_no_parameter_is_refused(text: str) -> None:
    with pytest.raises(ParameterError):
        typed(text)


@pytest.mark.parametrize(
    ("name", "text"),
    [("p.json", '{"a": 1, "b": [2]}'), ("p.toml", "a = 1\nb = [2]"), ("p.yaml", "a: 1\nb: [2]")],
)
def test_a_file_of_parameters(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    if name.endswith(".yaml"):
        pytest.importorskip("yaml")
    assert read_parameters(path) == {"a": 1, "b": [2]}


@pytest.mark.parametrize("text", ["[1]", "{", "", '{"a b": 1}', "\xff"])
def test_a_file_that_is_none_is_said_in_one_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "p.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(ParameterError, match=r"\A[^\n]+\Z"):
        read_parameters(path)


def test_yaml_without_a_reader_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("a: 1")
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(ParameterError, match="pip install pyyaml"):
        read_parameters(path)


_TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("ab'\"\\", max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(_VALUES)
def test_python_reads_back_every_value(value: JsonValue) -> None:
    written = translate({"x": value}, "python")
    assert written is not None
    names: dict[str, JsonValue] = {}
    exec(written, names)
    assert repr(names["x"]) == repr(value)


def test_bash_reads_back_texts() -> None:
    values = {"a": 'it\'s $HOME "here" `ls`', "n": 3, "t": True, "l": [1, "b"]}
    written = translate(values, "bash")
    program = f'{written}\nprintf \'%s\\n\' "$a" "$n" "$t" "$l"'
    done = subprocess.run(
        [require_program("bash"), "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == [values["a"], "3", "true", json.dumps([1, "b"])]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("R", ["# Parameters", "a = list(1, NULL)", 't = "x"', "f = FALSE", "u = Inf"]),
        ("julia", ["# Parameters", "a = [1, nothing]", 't = "x"', "f = false", "_u = Inf"]),
        (
            "scala",
            [
                "// Parameters",
                "val a = Seq(1, None)",
                'val t = "x"',
                "val f = false",
                "val _u = Double.PositiveInfinity",
            ],
        ),
        ("octave", ["% Parameters", "a = {1, NaN};", "t = 'x';", "f = false;", "_u = Inf;"]),
    ],
)
def test_other_languages(language: str, lines: list[str]) -> None:
    written = translate({"a": [1, None], "t": "x", "f": False, "_u": math.inf}, language)
    assert written is not None
    assert written.splitlines() == lines


def test_a_dollar_begins_no_expression_in_julia() -> None:
    assert translate({"a": "$(run(`ls`))"}, "julia") == '# Parameters\na = "\\$(run(`ls`))"'


def test_a_language_that_is_not_known_has_none() -> None:
    assert translate({"a": 1}, "fortran") is None


def test_they_go_behind_the_defaults() -> None:
    before = notebook(prose("# A"), code("a = 1", PARAMETERS), code("a"))
    after, key = with_parameters(before, "a = 2")
    assert [cell.source for cell in after.cells] == ["# A", "a = 1", "a = 2", "a"]
    assert tags_of(after.cell(key)) == (INJECTED,)
    assert after.cell(key).id


def test_they_go_first_where_there_are_no_defaults() -> None:
    after, _ = with_parameters(notebook(prose("# A"), code("a")), "a = 2")
    assert after.cells[0].source == "a = 2"


def test_they_take_the_place_of_earlier_ones() -> None:
    before = notebook(code("a = 1", PARAMETERS), code("a = 2", INJECTED), code("a"))
    after, key = with_parameters(before, "a = 3")
    assert [cell.source for cell in after.cells] == ["a = 1", "a = 3", "a"]
    assert key == before.cells[1].key
