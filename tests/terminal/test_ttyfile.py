"""Writing to a terminal that is slow, gone, or sent what no terminal takes."""

from __future__ import annotations

import os
import pty
import queue
import random
import select
import threading
import tty
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.terminal.ttyfile import TerminalOutlet


@dataclass
class Line:
    """A terminal, its other end, and a thread's queue that a test works off when it likes."""

    other_end: int
    tty: int
    outlet: TerminalOutlet
    waiting: list[str] = field(default_factory=list[str])

    def send(self, text: str) -> None:
        self.outlet.send(text, self.waiting.append)

    def work_off(self) -> None:
        for text in self.waiting:
            self.outlet.file.write(text)
        self.waiting.clear()

    def read(self) -> bytes:
        data = b""
        while select.select([self.other_end], [], [], 0)[0]:
            data += os.read(self.other_end, 1 << 16)
        return data


@pytest.fixture
def line() -> Iterator[Line]:
    other_end, slave = pty.openpty()
    tty.setraw(slave)
    yield Line(other_end, slave, TerminalOutlet(slave))
    os.close(other_end)
    os.close(slave)


def test_everything_is_written_as_utf_8_without_the_thread(line: Line):
    line.send("▌ é\n")
    assert line.read() == "▌ é\n".encode()
    assert line.waiting == []


def test_lone_surrogates_do_not_raise(line: Line):
    line.send("a\udcffb")
    assert line.read() == b"a?b"


def test_what_is_no_terminal_is_written_to_by_the_thread():
    reader, writer = os.pipe()
    line = Line(reader, writer, TerminalOutlet(writer))
    line.send("é")
    assert line.waiting
    line.work_off()
    assert os.read(reader, 100) == "é".encode()
    os.close(reader)
    os.close(writer)


def test_a_terminal_that_has_gone_takes_everything_without_a_word():
    other_end, slave = pty.openpty()
    line = Line(other_end, slave, TerminalOutlet(slave))
    os.close(other_end)
    for text in ("lost", "lost too"):
        line.send(text)
        line.work_off()
    line.outlet.file.flush()
    os.close(slave)


def test_what_a_full_terminal_does_not_take_waits_in_the_thread_and_all_behind_it(line: Line):
    texts = ["€" * 20_000, "second", "third"]
    for text in texts:
        line.send(text)
    assert len(line.waiting) == 3, "nothing may overtake what waits"
    draining = threading.Thread(target=line.work_off)
    came = b""
    draining.start()
    while len(came) < len("".join(texts).encode()):
        came += os.read(line.other_end, 1 << 16)
    draining.join(timeout=30)
    assert came.decode() == "".join(texts)
    line.send("at once again")
    assert line.waiting == []
    assert line.read() == b"at once again"


@settings(deadline=None, max_examples=30)
@given(texts=st.lists(st.text("aé€😀", max_size=9_000), max_size=30), seed=st.randoms(use_true_random=False))
def test_all_of_it_comes_in_its_order_however_slow_the_terminal_is(texts: list[str], seed: random.Random):
    other_end, slave = pty.openpty()
    tty.setraw(slave)
    line = Line(other_end, slave, TerminalOutlet(slave))
    jobs: queue.Queue[str | None] = queue.Queue()

    def work() -> None:
        while (text := jobs.get()) is not None:
            line.outlet.file.write(text)

    thread = threading.Thread(target=work)
    thread.start()
    came = b""
    for text in texts:
        line.outlet.send(text, jobs.put)
        if seed.random() < 0.3:
            came += line.read()
    wanted = "".join(texts).encode()
    while len(came) < len(wanted):
        came += os.read(other_end, 1 << 16)
    jobs.put(None)
    thread.join(timeout=30)
    assert came == wanted
    os.close(other_end)
    os.close(slave)


def test_what_a_non_blocking_terminal_does_not_take_at_once_is_written_later():
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    size = 1 << 20
    read = bytearray()

    def drain() -> None:
        while len(read) < size:
            read.extend(os.read(reader, 1 << 16))

    draining = threading.Thread(target=drain)
    draining.start()
    TerminalOutlet(writer).file.write("x" * size)
    draining.join(timeout=30)
    assert len(read) == size
    os.close(reader)
    os.close(writer)
