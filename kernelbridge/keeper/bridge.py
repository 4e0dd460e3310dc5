"""Between a keeper and a frontend that speaks to it over a pipe, such as ssh: copies bytes both ways.

`bridge (--notebook PATH | --label LABEL | --id ID | --new) [--known ID] [--launch JSON]` finds or starts the
keeper as a frontend on the same machine would; with `--known` it is that of this id, if it is there still.
What goes wrong is one line on stderr, and exit status 1.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import select
import socket
import sys
from pathlib import Path
from typing import NoReturn, cast

from kernelbridge.keeper.errors import HomeError, KeeperError
from kernelbridge.keeper.frames import MARKER
from kernelbridge.keeper.home.homes import by_id, new_home
from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.keeper.starting import reach, reach_label, reach_notebook

_PIECE = 1 << 16
_MOST_HELD = 1 << 20
"""Bytes that wait to be written before no more is read."""


def main(arguments: list[str] | None = None) -> int:
    """Runs the bridge and gives its exit status."""
    try:
        with contextlib.closing(_connection(arguments)) as keeper:
            copy(0, 1, keeper, MARKER)
    except KeeperError as error:
        sys.stderr.write(f"tnb: {error}\n")
        return 1
    return 0


def copy(source: int, sink: int, keeper: socket.socket, first: bytes = b"") -> None:
    """Writes `first` to the sink, then copies from the source to the keeper and from the keeper to the sink.

    When the source ends the keeper is told so, and what it still says is copied. Returns when the keeper has
    ended, or nobody reads the sink any more.
    """
    was_blocking = os.get_blocking(source), os.get_blocking(sink)
    for each in (source, sink, keeper.fileno()):
        os.set_blocking(each, False)
    there, back = _Flow(source, keeper.fileno()), _Flow(keeper.fileno(), sink, first)
    try:
        while not back.is_over:
            _wait(there, back)
            there.move()
            back.move()
            if there.is_over and not there.was_told:
                there.was_told = True
                with contextlib.suppress(OSError):
                    keeper.shutdown(socket.SHUT_WR)
    finally:
        for each, blocking in zip((source, sink), was_blocking):
            os.set_blocking(each, blocking)


class _Flow:
    """One direction."""

    def __init__(self, source: int, sink: int, first: bytes = b"") -> None:
        self.source = source
        self.sink = sink
        self._held = bytearray(first)
        self._has_ended = False
        self.was_told = False
        """Whether the sink's side knows that nothing more comes."""

    @property
    def wants_to_read(self) -> bool:
        """Whether there may be more, and room for it."""
        return not self._has_ended and len(self._held) < _MOST_HELD

    @property
    def wants_to_write(self) -> bool:
        """Whether something waits to be written."""
        return bool(self._held)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will be written."""
        return self._has_ended and not self._held

    def move(self) -> None:
        """Reads and writes what can be without waiting."""
        try:
            while self.wants_to_read:
                piece = os.read(self.source, _PIECE)
                self._has_ended = not piece
                self._held += piece
        except BlockingIOError:
            pass
        except OSError:  # a connection that was reset has nothing more to say
            self._has_ended = True
        try:
            while self.wants_to_write:
                del self._held[: os.write(self.sink, self._held[:_PIECE])]
        except BlockingIOError:
            pass
        except OSError:  # nobody reads it any more
            self._has_ended = True
            self._held.clear()


def _wait(*flows: _Flow) -> None:
    # Not epoll, which takes no files.
    select.select(
        [flow.source for flow in flows if flow.wants_to_read],
        [flow.sink for flow in flows if flow.wants_to_write],
        [],
    )


def _connection(arguments: list[str] | None) -> socket.socket:
    asked = _Parser(prog="bridge", add_help=False)
    which = asked.add_mutually_exclusive_group(required=True)
    which.add_argument("--notebook", type=Path)
    which.add_argument("--label")
    which.add_argument("--id")
    which.add_argument("--new", action="store_true")
    asked.add_argument("--known")
    asked.add_argument("--launch", type=json.loads)
    given = asked.parse_args(arguments)
    launch: object = given.launch
    if launch is not None and not isinstance(launch, dict):
        raise HomeError("--launch is no JSON object")
    order = cast("JsonObject | None", launch)
    if given.known:
        with contextlib.suppress(HomeError):
            return reach(by_id(given.known).path, order)
    if given.notebook is not None:
        return reach_notebook(given.notebook, order)[1]
    if given.label is not None:
        return reach_label(given.label, order)[1]
    return reach((new_home() if given.new else by_id(given.id)).path, order)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise HomeError(message)


if __name__ == "__main__":
    sys.exit(main())
