"""Stopped and continued, by whomever: the shell gets its terminal, and the notebook is all there again."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import psutil
import pytest

from e2e import keys, notebooks
from e2e.conftest import OpenTnb
from e2e.grammar import Sent
from e2e.screen import Screen
from e2e.terminal import Terminal

pytestmark = pytest.mark.e2e

CTRL_Z = "\x1a"


def stop(terminal: Terminal, number: signal.Signals) -> None:
    process = psutil.Process(terminal.process.pid)
    os.kill(process.pid, number)
    while process.status() != psutil.STATUS_STOPPED:
        terminal.read(0.05)
    terminal.wait_quiet()


def go_on(terminal: Terminal, before: str) -> None:
    """Continue it, until it has drawn the whole screen anew."""
    start = len(terminal.raw)
    os.kill(terminal.process.pid, signal.SIGCONT)

    def drawn() -> str:
        screen = Screen(terminal.columns, terminal.rows)
        screen.feed(bytes(terminal.raw[start:]))
        return screen.text

    terminal.wait_until(lambda: drawn() == before, "the whole screen")


@pytest.mark.parametrize("number", [signal.SIGTSTP, signal.SIGSTOP])
def test_the_whole_screen_is_there_again(
    number: signal.Signals, open_notebook: OpenTnb, tmp_path: Path
) -> None:
    cells = [notebooks.markdown("# Chapter"), *(notebooks.code(f"cell_{index}") for index in range(30))]
    terminal = open_notebook(notebooks.write(tmp_path / "a.ipynb", *cells), "--no-kernel")
    terminal.wait_until(lambda: b"\x1b[>4;1m" in terminal.raw, "the driver")
    terminal.wait_quiet()
    before = terminal.text
    for _ in range(2):
        stop(terminal, number)
        if number is signal.SIGTSTP:
            assert Sent(bytes(terminal.raw)).is_restored
        go_on(terminal, before)
    terminal.send("j")
    terminal.wait_for("2/31")


def wait_stopped(terminal: Terminal) -> None:
    process = psutil.Process(terminal.process.pid)
    terminal.wait_until(lambda: process.status() == psutil.STATUS_STOPPED, "it to stop")
    terminal.wait_quiet()
    assert Sent(bytes(terminal.raw)).is_restored


def test_ctrl_z_suspends_in_command_mode_and_undoes_in_a_cell(open_notebook: OpenTnb, tmp_path: Path) -> None:
    terminal = open_notebook(notebooks.write(tmp_path / "a.ipynb", notebooks.code("one")), "--no-kernel")
    terminal.send(keys.ENTER + "x")
    terminal.wait_for("xone")
    terminal.send(CTRL_Z)
    terminal.wait_gone("xone")
    terminal.send(keys.ESCAPE)
    terminal.wait_for("Enter edit")
    terminal.wait_quiet()
    before = terminal.text
    terminal.send(CTRL_Z)
    wait_stopped(terminal)
    go_on(terminal, before)
    terminal.send(keys.ENTER + "y")
    terminal.wait_for("yone")


def test_ctrl_z_typed_before_the_notebook_is_there_suspends_once_it_is(
    open_tnb: OpenTnb, tmp_path: Path
) -> None:
    terminal = open_tnb(notebooks.write(tmp_path / "a.ipynb", notebooks.code("one")), "--no-kernel")
    terminal.wait_until(lambda: b"\x1b[?1049h" in terminal.raw, "the first frame")
    terminal.send(CTRL_Z)
    wait_stopped(terminal)
    os.kill(terminal.process.pid, signal.SIGCONT)
    terminal.wait_for(r"\b1/1\n")
