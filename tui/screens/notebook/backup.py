"""Keeps what is unsaved on disk while it is edited: nothing that was typed is lost with the program."""

from __future__ import annotations

import asyncio
import time
from contextvars import copy_context
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

from tui.faults import reported
from tui.files.errors import system_reason
from tui.files.recovery import encode
from tui.files.recoveryfolder import RecoveryFile, remove, this_process
from tui.screens.notebook.promptly import Promptly

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.document.document import Document
    from tui.files.notebookfile import NotebookFile

_DELAY = 0.3
"""Seconds from an edit until it is written. One is promised: the rest is for the writing, and for a machine
that has much else to do."""
_LONGEST_WAIT = 1.0
"""Seconds that a run waits for a disk."""


class Backup:
    """Follows one open notebook; writes on a thread that does nothing else, one writing at a time."""

    def __init__(
        self, document: Document, file: Callable[[], NotebookFile], told: Callable[[str], None]
    ) -> None:
        """`file` gives the file as it was read or saved last; `told` gets a line for the person."""
        self._document = document
        self._base = file
        self._told = told
        self._file = RecoveryFile(file().place.identity)
        self._writing = Lock()
        """Held by who uses the file on disk."""
        self._thread = Promptly(self._write, _DELAY, "recovery")
        self._tell_soon: Callable[[str], object] | None = None
        """Has the screen's own thread tell; from the first edit to the end."""
        self._held: list[Callable[[], None]] = []
        """What is done once all is kept."""
        self._patience: asyncio.TimerHandle | None = None
        """Goes off when the disk took too long for that."""
        self._step = document.revision.step
        """The last edit that was seen."""
        self._is_unwanted = False
        self._taken: list[Path] = []
        self._fails = False
        """Whether what is unsaved could not be written last."""

    def note_change(self) -> None:
        """The document changed: have edits on disk soon, however long the typing goes on."""
        step = self._document.revision.step
        if step != self._step:
            self._step = step
            if self._tell_soon is None:
                loop, context = asyncio.get_running_loop(), copy_context()
                self._tell_soon = partial(loop.call_soon_threadsafe, self._told, context=context)
            self._thread.ask()

    def once_kept(self, do: Callable[[], None]) -> None:
        """Do it once what is unsaved is on disk, or the disk took too long; at once where all is."""
        self._held.append(do)
        loop, context = asyncio.get_running_loop(), copy_context()
        if self._thread.hurry(partial(loop.call_soon_threadsafe, self.let_go, context=context)):
            self._patience = self._patience or loop.call_later(_LONGEST_WAIT, self.let_go, context=context)
        else:
            self.let_go()

    def let_go(self) -> None:
        """Do now what waits, in its order: something else comes behind it."""
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None
        held, self._held = self._held, []
        for do in held:
            do()

    def take_over(self, left: Path) -> None:
        """What another left is in the document now: remove it once it is written here."""
        self._taken.append(left)
        self._thread.ask()

    def keep_now(self) -> None:
        """The program may end at any moment: write here and now."""
        self._tell_soon = None
        self._write()

    async def saved(self) -> None:
        """All is in the notebook's file, unless it changed again meanwhile."""
        self._thread.forget()
        await asyncio.to_thread(self._settle)

    async def saved_elsewhere(self, notebook: str) -> None:
        """All is in another file, which is the notebook from here on; `notebook` identifies its place."""
        await asyncio.to_thread(self._move, notebook)
        await self.saved()

    def drop(self) -> None:
        """The program is about to end, and nobody wants what is unsaved."""
        self._is_unwanted = True

    async def close(self) -> None:
        """The program ends, for whatever reason: what is unsaved by now is on disk when this returns."""
        await asyncio.to_thread(self._thread.close)
        self.keep_now()

    def _move(self, notebook: str) -> None:
        with self._writing:
            self._file.remove()
            self._file = RecoveryFile(notebook)

    def _settle(self) -> None:
        with self._writing:
            self._forget(tuple(self._taken))
        self._write()

    def _write(self) -> None:
        """On any thread."""
        try:
            with self._writing:
                self._bring_up_to_date()
        except OSError as error:
            self._note_failure(system_reason(error))
        except Exception as error:  # noqa: BLE001 - after a bug the next edit is tried again
            self._note_failure(reported(error, "keeping what is unsaved"))
        else:
            self._fails = False

    def _bring_up_to_date(self) -> None:
        if self._is_unwanted or not self._document.has_edits:
            self._file.remove()
            return
        taken = tuple(self._taken)
        self._file.write(encode(self._base(), self._document.notebook, this_process(), time.time()))
        self._forget(taken)

    def _forget(self, taken: tuple[Path, ...]) -> None:
        for path in taken:
            remove(path)
            self._taken.remove(path)

    def _note_failure(self, reason: str) -> None:
        """Have the person warned, once until it works again."""
        if not self._fails and self._tell_soon is not None:
            self._tell_soon(f"what is unsaved cannot be kept for a crash ({reason}): save often")
        self._fails = True
