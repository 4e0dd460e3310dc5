"""Jupyter's wire protocol: messages to signed frames and back (jupyter_client, "Messaging in Jupyter").

jupyter_client's own Session does the same, but importing it takes about 0.2 s, which the start cannot spare.
Nothing that arrives can raise: a message that is malformed, unsigned or seen before is dropped and counted.
"""

from __future__ import annotations

import hmac
import json
import re
import secrets
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import cast

from kernelbridge.keeper.jsontypes import EMPTY, JsonObject, JsonValue

DELIMITER = b"<IDS|MSG>"
PROTOCOL_VERSION = "5.4"
_REMEMBERED = 8192
"""Signatures kept to tell a replayed message by."""
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d+))?(?:(Z)|([+-]\d\d):?(\d\d))?")


@dataclass(frozen=True)
class WireMessage:
    """One message, its parts as JSON objects; `messages` tells what is in them."""

    header: JsonObject
    parent_header: JsonObject = field(default_factory=lambda: EMPTY)
    metadata: JsonObject = field(default_factory=lambda: EMPTY)
    content: JsonObject = field(default_factory=lambda: EMPTY)
    buffers: tuple[bytes, ...] = ()

    @property
    def kind(self) -> str:
        """The header's `msg_type`; empty where there is none."""
        return _text(self.header.get("msg_type"))

    @property
    def id(self) -> str:
        """The header's `msg_id`; empty where there is none."""
        return _text(self.header.get("msg_id"))

    @property
    def parent_id(self) -> str:
        """The `msg_id` of what this answers; empty where there is none."""
        return _text(self.parent_header.get("msg_id"))

    @property
    def parent_kind(self) -> str:
        """The `msg_type` of what this answers; empty where there is none."""
        return _text(self.parent_header.get("msg_type"))

    @property
    def sent_at(self) -> float | None:
        """The header's `date` in seconds since the epoch; None where it is not one."""
        try:
            return _date(_text(self.header.get("date"))).timestamp()
        except (ValueError, OverflowError):
            return None


def _text(value: JsonValue) -> str:
    return value if isinstance(value, str) else ""


def _date(text: str) -> datetime:
    """Reads what kernels write, more than Python 3.8 does. Raises ValueError and OverflowError."""
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(text)
    day, time, fraction, _, hours, minutes = match.groups()
    zone = f"{hours}:{minutes}" if hours else "+00:00"
    return datetime.fromisoformat(f"{day}T{time}.{(fraction or '')[:6]:0<6}{zone}").astimezone(timezone.utc)


class Wire:
    """Makes and reads the frames of one connection."""

    def __init__(self, key: bytes, session: str | None = None, digest: str = "sha256") -> None:
        """With an empty key nothing is signed and nothing checked, as the protocol has it."""
        self._key = key
        self._digest = digest
        self._session = session or secrets.token_hex(16)
        self.identity = self._session.encode("utf-8")
        """Names this end on the sockets that route by it."""
        self._seen: set[bytes] = set()
        self._seen_order: deque[bytes] = deque()
        self.dropped = 0
        """How many messages were malformed, not signed with the key, or replayed."""

    def message(
        self,
        kind: str,
        content: JsonObject,
        parent: JsonObject | None = None,
        message_id: str | None = None,
        metadata: JsonObject = EMPTY,
        buffers: tuple[bytes, ...] = (),
        subshell: str = "",
    ) -> WireMessage:
        """A new message of this session; `subshell` names the one that it is for, if any."""
        header: dict[str, JsonValue] = {
            "msg_id": message_id or secrets.token_hex(16),
            "msg_type": kind,
            "username": "tnb",
            "session": self._session,
            "date": datetime.now(timezone.utc).isoformat(),
            "version": PROTOCOL_VERSION,
        }
        if subshell:
            header["subshell_id"] = subshell
        return WireMessage(header, parent or EMPTY, metadata, content, buffers)

    def pack(self, message: WireMessage) -> list[bytes]:
        """The frames to send."""
        parts = [_dumps(part) for part in _parts(message)]
        return [DELIMITER, self._sign(parts), *parts, *message.buffers]

    def unpack(self, frames: Sequence[bytes]) -> WireMessage | None:
        """The message in the frames, behind any routing identities; None when it was dropped."""
        message = self._read(frames)
        if message is None:
            self.dropped += 1
        return message

    def _read(self, frames: Sequence[bytes]) -> WireMessage | None:
        try:
            begin = list(frames).index(DELIMITER) + 1
            signature, *parts = frames[begin : begin + 5]
        except ValueError:
            return None
        if len(parts) != 4 or not self._is_genuine(signature, parts):
            return None
        objects: list[JsonObject] = []
        for part in parts:
            value = _loads(part)
            if value is None:
                return None
            objects.append(value)
        header, parent_header, metadata, content = objects
        return WireMessage(header, parent_header, metadata, content, tuple(frames[begin + 5 :]))

    def _is_genuine(self, signature: bytes, parts: Sequence[bytes]) -> bool:
        if not self._key:
            return True
        if not hmac.compare_digest(signature, self._sign(parts)) or signature in self._seen:
            return False
        self._seen.add(signature)
        self._seen_order.append(signature)
        if len(self._seen_order) > _REMEMBERED:
            self._seen.discard(self._seen_order.popleft())
        return True

    def _sign(self, parts: Sequence[bytes]) -> bytes:
        if not self._key:
            return b""
        return hmac.digest(self._key, b"".join(parts), self._digest).hex().encode("ascii")


def _parts(message: WireMessage) -> tuple[JsonObject, ...]:
    return (message.header, message.parent_header, message.metadata, message.content)


def _dumps(value: JsonObject) -> bytes:
    # A lone surrogate has no UTF-8; backslashreplace writes it as the escape that JSON has for it.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")


def _loads(data: bytes) -> JsonObject | None:
    try:
        value: object = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return cast("JsonObject", value) if isinstance(value, dict) else None
