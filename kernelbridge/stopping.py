"""Ending a keeper and its kernel from outside: asked to first, by force where they do not go."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum

from kernelbridge.keeper.errors import HomeError, KeeperError, LaunchError
from kernelbridge.keeper.home import homes
from kernelbridge.keeper.home.condition import Condition, is_of_this_boot, kernel_lives
from kernelbridge.keeper.home.homes import Home
from kernelbridge.keeper.home.locking import LOCK, is_locked
from kernelbridge.keeper.home.machine import is_running
from kernelbridge.keeper.home.meta import Meta
from kernelbridge.keeper.jsontypes import text_in
from kernelbridge.keeper.local.process import KernelProcess
from kernelbridge.keeper.starting import reach
from kernelbridge.keepercall import KeeperCall
from kernelbridge.running import holds_output, meta_now, server_of

_LOOK_AGAIN = 0.02
_NAME = "tnb stop"
_REMOVALS = 3
"""Attempts, for a frontend that begins another keeper each time."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds for each way of ending, before the next."""

    asked: float = 8.0
    """A keeper gives its kernel 2 seconds before it kills it."""
    terminated: float = 5.0
    killed: float = 5.0


class How(Enum):
    """What it took."""

    NOTHING = "nothing was running"
    ORDERLY = "ended"
    KILLED = "killed"
    STILL_THERE = "could not be stopped"
    ON_SERVER = "may run on its server still"
    ELSEWHERE = "runs on another machine"

    @property
    def is_failure(self) -> bool:
        """Whether something that was to end may run still."""
        return self in (How.STILL_THERE, How.ON_SERVER, How.ELSEWHERE)


@dataclass(frozen=True, slots=True)
class Stopped:
    """What became of one home."""

    home: Home
    how: How
    is_joined: bool = False
    """Whether the kernel was another program's, which was only left."""
    keeps_output: bool = False
    """Whether there is output still that no file has."""
    problem: str = ""
    """Why not, in one line, where it is known."""


def stop(home: Home, *, discard: bool = False, patience: Patience | None = None) -> Stopped:
    """End the kernel of a home and its keeper, and with `discard` what they left, too.

    A kernel that somebody else started is left, not ended. Raises nothing.
    """
    condition = home.condition
    if condition is Condition.ELSEWHERE:
        return Stopped(home, How.ELSEWHERE, problem=f"it runs on {home.meta.host}: stop it there")
    result = Stopped(home, How.NOTHING, _is_joined(home.meta))
    if condition is not Condition.ENDED:
        ending = _Ending(home, patience or Patience())
        result = replace(result, how=ending.end())
        if ending.away and result.how is How.ORDERLY:
            result = replace(
                result, how=How.ON_SERVER, problem=f"it may run on its server still: {ending.away}"
            )
    elif server := server_of(home):
        # Without the home nobody would know that there is something to be ended.
        problem = f"its keeper is gone, and it may run on {server} still: open its notebook, or end it there"
        result = replace(result, how=How.ON_SERVER, problem=problem)
        if not discard:
            return replace(result, keeps_output=holds_output(home))
    if result.how is not How.STILL_THERE and (discard or not holds_output(home)):
        problem = _remove(home, patience or Patience())
        if problem:
            return replace(result, how=How.STILL_THERE, problem=problem)
    return replace(result, keeps_output=holds_output(home))


def _remove(home: Home, patience: Patience) -> str:
    """Remove the home, with the keeper that an open frontend may begin in it meanwhile. Why not, or ""."""
    problem = ""
    for _ in range(_REMOVALS):
        try:
            homes.remove(home.path)
        except HomeError as error:
            problem = str(error)
            _Ending(home, patience).terminate()
        if not home.path.exists():
            return ""
    return problem


class _Ending:
    """Ends one keeper and the kernel that it had when that began."""

    def __init__(self, home: Home, patience: Patience) -> None:
        self._home = home
        self._patience = patience
        self._before = meta_now(home)
        self.away = ""
        """Why the kernel's server was out of reach when the kernel was to end."""

    def end(self) -> How:
        """By every means in turn."""
        if self._ask() or self.terminate():
            return How.ORDERLY
        self._kill()
        # Where a frontend is open, that has begun another keeper by now.
        return How.KILLED if self._is_gone() or self.terminate() else How.STILL_THERE

    def _ask(self) -> bool:
        """Ask the keeper; where there is none any more, another takes the kernel over, to end it in order."""
        deadline = time.monotonic() + self._patience.asked
        try:
            call = KeeperCall(reach(self._home.path, patience=self._patience.asked), _NAME)
        except KeeperError:
            return self._is_gone()
        has_company = False
        with call:
            call.send({"op": "shutdown"})
            for frame in call.frames(deadline):
                self.away = text_in(frame.fields, "away") or self.away
                if frame.op == "frontends":
                    frontends = frame.fields.get("frontends")
                    has_company = isinstance(frontends, list) and len(frontends) > 1
                state = frame.fields.get("state") if frame.op == "kernel" else None
                if isinstance(state, dict) and state.get("name") == "none":
                    break
            # Not left alone before that, the keeper sees its kernel to its end.
            _until(lambda: not self._kernel_runs(), deadline)
        # As long as others look at it the keeper goes on, until it is told to end.
        return not has_company and _until(self._is_gone, deadline)

    def terminate(self) -> bool:
        """Each keeper is told once, as one that ends does so only as fast as its kernel."""
        told: set[int] = set()

        def is_gone() -> bool:
            meta = meta_now(self._home)
            if meta.keeper_pid not in told:
                told.add(meta.keeper_pid)
                _signal_keeper(meta, signal.SIGTERM)
            return self._is_gone()

        return _until(is_gone, time.monotonic() + self._patience.terminated)

    def _kill(self) -> None:
        """The kernel first: a keeper that comes in place of one that was killed finds none to take over."""
        deadline = time.monotonic() + self._patience.killed
        for number in (signal.SIGTERM, signal.SIGKILL):
            for meta in (self._before, meta_now(self._home)):
                if kernel_lives(meta):
                    with contextlib.suppress(LaunchError):
                        KernelProcess.adopt(meta.kernel_pid, meta.kernel_started).signal(number)
            _until(
                lambda: not self._kernel_runs(), min(deadline, time.monotonic() + self._patience.killed / 2)
            )
        keeper = meta_now(self._home)
        _signal_keeper(keeper, signal.SIGKILL)
        _until(lambda: not is_running(keeper.keeper_pid, keeper.keeper_started), deadline)

    def _kernel_runs(self) -> bool:
        return kernel_lives(self._before) or kernel_lives(meta_now(self._home))

    def _is_gone(self) -> bool:
        """A keeper that has let go of its home, or removed it, has not quite ended."""
        return not (is_locked(self._home.path / LOCK) or self._kernel_runs() or self._keeper_runs())

    def _keeper_runs(self) -> bool:
        metas = (self._before, meta_now(self._home))
        return any(is_running(meta.keeper_pid, meta.keeper_started) for meta in metas)


def _signal_keeper(meta: Meta, number: signal.Signals) -> None:
    """Its id may be another process's by now, unless that began at the same time."""
    if meta.keeper_pid > 1 and is_of_this_boot(meta) and is_running(meta.keeper_pid, meta.keeper_started):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(meta.keeper_pid, number)


def _is_joined(meta: Meta) -> bool:
    return meta.kernel.get("kind") == "existing"


def _until(holds: Callable[[], bool], deadline: float) -> bool:
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(_LOOK_AGAIN)
    return True
