"""Bugs of tnb's own: each is told in one line, and written down for whoever mends it."""

from __future__ import annotations

import os
import time
from pathlib import Path

from tui.locations import NAME, private_folder, state_folder
from tui.sanitize import clean

_MOST_REPORTS = 20
"""Of one process: what fails at every turn is not to fill the disk."""
_LONGEST_LINE = 300
"""What an exception says may hold what a person typed."""

_told: dict[tuple[object, ...], str] = {}
"""What was told of each bug, by its kind and place."""


def reports_folder() -> Path:
    """Where the reports are."""
    return state_folder() / "reports"


def reported(error: Exception, doing: str) -> str:
    """What to tell a person of a bug: one line that names the report, which is written once for each place.

    `doing` says what failed. The report holds the traceback and no values.
    """
    from traceback import extract_tb

    place = (type(error), *((each.filename, each.lineno) for each in extract_tb(error.__traceback__)[-1:]))
    if place not in _told:
        _told[place] = f"bug in tnb ({type(error).__name__}): {_write(error, doing)}"
    return _told[place]


def _write(error: Exception, doing: str) -> str:
    """Write the report; where it is, as a person would say it."""
    if len(_told) >= _MOST_REPORTS:
        return "as those before"
    try:
        path = _new_file(private_folder(reports_folder()), _report(error, doing))
    except OSError as cause:
        return f"its report could not be written ({cause.strerror})"
    home = Path.home()
    return f"see ~/{path.relative_to(home)}" if path.is_relative_to(home) else f"see {path}"


def _new_file(folder: Path, text: str) -> Path:
    for number in range(1, 1000):
        path = folder / f"{os.getpid()}-{number}.txt"
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        except FileExistsError:
            continue
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
        return path
    raise FileExistsError(0, "too many reports", str(folder))


def _report(error: Exception, doing: str) -> str:
    import platform

    head = (
        f"{NAME} {_version()}, Python {platform.python_version()}, {platform.platform()}",
        f"{time.strftime('%Y-%m-%d %H:%M:%S %z')}, process {os.getpid()}",
        f"while: {doing}",
        "",
    )
    from traceback import TracebackException

    trace = TracebackException.from_exception(error, capture_locals=False).format()
    lines = (*head, *(line for part in trace for line in part.splitlines()))
    return "".join(f"{clean(line)[:_LONGEST_LINE]}\n" for line in lines)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(NAME)
    except PackageNotFoundError:
        return "(not installed)"
