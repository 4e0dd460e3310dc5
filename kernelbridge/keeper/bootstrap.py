"""Run by a kernel's own Python in place of `python -m`: `bootstrap.py MODULE ARGUMENT...`.

The module is not looked for in the directory in which the kernel is started: that is the notebook's, where
anyone may have planted one. And an ipykernel waits for its reader when that falls behind, where it would drop
what is printed (ZeroMQ's high-water mark), and does not print into its log how to end it by hand. For any
Python from 3.8; imports nothing of ours.
"""

from __future__ import annotations

import importlib
import runpy
import sys
from typing import Any


def _adapt() -> None:
    try:
        zmq: Any = importlib.import_module("zmq")
        app: Any = importlib.import_module("ipykernel.kernelapp").IPKernelApp
        bind: Any = app._bind_socket  # noqa: SLF001 -- the one place between a socket's making and its use
        log_connection: Any = app.log_connection_info
    except (ImportError, AttributeError):
        return

    def bind_without_loss(self: Any, socket: Any, port: int) -> Any:
        if socket.type in (zmq.PUB, zmq.XPUB):
            socket.setsockopt(zmq.XPUB_NODROP, 1)
        return bind(self, socket, port)

    def log_as_if_owned(self: Any) -> Any:
        self.parent_handle = 1  # nothing watches it by now; it only makes the words on Ctrl-C go
        return log_connection(self)

    app._bind_socket = bind_without_loss  # noqa: SLF001
    app.log_connection_info = log_as_if_owned


if __name__ == "__main__":
    del sys.path[0], sys.argv[0]
    _adapt()
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
