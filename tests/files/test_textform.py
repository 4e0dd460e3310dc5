"""Text with cells in it: a notebook that stays its author's byte for byte where nothing changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.document.cells import new_cell
from tui.document.notebook import CellKind, Notebook
from tui.files import jupytextlibrary
from tui.files.errors import CannotRead, SaveMismatch
from tui.files.linemerge import Lines, merged
from tui.files.notebookfile import NotebookFile, create, read, save

PERCENT = """\
#!/usr/bin/env python
'''What it is.'''
#%%
import os   # by its author's own hand
# %% [markdown]
# # A title
#
# and text


#%% tags=["a"]
def f():

    return 1
# %%
%matplotlib inline
"""
LIGHT = """\
# # A title

import os

# +
a = 1

b = 2
# -

c = 3
"""
MARKDOWN = """\
---
title: Some
---

# A title
* text
+ other text


```python tags=["a"]
a = 1
```

~~~
no cell
~~~

more
"""
QUARTO = """\
---
title: Some
jupyter: python3
---

## A title

```{python}
#| echo: false
a = 1
```

text
"""
HEADED = """\
# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %%
a = 1
"""
TEXTS = {
    "a.py": PERCENT,
    "light.py": LIGHT,
    "headed.py": HEADED,
    "a.md": MARKDOWN,
    "a.qmd": QUARTO,
    "a.Rmd": QUARTO.replace("python", "r"),
    "a.R": "# %%\nx <- 1\n\n# %% [markdown]\n# text\n",
    "a.jl": "# %%\nx = 1\n",
}


@pytest.fixture(params=[*TEXTS])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / request.param
    path.write_bytes(TEXTS[request.param].encode())
    return path


def write(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


def sources(notebook: Notebook) -> list[tuple[CellKind, str]]:
    return [(cell.kind, cell.source) for cell in notebook.cells]


def with_source(file: NotebookFile, index: int, source: str) -> Notebook:
    return file.notebook.with_cell(
        index % len(file.notebook.cells), replace(file.notebook.cells[index], source=source)
    )


def test_cells_are_read_as_jupytext_reads_them(tmp_path: Path) -> None:
    assert sources(read(write(tmp_path / "a.py", PERCENT)).notebook) == [
        (CellKind.CODE, "'''What it is.'''"),
        (CellKind.CODE, "import os   # by its author's own hand"),
        (CellKind.MARKDOWN, "# A title\n\nand text"),
        (CellKind.CODE, "def f():\n\n    return 1"),
        (CellKind.CODE, "%matplotlib inline"),
    ]


def test_a_save_without_an_edit_writes_nothing(path: Path) -> None:
    before = path.stat()
    file = read(path)
    assert save(file, file.notebook).data == TEXTS[path.name].encode()
    assert path.stat() == before


def test_outputs_and_counts_are_no_edit(path: Path) -> None:
    file = read(path)
    index = next(at for at, cell in enumerate(file.notebook.cells) if cell.kind is CellKind.CODE)
    ran = file.notebook.with_cell(
        index % len(file.notebook.cells), replace(file.notebook.cells[index], execution_count=7)
    )
    assert file.encode(ran) == TEXTS[path.name].encode()


def test_of_an_edit_only_the_edited_lines_are_written(path: Path) -> None:
    file = read(path)
    index = next(
        at
        for at, cell in enumerate(file.notebook.cells)
        if cell.kind is CellKind.CODE and any(part in cell.source for part in ("= 1", "<- 1", "import os"))
    )
    cell = file.notebook.cells[index]
    edited = save(file, with_source(file, index, f"{cell.source}\nedited = 2"))
    lines = path.read_text().splitlines()
    assert [line for line in lines if line != "edited = 2"] == TEXTS[path.name].splitlines()
    assert lines.count("edited = 2") == 1
    assert sources(read(path).notebook) == sources(edited.notebook)


def test_a_cell_that_is_added_leaves_the_rest_as_it_was(path: Path) -> None:
    file = read(path)
    cells = file.notebook.cells
    added = replace(new_cell(file.notebook, CellKind.CODE), source="added = 1")
    save(file, file.notebook.with_cells((*cells, added)))
    assert sources(read(path).notebook)[-1] == (CellKind.CODE, "added = 1")
    kept = path.read_text().splitlines()
    at = 0
    for line in TEXTS[path.name].splitlines():
        at = kept.index(line, at) + 1


@pytest.mark.parametrize("index", [0, -1])
def test_undoing_what_was_saved_gives_the_same_bytes_again(path: Path, index: int) -> None:
    file = read(path)
    saved = save(file, with_source(file, index, "changed = 1"))
    assert save(saved, file.notebook).data == TEXTS[path.name].encode()


def test_line_ends_a_mark_and_an_end_without_a_line_end_stay(tmp_path: Path) -> None:
    data = "\ufeff# %%\r\na = 1\r\n\r\n# %%\r\nb = 2".encode()
    path = tmp_path / "a.py"
    path.write_bytes(data)
    file = read(path)
    save(file, with_source(file, 0, "a = 3"))
    assert path.read_bytes() == data.replace(b"a = 1", b"a = 3")


def test_what_the_text_cannot_hold_is_refused_and_the_file_untouched(tmp_path: Path) -> None:
    file = read(write(tmp_path / "a.py", "# %%\na\n"))
    with pytest.raises(SaveMismatch, match=r"a\.py: not saved, this text cannot hold"):
        save(file, with_source(file, 0, "a\n# %%\nb"))
    assert file.path.read_text() == "# %%\na\n"


def test_a_new_file_gets_no_header(tmp_path: Path) -> None:
    file = create(tmp_path / "a.py")
    cell = replace(new_cell(file.notebook, CellKind.CODE), source="a = 1")
    save(file, replace(file.notebook, cells=(cell,)))
    assert file.path.read_text() == "# %%\na = 1\n"


def test_an_empty_file_is_a_notebook_without_cells(tmp_path: Path) -> None:
    assert read(write(tmp_path / "a.py", "")).notebook.cells == ()


def test_bytes_that_are_no_utf_8_are_opened_for_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(b"# %%\na = '\xff'\n")
    file = read(path)
    assert file.read_only is not None
    assert file.data == b"# %%\na = '\xff'\n"


def test_a_missing_jupytext_is_one_line_that_says_what_brings_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_there(name: str) -> None:
        raise ModuleNotFoundError(name=name)

    monkeypatch.setattr(jupytextlibrary, "import_module", not_there)
    with pytest.raises(CannotRead, match=r"a\.py: this needs jupytext, .*pip install 'tnb\[text\]'"):
        read(write(tmp_path / "a.py", PERCENT))


LINES = st.lists(st.sampled_from("abcd"), max_size=8)


def lines(said: list[str], end: str = "\n") -> Lines:
    return Lines(said, [line + end for line in said])


@given(LINES, LINES)
def test_what_did_not_change_is_kept_and_a_whole_change_is_taken(base: list[str], other: list[str]) -> None:
    assert merged(lines(base), lines(base), lines(other, "!")) == "".join(line + "!" for line in other)
    assert merged(lines(base), lines(other), lines(base, "\n")) == "".join(line + "\n" for line in other)


def test_a_change_beside_a_line_that_is_written_otherwise_leaves_that_line() -> None:
    base, new = lines(["# %%", "a", "b"]), lines(["# %%", "c", "b"])
    assert merged(base, new, lines(["#%%", "a", "b"])) == "#%%\nc\nb\n"
    assert merged(base, new, lines(["a", "b"])) == "c\nb\n"
    assert merged(base, lines(["# %%", "a", "x", "b"]), lines(["#%%", "a", "b", ""])) == "#%%\na\nx\nb\n\n"


@given(LINES, LINES, LINES)
def test_whatever_the_texts_a_merge_has_every_line_that_was_put_in(
    base: list[str], new: list[str], kept: list[str]
) -> None:
    added = [line.upper() for line in new]
    text = merged(lines(base), lines([*base, *added]), lines(kept))
    assert text.endswith("".join(f"{line}\n" for line in added))
