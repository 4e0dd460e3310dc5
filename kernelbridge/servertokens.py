"""Which Jupyter Servers are configured, and where the token for one comes from.

`servers.toml`, which nobody else may read:

    [[server]]
    url = "https://hub.example.org/user/ann/"
    token = "..."
    name = "the hub"        # for the picker
    allow_plain = false     # true: http:// to another machine, unencrypted
"""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from kernelbridge.keeper.errors import ServerError
from kernelbridge.keeper.serveraddress import ServerAddress

FILE = "servers.toml"
OWN_VARIABLE = "TNB_SERVER_TOKEN"
JUPYTERS_VARIABLE = "JUPYTER_TOKEN"
_LARGEST = 1 << 20


class ServersFileError(Exception):
    """The file cannot be used; the text is one line and holds no secret."""


@dataclass(frozen=True, slots=True)
class ConfiguredServer:
    """A server that the user named."""

    url: str
    """As `ServerAddress` has it."""
    token: str = field(default="", repr=False)
    name: str = ""
    allow_plain: bool = False


@dataclass(frozen=True, slots=True)
class FoundToken:
    """A token, and where it was found."""

    token: str = field(repr=False)
    source: str
    """The variable's or the file's name."""


def read_servers(folder: Path) -> tuple[ConfiguredServer, ...]:
    """The servers in the file of a configuration folder; none where there is no file. Raises ServersFileError."""
    path = folder / FILE
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise ServersFileError(f"{path} cannot be read: {error.strerror}") from None
    with os.fdopen(descriptor, "rb") as file:
        _refuse_if_shared(path, os.fstat(descriptor))
        data = file.read(_LARGEST)
    try:
        content = tomllib.loads(data.decode())
    except (ValueError, RecursionError):
        # What is wrong would be told with the text around it, which may be a token.
        raise ServersFileError(f"{path} is no TOML") from None
    entries = content.get("server", [])
    if not isinstance(entries, list):
        raise ServersFileError(f"{path}: a server begins with the line [[server]]")
    return tuple(
        _server(path, number, each) for number, each in enumerate(cast("list[object]", entries), start=1)
    )


def configured(servers: tuple[ConfiguredServer, ...], url: str) -> ConfiguredServer | None:
    """The server of a URL, where it is among those."""
    for server in servers:
        if (
            ServerAddress.parse(url, allow_plain=server.allow_plain or _is_same_text(url, server)).url
            == server.url
        ):
            return server
    return None


def find_token(url: str, environment: Mapping[str, str], folder: Path) -> FoundToken | None:
    """The token for a URL: of our own variable, of the file's entry for it, or of Jupyter's variable.

    That one comes last: it is for a server of Jupyter's own choice, the file's entry is for this one. Raises
    ServersFileError, and ServerError for a URL that is not to be used.
    """
    if environment.get(OWN_VARIABLE):
        return FoundToken(environment[OWN_VARIABLE], OWN_VARIABLE)
    server = configured(read_servers(folder), url)
    if server is not None and server.token:
        return FoundToken(server.token, FILE)
    if environment.get(JUPYTERS_VARIABLE):
        return FoundToken(environment[JUPYTERS_VARIABLE], JUPYTERS_VARIABLE)
    return None
