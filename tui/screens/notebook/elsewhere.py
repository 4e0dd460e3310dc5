"""Kernels that run for other notebooks, or on servers: looked for when a kernel is to be chosen."""

from __future__ import annotations

from kernelbridge.foundkernels import Elsewhere, RunningKeeper
from kernelbridge.keeper.errors import HomeError
from kernelbridge.keeper.home.condition import Condition
from kernelbridge.keeper.home.homes import Home, all_homes


def elsewhere(notebook: str) -> Elsewhere:
    """All but the one of the notebook at that path, resolved. Reads files; to be called on a thread."""
    try:
        homes = all_homes()
    except HomeError:
        homes = []
    others = [home for home in homes if home.meta.notebook != notebook]
    return Elsewhere(tuple(_keeper(home) for home in others if home.condition is Condition.LIVE))


def _keeper(home: Home) -> RunningKeeper:
    kernel = home.meta.kernel
    name = kernel.get("display_name") or kernel.get("name")
    return RunningKeeper(home.id, home.meta.notebook or "", str(name or ""), home.meta.state)
