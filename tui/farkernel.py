"""Kernels on another machine: which keeper there is a notebook's, and the first pipe to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from tui.kernelreach import Reached
from tui.options import NamedKernel, RemoteKernel

if TYPE_CHECKING:
    from kernelbridge.outputs import JsonObject
    from kernelbridge.sshaddress import SshAddress
    from kernelbridge.transports.ssh import FarKeeper, OpenPipe, SshWay
    from tui.kernelreach import Launch, Launched
    from tui.options import KernelChoice


def keeper_of_near_notebook(address: SshAddress, notebook: Path) -> FarKeeper:
    """The keeper there for a notebook of this machine: known by this machine's name and the path."""
    from kernelbridge.keeper.home.machine import host
    from kernelbridge.keeper.launches import NamedLaunch
    from kernelbridge.transports.ssh import FarKeeper

    launch = NamedLaunch("", "~").to_json()
    return FarKeeper(address.machine, f"{host()}:{notebook.resolve()}", address.path, launch)


def keeper_of_far_notebook(
    machine: SshAddress, python: str, choice: KernelChoice, real: str, metadata: JsonObject
) -> FarKeeper:
    """The keeper of a notebook on its own machine: that which a tnb there would find by its real path."""
    from kernelbridge.keeper.launches import NamedLaunch
    from kernelbridge.transports.ssh import FarKeeper

    spec = metadata.get("kernelspec")
    named = spec.get("name") if isinstance(spec, Mapping) else None
    name = named if isinstance(named, str) else ""
    if isinstance(choice, NamedKernel):
        name = choice.name
    elif isinstance(choice, RemoteKernel):
        name = ""  # of the very Python that was asked for
    return FarKeeper(machine, real, python, NamedLaunch(name, str(PurePosixPath(real).parent)).to_json())


def launch_far(keeper: FarKeeper) -> Launch:
    """Open a pipe to a keeper at once; the first call of what is given back gets that. Raises WayError.

    Somebody has to be logged in there. Later ones connect by themselves, and tell how that goes.
    """
    from kernelbridge.transports.ssh import OpenPipe

    return _FarLaunch(keeper, OpenPipe.to(keeper))


class _FarLaunch:
    """Reaches one keeper, which may come to know its notebook by another path."""

    def __init__(self, keeper: FarKeeper, first: OpenPipe) -> None:
        self._keeper = keeper
        self._first: OpenPipe | None = first

    def __call__(self, _choice: KernelChoice, _metadata: JsonObject, _path: Path) -> Launched:
        for module in ("kernelbridge.session", "tui.kernelevents"):
            import_module(module)
        from kernelbridge.transports.ssh import SshWay

        first, self._first = self._first, None
        host = self._keeper.machine.host
        way = SshWay(self._keeper, first)
        return Reached(way, self._keeper.launch, (host,), host, go_on_at=partial(self._go_on_at, way))

    def _go_on_at(self, way: SshWay, real: str, keeper: str) -> str:
        before = self._keeper.notebook
        # A label has the machine of the notebook before its path.
        notebook = real if before.startswith("/") else f"{before.partition(':')[0]}:{real}"
        self._keeper = replace(self._keeper, notebook=notebook, known=keeper)
        way.keeper = self._keeper
        return notebook
