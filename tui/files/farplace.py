"""A notebook's file on another machine, opened and saved by the rules of this one."""

from __future__ import annotations

import errno
import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kernelbridge.keeper.files.replacing import Doubt, Doubts, Refusal
from kernelbridge.keeper.frames import Frame
from kernelbridge.keeper.jsontypes import JsonObject, JsonValue
from kernelbridge.transports.base import WayError
from kernelbridge.transports.sshfiles import FarFiles
from tui.files import atomic
from tui.files.errors import CannotRead, CannotSave, ChangedOutside, OutsideChange, WriteFailed
from tui.files.place import Found, with_suffix
from tui.files.regularfile import MAX_BYTES, cannot_open, not_regular, too_large


@dataclass(frozen=True, slots=True)
class FoundThere:
    """What is on the other machine's disk at one moment."""

    exists: bool
    real: str
    """The real path there."""
    has_folder: bool
    is_writable: bool
    digest: str | None

    @classmethod
    def of(cls, fields: JsonObject) -> FoundThere:
        """Reads an answer."""
        digest = fields.get("digest")
        return cls(
            fields.get("is_there") is True,
            _text(fields, "real"),
            fields.get("has_folder") is True,
            fields.get("writable") is True,
            digest if isinstance(digest, str) else None,
        )

    def holds(self, data: bytes) -> bool:
        """Whether it is a file of just these bytes."""
        return self.digest == hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class There:
    """A path on another machine."""

    files: FarFiles
    far_path: str
    first: FoundThere
    """What was there when it was looked for."""

    @classmethod
    def find(cls, files: FarFiles, far_path: str) -> There:
        """The place of a file that may not be there yet. Raises CannotRead and WayError."""
        answer = files.ask(Frame({"op": "look", "path": far_path}))
        if answer.op != "found":
            raise _unread(_called(files, far_path), answer.fields)
        return cls(files, far_path, FoundThere.of(answer.fields))

    @property
    def path(self) -> Path:
        """What to call it: the machine and the path there."""
        return _called(self.files, self.far_path)

    @property
    def identity(self) -> str:
        """Its real path there."""
        return self.first.real

    def another(self, written: str) -> There:
        """A path there, seen from the file's folder. Raises CannotRead."""
        path = with_suffix(written)
        if not path.startswith("~"):
            path = str(PurePosixPath(self.far_path).parent / path)
        try:
            return There.find(self.files, path)
        except WayError as error:
            raise CannotRead(_called(self.files, path), f"it cannot be looked for ({error})") from error

    def read(self) -> bytes:
        """All of the file. Raises CannotRead."""
        try:
            answer = self.files.ask(Frame({"op": "read", "path": self.far_path, "most": MAX_BYTES}))
        except WayError as error:
            raise CannotRead(self.path, f"it cannot be read ({error})") from error
        if answer.op != "file" or len(answer.buffers) != 1:
            raise _unread(self.path, answer.fields)
        return answer.buffers[0]

    def is_writable(self) -> bool:
        """Whether the file may be written."""
        return self.first.is_writable

    def look(self) -> FoundThere:
        """What is there now. Raises CannotSave."""
        answer = self._ask(Frame({"op": "look", "path": self.far_path}))
        return FoundThere.of(answer.fields) if answer.op == "found" else _UNREADABLE

    def write(self, data: bytes, found: Found, *, anyway: bool) -> str | None:
        """Write the file whole; what is there is compared once more right before the old text goes."""
        expected: JsonValue = None
        if not anyway:
            expected = (found.digest or "") if isinstance(found, FoundThere) else ""
        request = {"op": "write", "path": self.far_path, "expected": expected}
        answer = self._ask(Frame(request, (data,)))
        if answer.op != "written":
            raise _unsaved(self.path, answer.fields)
        doubt = _text(answer.fields, "doubt")
        return atomic.warning(Doubts(Doubt(doubt), _error(answer.fields))) if doubt else None

    def _ask(self, request: Frame) -> Frame:
        try:
            return self.files.ask(request)
        except WayError as error:
            raise WriteFailed(self.path, f"not saved, {error}", "save again once the line is back") from error


_UNREADABLE = FoundThere(exists=True, real="", has_folder=True, is_writable=False, digest=None)
"""Something that is no file, or may not be read."""


def _called(files: FarFiles, far_path: str) -> Path:
    return Path(f"{files.machine.host}:{far_path}")


def _unread(path: Path, fields: JsonObject) -> CannotRead:
    match fields.get("why"):
        case "special":
            return not_regular(path, _text(fields, "kind"))
        case "long":
            size = fields.get("size")
            return too_large(path, size if isinstance(size, int) else MAX_BYTES + 1)
        case "system":
            error = _error(fields) or OSError(errno.EIO, "")
            return cannot_open(path, error, is_link=fields.get("is_link") is True)
        case "name":
            return CannotRead(path, "the name cannot be one of a file")
        case _:
            return CannotRead(path, "it cannot be read, what serves it there does not answer as it should")


def _unsaved(path: Path, fields: JsonObject) -> CannotSave:
    why, error = _text(fields, "why"), _error(fields)
    if why == "changed":
        return ChangedOutside(path, OutsideChange.MODIFIED)
    if why == "system" and error is not None:
        return atomic.failed(path, error)
    if why in {each.value for each in Refusal}:
        return atomic.refused(path, Refusal(why), error, f"{path.parts[0]}:{_text(fields, 'spare')}")
    return WriteFailed(path, "not saved, what serves it there does not answer as it should", "save elsewhere")


def _error(fields: JsonObject) -> OSError | None:
    number = getattr(errno, _text(fields, "errno"), None)
    return OSError(number, "") if isinstance(number, int) else None


def _text(fields: JsonObject, key: str) -> str:
    value = fields.get(key)
    return value if isinstance(value, str) else ""
