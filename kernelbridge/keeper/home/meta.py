"""What is written down about a keeper and its kernel, so that any frontend can find them: `meta.json`."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import cast

from kernelbridge.keeper.errors import HomeError
from kernelbridge.keeper.home.notebookplace import NotebookPlace
from kernelbridge.keeper.jsontypes import EMPTY, JsonObject, JsonValue

META = "meta.json"
_LONGEST = 1 << 20


@dataclass(frozen=True)
class Meta:
    """One keeper. Process ids are 0, and texts empty, where there is no such thing yet, or any more."""

    id: str
    host: str
    boot: str = ""
    keeper_pid: int = 0
    keeper_started: str = ""
    """As `machine.started_at` says it."""
    kernel_pid: int = 0
    kernel_started: str = ""
    notebook: str | None = None
    """Its real path; that of one on another machine has the machine before it, and so is none."""
    notebook_file: str = ""
    """By which its file is known again (`notebookplace.file_mark`)."""
    formerly: tuple[str, ...] = ()
    """What `notebook` was before its file was renamed."""
    kernel: JsonObject = field(default_factory=lambda: EMPTY)
    """What the kernel is: name, display_name and so on."""
    socket: str = ""
    """Where the keeper listens."""
    connection_file: str = ""
    session: str = ""
    """Names the keeper on the kernel's sockets, whichever process it is."""
    epoch: int = 0
    """How many processes have been this keeper."""
    started: float = 0.0
    """When the last of them was, in seconds since the epoch."""
    state: str = "none"
    """The name of the kernel's state, when it last changed."""
    more: JsonObject = field(default_factory=lambda: EMPTY)
    """Fields of other versions, which are kept."""

    @property
    def place(self) -> NotebookPlace:
        """Where the notebook is."""
        return NotebookPlace(self.notebook, self.notebook_file, self.formerly)


_KNOWN = frozenset(each.name for each in fields(Meta)) - {"more"}


def read_meta(home: Path) -> Meta:
    """What the home says. Raises HomeError where it says nothing, or nonsense."""
    try:
        with (home / META).open("rb") as file:
            text = file.read(_LONGEST + 1)
    except OSError as error:
        raise HomeError(f"{home / META} cannot be read: {error.strerror}") from error
    try:
        content: object = json.loads(text) if len(text) <= _LONGEST else None
        if isinstance(content, dict):
            return _from_json(home.name, cast("JsonObject", content))
    except (ValueError, RecursionError):
        pass
    raise HomeError(f"{home / META} is damaged")


def write_meta(home: Path, meta: Meta) -> None:
    """Replaces what the home says, as a whole or not at all. Raises HomeError."""
    content = {**meta.more, **{name: getattr(meta, name) for name in sorted(_KNOWN)}}
    text = json.dumps(content, indent=1).encode("ascii") + b"\n"
    new = home / f".{META}.{secrets.token_hex(4)}"
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        new.replace(home / META)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise HomeError(f"{home / META} cannot be written: {error.strerror}") from error


def _from_json(name: str, content: JsonObject) -> Meta:
    """Raises ValueError."""
    meta = Meta(
        id=_text(content, "id"),
        host=_text(content, "host"),
        boot=_text(content, "boot", ""),
        keeper_pid=_whole(content, "keeper_pid"),
        keeper_started=_text(content, "keeper_started", ""),
        kernel_pid=_whole(content, "kernel_pid"),
        kernel_started=_text(content, "kernel_started", ""),
        notebook=None if content.get("notebook") is None else _text(content, "notebook"),
        notebook_file=_text(content, "notebook_file", ""),
        formerly=_texts(content, "formerly"),
        kernel=_object(content, "kernel"),
        socket=_text(content, "socket", ""),
        connection_file=_text(content, "connection_file", ""),
        session=_text(content, "session", ""),
        epoch=_whole(content, "epoch"),
        started=_number(content, "started"),
        state=_text(content, "state", "none"),
        more={key: value for key, value in content.items() if key not in _KNOWN},
    )
    if meta.id != name:  # a copy of a home is none
        raise ValueError(meta.id)
    return meta


def _text(content: JsonObject, name: str, default: str | None = None) -> str:
    value = content.get(name, default)
    if not isinstance(value, str):
        raise ValueError(name)
    return value


def _texts(content: JsonObject, name: str) -> tuple[str, ...]:
    value: JsonValue = content.get(name, [])
    if not isinstance(value, list):
        raise ValueError(name)
    texts = tuple(each for each in value if isinstance(each, str))
    if len(texts) != len(value):
        raise ValueError(name)
    return texts


def _number(content: JsonObject, name: str) -> float:
    value: JsonValue = content.get(name, 0)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(name)
    return value


def _whole(content: JsonObject, name: str) -> int:
    value = _number(content, name)
    if not isinstance(value, int):
        raise ValueError(name)
    return value


def _object(content: JsonObject, name: str) -> JsonObject:
    value: JsonValue = content.get(name, EMPTY)
    if not isinstance(value, dict):
        raise ValueError(name)
    return cast("JsonObject", value)


def resumable(meta: Meta) -> JsonObject | None:
    """What is known of a kernel that may live still; None where there is none."""
    resume = meta.kernel.get("resume")
    if not isinstance(resume, dict):
        return None
    return resume if meta.kernel_pid or resume.get("kind") != "local" else None
