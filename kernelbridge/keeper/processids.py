"""Telling a process from another that got its id later: by the time when it started."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path


def start_time(pid: int) -> str | None:
    """When a process started, as the system writes it; None where none of that id runs.

    The same process always has the same text on one boot of one machine; no other of its id does.
    """
    if sys.platform == "linux":
        return _of_proc(pid)
    environment = {**os.environ, "LC_ALL": "C"}
    command = ["ps", "-o", "stat=,lstart=", "-p", str(pid)]
    with contextlib.suppress(OSError):
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=environment, check=False
        )
        state, _, started = done.stdout.strip().partition(" ")
        return started.strip() if started and not state.startswith("Z") else None
    return None


def _of_proc(pid: int) -> str | None:
    try:
        # Behind the program's name, which stands in parentheses and may hold any character.
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return None
    if len(fields) < 20 or fields[0] in (b"Z", b"X"):
        return None
    return fields[19].decode("ascii")
