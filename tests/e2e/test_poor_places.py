"""Where something is missing that there usually is: it works all the same, or says in a line why not."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from e2e import keys, notebooks
from e2e.conftest import OpenTnb
from e2e.grammar import Sent
from e2e.terminal import ALTERNATE_SCREEN, Terminal
from programs import isolated_environment, require_program, tnb_command

pytestmark = pytest.mark.e2e

NOBODY = 65534


def recoveries(home: Path) -> list[Path]:
    return list(home.glob(".local/state/tnb/recovery/*.json"))


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_a_stream_that_is_closed_is_named_or_nobody_hears(closed: str, home: Path, tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("1"))
    script = f'"$0" --no-kernel "$1" {closed}; echo "status $?"'
    with Terminal(
        ["/bin/sh", "-c", script, *tnb_command(), path], env=isolated_environment(home), cwd=tmp_path
    ) as terminal:
        terminal.wait_for("status 2")
        assert closed == "2>&-" or "is not one" in terminal.text
        assert "Traceback" not in terminal.text
        assert ALTERNATE_SCREEN not in terminal.raw


def test_what_is_printed_to_who_no_longer_listens_is_no_error_to_see(home: Path, tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", *(notebooks.code("x" * 1000) for _ in range(100)))
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*tnb_command(), "show", path], stdout=writing, stderr=subprocess.PIPE, env=isolated_environment(home)
    )
    os.close(writing)
    assert b"Traceback" not in done.stderr
    assert done.stderr.count(b"\n") <= 1


@pytest.fixture
def read_only_home(tmp_path: Path) -> Iterator[Path]:
    """One that its user cannot write in."""
    home = tmp_path / "protected"
    home.mkdir(mode=0o555)
    if os.geteuid() == 0:
        os.chown(home, NOBODY, NOBODY)
    yield home
    home.chmod(0o755)


def as_ordinary_user() -> list[str]:
    """What makes permissions hold for the superuser, too."""
    return [require_program("setpriv"), "--bounding-set=-dac_override"] if os.geteuid() == 0 else []


def test_in_a_home_that_cannot_be_written_what_is_unsaved_is_kept_where_it_can(
    read_only_home: Path, tmp_path: Path
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("first"))
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    environment = {**isolated_environment(read_only_home), "XDG_RUNTIME_DIR": str(runtime)}
    command = [*as_ordinary_user(), *tnb_command(), "--no-kernel", str(path)]
    with Terminal(command, env=environment, cwd=tmp_path) as terminal:
        terminal.wait_for("1/1")
        terminal.send(keys.ENTER + "new ")
        terminal.wait_for("new first")
        terminal.wait_until(
            lambda: any("new first" in each.read_text() for each in runtime.rglob("*.json")), "it to be kept"
        )
        os.kill(terminal.process.pid, signal.SIGKILL)
        terminal.wait_exit()
    with Terminal(command, env=environment, cwd=tmp_path) as terminal:
        terminal.wait_for("was not saved when tnb ended")
        terminal.send(keys.ENTER)
        terminal.wait_for("brought back")
        terminal.send(keys.CTRL_S)
        terminal.wait_for("saved a.ipynb")
    assert notebooks.sources(path) == ["new first"]


def test_a_clock_that_was_set_back_hides_no_change_of_the_file(
    open_notebook: OpenTnb, tmp_path: Path
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("first"))
    terminal = open_notebook(path, "--no-kernel")
    notebooks.write(path, notebooks.code("other"))
    os.utime(path, (1, 1))
    terminal.send(keys.ENTER + "new " + keys.ESCAPE + keys.CTRL_S)
    terminal.wait_for("another program changed it")
    assert notebooks.sources(path) == ["other"]


def test_a_thousand_cells_are_pasted_kept_and_saved(open_notebook: OpenTnb, tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", *(notebooks.code(f"cell {number}") for number in range(500)))
    terminal = open_notebook(path, "--no-kernel")
    terminal.send("\x01c" + "G" + "v")
    terminal.wait_for(r"\b\d+/1000\n")
    terminal.send("\x01c" + "G" + "v")
    terminal.wait_for(r"\b\d+/2000\n")
    terminal.send(keys.CTRL_S)
    terminal.wait_for("saved a.ipynb")
    assert len(notebooks.sources(path)) == 2000


def test_a_cell_of_ten_megabytes_is_edited_kept_and_saved(
    open_notebook: OpenTnb, home: Path, tmp_path: Path
) -> None:
    long = "".join(f"line_{number} = {number}\n" for number in range(490_000))
    assert len(long) > 10_000_000
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code(long))
    terminal = open_notebook(path, "--no-kernel")
    terminal.wait_for("line_0 = 0", 60)
    terminal.send(keys.ENTER + "new ")
    terminal.wait_for("new line_0", 60)
    folder = home / ".local/state/tnb/recovery"
    terminal.wait_until(
        lambda: any("new line_0" in each.read_text() for each in folder.glob("*.json")), "it", 60
    )
    terminal.send(keys.ESCAPE + keys.CTRL_S)
    terminal.wait_for("saved a.ipynb", 60)
    assert notebooks.sources(path) == [f"new {long}"]


def test_a_crash_of_the_interpreter_leaves_a_traceback_and_what_was_typed(
    open_notebook: OpenTnb, home: Path, tmp_path: Path
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("first"))
    terminal = open_notebook(path, "--no-kernel")
    terminal.send(keys.ENTER + "new ")
    terminal.wait_until(lambda: any("new" in each.read_text() for each in recoveries(home)), "it to be kept")
    os.kill(terminal.process.pid, signal.SIGSEGV)
    assert terminal.wait_exit() == -signal.SIGSEGV
    (report,) = home.glob(".local/state/tnb/reports/crash-*.txt")
    assert "Fatal Python error: Segmentation fault" in report.read_text()
    assert report.stat().st_mode & 0o777 == 0o600
    again = open_notebook(path, "--no-kernel")
    again.wait_for("was not saved when tnb ended")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT])
def test_after_a_signal_the_terminal_is_as_it_was(
    number: signal.Signals, open_notebook: OpenTnb, tmp_path: Path
) -> None:
    terminal = open_notebook(notebooks.write(tmp_path / "a.ipynb", notebooks.code("first")), "--no-kernel")
    terminal.wait_until(lambda: b"\x1b[>4;1m" in terminal.raw, "the driver")
    before = terminal.line_settings()
    os.kill(terminal.process.pid, number)
    assert terminal.wait_exit() == 128 + number
    assert Sent(bytes(terminal.raw)).is_restored
    assert terminal.line_settings() != before
