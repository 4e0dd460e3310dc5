"""A notebook written to its file as it changes: not more often than is worth it, and once more in the end."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable

from tui.document.notebook import Notebook
from tui.files.errors import FileError
from tui.files.notebookfile import NotebookFile, Overwrite, save

_PAUSE = 1.0
"""Seconds between one writing and the next."""
_SHARE = 10
"""How many times as long as it took to write is waited at least: a large notebook must not cost the run."""


class PacedWriter:
    """Writes what `snapshot` gives, on a thread, one time after the other."""

    def __init__(self, file: NotebookFile, overwrite: Overwrite, snapshot: Callable[[], Notebook]) -> None:
        self._file = file
        self._overwrite = overwrite
        self._snapshot = snapshot
        self._pause = _PAUSE
        self._timer: asyncio.TimerHandle | None = None
        self._writing: asyncio.Task[None] | None = None
        self._is_over = False

    @property
    def file(self) -> NotebookFile:
        """The file as it was written last."""
        return self._file

    def changed(self) -> None:
        """Have it written soon."""
        if self._timer is None and not self._is_over:
            self._timer = asyncio.get_running_loop().call_later(self._pause, self._begin)

    async def finish(self, notebook: Notebook) -> None:
        """Write what is to stay. Raises FileError."""
        self._is_over = True
        if self._timer is not None:
            self._timer.cancel()
        if self._writing is not None:
            await self._writing
        self._file = await asyncio.to_thread(save, self._file, notebook, overwrite=self._overwrite)

    def _begin(self) -> None:
        self._writing = asyncio.get_running_loop().create_task(self._write(self._snapshot()))

    async def _write(self, notebook: Notebook) -> None:
        began = time.monotonic()
        with contextlib.suppress(FileError):  # there is another writing, and the last one tells
            self._file = await asyncio.to_thread(save, self._file, notebook, overwrite=self._overwrite)
        self._pause = max(_PAUSE, _SHARE * (time.monotonic() - began))
        self._timer = None
