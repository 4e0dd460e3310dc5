"""The first that a keeper does: it starts its kernel's process, before anything is loaded for all the rest.

A kernel takes longest to come up, and what a keeper is made of takes a fifth of that to load. So nothing is
imported here but what Python has loaded anyway, and what is done was settled by whoever starts the keeper.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing itself takes as long to load as Python
    from typing import Mapping, Sequence

_KILL = 9


def written(
    argv: Sequence[str],
    env: Mapping[str, str],
    *,
    cwd: str,
    log: str,
    kept: Sequence[int],
    reset: Sequence[int],
) -> bytes:
    """What `begin` reads: the program, where it runs, and what its output is appended to.

    `kept` are descriptors that it must not inherit, `reset` the signals that it must not ignore.
    """
    words = [cwd, log, _numbers(kept), _numbers(reset), str(len(argv)), *argv]
    words += [f"{name}={value}" for name, value in env.items()]
    return b"\0".join(map(os.fsencode, words))


def begin() -> None:
    """Does what standard input says: an order in the first line, and behind that what `written` gave."""
    order, _, first = sys.stdin.buffer.read().partition(b"\n")
    pid = _started(first) if first else 0
    try:
        from kernelbridge.keeper.main import main
    except Exception:
        if pid:
            os.killpg(pid, _KILL)
        raise
    main(order=order, first=pid)


def _started(said: bytes) -> int:
    """The id of the kernel's process; 0 where it cannot be started so, which is found out and told later."""
    cwd, log, kept, reset, count, *words = said.split(b"\0")
    argv, env = words[: int(count)], dict(_pair(word) for word in words[int(count) :])
    for descriptor in kept.split(b","):
        os.set_inheritable(int(descriptor), False)
    try:
        os.chdir(cwd)
        try:
            return os.posix_spawn(
                argv[0],
                argv,
                env,
                file_actions=[
                    (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                    (os.POSIX_SPAWN_OPEN, 1, log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600),
                    (os.POSIX_SPAWN_DUP2, 1, 2),
                ],
                setsid=True,
                setsigmask=(),
                setsigdef=[int(number) for number in reset.split(b",")],
            )
        finally:
            os.chdir("/")
    except (OSError, NotImplementedError):
        return 0


def _numbers(numbers: Sequence[int]) -> str:
    return ",".join(map(str, numbers))


def _pair(word: bytes) -> tuple[bytes, bytes]:
    name, _, value = word.partition(b"=")
    return name, value
