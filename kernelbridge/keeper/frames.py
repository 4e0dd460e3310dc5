"""Frames: what a keeper and a frontend send each other, a JSON object and binary buffers (docs/keeper.md)."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass, field
from typing import cast

from kernelbridge.keeper.errors import ProtocolError
from kernelbridge.keeper.jsontypes import JsonObject

PROTOCOL = 1
MARKER = b"tnb-keeper 1\n"
"""Written by the keeper's side of a pipe before the first frame."""
_LENGTHS = struct.Struct("!II")
_LONGEST = 1 << 30
LONGEST_FROM_FRONTEND = 64 << 20
"""Bytes of a frame that a keeper takes: a larger one ends the connection."""


@dataclass(frozen=True)
class Frame:
    """One frame."""

    fields: JsonObject
    buffers: tuple[bytes, ...] = field(default=())

    @property
    def op(self) -> str:
        """What it is; empty where it does not say."""
        op = self.fields.get("op")
        return op if isinstance(op, str) else ""


def pack(frame: Frame) -> bytes:
    """The bytes of a frame."""
    fields = frame.fields
    if frame.buffers:
        fields = {**fields, "buffers": [len(each) for each in frame.buffers]}
    # Without ensure_ascii=False, so that lone surrogates come through.
    text = json.dumps(fields, separators=(",", ":")).encode("ascii")
    length = _LENGTHS.size - 4 + len(text) + sum(map(len, frame.buffers))
    return b"".join((_LENGTHS.pack(length, len(text)), text, *frame.buffers))


class Unpacker:
    """Cuts a stream of bytes into frames, however they are split."""

    def __init__(self, longest: int = _LONGEST) -> None:
        """A frame of more bytes than `longest` is refused."""
        self._kept = bytearray()
        self._longest = longest

    def feed(self, data: bytes) -> list[Frame]:
        """The frames that are whole by now. Raises ProtocolError."""
        self._kept += data
        frames: list[Frame] = []
        at = 0
        with memoryview(self._kept) as view:
            while len(view) - at >= _LENGTHS.size:
                length, text_length = _LENGTHS.unpack_from(view, at)
                if length > self._longest or text_length > length - 4:
                    raise ProtocolError("what came is no frame of the keeper's protocol")
                if len(view) - at < 4 + length:
                    break
                begin = at + _LENGTHS.size
                frames.append(
                    _frame(
                        bytes(view[begin : begin + text_length]), view[begin + text_length : at + 4 + length]
                    )
                )
                at += 4 + length
        del self._kept[:at]
        return frames


def unpack(data: bytes) -> Frame:
    """The one frame that the bytes are. Raises ProtocolError."""
    frames = Unpacker().feed(data)
    if len(frames) != 1:
        raise ProtocolError("what came is not one frame")
    return frames[0]


def _frame(text: bytes, rest: memoryview) -> Frame:
    try:
        content: object = json.loads(text)
    except (ValueError, RecursionError):
        raise ProtocolError("a frame that is not JSON") from None
    if not isinstance(content, dict):
        raise ProtocolError("a frame that is no JSON object")
    fields = cast("JsonObject", content)
    lengths = fields.get("buffers")
    buffers: list[bytes] = []
    at = 0
    for length in lengths if isinstance(lengths, list) else ():
        if not isinstance(length, int) or not 0 <= length <= len(rest) - at:
            raise ProtocolError("a frame whose buffers are not there")
        buffers.append(bytes(rest[at : at + length]))
        at += length
    return Frame(fields, tuple(buffers))
