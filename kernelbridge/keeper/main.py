"""The keeper's process, from its first line to its last: what surrounds the core."""

from __future__ import annotations

import contextlib
import faulthandler
import functools
import gc
import importlib
import importlib.util
import os
import signal
import site
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, Callable, Coroutine, cast

from kernelbridge.keeper.lean import without_openssl

with without_openssl():
    from kernelbridge.keeper.home.locking import sign
    from kernelbridge.keeper.home.machine import started_at
    from kernelbridge.keeper.home.meta import read_meta, write_meta
    from kernelbridge.keeper.local.earlykernel import launch_early
    from kernelbridge.keeper.order import Order

Serve = Callable[[Order], Coroutine[Any, Any, None]]
"""The core: returns when the keeper is to end; is cancelled by SIGTERM, and then ends in order."""


_ENDS = (signal.SIGTERM, signal.SIGINT)
_told_early: list[int] = []
"""Signals to end that came before there was something that can end in order."""


def main(serve: Serve | None = None, *, order: bytes | None = None, first: int = 0) -> None:
    """Does what the order says, by default that on standard input; returns when the keeper is to end.

    `first` is the kernel's process where that was started before all else (`local/firstkernel.py`).
    """
    gc.disable()  # until all is loaded: there is nothing to collect, and it would be looked for
    faulthandler.enable()
    said = sys.stdin.buffer.read() if order is None else order
    _keep(Order.from_json(said.partition(b"\n")[0]), serve, first)


def _keep(order: Order, serve: Serve | None, first: int) -> None:
    _let_go_of_the_starter()
    for descriptor in (order.socket_fd, order.lock_fd):
        os.set_inheritable(descriptor, False)
    order = replace(order, umask=os.umask(0o077))
    _introduce(order)
    _find_zmq()
    core = serve or _core(order, first)
    gc.enable()
    _run(core, order)


def _core(order: Order, first: int) -> Serve:
    """The kernel's process first, and then what takes time to load; what goes wrong is in the log by now."""
    early = launch_early(order, first)
    try:
        with without_openssl():
            serve: Any = importlib.import_module("kernelbridge.keeper.service").serve
    except ImportError:
        if early is not None:
            early.end()
        raise
    return cast("Serve", functools.partial(serve, early=early))


def _run(serve: Serve, order: Order) -> None:
    import asyncio  # late: it takes as long to load as all that is needed before

    asyncio.run(_until_told(serve, order))


async def _until_told(serve: Serve, order: Order) -> None:
    import asyncio

    loop = asyncio.get_running_loop()
    serving = loop.create_task(serve(order))
    await asyncio.sleep(0)  # what has not begun could not end in order
    for number in _ENDS:
        loop.add_signal_handler(number, serving.cancel)
    if _told_early:
        serving.cancel()
    await asyncio.wait([serving])
    if not serving.cancelled():
        serving.result()


def _let_go_of_the_starter() -> None:
    # A handler and not SIG_IGN, which the kernel would inherit. So would it an ignored interrupt.
    signal.signal(signal.SIGHUP, lambda _number, _frame: None)
    for number in _ENDS:
        signal.signal(number, lambda number, _frame: _told_early.append(number))
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)


def _introduce(order: Order) -> None:
    """Says who the keeper is, in two places: one of them may be damaged."""
    home, pid = Path(order.home), os.getpid()
    started = started_at(pid)
    with contextlib.suppress(OSError):  # as on a full disk
        sign(order.lock_fd, pid, started)
    write_meta(home, replace(read_meta(home), keeper_pid=pid, keeper_started=started))


def _find_zmq() -> None:
    """An isolated Python does not see what the user installed without privileges."""
    if importlib.util.find_spec("zmq") is None:
        sys.path.append(site.getusersitepackages())
