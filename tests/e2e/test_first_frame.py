"""The first frame, drawn before Textual is loaded: the same text, no key lost, no trace of it afterwards."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from e2e import keys, notebooks
from e2e.conftest import OpenTnb
from e2e.grammar import Sent
from e2e.screen import Screen
from e2e.terminal import ALTERNATE_SCREEN, Terminal, is_kept

pytestmark = pytest.mark.e2e

DRIVER_STARTS = b"\x1b[?1000h"
"""The first that Textual's driver sends: all before it is the first frame."""


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    cells = [
        notebooks.markdown("# Chapter\n\nSome *prose* with a [link](https://example.org) and 日本語."),
        notebooks.code("value = 1\nprint(value)", "shown\n", count=7),
        *(notebooks.code(f"cell_{number} = {number}") for number in range(30)),
    ]
    return notebooks.write(tmp_path / "a.ipynb", *cells)


def wait_for_both_frames(terminal: Terminal) -> tuple[str, str]:
    """The text of the first frame, and of the screen when it is painted anew."""
    terminal.wait_until(lambda: DRIVER_STARTS in terminal.raw, "the driver")
    terminal.send(keys.CTRL_L)
    terminal.wait_until(
        lambda: b"Chapter" in bytes(terminal.raw).partition(DRIVER_STARTS)[2], "a second frame"
    )
    terminal.wait_quiet()
    first = Screen(terminal.columns, terminal.rows)
    first.feed(bytes(terminal.raw).partition(DRIVER_STARTS)[0])
    return first.text, terminal.text


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 10), (200, 60)])
def test_the_first_frame_shows_the_text_of_the_one_that_follows(
    notebook: Path, open_tnb: OpenTnb, size: tuple[int, int]
) -> None:
    first, following = wait_for_both_frames(open_tnb(notebook, "--no-kernel", size=size))
    assert "Chapter" in first
    assert first == following


def test_it_stays_and_what_it_shows_is_not_sent_again(notebook: Path, open_tnb: OpenTnb) -> None:
    terminal = open_tnb(notebook, "--no-kernel")
    terminal.wait_until(lambda: DRIVER_STARTS in terminal.raw, "the driver")
    terminal.send("j")
    terminal.wait_for("2/32")
    raw = bytes(terminal.raw)
    assert raw.count(ALTERNATE_SCREEN) == 1
    second = raw.partition(DRIVER_STARTS)[2]
    assert b"\x1b[2J" not in second
    assert b"Chapter" not in second
    assert "Chapter" in terminal.text


def test_keys_typed_before_the_screen_is_up_are_done_in_order(notebook: Path, open_tnb: OpenTnb) -> None:
    terminal = open_tnb(notebook, "--no-kernel")
    terminal.wait_until(lambda: ALTERNATE_SCREEN in terminal.raw, "the first frame")
    terminal.send("jj\rtyped")
    terminal.wait_for("typedcell_0 = 0")


def test_quitting_before_the_screen_is_up_leaves_nothing_behind(notebook: Path, open_tnb: OpenTnb) -> None:
    terminal = open_tnb(notebook, "--no-kernel")
    terminal.wait_until(lambda: ALTERNATE_SCREEN in terminal.raw, "the first frame")
    terminal.send(keys.CTRL_Q)
    terminal.wait_exit()
    assert "Exception" not in terminal.text
    assert "never awaited" not in terminal.text


def test_a_key_with_alt_typed_before_the_screen_is_up_is_one_key(notebook: Path, open_tnb: OpenTnb) -> None:
    terminal = open_tnb(notebook, "--no-kernel")
    terminal.wait_until(lambda: ALTERNATE_SCREEN in terminal.raw, "the first frame")
    terminal.send("j\x1b\r")
    terminal.wait_for("3/33")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("delay", [0.0, 0.1, 0.3])
def test_ending_it_at_any_moment_gives_the_terminal_back(
    number: signal.Signals, delay: float, notebook: Path, open_tnb: OpenTnb
) -> None:
    terminal = open_tnb(notebook)
    before = terminal.line_settings()
    terminal.wait_until(lambda: ALTERNATE_SCREEN in terminal.raw, "the first frame")
    terminal.draw_for(delay)
    os.kill(terminal.process.pid, number)
    assert terminal.wait_exit() == 128 + number
    sent = Sent(bytes(terminal.raw))
    assert sent.foreign == []
    assert sent.is_restored, sent.modes
    assert terminal.line_settings() == before
    assert [one.pid for one in terminal.family() if not is_kept(one)] == []


def test_whoever_does_not_want_to_wait_ends_it_at_once_by_a_second_signal(
    notebook: Path, open_tnb: OpenTnb
) -> None:
    terminal = open_tnb(notebook, "--no-kernel")
    before = terminal.line_settings()
    terminal.wait_until(lambda: ALTERNATE_SCREEN in terminal.raw, "the first frame")
    os.kill(terminal.process.pid, signal.SIGSTOP)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCONT):
        os.kill(terminal.process.pid, number)
    assert terminal.wait_exit() in (-signal.SIGTERM, -signal.SIGINT)
    assert Sent(bytes(terminal.raw)).is_restored
    assert terminal.line_settings() == before


def test_another_theme_waits_for_textual(notebook: Path, open_tnb: OpenTnb) -> None:
    terminal = open_tnb(notebook, "--no-kernel", "--theme", "nord")
    terminal.wait_for("Chapter")
    assert b"Chapter" not in bytes(terminal.raw).partition(DRIVER_STARTS)[0]


def test_on_a_light_terminal_that_is_asked_the_colours_are_the_light_ones(
    open_tnb: OpenTnb, tmp_path: Path
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("some_code"))
    answers = {b"\x1b]11;?": b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\"}
    terminal = open_tnb(path, "--no-kernel", answers=answers)
    terminal.wait_for("some_code")
    terminal.wait_until(lambda: is_light(terminal.cell_of("some_code").bg), "the light theme")


def is_light(color: str) -> bool:
    return sum(bytes.fromhex(color)) > 3 * 128
