"""The kernel for a run without a screen: a fresh one unless one that runs was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kernelbridge.keeper.errors import KeeperError
from kernelbridge.keeper.home.condition import Condition
from kernelbridge.keeper.home.homes import home_of_notebook, new_home
from kernelbridge.keeper.launches import ExistingLaunch, LocalLaunch
from kernelbridge.keeper.starting import reach
from kernelbridge.outputs import JsonObject
from kernelbridge.state import Missing
from tui.headless.job import NoKernelError
from tui.kernelchoosing import choose_launch
from tui.kernellaunch import launch_local
from tui.kernelreach import Launch, Reached
from tui.options import ExistingKernel, KeeperKernel, KernelChoice, PickedKernel, ServerChoice

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Target:
    """Whose kernel it is to be."""

    choice: KernelChoice
    metadata: JsonObject
    folder: Path
    """Where it runs, and where an environment may be."""
    owner: Path | None
    """The notebook on this machine that gets the outputs; None where no file does."""

    @property
    def is_joined(self) -> bool:
        """Whether it is one that runs already, and goes on afterwards."""
        return isinstance(self.choice, ExistingKernel | KeeperKernel)


def picked(target: Target) -> LocalLaunch | None:
    """The installed kernel that will be started; None where what there is decides that.

    Raises NoKernelError.
    """
    if target.is_joined or isinstance(target.choice, ServerChoice):
        return None
    if isinstance(target.choice, PickedKernel):
        return target.choice.launch if isinstance(target.choice.launch, LocalLaunch) else None
    return _chosen(choose_launch(target.choice, target.metadata, target.folder))


def reach_kernel(target: Target) -> Reached:
    """The way to its keeper, which is started. Raises NoKernelError. May run on any thread."""
    try:
        if target.owner is None:
            return _without_notebook(target)
        if not target.is_joined:
            _refuse_running(target.owner)
        launched = launch_local(target.choice, target.metadata, target.owner)
    except KeeperError as error:
        raise NoKernelError(str(error)) from error
    return _chosen(launched)


def reach_far(launch: Launch, target: Target) -> Reached:
    """As `reach_kernel`, for one on another machine, to which a pipe is open. Raises NoKernelError."""
    return _chosen(launch(target.choice, target.metadata, target.owner or target.folder))


def _refuse_running(notebook: Path) -> None:
    """What a run begins with is nobody's: variables of another time would make it another run."""
    home = home_of_notebook(notebook)
    if home is not None and home.condition in (Condition.LIVE, Condition.LOST):
        raise NoKernelError(
            f"{notebook} has a running kernel: tnb stop {home.id} ends it, --existing {home.id} runs on it"
        )


def _without_notebook(target: Target) -> Reached:
    """A keeper of no notebook, or the one that was named. Raises KeeperError."""
    from kernelbridge.transports.local import LocalWay

    match target.choice:
        case KeeperKernel(home=home):
            return Reached(LocalWay(home, reach(home)), None, (), keeper=home.name)
        case ExistingKernel(said=file):
            launch = ExistingLaunch(file).to_json()
        case PickedKernel(launch=chosen):
            launch = chosen.to_json()
        case ServerChoice() as choice:
            from tui.serverlaunch import launch_of

            launch = launch_of(choice, target.folder).to_json()
        case _:
            launch = _chosen(choose_launch(target.choice, target.metadata, target.folder)).to_json()
    home = new_home().path
    return Reached(LocalWay(home, reach(home, launch)), launch, (), keeper=home.name)


def _chosen(found: _T | Missing) -> _T:
    if isinstance(found, Missing):
        raise NoKernelError(f"no kernel {found.name}: {found.hint}" if found.name else found.hint)
    return found
