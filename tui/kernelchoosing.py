"""Choosing the kernel that a notebook gets, among those that are installed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kernelbridge.state import Missing
from tui.options import KernelChoice, NamedKernel, PythonKernel

if TYPE_CHECKING:
    from kernelbridge.keeper.launches import LocalLaunch
    from kernelbridge.outputs import JsonObject, JsonValue


def choose_launch(choice: KernelChoice, metadata: JsonObject, folder: Path) -> LocalLaunch | Missing:
    """The installed kernel to start for a notebook, by its metadata; nothing is started."""
    from kernelbridge.specs import Origin, Wish, choose
    from tui.trustedenvironments import is_trusted

    spec, info = metadata.get("kernelspec"), metadata.get("language_info")
    wish = Wish(
        asked=choice.name if isinstance(choice, NamedKernel) else "",
        notebook=_text(spec, "name"),
        language=_text(spec, "language") or _text(info, "name"),
        python=choice.path if isinstance(choice, PythonKernel) else None,
        folder=folder,
    )
    chosen = choose(wish, is_trusted)
    if isinstance(chosen, Missing):
        return chosen
    launch = chosen.launch(str(folder))
    return replace(launch, environment="tnb's own environment") if chosen.origin is Origin.OWN else launch


def _text(holder: JsonValue, key: str) -> str:
    value = holder.get(key) if isinstance(holder, Mapping) else None
    return value if isinstance(value, str) else ""
