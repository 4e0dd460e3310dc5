"""Paths of files that are dropped on a terminal are known from other text."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.document.pastedtext import dropped_path

NAMES = st.text(st.characters(blacklist_characters="/\0\n", blacklist_categories=["Cs"]), min_size=1).filter(
    lambda name: name == name.strip()
)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("/a/b.ipynb", "/a/b.ipynb"),
        ("'/a/b c.ipynb' ", "/a/b c.ipynb"),
        (r"/a/b\ c.ipynb", "/a/b c.ipynb"),
        ("/a/b c.ipynb", "/a/b c.ipynb"),
        ("file:///a/b%20c.ipynb\n", "/a/b c.ipynb"),
        ("file://localhost/a.ipynb", "/a.ipynb"),
    ],
)
def test_a_path_is_read_as_each_terminal_writes_it(text: str, path: str) -> None:
    assert dropped_path(text) == Path(path)


@pytest.mark.parametrize(
    "text", ["", "x = 1", "a/b", "/a\n/b", "'/a' '/b'", "file://host/a", "'/a", "/a\0", "/" + "a" * 5000]
)
def test_all_else_is_text(text: str) -> None:
    assert dropped_path(text) is None


@given(NAMES)
def test_whatever_a_shell_would_read_is_read(name: str) -> None:
    assert dropped_path(shlex.quote(f"/{name}")) == Path(f"/{name}")
