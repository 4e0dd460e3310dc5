"""The kernel of one notebook: chosen, launched beside the screen, never awaited by it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from kernelbridge.events import KernelStateChanged
from kernelbridge.session import Session
from kernelbridge.state import Dead, KernelInfo, KernelState, Missing, NoKernel, Starting
from tui.options import DefaultKernel, KernelChoice, NamedKernel, WithoutKernel

if TYPE_CHECKING:
    from kernelbridge.specs import ChosenKernel
    from tui.controller import Controller
    from tui.files.notebookfile import NotebookFile


class NotebookKernel:
    """Chooses, starts, restarts and ends the kernel; what it tells goes to the controller."""

    def __init__(self, controller: Controller, choice: KernelChoice, file: NotebookFile) -> None:
        self._controller = controller
        self._choice = choice
        self._file = file
        self._without: KernelState = NoKernel()
        """The state while there is no session."""
        self._chosen: ChosenKernel | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def state(self) -> KernelState:
        """What the kernel is doing."""
        session = self._controller.session
        return self._without if session is None else session.state

    @property
    def info(self) -> KernelInfo | None:
        """What the kernel said of itself."""
        session = self._controller.session
        return None if session is None else session.info

    def start_on_opening(self) -> None:
        """Launch the kernel that the notebook names, unless none is wanted."""
        if not isinstance(self._choice, WithoutKernel):
            self.start()
