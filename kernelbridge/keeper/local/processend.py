"""Waiting on the event loop for a process to end, whoever launched it."""

from __future__ import annotations

import asyncio
import os
import sys

from kernelbridge.keeper.local.process import KernelProcess

_LOOK_AGAIN = 0.05 if sys.platform == "linux" else 0.25
"""Seconds between looks at a process where the system cannot tell of its end."""


async def ended(process: KernelProcess) -> None:
    """Returns when the process has ended; at once on Linux with Python 3.9, soon elsewhere."""
    descriptor = _descriptor(process)
    try:
        if descriptor is not None and process.is_alive:  # alive after opening: it is not of another by its id
            await _readable(descriptor)
            process.reap()
            return
    finally:
        if descriptor is not None:
            os.close(descriptor)
    while process.is_alive:  # noqa: ASYNC110 -- the system has no event to wait for
        await asyncio.sleep(_LOOK_AGAIN)


def _descriptor(process: KernelProcess) -> int | None:
    if sys.platform == "linux" and sys.version_info >= (3, 9):
        try:
            return os.pidfd_open(process.pid)
        except OSError:  # it has ended, or this Linux is older than 5.3
            return None
    return None


async def _readable(descriptor: int) -> None:
    loop = asyncio.get_running_loop()
    became = asyncio.Event()
    loop.add_reader(descriptor, became.set)
    try:
        await became.wait()
    finally:
        loop.remove_reader(descriptor)
