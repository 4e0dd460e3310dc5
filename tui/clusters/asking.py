"""Asks `tnb cluster` in processes of its own, so that a screen neither loads ipyparallel nor waits."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from tui.clusters.looks import Look, looks_of

_COMMAND: Final = (sys.executable, "-P", "-m", "tui.cli", "cluster")
"""Nothing is loaded from the folder."""
_COMPLAINT: Final = "tnb: "
_LONGEST: Final = 2**24
"""Bytes of a line about all clusters."""


async def followed() -> AsyncIterator[tuple[Look, ...] | str]:
    """All clusters, again and again; in the end the complaint why there is no more, if any."""
    async with _process("list", "--json", "--follow") as process:
        async for line in process.stdout or ():
            yield looks_of(line)
        yield await _complaint(process)


async def done(*words: str) -> str:
    """Have something done to the end; what it complains of, or nothing."""
    async with _process(*words) as process:
        complaint = await _complaint(process)
        return complaint if await process.wait() else ""


@asynccontextmanager
async def _process(*words: str) -> AsyncGenerator[Process]:
    """One that is gone afterwards, whatever happens."""
    process = await asyncio.create_subprocess_exec(
        *_COMMAND,
        *words,
        stdin=DEVNULL,
        stdout=PIPE if "--follow" in words else DEVNULL,
        stderr=PIPE,
        limit=_LONGEST,
        start_new_session=True,  # Ctrl+C is the notebook's
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


async def _complaint(process: Process) -> str:
    told = b"" if process.stderr is None else await process.stderr.read()
    lines = told.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].removeprefix(_COMPLAINT) if lines else ""
