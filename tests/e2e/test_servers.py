"""Kernels on a real Jupyter Server: a run outlives the terminal, and the token stays where it is."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from e2e import keys, notebooks
from e2e.conftest import OpenTnb
from e2e.terminal import Terminal
from jupyterservers import TOKEN, RunningServer, jupyter_server
from keeper.keepers import until
from kernelbridge.servers import list_server_now

pytestmark = [pytest.mark.e2e, pytest.mark.kernel]

WAITS = """\
from pathlib import Path
for i in range(60):
    print(i, flush=True)
    if i == 29:
        Path({went!r}).touch()
        while not Path({go!r}).exists():
            pass
"""
"""Stops in the middle until it is told to go on."""
SIXTY = "".join(f"{number}\n" for number in range(60))
WITH_TOKEN = {"TNB_SERVER_TOKEN": TOKEN}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with jupyter_server(tmp_path_factory.mktemp("jupyter")) as running:
        yield running


def paced(folder: Path) -> str:
    return WAITS.format(went=str(folder / "went"), go=str(folder / "go"))


def keeper(home: Path) -> psutil.Process:
    """The keeper that a program with that home started."""
    kept = f"{home}/.local/state/tnb/keepers/"
    return next(one for one in psutil.process_iter() if any(word.startswith(kept) for word in _argv(one)))


def assert_token_is_nowhere(terminal: Terminal, home: Path) -> None:
    """Not in what is kept, nor in what other users see of processes, nor in what the terminal was sent."""
    secret = TOKEN.encode()
    files = [path for path in (home / ".local").rglob("*") if path.is_file()]
    assert files
    assert [path for path in files if secret in path.read_bytes()] == []
    assert TOKEN not in keeper(home).environ().values()
    assert not any(TOKEN in word for process in psutil.process_iter() for word in _argv(process))
    assert secret not in terminal.raw


def _argv(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def assert_saved(terminal: Terminal, path: Path, printed: str) -> None:
    terminal.send(keys.CTRL_S)
    terminal.wait_for("saved a")
    assert notebooks.printed(path, 0) == printed


def end(terminal: Terminal) -> None:
    """Quits with the kernel idle, which ends it on the server."""
    terminal.send(keys.CTRL_Q)
    assert terminal.wait_exit() == 0


def assert_ended(server: RunningServer) -> None:
    until(lambda: not list_server_now(server.url, TOKEN).kernels, "the kernel to end")


def test_of_sixty_prints_sixty_are_there_when_tnb_was_killed_in_the_middle(
    server: RunningServer, open_notebook: OpenTnb, home: Path, tmp_path: Path
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code(paced(tmp_path)))
    first = open_notebook(path, "--server", server.url, env=WITH_TOKEN, size=(100, 24))
    first.wait_for("idle")
    assert "python3 · 127.0.0.1" in first.screen.lines[0]
    first.send(keys.CTRL_E)
    first.wait_until((tmp_path / "went").exists, "half of it to be printed")
    first.wait_for("┊ 29")
    os.kill(first.process.pid, signal.SIGKILL)
    first.wait_exit()
    (tmp_path / "go").touch()
    again = open_notebook(path, "--server", server.url, size=(100, 24))
    again.wait_for("┊ 59")
    again.wait_for("idle")
    assert_token_is_nowhere(again, home)
    assert_saved(again, path, SIXTY)
    end(again)
    assert_ended(server)


@pytest.mark.parametrize("closes", [False, True], ids=["tnb open", "tnb killed, too"])
def test_a_keeper_that_is_killed_is_replaced_and_the_next_one_finds_the_kernel_and_the_token(
    server: RunningServer, open_notebook: OpenTnb, home: Path, tmp_path: Path, closes: bool
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("x = 41\n" + paced(tmp_path)))
    terminal = open_notebook(path, "--server", server.url, env=WITH_TOKEN, size=(110, 40))
    terminal.wait_for("idle")
    terminal.send(keys.CTRL_E)
    terminal.wait_until((tmp_path / "went").exists, "half of it to be printed")
    terminal.wait_for("┊ 29")
    old = keeper(home)
    if closes:
        os.kill(terminal.process.pid, signal.SIGKILL)
        terminal.wait_exit()
    old.kill()
    if closes:
        old.wait(20)
        terminal = open_notebook(path, env=WITH_TOKEN, size=(110, 40))
    terminal.wait_for("may be missing")
    (tmp_path / "go").touch()
    terminal.wait_for("┊ 59")
    terminal.wait_for("idle")
    assert "127.0.0.1" in terminal.screen.lines[0]
    assert keeper(home).pid != old.pid
    assert_token_is_nowhere(terminal, home)
    terminal.send(keys.CTRL_S)
    terminal.wait_for("saved a")
    end(terminal)


def test_a_token_is_asked_for_where_none_is_known_and_is_not_shown(
    server: RunningServer, open_tnb: OpenTnb, home: Path, tmp_path: Path
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("print('here', 6 * 7)"))
    terminal = open_tnb(path, "--server", server.url)
    terminal.wait_for("Token for http://127")
    terminal.send(f"{TOKEN}\r")
    terminal.wait_for("idle")
    terminal.send(keys.CTRL_E)
    terminal.wait_for("here 42")
    terminal.wait_for("✓")  # the end of the run comes behind what it prints
    assert_token_is_nowhere(terminal, home)
    assert_saved(terminal, path, "here 42\n")
    end(terminal)


def test_an_empty_answer_is_no_token_and_a_wrong_one_is_refused_before_the_screen(
    server: RunningServer, open_tnb: OpenTnb, tmp_path: Path
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("1"))
    none = open_tnb(path, "--server", server.url)
    none.wait_for("Token for http://127")
    none.send("\r")
    none.wait_for("wants a token")
    assert none.wait_exit() == 1
    wrong = open_tnb(path, "--server", server.url, env={"TNB_SERVER_TOKEN": "not-it"}, size=(160, 24))
    wrong.wait_for("does not take the token.*TNB_SERVER_TOKEN")
    assert wrong.wait_exit() == 1
    assert "not-it" not in wrong.text


def test_what_the_server_has_can_be_chosen(
    server: RunningServer, open_notebook: OpenTnb, home: Path, tmp_path: Path
) -> None:
    folder = home / ".config" / "tnb"
    folder.mkdir(parents=True)
    file = folder / "servers.toml"
    file.touch(mode=0o600)
    file.write_text(f'[[server]]\nurl = "{server.url}"\ntoken = "{TOKEN}"\nname = "my hub"\n')
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("print('here', 6 * 7)"))
    terminal = open_notebook(path, "--no-kernel", size=(110, 40))
    terminal.send("gk")
    terminal.wait_for("my hub · new")
    terminal.send("my hub new")
    terminal.wait_gone("Installed kernels")
    terminal.send("\r")
    terminal.wait_for(r"python3 · 127\.0\.0\.1 .* idle")
    terminal.send(keys.CTRL_E)
    terminal.wait_for("here 42")
    terminal.wait_for("✓")  # the end of the run comes behind what it prints
    assert_token_is_nowhere(terminal, home)
    assert_saved(terminal, path, "here 42\n")
    end(terminal)


def test_a_server_that_went_away_is_told_in_the_line_at_the_top(
    open_notebook: OpenTnb, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("1"))
    with jupyter_server(tmp_path_factory.mktemp("going")) as going:
        terminal = open_notebook(path, "--server", going.url, env=WITH_TOKEN)
        terminal.wait_for("idle")
        os.kill(going.pid, signal.SIGKILL)
        terminal.wait_for("✗ server away")
        terminal.send(keys.CTRL_Q)
        assert terminal.wait_exit() == 0
        assert "The kernel may run on: its server is out of reach (" in terminal.text


def test_a_server_out_of_reach_is_one_line_before_the_screen(open_tnb: OpenTnb, tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("1"))
    terminal = open_tnb(path, "--server", "http://127.0.0.1:1/", size=(120, 24))
    terminal.wait_for("tnb: http://127.0.0.1:1/ cannot be reached: Connection refused")
    assert terminal.wait_exit() == 1
