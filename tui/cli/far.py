"""A start that needs another machine: log in there, find the notebook, connect, all before the screen.

What ssh asks is asked on the terminal as it is, and what goes wrong is seen there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kernelbridge.transports.ssh import log_in
from kernelbridge.transports.sshfiles import FarFiles
from tui.farkernel import keeper_of_far_notebook, keeper_of_near_notebook, launch_far
from tui.files.errors import NotFound
from tui.files.farplace import There
from tui.files.notebookfile import create_at, read_at
from tui.options import RemoteKernel, WithoutKernel

if TYPE_CHECKING:
    from kernelbridge.sshaddress import SshAddress
    from tui.files.notebookfile import NotebookFile
    from tui.kernelreach import Launch
    from tui.options import KernelChoice


def reach_kernel(kernel: KernelChoice, notebook: NotebookFile) -> Launch | None:
    """The kernel on another machine of a notebook that is here. Raises WayError."""
    if not isinstance(kernel, RemoteKernel):
        return None
    log_in(kernel.address.machine)
    return launch_far(keeper_of_near_notebook(kernel.address, notebook.path))


def open_far(address: SshAddress, kernel: KernelChoice) -> tuple[NotebookFile, Launch | None]:
    """A notebook on another machine, or a new one that will be saved there, and its kernel there.

    Raises WayError and CannotRead.
    """
    machine = address.machine
    python = kernel.address.path if isinstance(kernel, RemoteKernel) else ""
    log_in(machine)
    place = There.find(FarFiles(machine, python), address.path)
    notebook = _read_or_create(place)
    if isinstance(kernel, WithoutKernel):
        return notebook, None
    keeper = keeper_of_far_notebook(machine, python, kernel, place.identity, notebook.notebook.metadata)
    return notebook, launch_far(keeper)


def _read_or_create(place: There) -> NotebookFile:
    """As for a notebook that is here (open.py): a new one has a folder, and a name that is no slip."""
    if place.first.exists:
        return read_at(place)
    if place.path.suffix != ".ipynb":
        raise NotFound(place.path, "no such file, and the name of a new notebook ends in .ipynb")
    if not place.first.has_folder:
        raise NotFound(place.path, "there is no folder to make a new notebook in")
    return create_at(place)
