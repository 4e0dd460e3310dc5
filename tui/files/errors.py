"""What can go wrong with a notebook's file, each kind its own exception with one clear line for a person.

FileError
├── CannotRead
│   ├── NotFound            nothing there, or a link to nothing
│   ├── NotPermitted        the system does not let us read it
│   ├── NotARegularFile     a directory, a pipe, a device, a socket
│   ├── TooLarge
│   ├── EmptyFile           no text in it
│   ├── NotUtf8             another encoding of text altogether
│   ├── NotJson             with line and column
│   │   └── TruncatedJson   ends in the middle
│   ├── LfsPointer          Git LFS has not fetched the text yet
│   ├── MergeConflict       Git's markers are in it
│   ├── BeyondLimits        JSON, but too deep or with too long a number to read
│   └── NotANotebook        JSON, but something else
└── CannotSave
    ├── ReadOnlyNotebook    it was opened for reading only
    ├── NotWritable         the system does not let us write it
    ├── WriteFailed         the system failed at it: a full disk, a quota, a fault
    ├── ChangedOutside      the file on the disk is no longer the one that was read
    └── SaveMismatch        the text to be written would not have read back as the document
"""

from __future__ import annotations

import os
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def shown(path: Path) -> str:
    """The path for a message: whatever could move a cursor or turn the line round is escaped."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in str(path)
    )


class FileError(Exception):
    """Something is wrong with a notebook's file; `str()` is one line: what, where, what to do."""

    def __init__(self, path: Path, problem: str, remedy: str = "") -> None:
        super().__init__(f"{shown(path)}: {problem}" + (f"; {remedy}" if remedy else ""))
        self.path = path
        self.problem = problem
        """What is wrong, without the path."""
        self.remedy = remedy
        """What to do about it; empty where nothing can be said."""


class CannotRead(FileError):  # noqa: N818 - reads as a sentence where it is caught
    """The file cannot be opened as a notebook; it was not touched."""


class NotFound(CannotRead):
    """There is no such file."""


class NotPermitted(CannotRead):
    """The system refuses to open it."""


class NotARegularFile(CannotRead):
    """It is a directory, a pipe, a device or a socket; it was not opened, so nothing waits for it."""


class TooLarge(CannotRead):
    """It is larger than a notebook can be here."""


class EmptyFile(CannotRead):
    """It holds nothing, or nothing but white space."""


class NotUtf8(CannotRead):
    """Its first bytes say that it is text in another encoding."""


class NotJson(CannotRead):
    """It breaks JSON's grammar."""


class TruncatedJson(NotJson):
    """It ends in the middle."""


class LfsPointer(CannotRead):
    """It is what Git LFS keeps in a file's place."""


class MergeConflict(CannotRead):
    """A merge left its markers in it."""


class BeyondLimits(CannotRead):
    """It is JSON that nests deeper, or has a longer number, than can be read."""


class NotANotebook(CannotRead):
    """It is JSON, but no notebook."""


class CannotSave(FileError):  # noqa: N818 - reads as a sentence where it is caught
    """The document was not saved; unless the message says otherwise the old file is as it was."""


class ReadOnlyNotebook(CannotSave):
    """It was opened for reading only."""


class NotWritable(CannotSave):
    """The user may not write the file."""


class WriteFailed(CannotSave):
    """The system refused or failed to write it."""


class OutsideChange(Enum):
    """What happened to the file on the disk since it was read."""

    MODIFIED = "another program changed it"
    REMOVED = "it is no longer there"
    APPEARED = "there is a file of this name now"


class ChangedOutside(CannotSave):
    """The file on the disk is not the one that was read."""

    def __init__(self, path: Path, change: OutsideChange) -> None:
        super().__init__(
            path, f"not saved, {change.value}", "overwrite it, save under another name, or reload"
        )
        self.change = change


class SaveMismatch(CannotSave):
    """The spliced text does not read back as the document: a fault of this program's own."""


def system_reason(error: OSError) -> str:
    """The system's own words for what went wrong, without a path, starting in lower case."""
    words = os.strerror(error.errno) if error.errno else str(error)
    return words[:1].lower() + words[1:]
