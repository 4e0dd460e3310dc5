"""Writing to a terminal that is slow, gone, or sent what no terminal takes."""

from __future__ import annotations

import os
import pty
import threading

from tui.terminal.ttyfile import open_terminal_file


def test_everything_is_written_as_utf_8():
    reader, writer = os.pipe()
    open_terminal_file(writer).write("▌ é\n")
    assert os.read(reader, 100) == "▌ é\n".encode()
    os.close(reader)
    os.close(writer)


def test_lone_surrogates_do_not_raise():
    reader, writer = os.pipe()
    open_terminal_file(writer).write("a\udcffb")
    assert os.read(reader, 100) == b"a?b"
    os.close(reader)
    os.close(writer)


def test_a_terminal_that_has_gone_takes_everything_without_a_word():
    other_end, tty = pty.openpty()
    file = open_terminal_file(tty)
    os.close(other_end)
    file.write("lost")
    file.write("lost too")
    file.flush()
    os.close(tty)


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
    open_terminal_file(writer).write("x" * size)
    draining.join(timeout=30)
    assert len(read) == size
    os.close(reader)
    os.close(writer)
