"""Keeps a notebook's breakpoints on disk, and brings them back: they outlive tnb.

They are written when a person sets or takes away one, and when the notebook is saved: what is kept is true of
the file then, also where what was typed since is dropped.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui.debugging.breakpointfolder import load, store
from tui.debugging.keptbreakpoints import DamagedBreakpointsError, KeptCell, found, kept
from tui.files.errors import system_reason
from tui.files.place import Here

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.screens.notebook.screen import NotebookScreen


class BreakpointKeeping:
    """For one open notebook; reads and writes on another thread, one at a time."""

    def __init__(self, screen: NotebookScreen) -> None:
        self._screen = screen
        self._is_read = False
        """Whether it is known what was kept: nothing is written before."""
        self._stored: tuple[str, Sequence[KeptCell]] = ("", ())
        """Under which name what stands on the disk."""
        self._writing: asyncio.Task[None] | None = None
        self._is_stale = False
        """Whether there was more to be kept while it was written."""
        self._fails = False

    async def bring_back(self) -> None:
        """Set the breakpoints that were kept, as far as their lines are still there."""
        name = self._name()
        try:
            cells = await asyncio.to_thread(load, name)
        except DamagedBreakpointsError:
            cells = ()
            self._screen.told("the breakpoints of this notebook could not be read, and are forgotten")
        except OSError as error:
            self._screen.told(f"the breakpoints of this notebook cannot be read ({system_reason(error)})")
            return
        self._is_read = True
        if cells:
            self._stored = name, cells
            self._screen.controller.debugger.adopt(found(self._screen.notebook, cells))
        if self._is_stale:
            self.note_change()

    def note_change(self) -> None:
        """Breakpoints were set or taken away, or the notebook was saved."""
        if self._writing is not None or not self._is_read:
            self._is_stale = True
            return
        self._is_stale = False
        wanted = self._name(), kept(self._screen.notebook, self._screen.controller.debugger.breakpoints.all)
        if wanted != self._stored and (wanted[1] or wanted[0] == self._stored[0]):
            self._writing = asyncio.get_running_loop().create_task(self._write(*wanted))

    async def _write(self, name: str, cells: Sequence[KeptCell]) -> None:
        try:
            await asyncio.to_thread(store, name, cells)
        except OSError as error:
            if not self._fails:
                self._screen.told(f"breakpoints cannot be kept ({system_reason(error)})")
            self._fails = True
        else:
            self._stored = name, cells
        self._writing = None
        if self._is_stale:
            self.note_change()

    async def close(self) -> None:
        """What is to be kept by now is on disk when this returns."""
        while self._writing is not None:
            await self._writing

    def _name(self) -> str:
        place = self._screen.file.place
        return place.identity if isinstance(place, Here) else str(place.path)
