"""One machine's files for another: notebooks read, looked at and replaced whole, asked for over a pipe.

Each request is a frame (frames.py), and so is its answer; `path` may begin with `~/`.

    {"op": "look", "path"}                {"op": "found", "real", "is_there", "has_folder", "writable",
                                           "digest": of a file's bytes, or null}
    {"op": "read", "path", "most"}        {"op": "file"} and its bytes in a buffer
    {"op": "write", "path", "expected"}   {"op": "written", "doubt": null or why it may not last, "errno"}
      and the new bytes in a buffer

`expected` is the digest of what is to be replaced, "" where there is to be no file, and null to write
whatever is there. Otherwise the answer is `{"op": "failed", "why", ...}`. Digests are SHA-256 in hexadecimal;
errors of the system are told by their names, as they have other numbers elsewhere.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sys
from pathlib import Path
from typing import Iterator

from kernelbridge.keeper.errors import ProtocolError
from kernelbridge.keeper.files.replacing import RefusedError, replace_file
from kernelbridge.keeper.files.wholefile import (
    NotRegularError,
    TooLongError,
    read_whole,
    signature,
)
from kernelbridge.keeper.frames import MARKER, Frame, Unpacker, pack
from kernelbridge.keeper.home.homes import state_folder
from kernelbridge.keeper.jsontypes import JsonObject, JsonValue

_MOST = 1 << 30


class ChangedError(Exception):
    """What is there is not what was expected."""


def main(_arguments: list[str] | None = None) -> int:
    """Answers until nobody asks any more, and gives the exit status."""
    _write(MARKER)
    try:
        for request in _requests():
            _write(pack(answer(request)))
    except ProtocolError as error:
        sys.stderr.write(f"tnb: {error}\n")
        return 1
    except BrokenPipeError:
        pass
    return 0


def answer(request: Frame) -> Frame:
    """Does what is asked, and says what came of it."""
    fields = request.fields
    path = Path(str(fields.get("path", ""))).expanduser()
    try:
        if request.op == "look":
            return Frame(_look(path))
        if request.op == "read":
            most = fields.get("most")
            return Frame({"op": "file"}, (read_whole(path, most if isinstance(most, int) else _MOST),))
        if request.op == "write" and len(request.buffers) == 1:
            return Frame(_replace(path, request.buffers[0], fields.get("expected", "")))
    except NotRegularError as error:
        return _failed("special", kind=str(error))
    except TooLongError as error:
        return _failed("long", size=error.size)
    except ChangedError:
        return _failed("changed")
    except RefusedError as error:
        spare = None if error.spare is None else str(error.spare)
        return _failed(error.why.value, errno=_name(error.cause), spare=spare)
    except OSError as error:
        return _failed("system", errno=_name(error), is_link=path.is_symlink())
    except (ValueError, RuntimeError):  # a NUL, or no home
        return _failed("name")
    return _failed("request")


def _look(path: Path) -> JsonObject:
    is_there = os.path.lexists(path)
    if is_there:
        path.stat()  # a link to nothing, or what may not be entered, is told as such
    return {
        "op": "found",
        "real": os.path.realpath(path),
        "is_there": is_there,
        "has_folder": path.parent.is_dir(),
        "writable": is_there and os.access(path, os.W_OK),
        "digest": _digest(path),
    }


def _replace(path: Path, data: bytes, expected: JsonValue) -> JsonObject:
    seen = signature(path)
    digest = _digest(path)
    if digest == hashlib.sha256(data).hexdigest():  # an earlier answer was lost on its way
        return {"op": "written", "doubt": None}
    if expected is not None and (digest or ("" if seen is None else None)) != expected:
        raise ChangedError

    def check() -> None:
        if expected is not None and signature(path) != seen:
            raise ChangedError

    doubts = replace_file(path, data, new=seen is None, check=check, rescue=_rescue)
    if doubts is None:
        return {"op": "written", "doubt": None}
    return {"op": "written", "doubt": doubts.doubt.value, "errno": _name(doubts.cause)}


def _digest(path: Path) -> str | None:
    """Of a file's bytes; None where there is no file, or none that can be read."""
    try:
        return hashlib.sha256(read_whole(path, _MOST)).hexdigest()
    except (OSError, NotRegularError, TooLongError):
        return None


def _rescue() -> Path:
    folder = state_folder() / "rescue"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _failed(why: str, **more: JsonValue) -> Frame:
    return Frame({"op": "failed", "why": why, **more})


def _name(error: OSError | None) -> str:
    return "" if error is None else errno.errorcode.get(error.errno or 0, "EIO")


def _requests() -> Iterator[Frame]:
    unpacker = Unpacker()
    while True:
        data = os.read(0, 1 << 16)
        if not data:
            return
        yield from unpacker.feed(data)


def _write(data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(1, rest) :]


if __name__ == "__main__":
    sys.exit(main())
