"""Starting: what stays on the shell's screen, and what takes the whole of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from e2e import keys, notebooks
from e2e.conftest import OpenTnb
from e2e.terminal import ALTERNATE_SCREEN, Terminal
from programs import isolated_environment, tnb_command

pytestmark = pytest.mark.e2e

WRAPPING, CURSOR = b"7", b"25"
"""Private modes that a shell has on."""


def modes_left_on(terminal: Terminal) -> set[bytes]:
    """The private modes (DECSET) that a program touched and did not turn off in the end."""
    last = dict(re.findall(rb"\x1b\[\?(\d+)([hl])", terminal.raw))
    return {mode for mode, state in last.items() if state == b"h"}


@pytest.mark.parametrize("content", [b"", b"{", b"# a script\n", b"<<<<<<< HEAD\n"])
def test_what_cannot_be_read_starts_no_full_screen(content: bytes, open_tnb: OpenTnb, tmp_path: Path) -> None:
    path = tmp_path / "bad.ipynb"
    path.write_bytes(content)
    terminal = open_tnb(path)
    assert terminal.wait_exit() == 1
    assert terminal.text.startswith("tnb: ")
    assert ALTERNATE_SCREEN not in terminal.raw
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("redirection", "stream"),
    [("</dev/null", "input"), (">out", "output"), ("2>out", "error")],
)
def test_every_stream_must_be_the_terminal(redirection: str, stream: str, home: Path, tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("1"))
    script = f'"$0" --no-kernel "$1" {redirection}; echo "status $?"; cat out'
    argv = ["/bin/sh", "-c", script, *tnb_command(), path]
    with Terminal(argv, env=isolated_environment(home), cwd=tmp_path) as terminal:
        terminal.wait_for("status 2")
        terminal.wait_for(f"tnb: it draws on a terminal, and standard {stream} is not one")
        assert ALTERNATE_SCREEN not in terminal.raw


def test_help_starts_no_full_screen(open_tnb: OpenTnb) -> None:
    terminal = open_tnb("--help", size=(100, 40))
    assert terminal.wait_exit() == 0
    assert "ctrl+q" in terminal.text
    assert ALTERNATE_SCREEN not in terminal.raw


def test_opening_and_quitting_leaves_the_file_and_the_shell_as_they_were(
    open_notebook: OpenTnb, tmp_path: Path
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.markdown("# Title"), notebooks.code("1"))
    before = path.read_bytes(), path.stat().st_mtime_ns
    terminal = open_notebook(path, "--no-kernel")
    terminal.wait_for("Title")
    terminal.send(keys.CTRL_Q)
    assert terminal.wait_exit() == 0
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert ALTERNATE_SCREEN in terminal.raw
    assert modes_left_on(terminal) == {CURSOR, WRAPPING}
    assert terminal.raw.count(b"\x1b[<u") == terminal.raw.count(b"\x1b[>25u")


def test_without_a_kernel_nothing_else_is_started(open_notebook: OpenTnb, tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("1"))
    terminal = open_notebook(path, "--no-kernel")
    terminal.wait_for("no kernel")
    assert len(terminal.family()) == 1


def test_a_name_that_does_not_exist_is_a_new_notebook_once_it_is_saved(
    open_notebook: OpenTnb, tmp_path: Path
) -> None:
    path = tmp_path / "new.ipynb"
    terminal = open_notebook(path, "--no-kernel")
    terminal.wait_for(r"new\.ipynb.*new")
    assert not path.exists()
    terminal.send(keys.ENTER)
    terminal.send("x = 1")
    terminal.wait_for("x = 1")
    terminal.send(keys.CTRL_S)
    terminal.wait_until(path.exists, "the new file")
    terminal.wait_gone("●")
    assert notebooks.sources(path) == ["x = 1"]


def test_nothing_that_a_file_holds_reaches_the_terminal_as_a_command(
    open_notebook: OpenTnb, tmp_path: Path
) -> None:
    hostile = "\x1b]52;c;aGk=\x07\x1b]0;owned\x07\x1b[2J\x1b[?1049l\x1bP+q544e\x1b\\\x9b2J end of it"
    path = notebooks.write(
        tmp_path / "\x1b]0;owned\x07.ipynb",
        notebooks.markdown(f"markdown {hostile}"),
        notebooks.code(f"# source {hostile}", printed=f"printed {hostile}"),
    )
    terminal = open_notebook(path, "--no-kernel", size=(100, 40))
    for place in ("markdown", "source", "printed"):
        terminal.wait_for(f"{place}.*end of it")
    for command in (b"\x1b]52", b"\x1b]0", b"\x1b[2J", b"\x1b[?1049l", b"\x1bP", b"\xc2\x9b"):
        assert command not in terminal.raw
    assert terminal.process.poll() is None


def test_a_session_packs_what_it_loaded_and_the_next_one_finds_it_whole(
    open_notebook: OpenTnb, tmp_path: Path
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.markdown("# Title"), notebooks.code("1"))
    bytecode = tmp_path / "bytecode"
    keeping = {"PYTHONPYCACHEPREFIX": str(bytecode), "PYTHONDONTWRITEBYTECODE": ""}
    packed: list[tuple[Path, int]] = []
    for _ in range(2):
        terminal = open_notebook(path, "--no-kernel", env=keeping)
        terminal.send(keys.CTRL_Q)
        assert terminal.wait_exit() == 0
        packed.extend((found, found.stat().st_mtime_ns) for found in bytecode.rglob("start.*.pack"))
    assert len(packed) == 2
    assert packed[0] == packed[1]
