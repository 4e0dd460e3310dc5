"""Searching with a regular expression in a process that is ended where it takes too long."""

from __future__ import annotations

import asyncio
import marshal
import subprocess
import sys
from typing import TYPE_CHECKING, Final, cast

from tui.screens.find import regexworker

if TYPE_CHECKING:
    from tui.screens.find.regexworker import Job, Spans

PATIENCE: Final = 3.0
"""Seconds."""


class TooSlowError(Exception):
    """It takes too long, or the process could not be had: says which."""


async def spans_in_process(job: Job, patience: float = PATIENCE) -> list[Spans]:
    """What `regexworker.spans_of` gives; whoever cancels this ends the process. Raises TooSlowError."""
    try:
        process = subprocess.Popen(  # noqa: ASYNC220  milliseconds, and so it is known to whoever cancels
            [sys.executable, "-I", "-S", regexworker.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        raise TooSlowError(f"no process can be started to search: {error.strerror}") from error
    try:
        return await asyncio.to_thread(_answer, process, job, patience)
    finally:
        process.kill()  # of one that has answered this does nothing; else its thread reads the end and waits


def _answer(process: subprocess.Popen[bytes], job: Job, patience: float) -> list[Spans]:
    with process:
        try:
            answer, _ = process.communicate(marshal.dumps(job), timeout=patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise TooSlowError("the expression takes too long on this notebook") from None
        if process.returncode != 0:
            raise TooSlowError("the expression cannot be searched for")
        return cast("list[Spans]", marshal.loads(answer))  # noqa: S302  of a process of our own
