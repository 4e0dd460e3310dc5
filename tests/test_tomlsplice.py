"""One value set in a TOML text; comments, order and spacing stay."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.tomlsplice import CannotSpliceError, with_value

TEXT = """\
# mine
theme   =  "a # b"   # the best

# how long
[kernel]  # kernels
keep_idle = true

[themes.dusk]
base = "dark"
"""


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        (("theme",), "nord", '"a # b"', '"nord"'),
        (("kernel", "keep_idle"), False, "= true", "= false"),
        (("mouse",), False, "the best\n", "the best\nmouse = false\n"),
        (("kernel", "idle_hours"), 3.5, "# kernels\n", "# kernels\nidle_hours = 3.5\n"),
        (("editor", "keys"), "vim", 'base = "dark"\n', 'base = "dark"\n\n[editor]\nkeys = "vim"\n'),
    ],
)
def test_only_the_value_is_changed(path: tuple[str, ...], value: object, old: str, new: str) -> None:
    assert with_value(TEXT, path, value) == TEXT.replace(old, new)


def test_a_text_of_nothing_gets_the_value() -> None:
    assert with_value("", ("theme",), "nord") == 'theme = "nord"\n'
    assert with_value("", ("kernel", "start"), False) == "[kernel]\nstart = false\n"


def test_dotted_keys_stay_dotted() -> None:
    assert with_value("kernel.start = true", ("kernel", "keep_idle"), True) == (
        "kernel.start = true\nkernel.keep_idle = true\n"
    )


def test_the_line_ends_of_the_file_are_used() -> None:
    assert with_value("a = 1\r\n", ("b",), 2) == "a = 1\r\nb = 2\r\n"


@pytest.mark.parametrize("text", ["kernel = {start = true}", "kernel = 3", "theme = "])
def test_what_cannot_be_set_is_told(text: str) -> None:
    with pytest.raises(CannotSpliceError):
        with_value(text, ("kernel", "keep_idle"), True)


STATEMENTS = st.lists(
    st.sampled_from(
        [
            "# a = 1",
            "",
            "a = 1 # x",
            'b = "x=#"',
            "c.d = [1,\n 2] # y",
            "[e]",
            "f = 1",
            "[[g]]",
            "[h.i]",
            'j="""\n[x]\n"""',
        ]
    ),
    unique=True,
)
PATHS = st.sampled_from([("a",), ("b",), ("c", "d"), ("e", "f"), ("h", "k"), ("new",), ("j",)])


@given(STATEMENTS, PATHS, st.booleans() | st.integers(0, 9) | st.text())
def test_whatever_the_text_all_else_in_it_means_what_it_did(
    statements: list[str], path: tuple[str, ...], value: object
) -> None:
    text = "\n".join(statements)
    try:
        before = tomllib.loads(text)
        after = tomllib.loads(with_value(text, path, value))
    except (tomllib.TOMLDecodeError, CannotSpliceError):
        return
    holder, old = after, before
    for name in path[:-1]:
        holder, old = holder[name], old.get(name, {})
    assert holder.pop(path[-1]) == value
    old.pop(path[-1], None)
    assert holder == old
