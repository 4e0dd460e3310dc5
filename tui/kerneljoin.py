"""Reaching a kernel that runs already: another program's, or that of one keeper."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from kernelbridge.keeper.errors import KeeperError
from kernelbridge.keeper.launches import ExistingLaunch
from kernelbridge.keeper.starting import reach, reach_notebook
from kernelbridge.state import Missing
from kernelbridge.transports.local import LocalWay
from tui.kernelchoosing import choose_launch
from tui.kernelreach import Launched, Reached
from tui.options import DefaultKernel, ExistingKernel, KeeperKernel
from tui.serverlaunch import launch_again

if TYPE_CHECKING:
    from kernelbridge.outputs import JsonObject


def join_running(choice: ExistingKernel | KeeperKernel, metadata: JsonObject, path: Path) -> Launched:
    """The way to it; a keeper of another program's kernel is the notebook's own, and started if need be.

    Where the notebook's own keeper has a kernel no more, one that the notebook names is to be launched.
    """
    try:
        match choice:
            case ExistingKernel(said=file):
                wanted = ExistingLaunch(file).to_json()
                home, connected = reach_notebook(path, wanted)
                reached = Reached(
                    LocalWay(home, connected), wanted, (Path(file).stem, "joined"), keeper=home.name
                )
            case KeeperKernel(home=home, is_guest=is_guest):
                if not home.is_dir():
                    return Missing("", f"the kernel {home.name} has ended")
                wanted = None if is_guest else _named_by(metadata, path)
                reached = Reached(
                    LocalWay(home, reach(home, wanted), launch_again), wanted, (), keeper=home.name
                )
    except KeeperError as error:
        return Missing("", str(error))
    for module in ("kernelbridge.session", "tui.kernelevents"):
        import_module(module)
    return reached


def _named_by(metadata: JsonObject, path: Path) -> JsonObject | None:
    chosen = choose_launch(DefaultKernel(), metadata, path.resolve().parent)
    return None if isinstance(chosen, Missing) else chosen.to_json()
