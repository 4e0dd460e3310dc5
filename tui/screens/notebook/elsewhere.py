"""Kernels that run for other notebooks, or on servers: looked for when a kernel is to be chosen."""

from __future__ import annotations

import os

from kernelbridge.foundkernels import Elsewhere, RunningKeeper
from kernelbridge.keeper.errors import HomeError
from kernelbridge.keeper.home.condition import Condition
from kernelbridge.keeper.home.homes import Home, all_homes
from kernelbridge.serverkernels import kernels_on_servers
from kernelbridge.servertokens import find_token
from tui.locations import config_folder


def elsewhere(notebook: str) -> Elsewhere:
    """All but the one of the notebook at that path, resolved. Reads files and asks servers; for a thread."""
    try:
        homes = all_homes()
    except HomeError:
        homes = []
    others = [home for home in homes if home.meta.notebook != notebook]
    folder = config_folder()
    return Elsewhere(
        tuple(_keeper(home) for home in others if home.condition is Condition.LIVE),
        kernels_on_servers(folder, lambda url: find_token(url, os.environ, folder)),
    )


def _keeper(home: Home) -> RunningKeeper:
    kernel = home.meta.kernel
    name = kernel.get("display_name") or kernel.get("name")
    return RunningKeeper(home.id, home.meta.notebook or "", str(name or ""), home.meta.state)
