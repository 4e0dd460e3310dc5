"""Names for this machine, its boot and its processes by which they are known again later."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from pathlib import Path

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_PROC = Path("/proc")
_PATIENCE = 5.0
_HANDLED = ("SigIgn:", "SigCgt:")


@lru_cache(maxsize=None)
def host() -> str:
    """The machine's name, the same in every network."""
    # What a Mac calls itself follows the network that it is in; its local name does not.
    local = _said_by("scutil", "--get", "LocalHostName") if sys.platform == "darwin" else ""
    return local or os.uname().nodename


@lru_cache(maxsize=None)
def boot() -> str:
    """Names the time since the machine was started; empty where the system does not say."""
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        # The time of the boot moves with the clock; the session's id does not, but not all have it.
        return _said_by("sysctl", "-n", "kern.bootsessionuuid") or _said_by("sysctl", "-n", "kern.boottime")


def started_at(pid: int) -> str:
    """When a process began, in the system's own words; empty where there is none, or it has ended."""
    if pid <= 0:
        return ""
    if _has_proc():
        return _from_stat(_PROC / str(pid) / "stat")
    state, _, began = _said_by("ps", "-o", "stat=,lstart=", "-p", str(pid)).partition(" ")
    return "" if state.startswith("Z") else began.strip()


def is_running(pid: int, started: str) -> bool:
    """Whether the process that had this id when it began at `started` has not ended."""
    return bool(started) and started_at(pid) == started


def heeds(pid: int, number: int) -> bool:
    """Whether a process does something of its own on a signal, where the system says; else that it does."""
    try:
        status = (_PROC / str(pid) / "status").read_text(encoding="ascii", errors="replace")
        masks = [int(line.split()[1], 16) for line in status.splitlines() if line[:7] in _HANDLED]
    except (OSError, ValueError, IndexError):
        return True
    return not masks or any(mask >> (number - 1) & 1 for mask in masks)


@lru_cache(maxsize=None)
def _has_proc() -> bool:
    return (_PROC / "self" / "stat").exists()


def _from_stat(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    # The name in parentheses may hold anything, parentheses and spaces, too.
    fields = text.rpartition(")")[2].split()
    if len(fields) < 20 or fields[0] in ("Z", "X", "x"):
        return ""
    return fields[19]


def _said_by(*command: str) -> str:
    import subprocess

    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C", "TZ": "UTC"},
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else ""
