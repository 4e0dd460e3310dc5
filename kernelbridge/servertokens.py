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
from kernelbridge.keeper.server.serveraddress import ServerAddress

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
    """The servers in the file of a configuration folder, which may be missing. Raises ServersFileError."""
    path = folder / FILE
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise ServersFileError(f"{path} cannot be read: {error.strerror}") from None
    try:
        _refuse_if_shared(path, os.fstat(descriptor))
        data = os.read(descriptor, _LARGEST)
    finally:
        os.close(descriptor)
    try:
        content = tomllib.loads(data.decode())
    except (ValueError, RecursionError):
        # What is wrong would be told with the text around it, which may be a token.
        raise ServersFileError(f"{path} is no TOML") from None
    entries = content.get("server", [])
    if not isinstance(entries, list):
        raise ServersFileError(f"{path}: a server begins with the line [[server]]")
    return tuple(_server(path, each) for each in cast("list[object]", entries))


def configured(servers: tuple[ConfiguredServer, ...], url: str) -> ConfiguredServer | None:
    """The server of a URL, where it is among those. Raises ServerError for what is no URL of a server."""
    # Whether it may be used is asked later, of what was configured.
    wanted = ServerAddress.parse(url, allow_plain=True).url
    return next((server for server in servers if server.url == wanted), None)


def find_token(url: str, environment: Mapping[str, str], folder: Path) -> FoundToken | None:
    """The token for a URL: of our own variable, of the file's entry for it, or of Jupyter's variable.

    That one comes last: the file's entry is for this very server. Raises ServersFileError, and ServerError
    for a URL that is not to be used.
    """
    server = configured(read_servers(folder), url)
    ServerAddress.parse(url, allow_plain=server is not None and server.allow_plain)
    if environment.get(OWN_VARIABLE):
        return FoundToken(environment[OWN_VARIABLE], OWN_VARIABLE)
    if server is not None and server.token:
        return FoundToken(server.token, FILE)
    if environment.get(JUPYTERS_VARIABLE):
        return FoundToken(environment[JUPYTERS_VARIABLE], JUPYTERS_VARIABLE)
    return None


def _refuse_if_shared(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise ServersFileError(f"{path} is no file")
    if status.st_uid != os.getuid():
        raise ServersFileError(f"{path} belongs to another user")
    if status.st_mode & 0o077:
        mode = stat.S_IMODE(status.st_mode)
        raise ServersFileError(f"{path} can be used by others (mode {mode:04o}): chmod 600 {path}")


def _server(path: Path, entry: object) -> ConfiguredServer:
    fields = cast("dict[str, object]", entry) if isinstance(entry, dict) else {}
    url, token, name = (fields.get(key, "") for key in ("url", "token", "name"))
    allow_plain = fields.get("allow_plain", False)
    if not isinstance(url, str) or not isinstance(token, str) or not isinstance(name, str) or not url:
        raise ServersFileError(f"{path}: a server has a url, and a token and a name that are text")
    if not isinstance(allow_plain, bool):
        raise ServersFileError(f"{path}: allow_plain is true or false")
    try:
        address = ServerAddress.parse(url, allow_plain=allow_plain)
    except ServerError as error:
        raise ServersFileError(f"{path}: {error}") from None
    return ConfiguredServer(address.url, token, name or address.host, allow_plain)
