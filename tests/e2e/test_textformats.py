"""A script with cells in a real terminal: opened, edited and saved, and otherwise as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from e2e import keys
from e2e.conftest import OpenTnb

pytestmark = pytest.mark.e2e

SCRIPT = "#!/usr/bin/env python\n'''Mine.'''\n\n#%%\none   = 1\n# %% [markdown]\n# # A title\n"


def test_a_script_is_edited_as_a_notebook_and_only_what_was_edited_is_written(
    tmp_path: Path, open_notebook: OpenTnb
) -> None:
    path = tmp_path / "a.py"
    path.write_text(SCRIPT)
    terminal = open_notebook(path, "--no-kernel")
    terminal.wait_for("A title")
    terminal.wait_gone("# A title")
    terminal.send(keys.CTRL_S)
    terminal.wait_for("nothing has changed")
    terminal.send("j" + keys.ENTER + "two = 2;" + keys.ESCAPE)
    terminal.wait_for("two = 2;")
    terminal.send(keys.CTRL_S)
    terminal.wait_for("saved a.py")
    written = path.read_text()
    assert "two = 2;" in written
    assert written.replace("two = 2;", "") == SCRIPT
