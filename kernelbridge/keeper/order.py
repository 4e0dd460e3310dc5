"""What a keeper's process is told when it is started: a line of JSON on its standard input."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import cast

from kernelbridge.keeper.errors import HomeError
from kernelbridge.keeper.jsontypes import JsonObject


@dataclass(frozen=True)
class Order:
    """What to keep, and the descriptors that were inherited for it."""

    home: str
    """The path of its home."""
    socket_fd: int
    """Listens already, and has connections in its backlog."""
    lock_fd: int
    """Holds the home's lock as long as it is open."""
    launch: JsonObject | None = None
    """The kernel to launch at once (docs/keeper.md); None to wait for a frontend's word."""
    umask: int = 0o022
    """The user's own, for the kernel: the keeper's is 077. Not part of what is sent."""

    def to_json(self) -> bytes:
        """What `from_json` reads."""
        content = asdict(self)
        del content["umask"]
        return json.dumps(content).encode("ascii")

    @classmethod
    def from_json(cls, text: bytes) -> Order:
        """The order. Raises HomeError for what is none."""
        try:
            content: object = json.loads(text)
        except (ValueError, RecursionError):
            content = None
        if isinstance(content, dict):
            fields = cast("JsonObject", content)
            home, socket_fd, lock_fd = fields.get("home"), fields.get("socket_fd"), fields.get("lock_fd")
            launch = fields.get("launch")
            if (
                isinstance(home, str)
                and isinstance(socket_fd, int)
                and isinstance(lock_fd, int)
                and (launch is None or isinstance(launch, dict))
            ):
                return cls(home, socket_fd, lock_fd, cast("JsonObject | None", launch))
        raise HomeError("a keeper was started without an order")
