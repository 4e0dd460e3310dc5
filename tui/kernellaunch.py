"""Reaching a notebook's keeper: what takes longest of a start, so it comes first."""

from __future__ import annotations

import threading
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from kernelbridge.state import Missing
from tui.kernelchoosing import choose_launch
from tui.kernelreach import Reached
from tui.lean.libraries import without_openssl
from tui.options import (
    DefaultKernel,
    ExistingKernel,
    KeeperKernel,
    KernelChoice,
    PickedKernel,
    ServerChoice,
)

if TYPE_CHECKING:
    from kernelbridge.keeper.launches import LocalLaunch, ServerLaunch
    from kernelbridge.outputs import JsonObject
    from tui.kernelreach import Launch, Launched


def launch_local(choice: KernelChoice, metadata: JsonObject, path: Path) -> Launched:
    """Reach the keeper that the notebook has on this machine, or have one start a kernel.

    What it takes on this side is loaded here as well, while the kernel starts.
    """
    if isinstance(choice, ExistingKernel) or (isinstance(choice, KeeperKernel) and not _is_over(choice)):
        from tui.kerneljoin import join_running

        return join_running(choice, metadata, path)
    from kernelbridge.keeper.errors import KeeperError

    name = ""
    try:
        wanted = _wanted(choice, metadata, path)
        name = wanted.name
        reached = _reach(path, wanted)
    except KeeperError as error:
        return Missing(name, str(error), is_installed=True)
    for module in ("kernelbridge.session", "tui.kernelevents"):
        import_module(module)
    return reached


def _wanted(choice: KernelChoice, metadata: JsonObject, path: Path) -> LocalLaunch | ServerLaunch | Missing:
    """What to start where the notebook has no keeper. Raises KeeperError."""
    if isinstance(choice, PickedKernel):
        return choice.launch
    if isinstance(choice, ServerChoice):
        from tui.serverlaunch import launch_of

        return launch_of(choice, path)
    if isinstance(choice, DefaultKernel) and (going_on := _on_server_before(path)) is not None:
        return going_on
    return choose_launch(choice, metadata, path.resolve().parent)


def _reach(path: Path, wanted: LocalLaunch | ServerLaunch | Missing) -> Launched:
    """The notebook's keeper, one that runs also where what is wanted is missing. Raises KeeperError."""
    from kernelbridge.keeper.home.condition import Condition
    from kernelbridge.keeper.home.homes import home_of_notebook
    from kernelbridge.keeper.launches import ServerLaunch
    from kernelbridge.keeper.starting import reach_notebook

    if isinstance(wanted, Missing):
        home = home_of_notebook(path)
        if home is None or home.condition not in (Condition.LIVE, Condition.LOST):
            return wanted
        from kernelbridge.transports.local import LocalWay

        return Reached(LocalWay(home.path), None, (), keeper=home.id)
    launch = wanted.to_json()
    found, connected = reach_notebook(path, launch)
    with without_openssl():  # asyncio: only now, while the keeper comes up
        from kernelbridge.transports.local import LocalWay

    described = (wanted.name, "" if isinstance(wanted, ServerLaunch) else wanted.environment)
    way = LocalWay(found, connected, lambda home: _again(home, wanted))
    return Reached(way, launch, tuple(part for part in described if part), keeper=found.name)


def _on_server_before(path: Path) -> ServerLaunch | None:
    """The kernel on a server that the notebook had when its keeper was killed; None where there is none.

    Raises HomeError.
    """
    from kernelbridge.keeper.home.homes import home_of_notebook

    home = home_of_notebook(path)
    if home is None or home.meta.kernel.get("kind") != "server":
        return None
    from kernelbridge.keeper.launches import ServerLaunch
    from tui.serverlaunch import launch_again

    launch = launch_again(home.path)
    return None if launch is None else ServerLaunch.from_json(launch)


def _again(home: Path, wanted: LocalLaunch | ServerLaunch) -> JsonObject | None:
    """What to tell a keeper that takes a killed one's place."""
    from kernelbridge.keeper.launches import ServerLaunch
    from tui.serverlaunch import launch_again

    return launch_again(home, wanted if isinstance(wanted, ServerLaunch) else None)


def launch_early(choice: KernelChoice, metadata: JsonObject, path: Path) -> Launch:
    """Begin to launch a kernel at once, on a thread; the first call of what is given back waits for it."""
    early: list[Launched] = []
    thread = threading.Thread(
        target=lambda: early.append(launch_local(choice, metadata, path)), name="launch", daemon=True
    )
    thread.start()

    def launch(choice: KernelChoice, metadata: JsonObject, path: Path) -> Launched:
        thread.join()
        return early.pop() if early else launch_local(choice, metadata, path)

    return launch


def _is_over(choice: KeeperKernel) -> bool:
    """Whether the notebook's own keeper has ended, so that the notebook is as any other."""
    return not choice.is_guest and not choice.home.is_dir()
