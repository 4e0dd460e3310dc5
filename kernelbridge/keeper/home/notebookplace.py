"""Which notebook a keeper is of, also after its file was renamed or moved: known again by the file itself."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class NotebookPlace:
    """Where the notebook of a keeper is, and was."""

    label: str | None = None
    """Its real path; that of one on another machine has the machine before it. None for no notebook."""
    file: str = ""
    """As `file_mark` gave it when the notebook was opened or saved last; empty where that is not known."""
    formerly: tuple[str, ...] = ()
    """Labels that it had before, the oldest first."""

    @property
    def is_gone(self) -> bool:
        """Whether there is nothing at its path on this machine."""
        return self.label is not None and self.label.startswith("/") and not os.path.lexists(self.label)

    def is_now_at(self, path: str) -> bool:
        """Whether the file at a real path is surely this notebook's, which was moved there.

        Of a copy it is not known which of the two would be meant: then the old path is there still.
        """
        return bool(self.file) and self.is_gone and file_mark(path) == self.file

    def seen_at(self, path: str, file: str, *, saved_as: bool = False) -> NotebookPlace:
        """What is known once a frontend has opened or saved it at `path`.

        With `saved_as` it is surely there from now on, whatever is at its former path.
        """
        if path == self.label:
            return replace(self, file=file or self.file)
        if self.label is None or not (saved_as or self.is_now_at(path)):
            return self
        formerly = (*(each for each in self.formerly if each != path), self.label)
        return NotebookPlace(path, file if saved_as else file or self.file, formerly)


def file_mark(path: str) -> str:
    """What a file keeps when it is renamed, and no other has; empty where there is no file.

    Not the inode alone: one that was deleted leaves it to the next.
    """
    try:
        status = os.stat(path)  # noqa: PTH116 -- a label, and a path only if it is one
    except (OSError, ValueError):
        return ""
    return f"{status.st_dev}:{status.st_ino}:{status.st_size}:{status.st_mtime_ns}"
