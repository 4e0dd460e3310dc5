"""Writing a file so that at every moment it is either the old one or the new one, whole.

The new text goes to a file beside the target, to the disk, and then takes the target's name. Where that would
break a hard link or lose the owner, or the folder cannot be written, the target is written in place, but only
once a full copy of the new text is safe on the disk.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tui.files.errors import (
    CannotSave,
    ChangedOutside,
    NotWritable,
    OutsideChange,
    WriteFailed,
    shown,
    system_reason,
)
from tui.locations import private_folder, state_folder

_NO_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EROFS}
"""What `fsync` says on file systems that do not have it."""
_NOT_OURS = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ETXTBSY}


def write(path: Path, data: bytes, *, new: bool, check: Callable[[], None]) -> str | None:
    """Write `data` to the file at `path`, through symbolic links; returns a warning where it may not last.

    Mode, group and extended attributes (which hold access control lists) stay. A `new` file never takes the
    place of one that appeared meanwhile. `check` is called when all is ready and right before the old text
    goes; what it raises ends the attempt. Raises CannotSave; the old file is then whole, or the message says
    where the new text is.
    """
    real = Path(os.path.realpath(path))
    try:
        status = None if new else _status(real)
        if status is not None and not os.access(real, os.W_OK):
            raise NotWritable(path, "not saved, the file is write-protected", "save under another name")
        return _Write(path, real, data, status, check).run()
    except OSError as error:
        raise _failure(path, error) from error


def _status(real: Path) -> os.stat_result | None:
    try:
        status = real.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        raise NotWritable(real, "not saved, it is not a regular file", "save under another name")
    return status


def _failure(path: Path, error: OSError) -> CannotSave:
    if error.errno in _NOT_OURS:
        return NotWritable(path, f"not saved, {system_reason(error)}", "save under another name")
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return WriteFailed(path, "not saved, its folder does not exist", "save under another name")
    remedy = (
        "make room, or save elsewhere" if error.errno in {errno.ENOSPC, errno.EDQUOT} else "save elsewhere"
    )
    return WriteFailed(path, f"not saved, {system_reason(error)}", remedy)


class _Write:
    """One attempt."""

    def __init__(
        self,
        path: Path,
        real: Path,
        data: bytes,
        status: os.stat_result | None,
        check: Callable[[], None],
    ) -> None:
        self.path = path
        self.real = real
        self.data = data
        self.status = status
        """The target's, None where it is not there yet."""
        self.check = check
        self.warning: str | None = None
        self.keep_spare = False
        """Whether the copy beside the target holds the only whole text there is."""

    def run(self) -> str | None:
        """Write, by the best way that this file allows."""
        replaceable = self.status is None or self._replaceable(self.status)
        folder = self.real.parent
        if not replaceable and not os.access(folder, os.W_OK | os.X_OK):
            folder = private_folder(state_folder() / "rescue")
        spare = folder / f".tnb-{os.urandom(8).hex()}.tmp"
        try:
            if self._write_spare(spare) and replaceable:
                self.check()
                self._take_name(spare)
            else:
                self._sync_folder(spare.parent)
                self.check()
                self._overwrite(spare)
        finally:
            if not self.keep_spare:
                with suppress(OSError):
                    spare.unlink(missing_ok=True)
        return self.warning

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
                raise ChangedOutside(self.path, OutsideChange.APPEARED) from error
            except OSError:  # a file system without hard links
                if os.path.lexists(self.real):
                    raise ChangedOutside(self.path, OutsideChange.APPEARED) from None
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
            raise WriteFailed(
                self.path,
                f"{system_reason(error)} while it was being written, it may be damaged",
                f"all of the text is in {shown(spare)}",
            ) from error
        self.keep_spare = False

    def _sync(self, descriptor: int) -> None:
        """Have the text on the disk. A sync that fails is not tried again: the second would lie."""
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in _NO_SYNC:
                raise
            self.warning = "saved, but this file system cannot say whether it is on the disk"

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
                self.warning = f"saved, but a power failure now may undo it ({system_reason(error)})"


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
