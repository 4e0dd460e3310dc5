"""The keys that follow a cell's links."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from e2e import notebooks
from kernelbridge.state import Missing
from openednotebook import notebook, see
from tui.screens.notebook.screen import NotebookScreen

if TYPE_CHECKING:
    from openednotebook import Opened

NO_KERNEL = Missing("none", "", is_installed=False)


@pytest.fixture(autouse=True)
def far_from_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BROWSER", raising=False)
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.2 1 10.0.0.1 22")


def focused(opened: Opened) -> str:
    screen = opened[0].screen
    assert isinstance(screen, NotebookScreen)
    return screen.focused_cell.source


async def test_without_a_browser_the_address_is_copied_and_said(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.markdown("[the docs](https://a.example/docs)"))
    async with notebook(path, NO_KERNEL) as opened:
        await see(opened, "the docs")
        await opened[1].press("g", "l")
        await see(opened, "no browser here, copied: https://a.example/docs")


async def test_where_there_is_a_browser_it_gets_the_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, got = tmp_path / "browser", tmp_path / "got"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > {got}.new && mv {got}.new {got}\n', encoding="utf-8")
    browser.chmod(0o700)
    monkeypatch.setenv("BROWSER", str(browser))
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("get('https://a.example/$(x)?b=1&c')"))
    async with notebook(path, NO_KERNEL) as opened:
        await see(opened, "get(")
        await opened[1].press("g", "l")
        await see(opened, "opened https://a.example/$(x)?b=1&c")
        while not got.exists():
            await opened[1].pause()
    assert got.read_text(encoding="utf-8") == "https://a.example/$(x)?b=1&c"


async def test_of_several_links_one_is_chosen_and_may_lead_to_another_cell(tmp_path: Path) -> None:
    contents = notebooks.markdown("[Last](#the-last-one) and [docs](https://a.example)")
    path = notebooks.write(
        tmp_path / "a.ipynb", contents, notebooks.code("1"), notebooks.markdown("# The last one")
    )
    async with notebook(path, NO_KERNEL) as opened:
        await see(opened, "Last and docs")
        await opened[1].press("g", "l")
        await see(opened, "Links", "https://a.example", "#the-last-one")
        await opened[1].press("down", "enter")
        assert focused(opened) == "# The last one"


async def test_a_place_that_is_not_there_is_said(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.markdown("[x](#nowhere)"), notebooks.code("1"))
    async with notebook(path, NO_KERNEL) as opened:
        await see(opened, "x")
        await opened[1].press("g", "l")
        await see(opened, "no heading or place named #nowhere")
        await opened[1].press("j", "g", "l")
        await see(opened, "no links in this cell")
