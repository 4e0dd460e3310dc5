"""What is to be written is proved to read as the notebook, part by part; else nothing is written."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notebook_edits import EDITS
from notebook_styles import ODDITIES, STYLES
from tui.document.notebook import Notebook
from tui.files.errors import SaveMismatch
from tui.files.layout import Layout, decoded, read_layout
from tui.files.proof import proved
from tui.files.weave import Woven, weave

PATH = Path("notebook.ipynb")
ALL = STYLES | ODDITIES
PLAIN = STYLES["nbformat 4.5"]


def read(data: bytes) -> tuple[Notebook, Layout]:
    found, layout = read_layout(PATH, data, decoded(data))
    assert found is not None
    return found.notebook(), layout


def with_source(notebook: Notebook, source: str, at: int = 0) -> Notebook:
    return notebook.with_cell(at, replace(notebook.cells[at], source=source))


def woven(source: str = "new = 22") -> tuple[Woven, Notebook]:
    notebook, layout = read(PLAIN)
    changed = with_source(notebook, source)
    return weave(layout, notebook, changed, {}), changed


@settings(deadline=None, max_examples=150)
@given(
    name=st.sampled_from(sorted(ALL)),
    steps=st.lists(st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 99)), min_size=1, max_size=4),
    letters=st.text("aé😀\udc80", max_size=4),
)
def test_the_layout_that_is_worked_out_is_that_of_the_bytes_read_anew(
    name: str, steps: list[tuple[str, int]], letters: str
):
    notebook, layout = read(ALL[name])
    if notebook.cells:
        changed = with_source(notebook, letters)
        layout = proved(PATH, weave(layout, notebook, changed, {}), changed)
        notebook = changed
    for edit, seed in steps:
        edited = EDITS[edit](notebook, json.loads(layout.text.removeprefix("\ufeff")), random.Random(seed))
        if edited is None:
            continue
        layout = proved(PATH, weave(layout, notebook, edited.notebook, {}), edited.notebook)
        notebook = edited.notebook
        _, anew = read(layout.data)
        assert list(layout.cells) == list(anew.cells)
        assert layout.members == anew.members


def test_the_skeleton_is_as_small_as_what_stands_around_the_cells():
    notebook, layout = read(PLAIN)
    large = with_source(notebook, "x" * 100_000)
    assert len(weave(layout, notebook, large, {}).skeleton) < len(PLAIN)


DAMAGES: dict[str, Callable[[Woven], Woven]] = {
    "a cell is cut": lambda it: replace(it, data=it.data.replace(b"}", b" ", 1)),
    "a cell has another text": lambda it: replace(it, data=it.data.replace(b"22", b"23", 1)),
    "a cell is none": lambda it: replace(
        it, data=it.data.replace(b"new = 22", b"7", 1), lengths=[it.lengths[0] - 7, *it.lengths[1:]]
    ),
    "a cell is missing": lambda it: replace(it, lengths=it.lengths[1:]),
    "a cell is longer": lambda it: replace(it, lengths=[it.lengths[0] + 1, *it.lengths[1:]]),
    "there is more": lambda it: replace(it, data=it.data + b" "),
    "nothing closes the cells": lambda it: replace(it, skeleton=it.skeleton.replace(b"]", b" ", 1)),
    "something stands between cells": lambda it: replace(it, skeleton=it.skeleton.replace(b"0", b"1", 1)),
    "the metadata is another": lambda it: replace(it, skeleton=it.skeleton.replace(b"python3", b"python4")),
    "the version is another": lambda it: replace(
        it, skeleton=it.skeleton.replace(b'"nbformat": 4', b'"nbformat": 5')
    ),
    "the version is an old one": lambda it: replace(
        it, skeleton=it.skeleton.replace(b'"nbformat": 4', b'"nbformat": 3')
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_is_not_written(damage: str):
    sound, notebook = woven()
    proved(PATH, sound, notebook)
    with pytest.raises(SaveMismatch, match="not saved"):
        proved(PATH, DAMAGES[damage](sound), notebook)


def test_a_cell_too_many_is_not_written():
    sound, notebook = woven()
    more = replace(notebook, cells=(*notebook.cells, notebook.cells[0]))
    with pytest.raises(SaveMismatch, match="as many cells"):
        proved(PATH, sound, more)
