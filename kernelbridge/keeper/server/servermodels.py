"""What a Jupyter Server says over HTTP, as values; nothing of it is trusted. Frontends read it, too."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import cast

from kernelbridge.keeper.jsontypes import EMPTY, JsonObject, JsonValue
from kernelbridge.keeper.server.serveraddress import is_id

_LONGEST_MESSAGE = 200


@dataclass(frozen=True)
class Answer:
    """A status, and the JSON that came with it; None where it was none."""

    status: int
    value: JsonValue = None

    @property
    def is_success(self) -> bool:
        """Whether the server did what it was asked."""
        return 200 <= self.status < 300

    @property
    def object(self) -> JsonObject:
        """The JSON's members; none where it is no object."""
        return self.value if isinstance(self.value, dict) else EMPTY

    @property
    def message(self) -> str:
        """What the server says of an error, on one line."""
        text = self.object.get("message")
        words = "".join(each if each.isprintable() else " " for each in text) if isinstance(text, str) else ""
        return " ".join(words.split())[:_LONGEST_MESSAGE]

    @classmethod
    def read(cls, status: int, body: bytes) -> Answer:
        """An answer as it came."""
        try:
            return cls(status, cast("JsonValue", json.loads(body)))
        except (ValueError, RecursionError):
            return cls(status)


@dataclass(frozen=True)
class KernelModel:
    """A running kernel."""

    id: str
    name: str
    state: str
    connections: int
    """How many websockets the server counts; -1 where it does not say."""

    @classmethod
    def read(cls, value: JsonValue) -> KernelModel | None:
        """What `/api/kernels/ID` says; None where it says nothing of use."""
        fields = value if isinstance(value, dict) else EMPTY
        found, count = text_of(fields, "id"), fields.get("connections")
        if not is_id(found):
            return None
        return cls(
            found,
            text_of(fields, "name"),
            text_of(fields, "execution_state"),
            count if isinstance(count, int) else -1,
        )


@dataclass(frozen=True)
class SessionModel:
    """A notebook and its kernel."""

    id: str
    path: str
    kernel: KernelModel

    @classmethod
    def read(cls, value: JsonValue) -> SessionModel | None:
        """What `/api/sessions/ID` says; None where it says nothing of use."""
        fields = value if isinstance(value, dict) else EMPTY
        kernel, found = KernelModel.read(fields.get("kernel")), text_of(fields, "id")
        return cls(found, text_of(fields, "path"), kernel) if kernel is not None and is_id(found) else None


def sessions_of(value: JsonValue) -> tuple[SessionModel, ...]:
    """What `/api/sessions` says."""
    read = (SessionModel.read(each) for each in value) if isinstance(value, list) else ()
    return tuple(each for each in read if each is not None)


def kernels_of(value: JsonValue) -> tuple[KernelModel, ...]:
    """What `/api/kernels` says."""
    read = (KernelModel.read(each) for each in value) if isinstance(value, list) else ()
    return tuple(each for each in read if each is not None)


def text_of(fields: JsonObject, key: str) -> str:
    """A member that is a text; empty where it is none."""
    value = fields.get(key)
    return value if isinstance(value, str) else ""
