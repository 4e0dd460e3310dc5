"""Choosing another kernel: what there is is found, one picked, named in the notebook, and switched to."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Protocol, assert_never

from kernelbridge.environments import all_environments
from kernelbridge.foundkernels import Elsewhere
from kernelbridge.installed import installed
from kernelbridge.keeper.errors import ServerError
from kernelbridge.keeper.home.homes import KEEPERS, state_folder
from kernelbridge.kernelchoices import (
    Candidates,
    Choice,
    EnvironmentChoice,
    InstalledChoice,
    KeepCurrent,
    KeeperChoice,
    ServerChoice,
    UvChoice,
    UvScript,
    choices,
)
from kernelbridge.launchnow import launch_of
from kernelbridge.scriptmetadata import script_metadata
from tui import locations
from tui.document.edits import SetNotebookMetadata
from tui.document.history import Place
from tui.document.kernelspec import NamedKernelspec, kernelspec_of, with_kernelspec
from tui.document.notebook import CellKind
from tui.screens.kernelpicker import KernelPickerScreen
from tui.trustedenvironments import trust
from tui.widgets.hintline import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from kernelbridge.foundkernels import KernelOnServer, RunningNow
    from kernelbridge.keeper.launches import LocalLaunch, ServerLaunch
    from kernelbridge.kernelchoices import Target
    from kernelbridge.scriptmetadata import ScriptMetadata
    from tui.controller import Controller
    from tui.document.notebook import Notebook
    from tui.files.notebookfile import NotebookFile
    from tui.screens.notebook.program import Program
    from tui.theme import Palette
    from tui.view.viewstate import ViewState

_PYTHON = NamedKernelspec("python3", "Python 3 (ipykernel)", "python")
"""What a notebook says of any environment: where it lies is the machine's business, not the notebook's."""


class Switchable(Protocol):
    """The kernel of the screen."""

    @property
    def running(self) -> RunningNow | None:
        """What runs now, where something does."""

    def switch(self, launch: Target, named: tuple[str, ...]) -> None:
        """Have that kernel in place of the one there is; `named` is what to call it, and where it belongs."""


class ChoosingScreen(Protocol):
    """What choosing a kernel needs of a notebook's screen."""

    file: NotebookFile
    program: Program
    controller: Controller
    state: ViewState
    palette: Palette

    @property
    def notebook(self) -> Notebook:
        """The notebook as it is now."""
        ...

    @property
    def kernel(self) -> Switchable:
        """Its kernel."""
        ...

    def say(self, text: str, severity: Severity) -> None:
        """Show a message in the bottom line."""

    def run_worker(self, work: Coroutine[None, None, None], *, exclusive: bool, group: str) -> object:
        """Do this without holding up the screen."""


def choose_kernel(screen: ChoosingScreen, elsewhere: Callable[[], Elsewhere] = Elsewhere) -> None:
    """Let a kernel be chosen and switch to it.

    `elsewhere` tells of kernels that are not on this machine, or run for others; it is called on a thread.
    """
    screen.run_worker(_open(screen, elsewhere), exclusive=True, group="kernels")


async def _open(screen: ChoosingScreen, elsewhere: Callable[[], Elsewhere]) -> None:
    """Open the list once all is found: folders may be on a slow disk."""
    named, running = kernelspec_of(screen.notebook.metadata), screen.kernel.running
    folder = screen.file.path.parent.absolute()
    script = _uv_script(screen.notebook)

    def find() -> Candidates:
        return Candidates(
            str(folder),
            _with_its_launch(running),
            named.name,
            named.language,
            installed(),
            all_environments(folder),
            elsewhere(),
            script,
            _without_home,
        )

    found = await asyncio.to_thread(find)
    picker = KernelPickerScreen(choices(found), screen.palette)
    screen.program.lay_over(picker, lambda choice: _use(screen, choice))


def _with_its_launch(running: RunningNow | None) -> RunningNow | None:
    if running is None or not running.keeper:
        return running
    return replace(running, launch=launch_of(state_folder() / KEEPERS / running.keeper))


def _use(screen: ChoosingScreen, choice: Choice) -> None:
    match choice:
        case KeepCurrent():
            pass
        case InstalledChoice(launch=launch):
            _name(screen, NamedKernelspec(launch.name, launch.display_name, launch.language))
            screen.kernel.switch(launch, (launch.name,))
        case EnvironmentChoice(launch=launch, environment=environment):
            _remember(screen, environment.prefix)
            _name(screen, _PYTHON)
            screen.kernel.switch(launch, (launch.name, environment.name))
        case UvChoice(launch=launch, metadata=metadata):
            _use_uv(screen, launch, metadata)
        case ServerChoice(launch=launch, kernel=kernel):
            _use_on_server(screen, launch, kernel)
        case KeeperChoice(launch=launch, title=title):
            screen.kernel.switch(launch, (title,))
        case _:
            assert_never(choice)


def _uv_script(notebook: Notebook) -> UvScript | None:
    """What the first code cell says that the notebook needs, as a kernel for uv."""
    first = next((cell for cell in notebook.cells if cell.kind is CellKind.CODE), None)
    metadata = None if first is None else script_metadata(first.source)
    if metadata is None:
        return None
    return UvScript(metadata, str(locations.state_folder() / metadata.script_name), which("uv") or "")


def _use_uv(screen: ChoosingScreen, launch: LocalLaunch, metadata: ScriptMetadata) -> None:
    """Only now is anything written: uv makes the environment when the kernel is started."""
    try:
        folder = locations.private_folder(locations.state_folder())
        (folder / metadata.script_name).write_text(metadata.script, "utf-8")
    except OSError as error:
        screen.say(f"the script for uv cannot be written: {error.strerror}", Severity.ERROR)
        return
    _name(screen, _PYTHON)
    screen.kernel.switch(launch, (launch.name, "uv"))


def _use_on_server(screen: ChoosingScreen, launch: ServerLaunch, kernel: KernelOnServer) -> None:
    from tui.serverlaunch import with_token

    try:
        launch = with_token(launch, screen.file.path)
    except ServerError as error:
        screen.say(str(error), Severity.ERROR)
        return
    if kernel.name:
        _name(screen, NamedKernelspec(kernel.name, kernel.display_name, kernel.language))
    screen.kernel.switch(launch, (kernel.name or kernel.display_name, kernel.server))


def _name(screen: ChoosingScreen, chosen: NamedKernelspec) -> None:
    """Have the notebook name the kernelspec, unless it does or may not be changed; undo takes it back."""
    metadata = screen.notebook.metadata
    changed = with_kernelspec(metadata, chosen)
    if changed is not metadata and screen.file.read_only is None:
        here = Place(screen.state.focus)
        screen.controller.perform([SetNotebookMetadata(changed)], here, here)


def _remember(screen: ChoosingScreen, prefix: Path) -> None:
    """The environment may be used on opening from now on."""
    try:
        trust(prefix)
    except OSError as error:
        screen.say(f"the choice cannot be remembered: {error.strerror}", Severity.WARNING)


def _without_home(path: str) -> str:
    """A path as people write it."""
    try:
        home = Path.home()
    except RuntimeError:
        return path
    place = Path(path)
    return f"~/{place.relative_to(home)}" if path and place.is_relative_to(home) else path
