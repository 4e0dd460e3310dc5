"""How the kernel that a keeper has was started, as its home tells."""

from __future__ import annotations

from pathlib import Path

from kernelbridge.keeper.errors import HomeError, LaunchError
from kernelbridge.keeper.home.meta import read_meta
from kernelbridge.keeper.jsontypes import object_in, text_in
from kernelbridge.keeper.launches import LocalLaunch, ServerLaunch


def launch_of(home: Path) -> LocalLaunch | ServerLaunch | None:
    """Without a token; None where there is no kernel, or one that was joined. Raises nothing."""
    try:
        resume = object_in(read_meta(home).kernel, "resume")
        if text_in(resume, "kind") == "server":
            url, name, kernel_id = (text_in(resume, key) for key in ("url", "name", "kernel_id"))
            return ServerLaunch(url, name=name, kernel_id=kernel_id)
        return LocalLaunch.from_json(object_in(resume, "launch"))
    except (HomeError, LaunchError):
        return None
