"""Clusters in a notebook, in a real terminal: the pane, and %%px of a real kernel as it goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusters.engines import clusters_of_own
from e2e import keys, notebooks
from e2e.terminal import Terminal
from programs import tnb_command

pytestmark = [pytest.mark.e2e, pytest.mark.kernel]

STREAMS = """\
%%px --stream
import pathlib, time
print('first of', engine, flush=True)
while not pathlib.Path(go).exists():
    time.sleep(0.02)
print('last of', engine)
"""
"""Its first lines are to be seen before it is over."""
BARS = """\
def wait(go):
    import pathlib, time
    while go and not pathlib.Path(go).exists():
        time.sleep(0.02)
found = rc.load_balanced_view().map_async(wait, ['', go], chunksize=1)
found.wait_interactive(interval=0.1)
"""


def test_a_cluster_from_the_pane_and_px_on_it_live(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    about = "rc[:].scatter('engine', [0, 1], flatten=True, block=True)"
    cells = [
        "'start'",
        f"rc[:].push({{'go': {str(first)!r}}}, block=True)\n{about}",
        STREAMS,
        f"go = {str(second)!r}\n{BARS}",
    ]
    path = notebooks.write(tmp_path / "a.ipynb", *map(notebooks.code, cells))
    with (
        clusters_of_own(tmp_path) as clusters,
        Terminal([*tnb_command(), path], columns=100, rows=40, env=clusters.env, cwd=tmp_path) as terminal,
    ):
        terminal.wait_for("idle")
        terminal.send("gC")
        terminal.wait_for("No cluster is running: n starts one")
        terminal.send("n" + "\x15" + "2" + keys.ENTER)
        terminal.wait_for(r"default  running  2 engines")
        terminal.wait_for(r"1 +idle +0 +0")
        terminal.send("jo")
        terminal.wait_for("Completed registration with id 0")
        terminal.send("q")
        terminal.wait_for("default  running")
        terminal.send(keys.ENTER)
        terminal.wait_for("rc = ipp.Client()")

        terminal.send(keys.CTRL_R)
        terminal.wait_for(r"\[0, 1\]")
        terminal.send(keys.CTRL_R + keys.CTRL_R)
        terminal.wait_for("first of 0")
        terminal.wait_for("first of 1")
        assert "last of 0" not in terminal.text
        first.touch()
        terminal.wait_for("last of 0")
        terminal.send(keys.CTRL_R)
        terminal.wait_for(r"wait: +50%")
        second.touch()
        terminal.wait_for(r"wait: +100%")
