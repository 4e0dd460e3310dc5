"""Whether other programs have changed an open notebook's file, found out by looks when there is a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kernelbridge.keeper.files.wholefile import signature
from tui.files.notebookfile import changed_outside
from tui.files.place import Here

if TYPE_CHECKING:
    from kernelbridge.keeper.files.wholefile import Signature
    from tui.files.errors import OutsideChange
    from tui.files.notebookfile import NotebookFile


class FileWatch:
    """Watches one file. The content decides, not the clock: a touch is no change."""

    def __init__(self) -> None:
        self.change: OutsideChange | None = None
        """What was seen last, until the person has settled it."""
        self._base: NotebookFile | None = None
        self._seen: Signature = None

    def look(self, file: NotebookFile) -> bool:
        """Look where the file's status is another than at the last look; whether there is news.

        May take long, and may be done on any thread. Raises CannotSave where it cannot be found out.
        """
        if isinstance(file.place, Here):
            seen = signature(file.path)
            if file is self._base and seen == self._seen:
                return False
            self._base, self._seen = file, seen
        before, self.change = self.change, changed_outside(file)
        return self.change is not None and self.change is not before
