"""Recoveries on disk: one file for each notebook and tnb that edits it, which this user alone can read.

They are in the state folder; where that cannot be written, in a private one that lasts until the next boot.
A new text is written whole to a file beside the old one before it takes its place: from then on it outlives
this process, however long the disk takes to have it, and the old one is there for a power failure.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kernelbridge.keeper.home.machine import boot, host, is_running, started_at
from kernelbridge.keeper.home.privatedir import private_bases
from tui.files.recovery import DamagedRecoveryError, Recovery, Writer, decode
from tui.locations import private_folder, state_folder

_NAME = "recovery"
_SUFFIX = ".json"
_NEW = ".new"
_LONGEST = 1 << 30
"""Bytes; more is no recovery of ours."""
_LONGEST_WRITING = 60.0
"""Seconds after which nobody is writing a file any more."""


@dataclass(frozen=True, slots=True)
class Left:
    """A recovery that a tnb left behind."""

    path: Path
    recovery: Recovery


@dataclass(frozen=True, slots=True)
class Leftovers:
    """What tnbs that are gone left of one notebook."""

    found: tuple[Left, ...] = ()
    """The newest first."""
    damaged: tuple[Path, ...] = ()
    """What cannot be read; it is kept, as a person may be able to."""
    elsewhere: tuple[str, ...] = ()
    """Machines that have one, on a disk that several share: whether it is in use is known only there."""


def this_process() -> Writer:
    """What recoveries written here are signed with."""
    pid = os.getpid()
    return Writer(host(), boot(), pid, started_at(pid))


class RecoveryFile:
    """The one file of an open notebook. Its methods may be called on any thread, one at a time."""

    def __init__(self, notebook: str) -> None:
        """`notebook` is the identity of its place. Nothing is written yet."""
        self._name = f"{_digest(notebook)}.{secrets.token_hex(4)}{_SUFFIX}"
        self._path: Path | None = None

    def write(self, text: str) -> None:
        """Replace what it holds, as a whole or not at all. Raises OSError where it can be written nowhere."""
        failed: OSError | None = None
        for folder in _folders():
            try:
                path = private_folder(folder) / self._name
                _replace(path, text.encode())
            except OSError as error:
                failed = failed or error
                continue
            if self._path is not None and self._path != path:
                remove(self._path)
            self._path = path
            return
        raise failed or FileNotFoundError("no folder for it")

    def remove(self) -> None:
        """Nothing is unsaved any more."""
        if self._path is not None:
            remove(self._path)
            self._path = None


def leftovers(notebook: str) -> Leftovers:
    """What was left of a notebook; what a running tnb keeps is not."""
    found: list[Left] = []
    damaged: list[Path] = []
    elsewhere: set[str] = set()
    for folder in _folders():
        for stem in sorted({path.stem for path in folder.glob(f"{_digest(notebook)}.*")}):
            left, unreadable = _newest(folder / f"{stem}{_SUFFIX}")
            damaged += unreadable
            if left is None:
                continue
            writer = left.recovery.writer
            if writer.host != host():
                elsewhere.add(writer.host)
            elif left.recovery.notebook == notebook and not _is_in_use(writer):
                found.append(left)
    found.sort(key=lambda left: left.recovery.written, reverse=True)
    return Leftovers(tuple(found), tuple(damaged), tuple(sorted(elsewhere)))


def remove(path: Path) -> None:
    """Remove a recovery that was taken, or that nobody wants."""
    _unlink(path.with_suffix(_NEW))
    _unlink(path.with_suffix(_SUFFIX))


def _newest(path: Path) -> tuple[Left | None, list[Path]]:
    """The newest whole text that one tnb wrote, and what of it is damaged."""
    whole: list[Left] = []
    damaged: list[Path] = []
    for each in (path.with_suffix(_SUFFIX), path.with_suffix(_NEW)):
        try:
            whole.append(Left(each, decode(_text_of(each))))
        except FileNotFoundError:
            continue
        except (OSError, ValueError, DamagedRecoveryError):
            # A new one that is not whole is being written right now, or was when its tnb was killed.
            if each.suffix == _SUFFIX or not (whole or _is_being_written(each)):
                damaged.append(each)
    return whole[-1] if whole else None, damaged


def _text_of(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(_LONGEST).decode()


def _is_being_written(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime < _LONGEST_WRITING
    except FileNotFoundError:
        return True


def _folders() -> Iterator[Path]:
    yield state_folder() / _NAME
    for base in private_bases():
        yield base / _NAME


def _is_in_use(writer: Writer) -> bool:
    return writer.boot == boot() and is_running(writer.pid, writer.started)


def _digest(notebook: str) -> str:
    return hashlib.sha256(notebook.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _replace(path: Path, data: bytes) -> None:
    new = path.with_suffix(_NEW)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError:
        _unlink(new)
        raise


def _unlink(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
