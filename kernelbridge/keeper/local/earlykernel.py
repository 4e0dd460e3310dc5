"""A kernel's process started before the rest of its keeper is loaded, asyncio above all: it takes longest."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path

from kernelbridge.keeper.errors import KeeperError
from kernelbridge.keeper.home.homes import KERNEL_LOG
from kernelbridge.keeper.home.meta import read_meta, resumable
from kernelbridge.keeper.home.runtimes import runtime_of
from kernelbridge.keeper.launches import LocalLaunch
from kernelbridge.keeper.local.connections import KERNEL_FILE, Connection
from kernelbridge.keeper.local.kernellog import KernelLog
from kernelbridge.keeper.local.process import KernelProcess
from kernelbridge.keeper.order import Order


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


def launch_early(order: Order) -> EarlyKernel | None:
    """Starts what an order says, where that is a program of this machine and no earlier kernel may live.

    None where there is nothing to be started, or it cannot be: the keeper then finds out why.
    """
    if order.launch is None or order.launch.get("kind") != "local":
        return None
    os.umask(order.umask)  # the kernel's files are the user's
    try:
        home = Path(order.home)
        meta = read_meta(home)
        runtime = runtime_of(meta)
        if runtime is None or resumable(meta) is not None:
            return None
        launch = LocalLaunch.from_json(order.launch)
        connection = Connection.create(runtime / KERNEL_FILE, launch)
        return EarlyKernel(
            launch, connection, KernelProcess.launch(launch, connection, KernelLog(home / KERNEL_LOG))
        )
    except KeeperError:
        return None
