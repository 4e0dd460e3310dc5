"""Jupyter messages in the frames of a server's websocket: the binary protocol v1, and the JSON before it.

docs: jupyter_server, "WebSocket protocols". Nothing that arrives can raise: what is no message is None.
"""

from __future__ import annotations

import json
import struct
from typing import Sequence, Tuple, Union, cast

from kernelbridge.keeper.jsontypes import EMPTY, JsonObject, JsonValue
from kernelbridge.keeper.kernels import Channel
from kernelbridge.keeper.wire import WireMessage

V1 = "v1.kernel.websocket.jupyter.org"
"""The subprotocol's name."""
_PARTS = ("header", "parent_header", "metadata", "content")
_MOST = 1 << 20
"""Offsets in a frame."""

Heard = Tuple[Channel, WireMessage]
FrameData = Union[str, bytes]


def pack(channel: Channel, message: WireMessage, protocol: str | None) -> FrameData:
    """A message to be sent."""
    if protocol == V1:
        return _pack_v1(channel, message)
    fields = {"channel": channel.value, **dict(zip(_PARTS, _parts_of(message)))}
    if not message.buffers:
        return json.dumps({**fields, "buffers": []})
    blobs = [json.dumps(fields).encode("ascii"), *message.buffers]
    offsets = [4 * (len(blobs) + 1)]
    for blob in blobs[:-1]:
        offsets.append(offsets[-1] + len(blob))
    return struct.pack(f"!{len(blobs) + 1}I", len(blobs), *offsets) + b"".join(blobs)


def unpack(data: FrameData, protocol: str | None) -> Heard | None:
    """A message that came; None where it is none."""
    try:
        if protocol == V1:
            return _unpack_v1(data) if isinstance(data, bytes) else None
        if isinstance(data, str):
            return _read_json(_object(data), ())
        (count,) = struct.unpack_from("!I", data)
        if not 0 < count <= _MOST:
            return None
        document, *buffers = _cut(data, [*struct.unpack_from(f"!{count}I", data, 4), len(data)])
        return _read_json(_object(document), tuple(buffers))
    except (ValueError, RecursionError, struct.error):
        return None


def _pack_v1(channel: Channel, message: WireMessage) -> bytes:
    blobs = [channel.value.encode("ascii"), *(_dumps(each) for each in _parts_of(message)), *message.buffers]
    offsets = [8 * (len(blobs) + 2)]
    for blob in blobs:
        offsets.append(offsets[-1] + len(blob))
    return struct.pack(f"<{len(offsets) + 1}Q", len(offsets), *offsets) + b"".join(blobs)


def _unpack_v1(data: bytes) -> Heard | None:
    (count,) = struct.unpack_from("<Q", data)
    if not len(_PARTS) + 2 <= count <= _MOST:
        return None
    channel, *blobs = _cut(data, struct.unpack_from(f"<{count}Q", data, 8))
    header, parent, metadata, content = (_object(blob) for blob in blobs[: len(_PARTS)])
    message = WireMessage(header, parent, metadata, content, tuple(blobs[len(_PARTS) :]))
    return Channel(channel.decode("ascii")), message


def _read_json(fields: JsonObject, buffers: tuple[bytes, ...]) -> Heard:
    header, parent, metadata, content = (_member(fields, name) for name in _PARTS)
    return Channel(fields.get("channel")), WireMessage(header, parent, metadata, content, buffers)


def _cut(data: bytes, offsets: Sequence[int]) -> list[bytes]:
    if list(offsets) != sorted(offsets) or offsets[-1] > len(data):
        raise ValueError
    return [data[begin:end] for begin, end in zip(offsets, offsets[1:])]


def _object(document: FrameData) -> JsonObject:
    value: object = json.loads(document)
    if not isinstance(value, dict):
        raise ValueError
    return cast("JsonObject", value)


def _member(fields: JsonObject, name: str) -> JsonObject:
    value: JsonValue = fields.get(name)
    if value is None:
        return EMPTY
    if not isinstance(value, dict):
        raise ValueError
    return value


def _parts_of(message: WireMessage) -> tuple[JsonObject, ...]:
    return (message.header, message.parent_header, message.metadata, message.content)


def _dumps(value: JsonObject) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")
