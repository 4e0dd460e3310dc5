"""What stands on another machine, as a URL: `ssh://[user@]host[:port][/path]`, read strictly."""

from __future__ import annotations

import re
from dataclasses import dataclass

SCHEME = "ssh://"
_NAME = r"[A-Za-z0-9_][A-Za-z0-9._+-]*"
_AUTHORITY = re.compile(
    rf"(?:(?P<user>{_NAME})@)?"
    r"(?:(?P<host>[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?)|\[(?P<ip6>[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(?:%\w+)?)\])"
    r"(?::(?P<port>[0-9]{1,5}))?"
)
_ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})")


class AddressError(ValueError):
    """A text is no such URL; `str()` is one line: why."""


@dataclass(frozen=True, slots=True)
class SshAddress:
    """A machine as the user's ssh knows it, and a path there."""

    host: str
    """A name, a number or an alias of the user's configuration; never begins with `-`."""
    user: str = ""
    port: int | None = None
    path: str = ""
    """Absolute, or below the home folder there (`~/...`); empty where none was said."""

    @property
    def destination(self) -> str:
        """How ssh's command line calls the machine."""
        return f"{self.user}@{self.host}" if self.user else self.host

    @property
    def machine(self) -> SshAddress:
        """The same without the path."""
        return SshAddress(self.host, self.user, self.port)


def is_ssh_url(text: str) -> bool:
    """Whether it means to be one, right or wrong."""
    return text[: len(SCHEME)].lower() == SCHEME


def parse_address(text: str) -> SshAddress:
    """Reads a URL. Raises AddressError."""
    if not is_ssh_url(text):
        raise AddressError("it does not begin with ssh://")
    authority, slash, path = text[len(SCHEME) :].partition("/")
    user, at, _ = authority.rpartition("@")
    if at and ":" in user:
        raise AddressError("a password does not belong on a command line: ssh asks for it")
    found = _AUTHORITY.fullmatch(authority)
    if found is None:
        raise AddressError(f"{authority!r} names no machine" if authority else "it names no machine")
    port = None if found["port"] is None else int(found["port"])
    if port is not None and not 0 < port < 65536:
        raise AddressError(f"there is no port {port}")
    return SshAddress(found["host"] or found["ip6"], found["user"] or "", port, _path(slash + path))


def _path(text: str) -> str:
    """The path of a URL; `/` alone is none, and `/~/` the home folder."""
    if re.search("[?#]", text):
        raise AddressError("it has a ? or #, which a path spells %3F and %23")
    data = text.encode("utf-8", "surrogateescape")
    if b"%" in _ESCAPE.sub(b"", data):
        raise AddressError("it has a % that begins no escape; a path spells it %25")
    data = _ESCAPE.sub(lambda match: bytes.fromhex(match[1].decode()), data)
    path = data.decode("utf-8", "surrogateescape")
    if any(ord(char) < 0x20 or ord(char) == 0x7F for char in path):
        raise AddressError("its path has control characters")
    if path == "/":
        return ""
    return path[1:] if path.startswith("/~/") else path
