"""What a decoder may take: memory, processor time, and no files but fonts."""

from __future__ import annotations

import resource
from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import Final

_MEMORY: Final = 768 << 20
"""Bytes of address space; a picture of 25 million pixels takes some 300 million."""
_SECONDS: Final = 6
"""Of processor time for a picture; tnb gives up sooner."""
_STANDARD_STREAMS: Final = 3
_FILES: Final = 64


def confine() -> None:
    """Limit this process for good: neither more memory, nor files written, nor other processes."""
    for limit, most in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, _FILES),
    ):
        _limit(limit, most, most)
    _limit(resource.RLIMIT_NOFILE, _STANDARD_STREAMS, _FILES)


def allow_cpu() -> None:
    """Let the next picture take its share of processor time; the system ends the process after that."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _limit(
        resource.RLIMIT_CPU,
        int(used.ru_utime + used.ru_stime) + _SECONDS,
        resource.getrlimit(resource.RLIMIT_CPU)[1],
    )


@contextmanager
def files_may_be_opened() -> Generator[None]:
    """Files can be read meanwhile."""
    _limit(resource.RLIMIT_NOFILE, _FILES, _FILES)
    try:
        yield
    finally:
        _limit(resource.RLIMIT_NOFILE, _STANDARD_STREAMS, _FILES)


def _limit(which: int, soft: int, hard: int) -> None:
    """Set a limit, where the system has it and does not have a lower one."""
    with suppress(OSError, ValueError):
        resource.setrlimit(which, (soft, hard))
