"""Jupyter's own notary tells whether it trusts what tnb saved."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat.sign import NotebookNotary

from e2e import notebooks
from kernelbridge.fakekernel import shows
from openednotebook import notebook, see
from scriptedlaunch import scripted
from tui.files.jupytertrust import keep_trust
from tui.screens.notebook.screen import NotebookScreen

TRUSTED = {"output_type": "display_data", "data": {"text/html": ["<b>mine</b>\n", "x"]}, "metadata": {}}
THEIRS = {"output_type": "display_data", "data": {"text/html": "<script>"}, "metadata": {}}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "jupyter"
    folder.mkdir()
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(folder))
    return folder


@pytest.fixture
def notary(data: Path) -> Iterator[NotebookNotary]:
    one = NotebookNotary(data_dir=str(data))
    yield one
    one.store.close()


def write(folder: Path) -> Path:
    return notebooks.write(
        folder / "a.ipynb", {**notebooks.code("one"), "outputs": [TRUSTED]}, notebooks.code("two")
    )


def sign(notary: NotebookNotary, path: Path) -> None:
    notary.sign(nbformat.read(path, as_version=4))


def is_trusted(notary: NotebookNotary, path: Path) -> bool:
    return notary.check_signature(nbformat.read(path, as_version=4))


def names(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir()]


async def edit_run_and_save(path: Path, *, taking_theirs: bool = False) -> None:
    """Type, run a cell that displays something, and save; perhaps with an output that is not this user's."""
    async with notebook(path, scripted({"xtwo": [shows({"text/html": "<i>new</i>"})]})) as opened:
        app, pilot = opened
        await see(opened, "idle")
        await pilot.press("down", "enter", "x", "escape", "ctrl+e")
        await see(opened, "new")
        assert isinstance(app.screen, NotebookScreen)
        if taking_theirs:
            notebooks.write(path, {**notebooks.code("one"), "outputs": [THEIRS]}, notebooks.code("two"))
            await pilot.press("g", "d")
            await see(opened, "Enter take the marked")
            await pilot.press("enter")
            await see(opened, "took it from the file")
        await pilot.press("s")
        await see(opened, "saved a.ipynb")
        await app.workers.wait_for_complete()


async def test_what_was_trusted_is_trusted_with_what_this_user_ran(
    notary: NotebookNotary, tmp_path: Path
) -> None:
    path = write(tmp_path)
    sign(notary, path)
    await edit_run_and_save(path)
    text = path.read_text()
    assert "new" in text
    assert '"trusted"' not in text
    assert is_trusted(notary, path)


async def test_what_was_not_trusted_is_not(notary: NotebookNotary, tmp_path: Path) -> None:
    path = write(tmp_path)
    await edit_run_and_save(path)
    assert not is_trusted(notary, path)


async def test_an_output_of_somebody_else_is_never_given_trust(
    notary: NotebookNotary, tmp_path: Path
) -> None:
    path = write(tmp_path)
    sign(notary, path)
    await edit_run_and_save(path, taking_theirs=True)
    assert "script" in path.read_text()
    assert not is_trusted(notary, path)


async def test_where_jupyter_keeps_no_signatures_nothing_is_made(data: Path, tmp_path: Path) -> None:
    await edit_run_and_save(write(tmp_path))
    assert names(data) == []


@pytest.mark.parametrize("text", [b"", b"[]", b"{", b'{"a": "\\ud800"}', b"[" * 100_000])
def test_what_has_no_signature_is_not_trusted(text: bytes, notary: NotebookNotary) -> None:
    notary.sign(nbformat.v4.new_notebook())
    assert not keep_trust(text, text)


def test_a_damaged_database_stays_as_it_is(data: Path, tmp_path: Path) -> None:
    (data / "notebook_secret").write_bytes(b"secret")
    (data / "nbsignatures.db").write_bytes(b"no database")
    assert not keep_trust(b"{}", b"{}")
    assert (data / "nbsignatures.db").read_bytes() == b"no database"
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(data / "nbsignatures.db").execute("SELECT 1 FROM nbsignatures")
