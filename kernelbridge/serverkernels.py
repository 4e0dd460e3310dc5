"""What configured servers have, for a list to choose from: all are asked at once, none for long."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from kernelbridge.foundkernels import KernelOnServer
from kernelbridge.keeper.errors import ServerError
from kernelbridge.servers import ServerListing, list_server_now
from kernelbridge.servertokens import FILE, ConfiguredServer, FoundToken, ServersFileError, read_servers

PATIENCE = 3.0
"""Seconds that a server has to answer."""
TokenOf = Callable[[str], FoundToken | None]
"""The token for a URL. May raise ServerError and ServersFileError."""


def kernels_on_servers(
    folder: Path, token_of: TokenOf, patience: float = PATIENCE
) -> tuple[KernelOnServer, ...]:
    """Those of the servers in the file of a configuration folder, or what is wrong. Raises nothing."""
    try:
        servers = read_servers(folder)
    except ServersFileError as error:
        return (KernelOnServer(FILE, "", "", problem=str(error)),)
    found: dict[int, tuple[KernelOnServer, ...]] = {}

    def ask(place: int, server: ConfiguredServer) -> None:
        found[place] = _kernels_of(server, token_of, patience)

    threads = [
        threading.Thread(target=ask, args=each, name="server-list", daemon=True)
        for each in enumerate(servers)
    ]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + patience
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    late = "it does not answer"
    return tuple(
        kernel
        for place, server in enumerate(servers)
        for kernel in found.get(place, (KernelOnServer(server.name, server.url, "", problem=late),))
    )


def _kernels_of(server: ConfiguredServer, token_of: TokenOf, patience: float) -> tuple[KernelOnServer, ...]:
    try:
        token = token_of(server.url)
        listing = list_server_now(
            server.url,
            token.token if token is not None else "",
            allow_plain=server.allow_plain,
            patience=patience,
        )
    except (ServerError, ServersFileError) as error:
        return (KernelOnServer(server.name, server.url, "", problem=str(error)),)
    return _kernels_in(server, listing)


def _kernels_in(server: ConfiguredServer, listing: ServerListing) -> tuple[KernelOnServer, ...]:
    """Those that run come first, each with the notebook that it runs for."""
    specs = {spec.name: spec for spec in listing.specs}
    running: list[KernelOnServer] = []
    for each in listing.kernels:
        spec = specs.get(each.name)
        title = spec.display_name if spec is not None else each.name
        language = spec.language if spec is not None else ""
        state = ", ".join((each.state, *each.notebooks))
        running.append(KernelOnServer(server.name, server.url, each.name, title, language, each.id, state))
    new = (
        KernelOnServer(server.name, server.url, spec.name, spec.display_name, spec.language)
        for spec in listing.specs
    )
    return (*running, *new)
