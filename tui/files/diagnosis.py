"""Why a text is no notebook, said as precisely as the text allows."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tui.files.errors import (
    CannotRead,
    EmptyFile,
    LfsPointer,
    MergeConflict,
    NotJson,
    NotUtf8,
    TruncatedJson,
)

_MARKER = re.compile(r"^(?:<{7} |={7}$|>{7} |\|{7} )", re.MULTILINE)
_LFS = "version https://git-lfs.github.com/spec/"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ARCHIVES = {b"\x1f\x8b": "gzip", b"PK\x03\x04": "zip", b"\xfd7zXZ": "xz", b"BZh": "bzip2"}


def unreadable_bytes(path: Path, data: bytes) -> CannotRead | None:
    """What the bytes plainly are, where that is no JSON; None where it takes a parser to tell."""
    if not data or data.isspace():
        return EmptyFile(path, "the file is empty", "remove it and open the name again for a new notebook")
    if not data.strip(b"\0"):
        return NotJson(
            path,
            "it holds nothing but zero bytes, as a power failure leaves them",
            "restore it from a backup",
        )
    if data.startswith(_UTF16):
        return NotUtf8(path, "its text is UTF-16", "convert it to UTF-8")
    for magic, name in _ARCHIVES.items():
        if data.startswith(magic):
            return NotJson(path, f"it is compressed ({name}), not JSON", "unpack it first")
    return None


def not_json(path: Path, text: str, error: json.JSONDecodeError) -> CannotRead:
    """What is wrong with a text in which the parser failed with `error`."""
    start = text.lstrip("\ufeff \t\r\n")[:200]
    if start.startswith(_LFS):
        return LfsPointer(
            path, "it is a Git LFS pointer, the notebook itself was not fetched", "run `git lfs pull`"
        )
    marker = _MARKER.search(text)
    if marker is not None:
        line = text.count("\n", 0, marker.start()) + 1
        return MergeConflict(path, f"line {line} has merge markers", "resolve the conflict first")
    if start[:1] == "<":
        return NotJson(
            path, "it looks like HTML, not JSON", "download the notebook itself, not a page about it"
        )
    if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string"):
        return TruncatedJson(
            path,
            f"it ends in the middle (line {text.count(chr(10)) + 1})",
            "restore it from a backup, or repair it in a text editor",
        )
    reason = error.msg.removesuffix(" at").removesuffix(" starting")
    return NotJson(
        path,
        f"it is not JSON at line {error.lineno}, column {error.colno} ({reason})",
        "repair it in a text editor",
    )
