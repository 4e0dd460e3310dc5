"""The driver in a real pseudo-terminal: what is sent reaches the app, and the terminal is given back."""

from __future__ import annotations

import json
import os
import pty
import random
import select
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

APP = Path(__file__).with_name("keylog_app.py")
PATIENCE = 30.0


class Program:
    """The app on its own terminal, with what it has written and logged so far."""

    def __init__(self, typed_ahead: bytes = b"") -> None:
        log, log_write = os.pipe()
        self.log = log
        self.terminal, tty = pty.openpty()
        os.write(self.terminal, typed_ahead)
        self.before = termios.tcgetattr(tty)
        self.process = subprocess.Popen(
            [sys.executable, str(APP), str(log_write)],
            stdin=tty,
            stdout=tty,
            stderr=tty,
            pass_fds=[log_write],
            cwd=APP.parents[2],
            env={**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(APP.parents[2])},
            start_new_session=True,
            preexec_fn=lambda: os.close(
                os.open(os.ttyname(0), os.O_RDWR)
            ),  # makes it the controlling terminal
        )
        os.close(log_write)
        self.tty: int | None = tty
        self.screen = b""
        self.lines: list[list[object]] = []
        self._partial = b""
        self.wait_for(["ready"])

    def pump(self, seconds: float) -> bool:
        """Read what arrives within `seconds`; False once the log is closed."""
        ready, _, _ = select.select([self.log, self.terminal], [], [], seconds)
        if self.terminal in ready:
            try:
                self.screen += os.read(self.terminal, 1 << 16)
            except OSError:
                ready = [self.log]
        if self.log in ready:
            data = os.read(self.log, 1 << 16)
            *whole, self._partial = (self._partial + data).split(b"\n")
            self.lines.extend(json.loads(line) for line in whole)
            return bool(data)
        return True

    def wait_for(self, line: list[object]) -> None:
        deadline = time.monotonic() + PATIENCE
        while line not in self.lines:
            assert time.monotonic() < deadline, (line, self.lines[-20:], self.screen[-2000:])
            assert self.pump(0.5) or line in self.lines, (line, self.lines[-20:], self.screen[-2000:])

    def send(self, data: bytes) -> None:
        """Write, reading meanwhile, so that neither side waits for the other."""
        os.set_blocking(self.terminal, False)
        while data:
            _, writable, _ = select.select([], [self.terminal], [], 0.01)
            if writable:
                data = data[os.write(self.terminal, data) :]
            self.pump(0)
        os.set_blocking(self.terminal, True)

    def exit_status(self) -> int:
        deadline = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            assert time.monotonic() < deadline, "the program does not end"
            self.pump(0.02)
        while select.select([self.terminal], [], [], 0)[0]:
            try:
                self.screen += os.read(self.terminal, 1 << 16)
            except OSError:
                break
        return self.process.returncode

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for fileno in {self.log, self.terminal, self.tty} - {None}:
            os.close(fileno)


@pytest.fixture
def program():
    one = Program()
    yield one
    one.close()


def assert_terminal_is_given_back(program: Program) -> None:
    assert program.tty is not None
    assert termios.tcgetattr(program.tty) == program.before
    end = program.screen[program.screen.rfind(b"\x1b[?2004l") :]
    for wanted in (b"\x1b[?1006l", b"\x1b[?1002l", b"\x1b[?1000l", b"\x1b[>4m", b"\x1b[<u"):
        assert wanted in program.screen
    for wanted in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1004l"):
        assert wanted in end


def test_keys_of_plain_and_extended_terminals_reach_the_app(program: Program):
    program.send(b"j\x1b[13;2u\x1b[27;5;13~\x1b\r\x1b[13;1:3u\x12\x1bj")
    program.wait_for(["key", "j", "j"])
    program.send(b"!")
    program.wait_for(["key", "exclamation_mark", "!"])
    keys = [line[1] for line in program.lines if line[0] == "key"]
    assert keys == [
        "j",
        "shift+enter",
        "ctrl+enter",
        "alt+enter",
        "ctrl+r",
        "escape",
        "j",
        "exclamation_mark",
    ]


def test_a_lone_escape_does_not_wait_for_more(program: Program):
    times: list[float] = []
    for _ in range(5):
        program.lines.clear()
        sent = time.monotonic()
        program.send(b"\x1b")
        program.wait_for(["key", "escape", None])
        times.append(time.monotonic() - sent)
    assert min(times) < 0.1


def test_a_paste_of_ten_thousand_lines_is_one_event(program: Program):
    text = "\r".join(f"{n:05} = {'x' * 42}" for n in range(10_000))
    started = time.monotonic()
    program.send(b"\x1b[200~" + text.encode() + b"\x1b[201~")
    program.wait_for(["paste", len(text), 10_000, "00000 = " + "x" * 42, "09999 = " + "x" * 42])
    assert time.monotonic() - started < 5


def test_the_mouse_presses_drags_and_lets_go(program: Program):
    program.send(b"\x1b[<0;11;6M\x1b[<32;15;6M\x1b[<0;15;6m")
    program.wait_for(["up", 14, 5])
    assert program.lines[-3:] == [["down", 10, 5], ["drag", 14, 5, 4, 1], ["up", 14, 5]]
    assert b"\x1b[?1003h" not in program.screen


def test_random_bytes_leave_it_alive(program: Program):
    source = random.Random(7)
    for _ in range(20):
        program.send(source.randbytes(500).replace(b"\x11", b""))
    for hostile in (b"\x1b[97:65;2;65u", b"\x1b[;;;;u", b"\x1b[" + b"9" * 5000 + b"u", b"\x1b[<9999;0;0M"):
        program.send(hostile)
    program.send(b"\x1b[201~\x1b[24~\x11")
    assert program.exit_status() == 0
    assert ["unmount"] in program.lines


def test_what_is_typed_before_there_is_a_screen_does_no_harm():
    program = Program(typed_ahead=b"\x1bb\x1b[13;3u")
    program.send(b"k")
    program.wait_for(["key", "k", "k"])
    program.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_to_end_goes_through_the_apps_exit_and_gives_the_terminal_back(
    program: Program, number: int
):
    program.process.send_signal(number)
    assert program.exit_status() == 128 + number
    program.wait_for(["unmount"])
    assert_terminal_is_given_back(program)


def test_quitting_gives_the_terminal_back(program: Program):
    program.send(b"\x11")
    assert program.exit_status() == 0
    assert_terminal_is_given_back(program)


def test_a_closed_terminal_ends_it_in_good_order(program: Program):
    assert program.tty is not None
    os.close(program.tty)
    os.close(program.terminal)
    program.tty, program.terminal = None, program.log
    deadline = time.monotonic() + PATIENCE
    while program.process.poll() is None:
        assert time.monotonic() < deadline, "the program does not end"
        select.select([program.log], [], [], 0.05)
    program._partial += os.read(program.log, 1 << 16)
    assert b'["unmount"]' in program._partial
    assert program.process.returncode == 128 + signal.SIGHUP


def test_it_stops_and_goes_on(program: Program):
    program.process.send_signal(signal.SIGTSTP)
    _, status = os.waitpid(program.process.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status)
    while not program.screen.endswith(b"\x1b[?1004l"):
        assert program.pump(0.5)
    assert_terminal_is_given_back(program)
    program.process.send_signal(signal.SIGCONT)
    while b"\x1b[?1049h" not in program.screen[program.screen.rfind(b"\x1b[?1049l") :]:
        assert program.pump(0.5)
    program.send(b"k")
    program.wait_for(["key", "k", "k"])


def test_it_survives_a_stop_that_it_could_not_see_coming(program: Program):
    program.process.send_signal(signal.SIGSTOP)
    os.waitpid(program.process.pid, os.WUNTRACED)
    program.process.send_signal(signal.SIGCONT)
    while b"\x1b[?1049h" not in program.screen[program.screen.rfind(b"\x1b[?1049l") :]:
        assert program.pump(0.5)
    program.send(b"k" * 20)
    program.send(b"l")
    program.wait_for(["key", "l", "l"])
    assert [line[1] for line in program.lines if line[0] == "key"] == ["k"] * 20 + ["l"]
