"""Keeps what is unsaved on disk while it is edited: nothing that was typed is lost with the program."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from tui.faults import reported
from tui.files.errors import system_reason
from tui.files.recovery import encode
from tui.files.recoveryfolder import RecoveryFile, remove, this_process

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.document.document import Document
    from tui.files.notebookfile import NotebookFile

_DELAY = 0.5
"""Seconds from an edit until it is written; with the writing it is on disk within one."""


class Backup:
    """Follows one open notebook; writes on another thread, one writing at a time."""

    def __init__(
        self, document: Document, file: Callable[[], NotebookFile], told: Callable[[str], None]
    ) -> None:
        """`file` gives the file as it was read or saved last; `told` gets a line for the person."""
        self._document = document
        self._base = file
        self._told = told
        self._file = RecoveryFile(file().place.identity)
        self._timer: asyncio.TimerHandle | None = None
        self._writing: asyncio.Task[None] | None = None
        self._step = document.revision.step
        """The last edit that was seen."""
        self._is_stale = False
        """Whether there were more while it was written."""
        self._is_unwanted = False
        self._taken: list[Path] = []
        self.fails = False
        """Whether what is unsaved could not be written last."""

    def note_change(self) -> None:
        """The document changed: have edits on disk soon, however long the typing goes on."""
        step = self._document.revision.step
        if step == self._step:
            return
        self._step = step
        self._write_soon()

    def _write_soon(self) -> None:
        if self._writing is not None:
            self._is_stale = True
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(_DELAY, self.hurry)

    def hurry(self) -> None:
        """Write now what waits to be written."""
        if self._timer is None:
            return
        self._timer.cancel()
        self._timer = None
        self._writing = asyncio.get_running_loop().create_task(self._write())

    def take_over(self, left: Path) -> None:
        """What another left is in the document now: remove it once it is written here."""
        self._taken.append(left)

    async def _write(self) -> None:
        try:
            await asyncio.to_thread(self._bring_up_to_date)
        except OSError as error:
            self._tell_failure(system_reason(error))
        except Exception as error:  # noqa: BLE001 - after a bug the next edit is tried again
            self._tell_failure(reported(error, "keeping what is unsaved"))
        else:
            self.fails = False
        self._writing = None
        if self._is_stale:
            self._is_stale = False
            self._write_soon()

    def _tell_failure(self, reason: str) -> None:
        if not self.fails:
            self._told(f"what is unsaved cannot be kept for a crash ({reason}): save often")
        self.fails = True

    def keep_now(self) -> None:
        """The program may end at any moment: write here and now."""
        self._close_up()

    def _bring_up_to_date(self) -> None:
        if self._is_unwanted or not self._document.has_edits:
            self._file.remove()
            return
        self._file.write(encode(self._base(), self._document.notebook, this_process(), time.time()))
        self._forget_taken()

    def _forget_taken(self) -> None:
        for path in self._taken:
            remove(path)
        self._taken.clear()

    async def saved(self) -> None:
        """All is in the notebook's file, unless it changed again meanwhile."""
        self._forget_taken()
        await self._settle()
        await asyncio.to_thread(self._close_up)

    async def saved_elsewhere(self, notebook: str) -> None:
        """All is in another file, which is the notebook from here on; `notebook` identifies its place."""
        await self._settle()
        await asyncio.to_thread(self._file.remove)
        self._file = RecoveryFile(notebook)
        await self.saved()

    def drop(self) -> None:
        """The program is about to end, and nobody wants what is unsaved."""
        self._is_unwanted = True

    async def close(self) -> None:
        """The program ends, for whatever reason: what is unsaved by now is on disk when this returns."""
        await self._settle()
        self._close_up()

    def _close_up(self) -> None:
        try:
            self._bring_up_to_date()
        except OSError:
            self.fails = True
        except Exception as error:  # noqa: BLE001 - the rest is to end in good order all the same
            reported(error, "keeping what is unsaved")
            self.fails = True

    async def _settle(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._is_stale = False
        if self._writing is not None:
            await self._writing
