"""How the journal's files are laid out: the run's id, then records, each with checksums of its own.

file    │ magic, length of the id, checksum of these and the id │ id │ record │ record │ …
record  │ length, seq, lines, checksum of the data │ checksum of these │ data │
"""

from __future__ import annotations

import struct
import zlib
from typing import BinaryIO, NamedTuple

_MAGIC = b"tnbj"
_FILE = struct.Struct("!4sI")
_RECORD = struct.Struct("!IQQI")
_CHECK = struct.Struct("!I")

SHORTEST_FILE = _FILE.size + _CHECK.size
"""A file below this holds nothing, not even whose it is."""
RECORD_HEAD = _RECORD.size + _CHECK.size
"""What a record takes besides its data."""


class RecordHead(NamedTuple):
    """What stands before a record's data."""

    length: int
    seq: int
    lines: int
    checksum: int


def pack_run(run: str) -> bytes:
    """The beginning of a file of a run."""
    name = run.encode("utf-8", "surrogatepass")
    head = _FILE.pack(_MAGIC, len(name))
    return head + _CHECK.pack(zlib.crc32(name, zlib.crc32(head))) + name


def read_run(file: BinaryIO, size: int) -> str | None:
    """The run whose file it is, of that size; None where it does not begin as one."""
    head = file.read(_FILE.size)
    check = file.read(_CHECK.size)
    if len(check) < _CHECK.size:
        return None
    magic, length = _FILE.unpack(head)
    if magic != _MAGIC or length > size - SHORTEST_FILE:
        return None
    name = file.read(length)
    if _CHECK.unpack(check)[0] != zlib.crc32(name, zlib.crc32(head)):
        return None
    return name.decode("utf-8", "surrogatepass")


def pack_record(seq: int, data: bytes, lines: int) -> bytes:
    """A record with its data."""
    head = _RECORD.pack(len(data), seq, lines, zlib.crc32(data))
    return b"".join((head, _CHECK.pack(zlib.crc32(head)), data))


def unpack_head(data: bytes) -> RecordHead | None:
    """What stands before a record's data; None where that is not what these bytes are."""
    if len(data) != RECORD_HEAD or _CHECK.unpack_from(data, _RECORD.size)[0] != zlib.crc32(
        data[: _RECORD.size]
    ):
        return None
    return RecordHead(*_RECORD.unpack_from(data))


def is_intact(head: RecordHead, data: bytes) -> bool:
    """Whether these are the bytes that were written as the record's data."""
    return len(data) == head.length and zlib.crc32(data) == head.checksum
