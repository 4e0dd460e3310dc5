"""What no program survives leaves at least a traceback: of SIGSEGV, SIGABRT, SIGBUS, SIGFPE and SIGILL."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import re
from collections.abc import Generator
from pathlib import Path

from kernelbridge.keeper.home.machine import started_at
from tui.faults import reports_folder
from tui.locations import private_folder

_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
_NAME = re.compile(r"crash-(\d+)\.txt")


@contextlib.contextmanager
def written_down() -> Generator[None]:
    """Have a crash in here written to a file in the folder of reports; without one, none is left."""
    try:
        folder = private_folder(reports_folder())
        _clear(folder)
        path = folder / f"crash-{os.getpid()}.txt"
        descriptor = os.open(path, _NEW, 0o600)
    except OSError:
        yield
        return
    faulthandler.enable(descriptor)
    try:
        yield
    finally:
        faulthandler.disable()
        os.close(descriptor)
        with contextlib.suppress(OSError):
            path.unlink()


def _clear(folder: Path) -> None:
    """Remove the files of those that were killed, which say nothing."""
    for path in folder.iterdir():
        found = _NAME.fullmatch(path.name)
        if found is not None and not path.stat().st_size and not started_at(int(found[1])):
            path.unlink()
