"""A cell edited with vim's keys in a terminal, run with a real kernel, and saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from e2e import keys, notebooks
from e2e.conftest import OpenTnb

pytestmark = [pytest.mark.e2e, pytest.mark.kernel]


def test_edit_run_and_save_with_vims_keys(open_notebook: OpenTnb, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[editor]\nkeys = "vim"\n', encoding="utf-8")
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("x = 1\nprint(x, x)"))
    terminal = open_notebook(path, env={"TNB_CONFIG": str(config)})
    terminal.wait_for("idle")
    terminal.send(keys.ENTER)
    terminal.wait_for("NORMAL")
    terminal.send("wwcw20")
    terminal.wait_for("INSERT")
    terminal.send(keys.ESCAPE)
    terminal.wait_for("NORMAL")
    terminal.send("\x01j$i + 1")
    terminal.wait_for("INSERT")
    terminal.send(keys.ESCAPE)
    terminal.wait_for("NORMAL")
    terminal.send(":%s/x/total/g" + keys.ENTER)
    terminal.wait_for(r"print\(total, total \+ 1\)")
    terminal.send(":run" + keys.ENTER)
    terminal.wait_for(r"┊ 21 22\b")
    terminal.send(keys.ENTER)
    terminal.wait_for("NORMAL")
    terminal.send(":wq" + keys.ENTER)
    assert terminal.wait_exit() == 0
    assert notebooks.sources(path) == ["total = 21\nprint(total, total + 1)"]
