"""Writing a file so that at every moment it is either the old one or the new one, whole.

The new text goes to a file beside the target, to the disk, and then takes the target's name. Where that would
break a hard link or lose the owner, or the folder cannot be written, the target is written in place, but only
once a full copy of the new text is safe on the disk.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Callable

from kernelbridge.keeper.files.spares import lasting, new_spare, sweep

_NO_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EROFS}
"""What `fsync` says on file systems that do not have it."""


class Refusal(Enum):
    """Why nothing was written, or not all."""

    PROTECTED = "protected"
    """The file may not be written."""
    SPECIAL = "special"
    """It is no regular file."""
    APPEARED = "appeared"
    """A new file was to be made, and there is one."""
    DAMAGED = "damaged"
    """The system failed while the file was written in place; all of the new text is in another."""


class RefusedError(Exception):
    """The file was not written as it should be."""

    def __init__(self, why: Refusal, cause: OSError | None = None, spare: Path | None = None) -> None:
        super().__init__(why.value)
        self.why = why
        self.cause = cause
        self.spare = spare
        """Where all of the new text is, where the file may be damaged."""


class Doubt(Enum):
    """Why what was written may not last."""

    TEXT = "text"
    """The file system cannot say whether it is on the disk."""
    NAME = "name"
    """A power failure may undo it."""


@dataclass(frozen=True)
class Doubts:
    """A doubt, and the system's reason for it."""

    doubt: Doubt
    cause: OSError | None = None


def replace_file(
    path: Path, data: bytes, *, new: bool, check: Callable[[], None], rescue: Callable[[], Path]
) -> Doubts | None:
    """Write `data` to the file at `path`, through symbolic links; returns why that may not last, if so.

    Mode, group and extended attributes (which hold access control lists) stay. A `new` file never takes the
    place of one that appeared meanwhile. `check` is called when all is ready and right before the old text
    goes; what it raises ends the attempt. `rescue` gives a private folder, for where the file's own cannot be
    written. Raises OSError and RefusedError: the old file is then whole, or the error says that it may not.
    """
    real = Path(os.path.realpath(path))
    status = None if new else _status(real)
    if status is not None and not os.access(real, os.W_OK):
        raise RefusedError(Refusal.PROTECTED)
    return _Write(real, data, status, check, rescue).run()


def _status(real: Path) -> os.stat_result | None:
    try:
        status = real.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        raise RefusedError(Refusal.SPECIAL)
    return status


class _Write:
    """One attempt."""

    def __init__(
        self,
        real: Path,
        data: bytes,
        status: os.stat_result | None,
        check: Callable[[], None],
        rescue: Callable[[], Path],
    ) -> None:
        self.real = real
        self.data = data
        self.status = status
        """The target's, None where it is not there yet."""
        self.check = check
        self.rescue = rescue
        self.doubts: Doubts | None = None
        self.keep_spare = False
        """Whether the copy beside the target holds the only whole text there is."""

    def run(self) -> Doubts | None:
        """Write, by the best way that this file allows."""
        replaceable = self.status is None or self._replaceable(self.status)
        folder = self.real.parent
        if not replaceable and not os.access(folder, os.W_OK | os.X_OK):
            folder = self.rescue()
        spare = new_spare(folder)
        try:
            if self._write_spare(spare) and replaceable:
                self.check()
                self._take_name(spare)
                sweep(folder)
            else:
                spare = spare.rename(lasting(spare))
                self._sync_folder(spare.parent)
                self.check()
                self._overwrite(spare)
        finally:
            if not self.keep_spare:
                with contextlib.suppress(OSError):
                    spare.unlink(missing_ok=True)
        return self.doubts

    def _write_spare(self, spare: Path) -> bool:
        """Have the new text on the disk as another file; whether that could take the target's place."""
        # The umask makes the mode of a new file; what replaces an old one is private until it has its mode.
        mode = 0o666 if self.status is None else 0o600
        descriptor = os.open(spare, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, mode)
        try:
            _write_all(descriptor, self.data)
            alike = self.status is None or _copy_attributes(self.real, self.status, descriptor)
            self._sync(descriptor)
        finally:
            os.close(descriptor)
        return alike

    def _replaceable(self, status: os.stat_result) -> bool:
        """Whether another file may take the target's place without anything being lost but the old text."""
        return (
            status.st_nlink == 1
            and status.st_uid == os.geteuid()
            and os.access(self.real.parent, os.W_OK | os.X_OK)
        )

    def _take_name(self, spare: Path) -> None:
        if self.status is not None:
            os.replace(spare, self.real)  # noqa: PTH105 - the system call is the point
        else:
            try:
                os.link(spare, self.real)
            except FileExistsError as error:
                raise RefusedError(Refusal.APPEARED) from error
            except OSError:  # a file system without hard links
                if os.path.lexists(self.real):
                    raise RefusedError(Refusal.APPEARED) from None
                os.replace(spare, self.real)  # noqa: PTH105
        self._sync_folder(self.real.parent)

    def _overwrite(self, spare: Path) -> None:
        """Write in place; `spare` holds the new text until that is done."""
        descriptor = os.open(self.real, os.O_WRONLY | os.O_CLOEXEC)
        self.keep_spare = True
        try:
            try:
                _write_all(descriptor, self.data)
                os.ftruncate(descriptor, len(self.data))
                self._sync(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise RefusedError(Refusal.DAMAGED, error, spare) from error
        self.keep_spare = False

    def _sync(self, descriptor: int) -> None:
        """Have the text on the disk. A sync that fails is not tried again: the second would lie."""
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in _NO_SYNC:
                raise
            self.doubts = Doubts(Doubt.TEXT)

    def _sync_folder(self, folder: Path) -> None:
        """Have the name on the disk; the text already is, so that failing here loses at most the renaming."""
        try:
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            if error.errno not in _NO_SYNC:
                self.doubts = Doubts(Doubt.NAME, error)


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _copy_attributes(source: Path, status: os.stat_result, descriptor: int) -> bool:
    """Give the open file the group, attributes and mode of `source`; False where it cannot have them."""
    try:
        if os.fstat(descriptor).st_gid != status.st_gid:
            os.fchown(descriptor, -1, status.st_gid)
        if sys.platform == "linux":
            _copy_extended(source, descriptor)
        os.fchmod(descriptor, stat.S_IMODE(status.st_mode))
    except PermissionError:
        return False
    return True


if sys.platform == "linux":

    def _copy_extended(source: Path, descriptor: int) -> None:
        """Copy what users set; labels of the system's own (`security.*`) are its to give."""
        try:
            names = os.listxattr(source)
        except OSError as error:
            if error.errno == errno.ENOTSUP:
                return
            raise
        for name in names:
            if name.startswith(("user.", "system.posix_acl")):
                os.setxattr(descriptor, name, os.getxattr(source, name))
