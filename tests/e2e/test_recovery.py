"""What was typed outlives tnb: killed, hung up on or ended, it is there when the notebook is opened again."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from e2e import keys, notebooks
from e2e.conftest import OpenTnb
from e2e.terminal import PATIENCE, Terminal
from programs import isolated_environment, tnb_command

pytestmark = pytest.mark.e2e


def recoveries(home: Path) -> list[Path]:
    return list((home / ".local/state/tnb/recovery").glob("*.json"))


def holds(home: Path, text: str) -> bool:
    return any(text in path.read_text() for path in recoveries(home))


def test_what_was_typed_before_a_kill_is_shown_beside_the_file_and_comes_back(
    open_notebook: OpenTnb, tmp_path: Path, home: Path
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("first"), notebooks.code("second"))
    before = path.read_bytes()
    terminal = open_notebook(path, "--no-kernel")
    terminal.send(keys.ENTER + "typed ")
    terminal.wait_until(lambda: holds(home, "typed first"), "the text to be on disk")
    os.kill(terminal.process.pid, signal.SIGKILL)
    terminal.wait_exit()
    again = open_notebook(path, "--no-kernel")
    again.wait_for("a.ipynb was not saved when tnb ended")
    again.wait_for("- first")
    again.wait_for(r"\+ typed first")
    assert path.read_bytes() == before
    again.send(keys.ENTER)
    again.wait_for("brought back 1 cell")
    again.wait_for("a.ipynb ●")
    again.send(keys.CTRL_S)
    again.wait_for("saved a.ipynb")
    again.wait_until(lambda: not recoveries(home), "the recovery to go")
    assert notebooks.sources(path) == ["typed first", "second"]


def test_what_the_code_of_a_cell_kills_tnb_over_is_kept_before_it_runs(
    open_notebook: OpenTnb, tmp_path: Path, home: Path
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code(""))
    terminal = open_notebook(path)
    terminal.wait_for("idle")
    deadly = f"import os; os.kill({terminal.process.pid}, 9)"
    terminal.send(keys.ENTER + deadly + keys.CTRL_E)
    assert terminal.wait_exit() == -signal.SIGKILL
    assert holds(home, deadly)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_to_end_leaves_no_time_to_type_that_is_lost(
    number: signal.Signals, open_notebook: OpenTnb, tmp_path: Path, home: Path
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("first"))
    terminal = open_notebook(path, "--no-kernel")
    terminal.send(keys.ENTER + "typed ")
    terminal.wait_for("typed first")
    os.kill(terminal.process.pid, number)
    terminal.wait_exit()
    assert holds(home, "typed first")


def test_a_terminal_that_is_gone_costs_nothing_that_was_typed(tmp_path: Path, home: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("first"))
    terminal = Terminal([*tnb_command(), "--no-kernel", path], env=isolated_environment(home))
    terminal.wait_for(r"\b1/1\n")
    terminal.send(keys.ENTER + "typed ")
    terminal.wait_for("typed first")
    terminal.forget()
    assert terminal.process.wait(PATIENCE) == 128 + signal.SIGHUP
    assert holds(home, "typed first")
    assert list(home.glob(".local/state/tnb/reports/*")) == []


def test_until_one_has_decided_it_is_offered_again(
    open_notebook: OpenTnb, tmp_path: Path, home: Path
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("first"))
    terminal = open_notebook(path, "--no-kernel")
    terminal.send(keys.ENTER + "typed ")
    terminal.wait_for("typed first")
    os.kill(terminal.process.pid, signal.SIGHUP)
    terminal.wait_exit()
    later = open_notebook(path, "--no-kernel")
    later.wait_for("was not saved when tnb ended")
    later.send("q")
    later.wait_for("shown again the next time")
    later.send(keys.CTRL_Q)
    later.wait_exit()
    dropping = open_notebook(path, "--no-kernel")
    dropping.wait_for("was not saved when tnb ended")
    dropping.send("d")
    dropping.wait_for("sure?")
    dropping.send("d")
    dropping.wait_for("dropped what was unsaved")
    assert recoveries(home) == []


def test_nothing_is_left_of_a_notebook_that_was_saved_or_whose_changes_were_discarded(
    open_notebook: OpenTnb, tmp_path: Path, home: Path
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("first"))
    terminal = open_notebook(path, "--no-kernel")
    terminal.send(keys.ENTER + "typed ")
    terminal.wait_until(lambda: holds(home, "typed first"), "the text to be on disk")
    terminal.send(keys.CTRL_S)
    terminal.wait_for("saved a.ipynb")
    terminal.wait_until(lambda: not recoveries(home), "the recovery to go")
    terminal.send("more ")
    terminal.wait_until(lambda: holds(home, "typed more"), "the text to be on disk")
    terminal.send(keys.ESCAPE + keys.CTRL_Q)
    terminal.wait_for("d discard")
    terminal.send("d")
    terminal.wait_exit()
    assert recoveries(home) == []
    assert notebooks.sources(path) == ["typed first"]
