"""Run by a kernel's own Python in place of `python -m`: `bootstrap.py MODULE ARGUMENT...`.

The module is not looked for in the directory in which the kernel is started: that is the notebook's, where
anyone may have planted one. And an ipykernel waits for its reader when that falls behind, where it would drop
what is printed (ZeroMQ's high-water mark), and does not print into its log how to end it by hand. And a
xeus-python can be interrupted. For any Python from 3.8; imports nothing of ours.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import importlib
import runpy
import signal
import sys
from types import FrameType
from typing import Any


def _adapt_ipykernel() -> None:
    try:
        zmq: Any = importlib.import_module("zmq")
        app: Any = importlib.import_module("ipykernel.kernelapp").IPKernelApp
        bind: Any = app._bind_socket  # noqa: SLF001 -- the one place between a socket's making and its use
        log_connection: Any = app.log_connection_info
        start: Any = app.start
    except (ImportError, AttributeError):
        gc.enable()
        return

    def bind_without_loss(self: Any, socket: Any, port: int) -> Any:
        if socket.type in (zmq.PUB, zmq.XPUB):
            socket.setsockopt(zmq.XPUB_NODROP, 1)
        return bind(self, socket, port)

    def log_as_if_owned(self: Any) -> Any:
        self.parent_handle = 1  # nothing watches it by now; it only makes the words on Ctrl-C go
        return log_connection(self)

    def start_collecting(self: Any) -> Any:
        gc.freeze()  # what is loaded by now stays: searching it would take most of the time that ending takes
        gc.enable()
        return start(self)

    app.start = start_collecting
    app._bind_socket = bind_without_loss  # noqa: SLF001
    app.log_connection_info = log_as_if_owned


def _adapt_xeus_python() -> None:
    """Has SIGINT stop what runs: xeus-python would end, and an interrupt by message does nothing at all."""
    try:
        shell: Any = importlib.import_module("xeus_python_shell.shell").XPythonShell
        made: Any = shell.__init__
        run_code: Any = shell.run_code
    except (ImportError, AttributeError):
        return
    running: list[Any] = []

    def stop(_number: int, frame: FrameType | None) -> None:
        while frame is not None:
            if frame.f_code is run_code.__code__:
                raise KeyboardInterrupt
            frame = frame.f_back
        for task in running:  # code that awaits something is not on the stack
            task.get_loop().call_soon_threadsafe(task.cancel)

    def make(self: Any, *arguments: Any, **named: Any) -> None:
        made(self, *arguments, **named)
        with contextlib.suppress(ValueError):  # it is not the main thread
            signal.signal(signal.SIGINT, stop)

    async def run(self: Any, *arguments: Any, **named: Any) -> Any:
        running.append(asyncio.current_task())
        try:
            return await run_code(self, *arguments, **named)
        finally:
            running.pop()

    shell.__init__ = make
    shell.run_code = run


if __name__ == "__main__":
    del sys.path[0], sys.argv[0]
    if sys.argv[0] == "xpython_launcher":
        _adapt_xeus_python()
    else:
        gc.disable()  # until it is loaded: looking for what is not there takes a tenth of the start
        _adapt_ipykernel()
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
