"""Has the keeper's package on a machine that it is sent to, and runs a module of it: the first to run there.

Its text is an argument of that machine's Python; nothing of tnb is there yet. Standard input begins with the
order, a line of JSON: `digest` and `size` of the package, `module` and `arguments` to run, `needs` what must
be installed. It says on standard output, in lines that begin with `tnb-keeper`, that it needs the package, or
that something cannot be; a module that runs says the rest.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import json
import os
import shutil
import stat
import sys
import tempfile
import zlib
from pathlib import Path
from typing import Any

_SAYS = "tnb-keeper "
_PACKAGE = "kernelbridge"


class TroubleError(Exception):
    """It cannot be; the text is the rest of a line that begins with `tnb-keeper`."""


def main() -> int:
    """Does what the order says and gives the exit status."""
    order: dict[str, Any] = json.loads(_line())
    missing = [name for name in order["needs"] if importlib.util.find_spec(name) is None]
    try:
        if missing:
            raise TroubleError(f"without {','.join(missing)} {sys.executable}")
        sys.path.insert(0, str(_settled(order["digest"], order["size"])))
    except TroubleError as trouble:
        _say(str(trouble))
        return 1
    except OSError as error:
        _say(f"unsettled {error.filename or _cache()}: {error.strerror}")
        return 1
    module: Any = importlib.import_module(order["module"])
    return module.main(order["arguments"])


def _settled(digest: str, size: int) -> Path:
    """The folder that has the package, which is asked for where it is not there as it should be."""
    cache = _cache()
    folder = cache / ("keeper-" + digest)
    if _is_there(folder, digest):
        return folder
    _say("send")
    text = zlib.decompress(_read(size))
    if hashlib.sha256(text).hexdigest() != digest:
        raise TroubleError("unsettled the package was damaged on its way")
    cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=".keeper-", dir=str(cache)))
    old = making.with_name(making.name + ".old")
    try:
        _unpack(json.loads(text), making)
        if os.path.lexists(folder):  # damaged
            folder.rename(old)
        making.rename(folder)
    except OSError:
        if not _is_there(folder, digest):  # unless somebody was faster
            raise
    finally:
        for each in (making, old):
            shutil.rmtree(each, ignore_errors=True)
    return folder


def _unpack(files: dict[str, str], folder: Path) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())


def _is_there(folder: Path, digest: str) -> bool:
    """Whether a folder of ours alone has just the content that it is named for."""
    try:
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid() or status.st_mode & 0o077:
            return False
        paths = sorted((folder / _PACKAGE).rglob("*.py"))
        files = {path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8") for path in paths}
    except (OSError, ValueError):
        return False
    # As parcel.py spells it when it is sent.
    text = json.dumps(files, sort_keys=True, separators=(",", ":")).encode("ascii")
    return hashlib.sha256(text).hexdigest() == digest


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if base.startswith("/") else Path.home() / ".cache") / "tnb"


def _say(text: str) -> None:
    os.write(1, (_SAYS + " ".join(text.split()) + "\n").encode("utf-8", "replace"))


def _line() -> bytes:
    """A line of standard input, and no byte more: what follows is for another."""
    line = b""
    while not line.endswith(b"\n"):
        piece = os.read(0, 1)
        if not piece:
            raise EOFError
        line += piece
    return line


def _read(size: int) -> bytes:
    data = b""
    while len(data) < size:
        piece = os.read(0, min(size - len(data), 1 << 16))
        if not piece:
            raise EOFError
        data += piece
    return data


if __name__ == "__main__":
    try:
        sys.exit(main())
    except EOFError:
        sys.exit("tnb: nobody said what to do")
