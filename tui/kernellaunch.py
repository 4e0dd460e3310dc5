"""Choosing a notebook's kernel and launching it: what takes longest of a start, so it comes first."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from kernelbridge.state import Missing, NoKernel, Starting
from tui.options import KernelChoice, NamedKernel, WithoutKernel

if TYPE_CHECKING:
    from kernelbridge.outputs import JsonObject, JsonValue
    from kernelbridge.specs import ChosenKernel
    from kernelbridge.transports.base import Transport

Launched: TypeAlias = "tuple[Transport, tuple[str, ...]] | Missing"
"""The way to a kernel and what to call it, or why there is none."""
Launch: TypeAlias = "Callable[[KernelChoice, JsonObject, Path], Launched]"
"""Finds a kernel for a choice, a notebook's metadata and its folder. Called on a thread."""


def state_on_opening(choice: KernelChoice) -> Starting | NoKernel:
    """What a kernel is doing before anything is known of it."""
    return NoKernel() if isinstance(choice, WithoutKernel) else Starting()


def launch_local(choice: KernelChoice, metadata: JsonObject, folder: Path) -> Launched:
    """Choose an installed kernel and launch its process.

    What the kernel needs on this side is loaded here as well, while its process starts.
    """
    from kernelbridge.errors import KernelBridgeError
    from kernelbridge.specs import Wish, choose
    from kernelbridge.transports.local import LocalTransport

    spec, info = metadata.get("kernelspec"), metadata.get("language_info")
    wish = Wish(
        asked=choice.name if isinstance(choice, NamedKernel) else "",
        notebook=_text(spec, "name"),
        language=_text(spec, "language") or _text(info, "name"),
    )
    chosen = choose(wish)
    if isinstance(chosen, Missing):
        return chosen
    transport = LocalTransport(chosen.spec, folder)
    try:
        transport.launch()
    except KernelBridgeError as error:
        return Missing(chosen.spec.name, str(error), is_installed=True)
    for module in ("kernelbridge.session", "tui.kernelevents"):
        import_module(module)
    return transport, _described(chosen)


def launch_early(choice: KernelChoice, metadata: JsonObject, folder: Path) -> Launch:
    """Begin to launch a kernel at once, on a thread; the first call of what is given back waits for it."""
    early: list[Launched] = []
    thread = threading.Thread(
        target=lambda: early.append(launch_local(choice, metadata, folder)), name="launch", daemon=True
    )
    thread.start()

    def launch(choice: KernelChoice, metadata: JsonObject, folder: Path) -> Launched:
        thread.join()
        return early.pop() if early else launch_local(choice, metadata, folder)

    return launch


def _described(chosen: ChosenKernel) -> tuple[str, ...]:
    from kernelbridge.specs import Origin

    environment = "tnb's own environment" if chosen.origin is Origin.OWN else chosen.environment
    return tuple(part for part in (chosen.spec.name, environment) if part)


def _text(holder: JsonValue, key: str) -> str:
    value = holder.get(key) if isinstance(holder, Mapping) else None
    return value if isinstance(value, str) else ""
