"""Exporting the open notebook, in a real terminal: by a process of its own, the notebook as it is now."""

from __future__ import annotations

from pathlib import Path

import pytest

from e2e import keys, notebooks
from e2e.conftest import OpenTnb

pytestmark = pytest.mark.e2e


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    return notebooks.write(tmp_path / "a.ipynb", notebooks.code("print(1)", "printed\n", count=1))


def test_it_is_exported_as_it_is_now_though_it_is_not_saved(
    open_notebook: OpenTnb, notebook: Path, tmp_path: Path
) -> None:
    before = notebook.read_bytes()
    terminal = open_notebook(notebook, "--no-kernel")
    terminal.send(keys.ENTER + "unsaved = 1" + keys.ESCAPE)
    terminal.wait_for("●")
    terminal.send("gx")
    terminal.wait_for("Export to")
    terminal.wait_for("markdown")
    terminal.send("jjj" + keys.ENTER)
    terminal.wait_for("› a.md")
    terminal.send(keys.ENTER)
    terminal.wait_for("exported to a.md in ")
    assert "unsaved = 1" in (tmp_path / "a.md").read_text()
    assert notebook.read_bytes() == before


def test_another_file_is_written_over_only_if_a_person_says_so_and_what_fails_is_told(
    open_notebook: OpenTnb, notebook: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.html").write_text("mine")
    terminal = open_notebook(notebook, "--no-kernel")
    terminal.send("gx")
    terminal.wait_for("Export to")
    terminal.send(keys.ENTER + keys.ENTER)
    terminal.wait_for("a.html exists")
    terminal.send(keys.ESCAPE)
    terminal.wait_for("› a.html")
    assert (tmp_path / "a.html").read_text() == "mine"
    terminal.send("\x15a.ipynb/x.html" + keys.ENTER)
    terminal.wait_for("not exported: not written, ")
    terminal.send("gx")
    terminal.wait_for("Export to")
    terminal.send(keys.ENTER + keys.ENTER + "o")
    terminal.wait_for("exported to a.html in ")
    assert "printed" in (tmp_path / "a.html").read_text()
