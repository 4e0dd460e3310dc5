"""The loop of the process: a job comes in, a picture goes out, and its end is the end of tnb.

Started by `workshop`, with the folders to import from as arguments. Standard error leads nowhere, as resvg's
panics are written there.
"""

from __future__ import annotations

import resource
import signal
import sys
from typing import BinaryIO

from tui.render.picture.job import Form, Head, Job, Source, read_message, write_message
from tui.render.picture.worker.limits import allow_cpu, confine, files_may_be_opened
from tui.render.picture.worker.raster import BrokenPictureError, decoded, prepare
from tui.render.picture.worker.shapes import shaped
from tui.render.picture.worker.vector import drawn

_LONGEST = 1 << 28
_HEAVY = 150 << 20
"""Bytes of memory after which the process makes room for a new one: what decoding took is not given back."""


def main() -> None:
    """Answer jobs until tnb is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # At first it says what tnb had: a process that is started has that of the one that starts it.
    heavy = max(_HEAVY, _most_memory())
    prepare()
    confine()
    while _answer_next(sys.stdin.buffer, sys.stdout.buffer, heavy):
        pass


def _most_memory() -> int:
    """The most bytes of memory that this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _answer_next(asked: BinaryIO, answers: BinaryIO, heavy: int) -> bool:
    """Whether there may be another job."""
    message = read_message(asked, _LONGEST)
    if message is None:
        return False
    head, data = message
    allow_cpu()
    try:
        answer, body = _done(_job(head), data)
    except BrokenPictureError as error:
        answer, body = {"error": str(error)}, b""
    except MemoryError:
        answer, body = {"error": "it takes too much memory"}, b""
    is_last = _most_memory() > heavy
    write_message(answers, {**answer, "is_last": is_last}, body)
    return not is_last


def _job(head: Head) -> Job:
    known = {name: value for name, value in head.items() if name in Job._fields}
    return Job(**{**known, "source": Source(head["source"]), "form": Form(head["form"])})  # pyright: ignore[reportArgumentType] - tnb wrote it


def _done(job: Job, data: bytes) -> tuple[Head, bytes]:
    if job.source is Source.VECTOR:
        with files_may_be_opened():  # fonts
            data = drawn(data.decode("utf-8"), job.width, job.height)
    with decoded(data, job) as image:
        return shaped(image, job)
