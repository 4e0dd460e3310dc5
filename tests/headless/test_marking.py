"""The note in a notebook that a run of it was cut off."""

from __future__ import annotations

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from headless.notebooks_made import code, notebook
from tui.headless.marking import marked, unmarked


def test_it_says_where() -> None:
    cut = marked(notebook(code("1"), code("2", name="b")), "timed out", 2)
    assert cut.metadata["tnb"] == {"run": {"status": "timed out", "cell": 2, "cell_id": "b"}}


def test_taken_away_it_leaves_nothing_of_itself_and_everything_else() -> None:
    plain = notebook(code("1"), title="x")
    assert unmarked(marked(plain, "failed", 1)) == plain
    own = notebook(code("1"), tnb={"check": {"ignore": ["a"]}})
    assert unmarked(marked(own, "failed", 1)) == own


def test_where_there_is_none_nothing_changes() -> None:
    plain = notebook(code("1"))
    assert unmarked(plain) is plain


def test_jupyter_takes_it_for_valid() -> None:
    metadata = dict(marked(notebook(code("1")), "failed", 1).metadata)
    nbformat.validate(new_notebook(metadata=metadata, cells=[new_code_cell("1")]))
