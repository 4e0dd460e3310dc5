"""The kernels that keepers of this user have, and what each is doing: asked of all keepers at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from kernelbridge.connectionfiles import answers
from kernelbridge.keeper.errors import HomeError
from kernelbridge.keeper.home import homes
from kernelbridge.keeper.home.condition import Condition
from kernelbridge.keeper.home.homes import Home
from kernelbridge.keeper.home.meta import Meta, read_meta
from kernelbridge.keeper.jsontypes import EMPTY, JsonObject, object_in, text_in
from kernelbridge.keepercall import KeeperCall
from kernelbridge.keeperframes import Attached, KernelIdentity, attached_of, identity_of

_PATIENCE = 1.0
"""Seconds that a keeper has to answer."""
_LONGEST_START = 30.0
"""Seconds after which a keeper that has not introduced itself will not."""
_AT_ONCE = 64
_NAME = "tnb ps"


class KernelWord(Enum):
    """What a kernel is doing, in the one word that `tnb ps` has for it."""

    STARTING = "starting"
    IDLE = "idle"
    BUSY = "busy"
    INPUT = "input"
    """It runs code that waits for an answer."""
    DEAD = "dead"
    """It is gone; a frontend is still there, or output that no file has."""
    LOST = "lost"
    """It runs, and its keeper is gone or does not answer."""


@dataclass(frozen=True, slots=True)
class RunningKernel:
    """A keeper and its kernel, or what they left behind."""

    home: Home
    word: KernelWord
    kernelspec: str
    """The name; empty where there is none."""
    pid: int | None = None
    keeper_pid: int | None = None
    connection_file: str | None = None
    since: float | None = None
    """Since when it has been doing that, in seconds since the epoch, where that is known."""
    attached: tuple[Attached, ...] = ()
    """The frontends that use it."""
    is_mute: bool = False
    """Whether its keeper runs and does not answer, as one does that is stopped or hangs."""
    is_notebook_gone: bool = False
    """Whether there is nothing where its notebook was: it was removed, or moved and not opened since."""

    @property
    def is_here(self) -> bool:
        """Whether it is one of this machine."""
        return self.home.condition is not Condition.ELSEWHERE


def running_kernels(
    state: Path | None = None, report: Callable[[str], object] = lambda _: None, patience: float = _PATIENCE
) -> list[RunningKernel]:
    """All of them, the newest first; `report` is told in one line each which homes are damaged.

    Raises HomeError.
    """
    found = _all_homes(state, report)
    with ThreadPoolExecutor(max(1, min(_AT_ONCE, len(found)))) as pool:
        looked = pool.map(look_at, found, [patience] * len(found))
        return [each for each in looked if each is not None]


def look_at(home: Home, patience: float = _PATIENCE) -> RunningKernel | None:
    """What is going on in a home; None where nothing is, and nothing is left of it.

    A keeper that does not answer in time is starting where it has not introduced itself, and lost otherwise.
    """
    match home.condition:
        case Condition.LIVE:
            found = _asked(home, time.monotonic() + patience) or _mute(home)
        case Condition.LOST:
            found = _by_meta(home, KernelWord.LOST)
        case Condition.ELSEWHERE:
            return _elsewhere(home)
        case Condition.ENDED:
            found = _ended(home)
    return None if found is None else replace(found, is_notebook_gone=home.meta.place.is_gone)


def server_of(home: Home) -> str:
    """The server on which the home's kernel may run; empty where that is of another kind, or was ended."""
    resume = object_in(home.meta.kernel, "resume")
    on_server = text_in(resume, "kind") == "server" and text_in(resume, "kernel_id") != ""
    return text_in(resume, "url") if on_server else ""


def holds_output(home: Home) -> bool:
    """Whether the journal of the home has runs that no file has yet."""
    try:
        runs = list((home.path / homes.RUNS).iterdir())
    except OSError:
        return False
    return any(each.is_dir() and not each.name.startswith(".") for each in runs)


def _all_homes(state: Path | None, report: Callable[[str], object]) -> list[Home]:
    """A home that goes while one looks is not damaged, so a second look is had at what seems to be."""
    problems: list[str] = []
    found = homes.all_homes(state, problems.append)
    if problems:
        again: list[str] = []
        found = homes.all_homes(state, again.append)
        for problem in again:
            if problem in problems:
                report(problem)
    return found


def _asked(home: Home, deadline: float) -> RunningKernel | None:
    call = KeeperCall.to(home.meta.socket, _NAME, deadline)
    if call is None:
        return None
    kernel: JsonObject | None = None
    attached: tuple[Attached, ...] = ()
    with call:
        for frame in call.frames(deadline):
            if frame.op == "kernel":
                kernel = frame.fields
            elif frame.op == "frontends":
                attached = tuple(each for each in attached_of(frame.fields) if not each.is_this)
            elif frame.op == "synced":
                break
    if kernel is None:
        return None
    state = kernel.get("state")
    told = state if isinstance(state, Mapping) else EMPTY
    since = told.get("since")
    identity = identity_of(kernel, KernelIdentity())
    return RunningKernel(
        home,
        _word(str(told.get("name")), asks=told.get("asks") is True),
        identity.name,
        identity.pid,
        meta_now(home).keeper_pid or None,
        identity.connection_file,
        since if isinstance(since, int | float) and since > 0 else None,
        attached,
    )


def _word(state: str, *, asks: bool) -> KernelWord:
    match state:
        case "starting" | "restarting":
            return KernelWord.STARTING
        case "idle":
            return KernelWord.IDLE
        case "busy":
            return KernelWord.INPUT if asks else KernelWord.BUSY
        case _:
            return KernelWord.DEAD


def _mute(home: Home) -> RunningKernel | None:
    """A keeper that did not answer: it has ended meanwhile, is not up yet, or hangs."""
    if not home.path.exists():
        return None
    now = Home(home.path, meta_now(home))
    if now.condition is not Condition.LIVE:
        return _ended(now) if now.condition is Condition.ENDED else _by_meta(now, KernelWord.LOST)
    if not now.meta.keeper_pid and time.time() - now.meta.started < _LONGEST_START:
        return _by_meta(now, KernelWord.STARTING)
    return replace(_by_meta(now, KernelWord.LOST), is_mute=True)


def _elsewhere(home: Home) -> RunningKernel:
    """Only what was written down is known; a word that is not one of a state is of a kernel that is gone."""
    meta = home.meta
    return _by_meta(home, _word(meta.state if meta.keeper_pid else "", asks=False))


def _ended(home: Home) -> RunningKernel | None:
    """Output that no file has, or a kernel that is no process of ours and may have outlived the keeper."""
    if server_of(home):
        return _by_meta(home, KernelWord.LOST)
    resume = home.meta.kernel.get("resume")
    is_joined = isinstance(resume, Mapping) and resume.get("kind") == "existing"
    if is_joined and home.meta.connection_file and answers(Path(home.meta.connection_file)):
        return _by_meta(home, KernelWord.LOST)
    return _by_meta(home, KernelWord.DEAD) if holds_output(home) else None


def _by_meta(home: Home, word: KernelWord) -> RunningKernel:
    meta = home.meta
    is_gone = word is KernelWord.DEAD
    name = meta.kernel.get("name")
    has_keeper = home.condition in (Condition.LIVE, Condition.ELSEWHERE)
    return RunningKernel(
        home,
        word,
        name if isinstance(name, str) else "",
        None if is_gone else meta.kernel_pid or None,
        meta.keeper_pid or None if has_keeper else None,
        None if is_gone else meta.connection_file or None,
    )


def meta_now(home: Home) -> Meta:
    """What the home says by now; what it said before where it says nothing any more."""
    try:
        return read_meta(home.path)
    except HomeError:
        return home.meta
