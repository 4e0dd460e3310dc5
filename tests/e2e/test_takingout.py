"""Outputs walked through as a tree, saved to files and opened in a browser, in a real terminal."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest

from e2e import keys, notebooks
from e2e.conftest import OpenTnb

pytestmark = pytest.mark.e2e

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SETTINGS = {"name": "run 7", "layers": [{"size": size, "kind": "dense"} for size in range(40)], "rate": 0.01}


def shown(**data: Any) -> dict[str, Any]:
    """A code cell that has shown something."""
    bundle = {name.replace("_", "/", 1): value for name, value in data.items()}
    output = {"output_type": "display_data", "data": bundle, "metadata": {}}
    return {**notebooks.code("show()"), "outputs": [output]}


def test_a_tree_is_walked_through_searched_and_copied_from(open_notebook: OpenTnb, tmp_path: Path) -> None:
    cell = shown(application_json=SETTINGS, text_plain="<IPython.core.display.JSON object>")
    terminal = open_notebook(notebooks.write(tmp_path / "a.ipynb", cell), "--no-kernel")
    terminal.wait_for("… 31 more")
    terminal.send("o")
    terminal.wait_for('"size": 6')

    terminal.send("gt")
    terminal.wait_for(r"▾ \{3 keys\}")
    terminal.wait_for(r"▸ \"layers\": \[40 items\]")
    terminal.send("jl")
    terminal.wait_for(r"▾ \"layers\"")
    terminal.wait_for(r"▸ 0 \{\"kind\": \"dense\"")
    terminal.send("/rate")
    terminal.wait_for("› rate")
    terminal.send(keys.ENTER)
    terminal.wait_for(r"application/json \['rate'\]")
    terminal.send("p")
    terminal.wait_for(r"copied \['rate'\]")
    terminal.send("q")
    terminal.wait_for("show()")


def test_an_output_is_saved_byte_by_byte_and_not_over_another_file(
    open_notebook: OpenTnb, tmp_path: Path
) -> None:
    cell = shown(image_png=base64.encodebytes(PNG).decode(), text_plain="a picture")
    terminal = open_notebook(notebooks.write(tmp_path / "plot.ipynb", cell), "--no-kernel")
    terminal.send("e")
    terminal.wait_for("image/png  70 B")
    terminal.send("s")
    terminal.wait_for("› plot-1.png")
    terminal.send(keys.ENTER)
    terminal.wait_for("saved plot-1.png in ")
    assert (tmp_path / "plot-1.png").read_bytes() == PNG

    terminal.send("ejs")
    terminal.wait_for("› plot-1.txt")
    terminal.send("\x15plot-1.png" + keys.ENTER)
    terminal.wait_for("plot-1.png exists")
    terminal.send(keys.ESCAPE)
    terminal.wait_for("› plot-1.png")
    terminal.send(keys.ENTER)
    terminal.wait_for("plot-1.png exists")
    assert (tmp_path / "plot-1.png").read_bytes() == PNG
    terminal.send("o")
    terminal.wait_for("saved plot-1.png in ")
    assert (tmp_path / "plot-1.png").read_bytes() == b"a picture"


def test_a_browser_is_given_a_page_and_without_one_its_path_is_said(
    open_notebook: OpenTnb, tmp_path: Path
) -> None:
    browser, got = tmp_path / "browser", tmp_path / "got"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > {got}.new && mv {got}.new {got}\n', encoding="utf-8")
    browser.chmod(0o700)
    path = notebooks.write(tmp_path / "a.ipynb", shown(text_html="<b>bold</b>", text_plain="bold"))

    terminal = open_notebook(path, "--no-kernel", env={"BROWSER": str(browser)})
    terminal.send("e" + keys.ENTER)
    terminal.wait_for("opened a-1-.*html")
    terminal.wait_until(got.exists, "the browser to be started")
    page = Path(got.read_text(encoding="utf-8").removeprefix("file://"))
    assert "<b>bold</b>" in page.read_text(encoding="utf-8")

    far = open_notebook(path, "--no-kernel", env={"BROWSER": "", "SSH_CONNECTION": "10.0.0.2 1 10.0.0.1 22"})
    far.send("e" + keys.ENTER)
    far.wait_for("no browser can be started here; the page is")
