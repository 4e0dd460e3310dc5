"""What a frontend may ask to be launched, as values, and as the JSON of a frame (docs/keeper.md)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Mapping, Union

from kernelbridge.keeper.errors import LaunchError
from kernelbridge.keeper.jsontypes import JsonObject


class InterruptMode(Enum):
    """How a kernel wants to be interrupted."""

    SIGNAL = "signal"
    MESSAGE = "message"


@dataclass(frozen=True)
class LocalLaunch:
    """A program to start on this machine, with what frontends show of it."""

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=lambda: _NO_ENV)
    interrupt_mode: InterruptMode = InterruptMode.SIGNAL
    cwd: str = ""
    """Where it runs; empty is where the keeper does."""
    resource_dir: str = ""
    display_name: str = ""
    language: str = ""
    environment: str = ""
    """The name of the environment that it belongs to, where it is one."""
    debugger: bool = False
    """Whether the kernelspec says that there is one."""

    @property
    def is_python(self) -> bool:
        """Whether its program is a Python interpreter."""
        return re.fullmatch(r"python[\d.]*", Path(self.argv[0]).name) is not None

    @property
    def takes_sockets(self) -> bool:
        """Whether it can be given unix sockets: those in Python can, but xeus has 32 bytes for a path."""
        return self.is_python and "xpython_launcher" not in self.argv

    @classmethod
    def from_json(cls, fields: JsonObject) -> LocalLaunch:
        """Reads what `to_json` gives. Raises LaunchError."""
        argv = fields.get("argv")
        words = tuple(each for each in argv if isinstance(each, str)) if isinstance(argv, list) else ()
        if not words or not isinstance(argv, list) or len(words) != len(argv):
            raise LaunchError("a kernel without a program to start")
        env = fields.get("env", {})
        if not isinstance(env, Mapping):
            raise LaunchError("a kernel whose env is no object")
        try:
            mode = InterruptMode(_text(fields, "interrupt_mode") or "signal")
        except ValueError:
            raise LaunchError("a kernel whose interrupt_mode is neither signal nor message") from None
        return cls(
            name=_text(fields, "name"),
            argv=words,
            env={key: _text(env, key) for key in env},
            interrupt_mode=mode,
            cwd=_text(fields, "cwd"),
            resource_dir=_text(fields, "resource_dir"),
            display_name=_shown(fields, "display_name"),
            language=_shown(fields, "language"),
            environment=_shown(fields, "environment"),
            debugger=fields.get("debugger") is True,
        )

    def to_json(self) -> JsonObject:
        """The object of a frame, or of a file."""
        return {
            "kind": "local",
            "name": self.name,
            "argv": list(self.argv),
            "env": dict(self.env),
            "interrupt_mode": self.interrupt_mode.value,
            "cwd": self.cwd,
            "resource_dir": self.resource_dir,
            "display_name": self.display_name,
            "language": self.language,
            "environment": self.environment,
            "debugger": self.debugger,
        }


@dataclass(frozen=True)
class NamedLaunch:
    """A kernelspec of the keeper's own machine; without a name, that of its own Python."""

    name: str
    cwd: str = ""

    @classmethod
    def from_json(cls, fields: JsonObject) -> NamedLaunch:
        """Reads what `to_json` gives. Raises LaunchError."""
        return cls(_text(fields, "name"), _text(fields, "cwd"))

    def to_json(self) -> JsonObject:
        """The object of a frame, or of a file."""
        return {"kind": "named", "name": self.name, "cwd": self.cwd}


@dataclass(frozen=True)
class ExistingLaunch:
    """A kernel that somebody else started: to be joined, never ended."""

    connection_file: str

    @classmethod
    def from_json(cls, fields: JsonObject) -> ExistingLaunch:
        """Reads what `to_json` gives. Raises LaunchError."""
        return cls(_needed(fields, "connection_file"))

    def to_json(self) -> JsonObject:
        """The object of a frame, or of a file."""
        return {"kind": "existing", "connection_file": self.connection_file}


@dataclass(frozen=True)
class ServerLaunch:
    """A kernel on a Jupyter Server: the running one of an id, or a new one of a name."""

    url: str
    token: str = field(default="", repr=False)
    name: str = ""
    kernel_id: str = ""
    path: str = ""
    """Of the notebook, as the server is to know it: its session is of that path."""
    allow_plain: bool = False
    """Whether the token may go unencrypted to another machine: only where the user configured it."""

    @classmethod
    def from_json(cls, fields: JsonObject) -> ServerLaunch:
        """Reads what `to_json` gives. Raises LaunchError."""
        return cls(
            url=_needed(fields, "url"),
            token=_text(fields, "token"),
            name=_text(fields, "name"),
            kernel_id=_text(fields, "kernel_id"),
            path=_text(fields, "path"),
            allow_plain=fields.get("allow_plain") is True,
        )

    def to_json(self) -> JsonObject:
        """The object of a frame, or of a file."""
        return {
            "kind": "server",
            "url": self.url,
            "token": self.token,
            "name": self.name,
            "kernel_id": self.kernel_id,
            "path": self.path,
            "allow_plain": self.allow_plain,
        }


Launch = Union[LocalLaunch, NamedLaunch, ExistingLaunch, ServerLaunch]
_NO_ENV: Mapping[str, str] = {}


def launch_from_json(fields: JsonObject) -> Launch:
    """What is to be launched, whichever kind it is. Raises LaunchError."""
    kind = fields.get("kind")
    if kind == "local":
        return LocalLaunch.from_json(fields)
    if kind == "named":
        return NamedLaunch.from_json(fields)
    if kind == "existing":
        return ExistingLaunch.from_json(fields)
    if kind == "server":
        return ServerLaunch.from_json(fields)
    raise LaunchError("a kind of kernel that this keeper does not know")


def _text(fields: JsonObject, key: str) -> str:
    value = fields.get(key)
    if value is None:
        return ""
    if not isinstance(value, str) or "\0" in value:
        raise LaunchError(f"a kernel whose {key} is no text")
    return value


def _shown(fields: JsonObject, key: str) -> str:
    """What only people read, and may be anything."""
    value = fields.get(key)
    return value if isinstance(value, str) else ""


def _needed(fields: JsonObject, key: str) -> str:
    value = _text(fields, key)
    if not value:
        raise LaunchError(f"a kernel without {key}")
    return value
