"""What became of writing a file (kernelbridge/keeper/files/replacing.py, which other machines run, too)."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from typing import assert_never

from kernelbridge.keeper.files.replacing import Doubt, Doubts, Refusal, RefusedError, replace_file
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

_NOT_OURS = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ETXTBSY}


def write(path: Path, data: bytes, *, new: bool, check: Callable[[], None]) -> str | None:
    """Write `data` as `replace_file` does; returns a warning where it may not last. Raises CannotSave."""
    try:
        doubts = replace_file(path, data, new=new, check=check, rescue=_rescue)
    except RefusedError as error:
        raise refused(path, error.why, error.cause, str(error.spare)) from error
    except OSError as error:
        raise failed(path, error) from error
    return None if doubts is None else warning(doubts)


def warning(doubts: Doubts) -> str:
    """Why what was saved may not last."""
    match doubts.doubt:
        case Doubt.TEXT:
            return "saved, but this file system cannot say whether it is on the disk"
        case Doubt.NAME:
            reason = "" if doubts.cause is None else f" ({system_reason(doubts.cause)})"
            return f"saved, but a power failure now may undo it{reason}"
        case _:
            assert_never(doubts.doubt)


def refused(path: Path, why: Refusal, cause: OSError | None, spare: str) -> CannotSave:
    """Why it was not written."""
    match why:
        case Refusal.PROTECTED:
            return NotWritable(path, "not saved, the file is write-protected", "save under another name")
        case Refusal.SPECIAL:
            return NotWritable(path, "not saved, it is not a regular file", "save under another name")
        case Refusal.APPEARED:
            return ChangedOutside(path, OutsideChange.APPEARED)
        case Refusal.DAMAGED:
            reason = "an error" if cause is None else system_reason(cause)
            return WriteFailed(
                path,
                f"{reason} while it was being written, it may be damaged",
                f"all of the text is in {shown(Path(spare))}",
            )
        case _:
            assert_never(why)


def failed(path: Path, error: OSError) -> CannotSave:
    """What the system says against writing it."""
    if error.errno in _NOT_OURS:
        return NotWritable(path, f"not saved, {system_reason(error)}", "save under another name")
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return WriteFailed(path, "not saved, its folder does not exist", "save under another name")
    remedy = (
        "make room, or save elsewhere" if error.errno in {errno.ENOSPC, errno.EDQUOT} else "save elsewhere"
    )
    return WriteFailed(path, f"not saved, {system_reason(error)}", remedy)


def _rescue() -> Path:
    return private_folder(state_folder() / "rescue")
