"""A keeper in its home: from the order that started it to the last frontend gone."""

from __future__ import annotations

import asyncio
import contextlib
import math
import os
import socket
import time
from dataclasses import replace
from pathlib import Path

from kernelbridge.keeper.errors import HomeError, JournalError, KeeperError
from kernelbridge.keeper.home import homes
from kernelbridge.keeper.home.locking import sign
from kernelbridge.keeper.home.machine import host
from kernelbridge.keeper.home.meta import Meta, read_meta, resumable, write_meta
from kernelbridge.keeper.home.runtimes import keep_fresh, make_runtime, remove_runtime, runtime_of
from kernelbridge.keeper.journal.journal import Journal
from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.keeper.keeper import Keeper, KeeperIdentity, Launched
from kernelbridge.keeper.kernels import Death, Kernel
from kernelbridge.keeper.kernelstate import ALIVE, State
from kernelbridge.keeper.launching import Launching, hurry, process_of, resume_of, trim_log
from kernelbridge.keeper.listening import listen, rebind, still_there
from kernelbridge.keeper.local.earlykernel import EarlyKernel
from kernelbridge.keeper.order import Order
from kernelbridge.keeper.restoring import restore

_LOOK_AROUND = 30.0
"""Seconds between looks at what others may have removed, and at how long nobody has been there."""
_LAST_LOOK = 0.5
"""Seconds in which who has connected says that it is there."""
_FIRST_PATIENCE = 60.0
"""Seconds in which the first frontend must attach to a keeper that has no kernel."""
_UNMET = 5.0
"""Seconds that a keeper and its kernel stay where whoever had them started left before it attached."""


async def serve(order: Order, early: EarlyKernel | None = None) -> None:
    """Keeps what the order says; returns when nobody needs the keeper any more.

    `early` is the kernel that it says, where its process was started already.
    """
    os.umask(order.umask)  # the kernel's files are the user's; ours say their modes themselves
    service = Service(order, early)
    try:
        await service.run()
    finally:
        await service.close()


class Service:
    """Holds home, journal, socket and keeper together."""

    def __init__(self, order: Order, early: EarlyKernel | None) -> None:
        self._home = Path(order.home)
        self._meta = meta = read_meta(self._home)
        runtime = runtime_of(meta) or make_runtime(self._home)
        log = self._home / homes.KERNEL_LOG
        self._launching = Launching(runtime, log, meta.session, self._line_changed)
        self._wanted = order.launch
        self._early = None if self._resume() else self._make(order.launch, early)
        self._lock = order.lock_fd
        self._socket = socket.socket(fileno=order.socket_fd)
        self._journal = Journal(self._home / homes.RUNS)
        with contextlib.suppress(JournalError):  # what is printed from now on will say so
            self._journal.open()
        identity = KeeperIdentity(meta.id, os.getpid(), host(), meta.started, meta.place, meta.epoch)
        self._keeper = Keeper(identity, self._journal, self._launching.make, self._changed)
        self._servers: list[asyncio.AbstractServer] = []
        self._news = asyncio.Event()
        self._alone_since = time.monotonic()
        self._had_frontends = False
        self._is_first = not self._resume()
        """Whether no keeper before this one had the kernel."""
        self._is_ending = False

    async def run(self) -> None:
        """Serves until there is neither a kernel nor a frontend."""
        self._begin()
        self._servers.append(await listen(self._socket, self._keeper))
        due = time.monotonic() + _LOOK_AROUND
        while not self._is_over():
            await self._next_news(min(due, self._unmet_at()) - time.monotonic())
            if time.monotonic() >= due:
                await self._look_around()
                due = time.monotonic() + _LOOK_AROUND

    async def _next_news(self, patience: float) -> None:
        self._news.clear()
        news = asyncio.ensure_future(self._news.wait())
        try:
            # Not wait_for: before Python 3.12 that loses a cancellation that comes together with news.
            await asyncio.wait((news,), timeout=max(0.0, patience))
        finally:
            news.cancel()

    async def close(self) -> None:
        """Ends the kernel, and removes what nobody needs: all but what no file has yet."""
        self._is_ending = True
        await self._greet_the_first()
        await self._keeper.end()
        for server in self._servers:
            server.close()
        with contextlib.suppress(JournalError):
            self._journal.close()
        remove_runtime(self._meta)
        with contextlib.suppress(HomeError):
            if not self._journal.runs():
                homes.remove(self._home, is_mine=True)
            else:
                write_meta(self._home, _ended(self._meta))

    async def _greet_the_first(self) -> None:
        """Whoever had this keeper started is in the socket's backlog, and is to hear that it ends."""
        if not self._servers:
            self._servers.append(await listen(self._socket, self._keeper))
        if not self._had_frontends:
            await self._next_news(_LAST_LOOK)

    def _resume(self) -> JsonObject | None:
        return resumable(self._meta)

    def _make(
        self, wanted: JsonObject | None, early: EarlyKernel | None = None
    ) -> Launched | KeeperError | None:
        """A kernel with its process started already, before anything else is done: it takes longest."""
        if wanted is None:
            return None
        try:
            launched = self._launching.make(wanted, early)
            hurry(launched.kernel)
        except KeeperError as error:
            return error
        return launched

    def _begin(self) -> None:
        """Takes over what lives, or starts what is to be started, or says why that cannot be."""
        restored = restore(self._journal)
        for run in restored.foreign:
            self._journal.discard(run)
        resume = self._resume()
        if resume is not None:
            try:
                launched = self._launching.adopt(resume, self._meta.kernel, self._wanted)
            except KeeperError:
                self._early = self._make(self._wanted)
            else:
                self._keeper.take_over(launched, restored.runs, restored.last_heard)
                return
        self._keeper.executor.give_up(restored.runs)
        if isinstance(self._early, Launched):
            self._keeper.launch(self._early)
        elif self._early is not None:
            self._keeper.executor.died(Death(str(self._early)))

    def _unmet_at(self) -> float:
        """When it ends if nobody comes; never, once somebody came, or while somebody is about to."""
        return self._keeper.alone_since + _UNMET if self._is_first and not self._had_frontends else math.inf

    def _is_over(self) -> bool:
        if time.monotonic() >= self._unmet_at():
            return True
        if self._keeper.executor.state.state in ALIVE or self._keeper.frontend_count:
            return False
        return self._had_frontends or time.monotonic() - self._alone_since > _FIRST_PATIENCE

    def _line_changed(self, kernel: Kernel, problem: str | None) -> None:
        self._keeper.line_changed(kernel, problem)

    def _changed(self) -> None:
        """The kernel's state changed, or who is attached."""
        if not self._is_ending and not self._home.is_dir():
            self._mend_home()
        if self._keeper.frontend_count:
            self._had_frontends = True
        self._write_meta()
        self._news.set()

    def _write_meta(self) -> None:
        """Writes down what another process must know, where that has changed; not every run of a cell."""
        executor = self._keeper.executor
        resume = resume_of(executor.kernel)
        pid, started = process_of(resume)
        state = State.IDLE if executor.state.state is State.BUSY else executor.state.state
        file = None if executor.kernel is None else executor.kernel.connection_file
        meta = replace(
            self._meta,
            keeper_pid=os.getpid(),
            notebook=self._keeper.place.label,
            notebook_file=self._keeper.place.file,
            formerly=self._keeper.place.formerly,
            kernel={**self._keeper.described, "resume": resume},
            kernel_pid=pid,
            kernel_started=started,
            connection_file=file or "",
            state=state.value,
        )
        if meta != self._meta:
            self._meta = meta
            with contextlib.suppress(HomeError):
                write_meta(self._home, meta)

    def _mend_home(self) -> None:
        """Makes the home again where it was removed, and what it says where that was damaged."""
        with contextlib.suppress(HomeError):  # there is another look
            if not self._home.is_dir():
                former, self._lock = self._lock, homes.make_again(self._home, self._meta)
                os.close(former)
                sign(self._lock, self._meta.keeper_pid, self._meta.keeper_started)
            elif not _is_intact(self._home):
                write_meta(self._home, self._meta)
        if self._journal.is_gone:
            self._journal.begin_anew()
            self._keeper.journal_lost(f"{self._journal.folder} was removed")

    async def _look_around(self) -> None:
        """Mends what others removed, and ends a kernel that nobody has wanted for long."""
        executor = self._keeper.executor
        trim_log(executor.kernel)
        self._mend_home()
        with contextlib.suppress(JournalError):
            self._journal.sync()
        if not still_there(self._meta.socket):
            with contextlib.suppress(KeeperError):
                self._socket, self._meta = rebind(self._home, self._meta)
                self._servers.append(await listen(self._socket, self._keeper))
        directory = runtime_of(self._meta)
        if directory is not None:
            keep_fresh(directory)
        if self._keeper.frontend_count or executor.state.state is not State.IDLE:
            self._alone_since = time.monotonic()
        elif self._keeper.idle_limit and time.monotonic() - self._alone_since > self._keeper.idle_limit:
            await executor.shutdown()


def _is_intact(home: Path) -> bool:
    try:
        read_meta(home)
    except HomeError:
        return False
    return True


def _ended(meta: Meta) -> Meta:
    """What stays of a home whose keeper has ended in order."""
    return replace(
        meta,
        keeper_pid=0,
        keeper_started="",
        kernel={key: value for key, value in meta.kernel.items() if key != "resume"},
        kernel_pid=0,
        kernel_started="",
        connection_file="",
        socket="",
    )
