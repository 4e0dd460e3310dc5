"""`--server URL`: the server is asked before the screen, and a person for the token where it wants one."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kernelbridge.keeper.errors import ServerError
from kernelbridge.keeper.home.condition import Condition
from kernelbridge.keeper.home.homes import home_of_notebook
from kernelbridge.servers import RefusedError, ServerListing, list_server_now
from kernelbridge.servertokens import OWN_VARIABLE, ServersFileError, configured, find_token, read_servers
from tui.locations import config_folder
from tui.serverlaunch import url_of

if TYPE_CHECKING:
    from kernelbridge.outputs import JsonObject
    from tui.options import ServerChoice

Ask = Callable[[str], str]
"""Asks a person for what is not shown."""


def checked(
    choice: ServerChoice, notebook: Path, metadata: JsonObject, ask: Ask = getpass.getpass
) -> ServerChoice:
    """The choice with its token and the kernel's name. Raises KeeperError where it cannot be had.

    Nothing is asked where the notebook's keeper has the kernel already, and with it the token.
    """
    choice, source = _with_token(choice)
    if _has_it(choice, notebook):
        return choice
    try:
        listing = _list(choice)
    except RefusedError as error:
        if choice.token:
            raise ServerError(f"{error}; it is the one of {source}") from None
        choice = replace(choice, token=_asked(choice.url, ask))
        listing = _list(choice)
    return replace(choice, name=_name(choice, metadata, listing))


def _with_token(choice: ServerChoice) -> tuple[ServerChoice, str]:
    folder = config_folder()
    try:
        found = find_token(choice.url, os.environ, folder)
        server = configured(read_servers(folder), choice.url)
    except ServersFileError as error:
        raise ServerError(str(error)) from None
    allow_plain = server is not None and server.allow_plain
    if found is None:
        return replace(choice, allow_plain=allow_plain), ""
    return replace(choice, token=found.token, allow_plain=allow_plain), found.source


def _has_it(choice: ServerChoice, notebook: Path) -> bool:
    """Whether the notebook's keeper runs, with a kernel of that server. Raises ServerError for another's."""
    home = home_of_notebook(notebook)
    if home is None or home.condition not in (Condition.LIVE, Condition.LOST):
        return False
    there = url_of(home.path)
    is_starting = there is None and home.meta.kernel.get("kind") == "server"
    if is_starting or home.meta.state in ("none", "dead"):
        return False
    if there != choice.url:
        raise ServerError(f"{notebook} has a running kernel; tnb stop {home.id} ends it")
    return True


def _list(choice: ServerChoice) -> ServerListing:
    return list_server_now(choice.url, choice.token, allow_plain=choice.allow_plain)


def _asked(url: str, ask: Ask) -> str:
    """The token that a person types. Raises ServerError where that is none."""
    try:
        token = ask(f"Token for {url}: ").strip()
    except EOFError:
        token = ""
    if not token:
        raise ServerError(f"{url} wants a token: {OWN_VARIABLE} or servers.toml can give it, too")
    return token


def _name(choice: ServerChoice, metadata: JsonObject, listing: ServerListing) -> str:
    """The kernelspec to ask for: the one that was said, else the notebook's where the server has it."""
    names = [spec.name for spec in listing.specs]
    if choice.name:
        if choice.name not in names:
            raise ServerError(f"{choice.url} has no kernel {choice.name}; there are: {', '.join(names)}")
        return choice.name
    spec = metadata.get("kernelspec")
    wanted = spec.get("name") if isinstance(spec, dict) else None
    if isinstance(wanted, str) and wanted in names:
        return wanted
    return next((spec.name for spec in listing.specs if spec.is_default), "")
