"""A hostile notebook served to a real browser: what is for people is shown, and nothing of it runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from chromium import chromium
from serving.served import serving

HOSTILE = "document.title = 'ran'; parent.document.title = 'ran'; top.document.title = 'ran'"
PROSE = f"""\
# Prose
<script>{HOSTILE}</script>
<img src="x" onerror="{HOSTILE}">
<svg onload="{HOSTILE}"></svg>
<iframe srcdoc="<script>{HOSTILE}</script>"></iframe>
<meta http-equiv="refresh" content="0; url=javascript:{HOSTILE}">
<base href="https://example.invalid/">
<form action="javascript:{HOSTILE}"><button id="button">send</button></form>
<a id="link" href="javascript:{HOSTILE}">link</a>
"""
BUNDLES = [{"application/javascript": HOSTILE}, {"text/html": f"<script>{HOSTILE}</script><p>an output</p>"}]
FRAME = "document.querySelector('iframe').contentDocument"


def write(path: Path, prose: str) -> None:
    outputs: list[dict[str, Any]] = [
        {"output_type": "display_data", "data": bundle, "metadata": {}} for bundle in BUNDLES
    ]
    code = {"cell_type": "code", "metadata": {}, "execution_count": 1, "source": "1", "outputs": outputs}
    cells = [{"cell_type": "markdown", "metadata": {}, "source": prose}, code]
    metadata = {"title": "<script>document.title = 'ran'</script>"}
    path.write_text(json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 4}))


@pytest.mark.timeout(180)
def test_scripts_of_a_notebook_do_not_run_and_its_changes_are_shown(tmp_path: Path) -> None:
    notebook = tmp_path / "<i>hostile.ipynb"
    write(notebook, PROSE)
    with serving(tmp_path) as server, chromium(tmp_path / "browser") as page:
        page.open(server.url)
        page.wait_for("document.querySelector('li a')?.click() ?? document.querySelector('iframe') !== null")
        page.wait_for(f"{FRAME}.body.innerText.includes('an output')")
        assert "Prose" in page.evaluate(f"{FRAME}.body.innerText")
        page.evaluate(f"{FRAME}.getElementById('link').click()")
        page.evaluate(f"{FRAME}.getElementById('button').click()")
        assert page.evaluate("document.title") == "<i>hostile.ipynb"
        assert "ran" not in (page.evaluate(f"{FRAME}.title") or "").split()

        write(notebook, "# Prose that changed")
        page.wait_for(f"{FRAME}.body.innerText.includes('Prose that changed')")

        page.open(server.url + "p/0/" + "%3Ci%3Ehostile.ipynb")
        page.wait_for("document.body.innerText.includes('an output')")
        assert "ran" not in page.evaluate("document.title").split()
