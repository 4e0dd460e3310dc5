"""A kernel's process started before the rest of its keeper is loaded, asyncio above all: it takes longest."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Mapping

from kernelbridge.keeper.errors import KeeperError
from kernelbridge.keeper.home.homes import KERNEL_LOG
from kernelbridge.keeper.home.meta import Meta, read_meta, resumable
from kernelbridge.keeper.home.runtimes import runtime_of
from kernelbridge.keeper.launches import LocalLaunch
from kernelbridge.keeper.local.child import Child
from kernelbridge.keeper.local.connections import KERNEL_FILE, Connection
from kernelbridge.keeper.local.firstkernel import written
from kernelbridge.keeper.local.kernellog import KernelLog
from kernelbridge.keeper.local.process import KernelProcess, command_of
from kernelbridge.keeper.order import Order

_RESET = tuple(
    int(number) for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM, signal.SIGPIPE, signal.SIGXFSZ)
)
"""Signals that Python, or who started tnb, may ignore: a kernel would, too."""


@dataclass(frozen=True)
class EarlyKernel:
    """One that runs, and has nobody yet."""

    launch: LocalLaunch
    connection: Connection
    process: KernelProcess

    def end(self) -> None:
        """Nobody will have it."""
        self.process.signal(signal.SIGKILL)
        self.process.reap()
        self.connection.remove()


def settle_first(order: Order, meta: Meta, env: Mapping[str, str]) -> bytes:
    """What the keeper is to start before it loads anything (`firstkernel.py`); empty for nothing.

    To be called by who starts it and holds the lock of its home. `env` is what the keeper itself will have.
    """
    launch = _launch_of(order, meta)
    runtime = runtime_of(meta)
    if launch is None or runtime is None:
        return b""
    try:
        command = command_of(launch, Connection.create(runtime / KERNEL_FILE, launch), env)
    except KeeperError:
        return b""
    words = (*command.argv, *command.env.values(), launch.cwd or "")
    if not Path(command.argv[0]).is_absolute() or any("\0" in word for word in words):
        return b""  # the keeper finds it, or what is wrong with it
    return written(
        command.argv,
        command.env,
        cwd=launch.cwd or "/",
        log=str(Path(order.home) / KERNEL_LOG),
        kept=(order.socket_fd, order.lock_fd),
        reset=_RESET,
    )


def launch_early(order: Order, first: int = 0) -> EarlyKernel | None:
    """Starts what an order says, where that is a program of this machine and no earlier kernel may live.

    `first` is its process, where that was started already. None where there is nothing to be started, or it
    cannot be: the keeper then finds out why.
    """
    os.umask(order.umask)  # the kernel's files are the user's
    try:
        home = Path(order.home)
        meta = read_meta(home)
        launch, runtime = _launch_of(order, meta), runtime_of(meta)
        if launch is None or runtime is None:
            return None
        if first:
            return EarlyKernel(launch, Connection.read(runtime / KERNEL_FILE), KernelProcess.begun(first))
        connection = Connection.create(runtime / KERNEL_FILE, launch)
        return EarlyKernel(
            launch, connection, KernelProcess.launch(launch, connection, KernelLog(home / KERNEL_LOG))
        )
    except KeeperError:
        if first:
            os.killpg(first, signal.SIGKILL)
            Child(first).wait()
        return None


def _launch_of(order: Order, meta: Meta) -> LocalLaunch | None:
    """The program of this machine that is to be started, where no earlier kernel may live."""
    if order.launch is None or order.launch.get("kind") != "local" or resumable(meta) is not None:
        return None
    try:
        return LocalLaunch.from_json(order.launch)
    except KeeperError:
        return None
