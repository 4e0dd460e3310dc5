"""Stopped and continued, by whomever: the shell gets its terminal, and the notebook is all there again."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import psutil
import pytest

from e2e import notebooks
from e2e.conftest import OpenTnb
from e2e.grammar import Sent
from e2e.screen import Screen
from e2e.terminal import Terminal

pytestmark = pytest.mark.e2e


def stop(terminal: Terminal, number: signal.Signals) -> None:
    process = psutil.Process(terminal.process.pid)
    os.kill(process.pid, number)
    while process.status() != psutil.STATUS_STOPPED:
        terminal.read(0.05)
    terminal.wait_quiet()


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
        shown = len(terminal.raw)
        os.kill(terminal.process.pid, signal.SIGCONT)

        def drawn(start: int = shown) -> str:
            screen = Screen(terminal.columns, terminal.rows)
            screen.feed(bytes(terminal.raw[start:]))
            return screen.text

        terminal.wait_until(lambda: drawn() == before, "the whole screen")
    terminal.send("j")
    terminal.wait_for("2/31")
