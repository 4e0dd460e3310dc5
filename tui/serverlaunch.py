"""Launches of kernels on Jupyter Servers, with the token and what the server calls the notebook."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kernelbridge.keeper.errors import HomeError, ServerError
from kernelbridge.keeper.home.meta import read_meta
from kernelbridge.keeper.launches import ServerLaunch
from kernelbridge.servertokens import ServersFileError, configured, find_token, read_servers
from tui.locations import config_folder

if TYPE_CHECKING:
    from kernelbridge.keeper.jsontypes import JsonObject
    from tui.options import ServerChoice


def launch_of(choice: ServerChoice, notebook: Path) -> ServerLaunch:
    """What a keeper is to do for a choice whose token has been looked for."""
    return ServerLaunch(
        choice.url, choice.token, choice.name, choice.kernel_id, path_there(notebook), choice.allow_plain
    )


def with_token(launch: ServerLaunch, notebook: Path) -> ServerLaunch:
    """The same with the token of its server, where there is one. Raises ServerError."""
    folder = config_folder()
    try:
        found = find_token(launch.url, os.environ, folder)
        server = configured(read_servers(folder), launch.url)
    except ServersFileError as error:
        raise ServerError(str(error)) from None
    return replace(
        launch,
        token=found.token if found is not None else "",
        path=launch.path or path_there(notebook),
        allow_plain=server is not None and server.allow_plain,
    )


def path_there(notebook: Path) -> str:
    """What a server may know a notebook as: its path below the home folder, where it is there.

    That is one notebook's alone, and on the same machine it is often the server's own name for it.
    """
    real = Path(os.path.realpath(notebook))
    try:
        home = Path(os.path.realpath(Path.home()))
    except RuntimeError:
        home = Path("/")
    return real.relative_to(home if real.is_relative_to(home) else real.anchor).as_posix()


def url_of(home: Path) -> str | None:
    """The server of the kernel that a keeper has, or had when it was killed; None where it is on none."""
    try:
        resume = read_meta(home).kernel.get("resume")
    except HomeError:
        return None
    url = resume.get("url") if isinstance(resume, dict) and resume.get("kind") == "server" else None
    return url if isinstance(url, str) else None


def launch_again(home: Path, said: ServerLaunch | None = None) -> JsonObject | None:
    """What a keeper is told that takes a killed one's place, as the token of its kernel is in no file.

    `said` is what the kernel was launched by, whose token may have been typed. None where it needs no token.
    """
    url = url_of(home)
    if url is None:
        return None
    if said is not None and said.url == url:
        return said.to_json()
    try:
        return with_token(ServerLaunch(url), Path(read_meta(home).notebook or "")).to_json()
    except (HomeError, ServerError):
        return ServerLaunch(url).to_json()
