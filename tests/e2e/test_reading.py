"""Reading what a notebook says: from an error to its line, links, lines that are too long."""

from __future__ import annotations

from pathlib import Path

import pytest

from e2e import keys, notebooks
from e2e.conftest import OpenTnb
from e2e.grammar import Sent

pytestmark = [pytest.mark.e2e]

HEART = "❤️"


@pytest.mark.kernel
def test_from_an_error_to_its_line_in_another_cell_and_on_once_it_is_mended(
    open_notebook: OpenTnb, tmp_path: Path
) -> None:
    cells = notebooks.code("def half(x):\n    return x / 0"), notebooks.code("import json\nhalf(8)")
    path = notebooks.write(tmp_path / "a.ipynb", *cells)
    terminal = open_notebook(path)
    terminal.wait_for("idle")
    terminal.send(keys.CTRL_R)
    terminal.wait_for("✓")
    terminal.send(keys.CTRL_E)
    terminal.wait_for("division by zero")
    terminal.wait_for(r"--> +half\(8\)")
    terminal.send("ge")
    terminal.wait_for("Esc done")
    terminal.send(keys.END + "\x7f2")
    terminal.wait_for("return x / 2")
    terminal.send(keys.CTRL_R)
    terminal.send(keys.ESCAPE)
    terminal.send(keys.CTRL_E)
    terminal.wait_for(r"┊ 4\.0")
    terminal.wait_gone("-->")


def test_links_are_sent_as_links_and_nothing_else_is(open_notebook: OpenTnb, tmp_path: Path) -> None:
    source = (
        "[site](https://a.example/b) <a href='javascript:alert(1)'>x</a> https://c.example/d. "
        "[https://good.example](https://evil.example) [file](file:///etc/passwd)"
    )
    terminal = open_notebook(notebooks.write(tmp_path / "a.ipynb", notebooks.markdown(source)), "--no-kernel")
    terminal.wait_for(r"https://good\.example \(https://evil\.example\)")
    terminal.send(keys.CTRL_Q)
    terminal.wait_exit()
    sent = Sent(terminal.raw)
    assert not sent.foreign
    assert set(sent.links) == {"https://a.example/b", "https://c.example/d", "https://evil.example"}


def test_emoji_that_terminals_measure_otherwise_push_nothing_out_of_place(
    open_notebook: OpenTnb, tmp_path: Path
) -> None:
    printed = f"{HEART}|\n{'x' * 200}end\n"
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("1", printed))
    terminal = open_notebook(path, "--no-kernel")
    terminal.wait_for("end")
    terminal.send("W>>>>>>")
    terminal.wait_for("‹x+end")
    terminal.send("W")
    terminal.wait_gone("‹")
    terminal.send(keys.CTRL_Q)
    terminal.wait_exit()
    assert not Sent(terminal.raw).foreign
