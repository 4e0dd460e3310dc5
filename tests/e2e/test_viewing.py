"""`tnb view` in a real terminal: a notebook of the web, looked at, and a copy of it kept and edited."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import urllib.request
from pathlib import Path

import pytest

from e2e import keys, notebooks
from e2e.conftest import OpenTnb
from localweb import body, local_web
from programs import tnb_command

pytestmark = pytest.mark.e2e
NO_PROXY = {"no_proxy": "127.0.0.1", "NO_PROXY": "127.0.0.1"}


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    return notebooks.write(tmp_path / "a.ipynb", notebooks.code("x = 1", "printed\n", count=1))


def test_one_of_the_web_is_looked_at_and_a_copy_can_be_kept(
    open_tnb: OpenTnb, notebook: Path, tmp_path: Path
) -> None:
    data = notebook.read_bytes()
    folder = tmp_path / "work"
    folder.mkdir()
    with local_web() as web:
        web.answers["/far.ipynb"] = body(data)
        terminal = open_tnb(web.url("/far.ipynb"), "view", cwd=folder, env=NO_PROXY)
        terminal.wait_for("printed")
        terminal.wait_for("S keeps a copy of it")
        terminal.wait_for("far.ipynb.*read-only")
        terminal.send(keys.ENTER)
        terminal.wait_for("it is from http://127")
        terminal.send("S")
        terminal.wait_for("› far.ipynb")
        terminal.send(keys.ENTER)
        terminal.wait_until((folder / "far.ipynb").exists, "the copy")
        assert (folder / "far.ipynb").read_bytes() == data
        terminal.send(keys.ENTER + "edited" + keys.ESCAPE + "s")
        terminal.wait_for("saved far.ipynb")
        assert "edited" in notebooks.sources(folder / "far.ipynb")[0]


def test_one_of_this_machine_is_not_changed_and_a_copy_is_not_written_over_another_file(
    open_tnb: OpenTnb, notebook: Path, tmp_path: Path
) -> None:
    before = notebook.read_bytes()
    terminal = open_tnb(notebook, "view")
    terminal.wait_for("a.ipynb.*read-only")
    terminal.send("S" + keys.ENTER)
    terminal.wait_for("a.ipynb exists")
    terminal.send(keys.ESCAPE + keys.ESCAPE)
    terminal.send("ddq")
    assert notebook.read_bytes() == before


def test_what_cannot_be_fetched_leaves_the_terminal_as_it_is(open_tnb: OpenTnb) -> None:
    with local_web() as web:
        web.answers["/a.ipynb"] = body(b"<html>")
        terminal = open_tnb(web.url("/a.ipynb"), "view", env=NO_PROXY)
        assert terminal.wait_exit() == 1
        assert "a web page, not a notebook" in terminal.text
        assert b"\x1b[?1049h" not in terminal.raw


def test_it_serves_until_it_is_told_to_end(notebook: Path) -> None:
    command = [*tnb_command(), "view", "--serve", "--json", "--no-browser", notebook]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        url = json.loads(process.stdout.readline())["url"]
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/[\w-]{32}/", url)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(url + "p/0/a.ipynb") as page:
            assert b"printed" in page.read()
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 0
        assert process.stderr.read() == ""
