"""A big dataframe looked at on the whole screen, with a real kernel."""

from __future__ import annotations

from pathlib import Path

import pytest

from e2e import keys, notebooks
from e2e.conftest import OpenTnb

pytestmark = [pytest.mark.e2e, pytest.mark.kernel]

FRAME = """import numpy, pandas
n = numpy.arange(1_000_000)
df = pandas.DataFrame({'n': n, 'x': n % 1000 / 7, 'name': ['a', 'b', 'c', 'd'] * 250_000})
df"""


def test_a_million_rows_are_scrolled_sorted_and_filtered(open_notebook: OpenTnb, tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code(FRAME), notebooks.code("sorted(globals())"))
    terminal = open_notebook(path)
    terminal.wait_for("idle")
    terminal.send(keys.CTRL_E)
    terminal.wait_for("1000000 rows × 3 columns · T opens")

    terminal.send("T")
    terminal.wait_for(r"1,000,000 rows × 3 columns · Out\[1\] in the kernel")
    terminal.wait_for(r"18 +18 +2\.571429 +c")
    terminal.send("G")
    terminal.wait_for("999999 +999999 +142.714286 +d")
    terminal.send("gs")
    terminal.wait_for("n ↑")
    terminal.send("s")
    terminal.wait_for("n ↓")
    terminal.wait_for("999999 +999999 +142.714286 +d")
    terminal.send("/<= 4\r")
    terminal.wait_for("5 of 1,000,000 rows")
    terminal.wait_for(r"4 +4 +0\.571429 +a")
    terminal.send("c")
    terminal.wait_for("copied 1 line")
    terminal.send("q")
    terminal.wait_for("idle")

    terminal.send("j")
    terminal.send(keys.CTRL_E)
    terminal.wait_for("'_dh'")
    assert "tnb" not in terminal.text.partition("'_dh'")[2]
    terminal.send(keys.CTRL_Q)


def test_while_the_kernel_is_busy_the_output_is_shown(open_notebook: OpenTnb, tmp_path: Path) -> None:
    waiting = "from pathlib import Path\nimport time\nwhile not Path('go').exists():\n    time.sleep(0.01)"
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code(FRAME), notebooks.code(waiting))
    terminal = open_notebook(path)
    terminal.wait_for("idle")
    terminal.send(keys.CTRL_E)
    terminal.wait_for("1000000 rows × 3 columns · T opens")
    terminal.send("j" + keys.CTRL_E + "k")
    terminal.wait_for("busy")
    terminal.send("T")
    terminal.wait_for("from the output · the kernel is busy: waiting")
    terminal.wait_for("999999 +999999 +142.714286 +d")
    (tmp_path / "go").touch()
    terminal.wait_for(r"Out\[1\] in the kernel")
