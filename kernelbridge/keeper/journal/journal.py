"""The journal: every record of every run that no frontend has saved yet, on disk before it is sent.

One folder a run. What is written can be read by another keeper after this one was killed at any moment.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from typing import Iterator

from kernelbridge.keeper.errors import JournalError
from kernelbridge.keeper.journal.lanes import Limits
from kernelbridge.keeper.journal.replay import replay
from kernelbridge.keeper.journal.runfolder import RunFolder, folder_name, recover, sync
from kernelbridge.keeper.journal.tally import Tally, TallyFile
from kernelbridge.keeper.keeping import Lane, Record

_NUMBER = "last-number"
_GONE = ".gone-"
"""Before the name of a folder that is being deleted."""
_DEFAULT = Limits()


class Journal:
    """The records of one keeper. One process at a time uses it, from one thread."""

    def __init__(self, folder: Path, limits: Limits = _DEFAULT) -> None:
        """The folder is made when it is first needed."""
        self.folder = folder
        self._limits = limits
        self._runs: dict[str, RunFolder] = {}
        self._written: RunFolder | None = None
        self._unsynced: dict[str, RunFolder] = {}
        self._number = TallyFile(folder / _NUMBER)
        self._is_made = False
        self._last_seq = 0
        self.damaged: list[Path] = []
        """What `open` found damaged: read as far as it can be, or renamed, and never deleted."""

    @property
    def last_seq(self) -> int:
        """The highest number there ever was, also of runs that were let go of; 0 where there was none."""
        return self._last_seq

    def open(self) -> None:
        """Reads what an earlier keeper left, and cuts torn ends. Raises JournalError."""
        try:
            folders = sorted(self.folder.iterdir())
            self._number.load()
        except FileNotFoundError:
            return
        except OSError as error:
            raise _problem(error) from error
        for folder in folders:
            if folder.name.startswith(_GONE):
                shutil.rmtree(folder, ignore_errors=True)
            elif folder.is_dir():
                self._recover(folder)
        lasts = (folder.last for folder in self._runs.values())
        self._last_seq = max(self._number.value.last, *lasts, 0)

    def _recover(self, folder: Path) -> None:
        try:
            found, damaged = recover(folder, self._limits)
        except OSError:
            self.damaged.append(folder)
            return
        self.damaged += damaged
        if found is not None:
            self._runs[found.run] = found

    def append(self, run: str, seq: int, data: bytes, lane: Lane = Lane.OTHER, lines: int = 0) -> None:
        """Keeps a record, whose number is above all before. Raises JournalError where it is not kept."""
        self._last_seq = max(self._last_seq, seq)
        try:
            self._make()
            folder = self._runs.get(run)
            if folder is None:
                folder = self._runs[run] = RunFolder(self.folder / folder_name(run), run, self._limits)
            if folder is not self._written:
                self._release()
                self._written = folder
            self._unsynced[run] = folder
            folder.append(seq, data, lane, lines)
        except OSError as error:
            # It is sent all the same, so another keeper must not give its number again.
            self._remember_number()
            raise _problem(error) from error

    def _make(self) -> None:
        if not self._is_made:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Now, so that there is room for it when the disk is full.
            self._number.store(Tally(self._last_seq))
            self._is_made = True

    def _remember_number(self) -> None:
        with suppress(OSError):
            self._number.store(Tally(self._last_seq))

    @property
    def is_gone(self) -> bool:
        """Whether somebody removed its folder."""
        return (self._is_made or bool(self._runs)) and not self.folder.is_dir()

    def begin_anew(self) -> None:
        """Forgets what was in a folder that is gone; numbers go on."""
        with suppress(OSError):
            self._release()
        self._runs.clear()
        self._unsynced.clear()
        self._is_made = False

    def runs(self) -> list[str]:
        """The runs of which there are records, in the order of their first."""
        return [each.run for each in sorted(self._runs.values(), key=lambda each: each.first) if each.first]

    def last_of(self, run: str) -> int:
        """The highest number of a run; 0 where there is none."""
        folder = self._runs.get(run)
        return folder.last if folder else 0

    def read(self, since: int = 0) -> Iterator[Record]:
        """The records above a number that are there now, in order, a `gap` in place of those left out."""
        return replay(tuple(self._runs.values()), since, self._last_seq)

    def read_run(self, run: str) -> Iterator[Record]:
        """The same of one run, from its beginning."""
        folder = self._runs.get(run)
        return replay((folder,) if folder else (), 0, self._last_seq)

    def discard(self, run: str) -> None:
        """Lets go of a run. What cannot be deleted is left for the next keeper to find, or to delete."""
        folder = self._runs.pop(run, None)
        if folder is None:
            return
        self._unsynced.pop(run, None)
        self._remember_number()
        with suppress(OSError):
            folder.release()
        # Renamed first: a keeper killed here leaves either the whole run or nothing of it.
        gone = folder.path.with_name(_GONE + folder.path.name)
        shutil.rmtree(gone, ignore_errors=True)
        with suppress(OSError):
            folder.path.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)

    def sync(self) -> None:
        """Brings what was written to the disk itself, for when the machine fails. Raises JournalError."""
        if not self._unsynced:
            return
        try:
            for folder in tuple(self._unsynced.values()):
                folder.sync()
                del self._unsynced[folder.run]
            sync(self.folder / _NUMBER)
            sync(self.folder)
        except OSError as error:
            raise _problem(error) from error

    def close(self) -> None:
        """Closes the files. Raises JournalError where what was written did not come through."""
        try:
            self._release()
        except OSError as error:
            raise _problem(error) from error

    def _release(self) -> None:
        folder, self._written = self._written, None
        if folder is not None:
            folder.release()


def _problem(error: OSError) -> JournalError:
    return JournalError(error.strerror or str(error))
