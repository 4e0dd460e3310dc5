"""One kernel for many: two tnb, `jupyter console` and a plain client share variables; no output strays."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from jupyter_client.blocking.client import BlockingKernelClient

from e2e import keys, notebooks
from e2e.conftest import OpenTnb
from e2e.terminal import Terminal
from programs import isolated_environment, tnb_command

pytestmark = [pytest.mark.e2e, pytest.mark.kernel]


def connection_file(home: Path) -> str:
    """Of the one kernel that runs, as a script would ask for it."""
    environment = isolated_environment(home)
    listed = subprocess.run(
        [*tnb_command(), "ps", "--json"], env=environment, capture_output=True, check=True
    )
    kernel_id = listed.stdout.decode().partition('"id": "')[2].partition('"')[0]
    asked = [*tnb_command(), "ps", "--connection-file", kernel_id]
    return subprocess.run(asked, env=environment, capture_output=True, check=True, text=True).stdout.strip()


def test_everybody_sees_the_variables_and_nothing_strays(
    open_notebook: OpenTnb, home: Path, tmp_path: Path
) -> None:
    cells = notebooks.code("x = 41"), notebooks.code("print('both', x, y)")
    path = notebooks.write(tmp_path / "a.ipynb", *cells)
    one = open_notebook(path)
    one.wait_for("idle")
    one.send(keys.CTRL_E)
    one.wait_for(r"✓ .* s")
    other = open_notebook(path)
    other.wait_for("edited elsewhere")

    file = connection_file(home)
    client = BlockingKernelClient(connection_file=file)
    client.load_connection_file()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    reply = client.execute_interactive("y = x + 1; print('raw', y)", timeout=60, output_hook=lambda _: None)
    assert reply["content"]["status"] == "ok"
    client.stop_channels()

    console = [Path(sys.executable).with_name("jupyter-console"), "--existing", file]
    with Terminal(console, env=isolated_environment(home), cwd=tmp_path) as jupyter:
        jupyter.wait_for(r"In \[\d+\]")
        jupyter.send("print('console', x + y)\r")
        jupyter.wait_for("console 83")

    other.send("j" + keys.CTRL_E)
    for terminal in (one, other):
        terminal.wait_for("┊ both 41 42")
        terminal.send("O")
        terminal.wait_for("raw 42")
        terminal.wait_for("console 83")
        terminal.send("q")
        terminal.wait_gone("raw 42")
    one.send(keys.CTRL_S)
    one.wait_for("saved")
    assert [notebooks.printed(path, cell) for cell in range(2)] == ["", "both 41 42\n"]
