"""A run outlives its terminal: whatever becomes of tnb, all that was printed is in the right cells."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import psutil
import pytest

from e2e import keys, notebooks
from e2e.conftest import OpenTnb
from e2e.terminal import Terminal, is_kept

pytestmark = [pytest.mark.e2e, pytest.mark.kernel]

LINES = "".join(f"line {number}\n" for number in range(2000))
PRINTS = "import time\nfor i in range(2000):\n    print('line', i, flush=True)\n    time.sleep(0.0005)"
WAITS = "import os, time\nopen('started', 'w').close()\nwhile not os.path.exists('go'): time.sleep(0.01)\n"


def saved_outputs(terminal: Terminal, path: Path) -> list[str]:
    """The text of each code cell's streams, once the notebook has been saved."""
    terminal.send(keys.CTRL_S)
    terminal.wait_for("saved|nothing has changed")
    return [notebooks.printed(path, cell) for cell in range(len(notebooks.sources(path)))]


def keeper(terminal: Terminal) -> psutil.Process:
    """The keeper that the program started."""
    return next(one for one in terminal.family() if "kernelbridge.keeper." in " ".join(one.cmdline()))


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP, signal.SIGTERM])
def test_what_runs_as_tnb_is_killed_goes_on_and_is_there_when_it_is_opened_again(
    number: signal.Signals, open_notebook: OpenTnb, tmp_path: Path
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code(PRINTS), notebooks.code("print('second')"))
    first = open_notebook(path)
    first.wait_for("idle")
    first.send(keys.CTRL_R + keys.CTRL_E)
    first.wait_for(r"line \d+")
    os.kill(first.process.pid, number)
    first.wait_exit()
    again = open_notebook(path)
    again.wait_for(r"line \d+")
    again.press_until("G", "┊ second")
    again.wait_for("idle")
    assert saved_outputs(again, path) == [LINES, "second\n"]


def test_a_run_that_ended_while_nobody_looked_is_an_unsaved_change(
    open_notebook: OpenTnb, tmp_path: Path
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code(WAITS + "print('done')"))
    first = open_notebook(path, cwd=tmp_path)
    first.wait_for("idle")
    first.send(keys.CTRL_E)
    first.wait_until((tmp_path / "started").exists, "the run to begin")
    os.kill(first.process.pid, signal.SIGKILL)
    first.wait_exit()
    before = path.read_bytes()
    (tmp_path / "go").touch()
    again = open_notebook(path, cwd=tmp_path)
    again.wait_for("┊ done")
    again.wait_for("a.ipynb ●")
    assert path.read_bytes() == before
    assert saved_outputs(again, path) == ["done\n"]


def test_a_run_of_a_cell_that_was_not_saved_goes_on_in_it_once_it_is_brought_back(
    open_notebook: OpenTnb, tmp_path: Path
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code(""))
    first = open_notebook(path, cwd=tmp_path)
    first.wait_for("idle")
    first.send(keys.ENTER)
    first.wait_quiet()
    first.send("import os, time; print('begun', flush=True)" + keys.ENTER)
    first.send("while not os.path.exists('go'): time.sleep(0.01)" + keys.ENTER)
    first.send("print('done')" + keys.CTRL_E)
    first.wait_for("┊ begun")
    os.kill(first.process.pid, signal.SIGKILL)
    first.wait_exit()
    again = open_notebook(path, cwd=tmp_path)
    again.wait_for("was not saved when tnb ended")
    again.send(keys.ENTER)
    again.wait_for("┊ begun")
    again.wait_for("busy")
    (tmp_path / "go").touch()
    again.wait_for("┊ done")
    again.wait_for("✓")
    assert saved_outputs(again, path) == ["begun\ndone\n"]


def test_a_notebook_that_is_renamed_comes_back_to_its_kernel_with_what_was_printed(
    open_notebook: OpenTnb, tmp_path: Path
) -> None:
    path = notebooks.write(
        tmp_path / "a.ipynb", notebooks.code("x = 41"), notebooks.code(WAITS + "print('x is', x + 1)")
    )
    first = open_notebook(path, cwd=tmp_path)
    first.wait_for("idle")
    first.send(keys.CTRL_E)
    first.wait_for("✓")
    first.send(keys.CTRL_S)  # which puts another file in its place
    first.wait_for("saved")
    first.send(keys.DOWN + keys.CTRL_E)
    first.wait_until((tmp_path / "started").exists, "the run to begin")
    os.kill(first.process.pid, signal.SIGKILL)
    first.wait_exit()
    renamed = path.rename(tmp_path / "b.ipynb")
    (tmp_path / "go").touch()
    again = open_notebook(renamed, cwd=tmp_path)
    again.wait_for("┊ x is 42")
    assert saved_outputs(again, renamed) == ["", "x is 42\n"]
    os.kill(again.process.pid, signal.SIGKILL)
    again.wait_exit()
    moved = renamed.rename(tmp_path / "c.ipynb")
    third = open_notebook(moved, cwd=tmp_path)
    third.wait_for("idle")
    third.send("b" + keys.ENTER + "print('still', x)" + keys.CTRL_E)
    third.wait_for("┊ still 41")


def test_what_was_saved_is_not_brought_back_as_a_change(open_notebook: OpenTnb, tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("print('once')"))
    first = open_notebook(path)
    first.send(keys.CTRL_E)
    first.wait_for("┊ once")
    first.wait_for("idle")
    first.send(keys.CTRL_S)
    first.wait_for("saved")
    os.kill(first.process.pid, signal.SIGKILL)
    first.wait_exit()
    again = open_notebook(path)
    again.wait_for("idle")
    assert "●" not in again.screen.lines[0]


def test_a_pending_question_is_asked_again(open_notebook: OpenTnb, tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("print('hello', input('name? '))"))
    first = open_notebook(path)
    first.send(keys.CTRL_E)
    first.wait_for(r"\? name\?")
    os.kill(first.process.pid, signal.SIGKILL)
    first.wait_exit()
    again = open_notebook(path)
    again.wait_for(r"\? name\?")
    again.send("Ada\r")
    again.wait_for("hello Ada")


def test_a_run_whose_cell_was_changed_meanwhile_is_shown_apart(
    open_notebook: OpenTnb, tmp_path: Path
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("print('of the old')"))
    first = open_notebook(path)
    first.send(keys.CTRL_E)
    first.wait_for("┊ of the old")
    first.wait_for("idle")
    os.kill(first.process.pid, signal.SIGKILL)
    first.wait_exit()
    notebooks.write(path, notebooks.code("print('of the new')"))
    again = open_notebook(path)
    again.wait_for("1 other run")
    assert "┊" not in again.text
    again.send("O")
    again.wait_for("┊ of the old")
    again.send("\r")
    again.send("q")
    again.wait_for("1/2|2/2")
    assert saved_outputs(again, path) == ["", "of the old\n"]


def test_leaving_with_a_run_going_on_leaves_it_running(open_notebook: OpenTnb, tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code(WAITS + "print('left alone')"))
    first = open_notebook(path, cwd=tmp_path)
    first.wait_for("idle")
    first.send(keys.CTRL_E)
    first.wait_until((tmp_path / "started").exists, "the run to begin")
    first.send(keys.CTRL_Q)
    first.wait_for("leave it running")
    first.send("\r")
    assert first.wait_exit() == 0
    assert "What runs goes on" in first.text
    (tmp_path / "go").touch()
    again = open_notebook(path, cwd=tmp_path)
    again.wait_for("┊ left alone")


def test_a_keeper_that_is_killed_is_replaced_at_once_and_the_cell_says_so(
    open_notebook: OpenTnb, tmp_path: Path
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("x = 41\n" + WAITS + "print('after', x + 1)"))
    terminal = open_notebook(path, cwd=tmp_path, size=(110, 24))
    terminal.wait_for("idle")
    terminal.send(keys.CTRL_E)
    terminal.wait_until((tmp_path / "started").exists, "the run to begin")
    old = keeper(terminal)
    old.kill()
    terminal.wait_for("may be missing")
    (tmp_path / "go").touch()
    terminal.wait_for("┊ after 42")
    terminal.wait_for("idle")
    assert keeper(terminal).pid != old.pid


def test_two_on_one_notebook_see_the_same_and_one_of_them_edits(
    open_notebook: OpenTnb, tmp_path: Path
) -> None:
    path = notebooks.write(
        tmp_path / "a.ipynb", notebooks.code("print('of', 'one')"), notebooks.code("x = 7")
    )
    one = open_notebook(path)
    one.wait_for("idle")
    other = open_notebook(path)
    other.wait_for("edited elsewhere")
    one.send(keys.CTRL_E)
    for terminal in (one, other):
        terminal.wait_for("┊ of one")
    other.send("j" + keys.CTRL_E)
    one.wait_for(r"2 +x = 7")
    other.send("dd")
    other.wait_for("edits this notebook")
    other.send("E")
    one.wait_for("edited elsewhere|took over")
    other.wait_gone("edited elsewhere")
    other.send("\x1bdd")
    other.wait_gone("x = 7")
    one.send("dd")
    one.wait_for("edits this notebook")


def test_who_takes_over_goes_on_with_what_the_other_saved(open_notebook: OpenTnb, tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("x = 1"))
    one = open_notebook(path)
    one.wait_for("idle")
    other = open_notebook(path)
    other.wait_for("edited elsewhere")
    one.send("\r# mine \x1bs")
    one.wait_for("saved")
    other.send("E")
    other.wait_for("# mine")
    one.wait_for("edited elsewhere")
    other.send("\r# theirs \x1bs")
    other.wait_for("saved")
    one.send("E")
    one.wait_for("# theirs # mine")
    one.send(keys.CTRL_E)
    one.wait_for(r"✓ .* s")


def test_when_the_one_that_edits_leaves_the_next_may(open_notebook: OpenTnb, tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("x = 1"))
    one = open_notebook(path)
    one.wait_for("idle")
    others = [open_notebook(path) for _ in range(2)]
    for other in others:
        other.wait_for("edited elsewhere")
    one.send(keys.CTRL_Q)
    assert one.wait_exit() == 0

    def one_may() -> bool:
        others[1].read(0.05)
        return sum("edited elsewhere" in other.text for other in others) == 1

    others[0].wait_until(one_may, "one of the others to have the right to edit")


def test_quitting_an_idle_kernel_ends_it_but_not_while_another_uses_it(
    open_notebook: OpenTnb, tmp_path: Path
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("x = 1"))
    one = open_notebook(path)
    one.wait_for("idle")
    other = open_notebook(path)
    other.wait_for("edited elsewhere")
    other.send(keys.CTRL_Q)
    assert other.wait_exit() == 0
    one.send(keys.CTRL_E)
    one.wait_for(r"✓ .*s\n")
    kept = [process for process in one.family() if is_kept(process)]
    assert len(kept) == 2
    one.send(keys.CTRL_S)
    one.wait_for("saved")
    one.send(keys.CTRL_Q)
    assert one.wait_exit() == 0
    gone, alive = psutil.wait_procs(kept, timeout=20)
    assert (len(gone), alive) == (2, [])
    assert not re.findall(r"keepers/\w{8}", "\n".join(map(str, tmp_path.rglob("keepers/*"))))


def test_200000_lines_are_all_there_when_tnb_was_stopped_meanwhile(
    open_notebook: OpenTnb, tmp_path: Path
) -> None:
    source = "for i in range(200_000): print('line', i)\nopen('printed', 'w').close()"
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code(source))
    terminal = open_notebook(path, cwd=tmp_path)
    terminal.wait_for("idle")
    terminal.send(keys.CTRL_E)
    terminal.wait_for("busy")
    os.kill(terminal.process.pid, signal.SIGSTOP)
    terminal.wait_until((tmp_path / "printed").exists, "the run to end")
    terminal.draw_for(5)
    os.kill(terminal.process.pid, signal.SIGCONT)
    terminal.wait_for("line 199999")
    terminal.wait_for("idle")
    assert saved_outputs(terminal, path) == ["".join(f"line {number}\n" for number in range(200_000))]


def test_an_idle_kernel_stays_where_the_configuration_says_so(open_notebook: OpenTnb, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text("[kernel]\nkeep_idle = true\n")
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("x = 41"), notebooks.code("print(x + 1)"))
    first = open_notebook(path, env={"TNB_CONFIG": str(config)})
    first.wait_for("idle")
    first.send(keys.CTRL_E)
    first.wait_for(r"✓ .* s")
    first.send(keys.CTRL_S)
    first.wait_for("saved")
    first.send(keys.CTRL_Q)
    assert first.wait_exit() == 0
    again = open_notebook(path)
    again.wait_for("idle")
    again.send("j" + keys.CTRL_E)
    again.wait_for("┊ 42")
