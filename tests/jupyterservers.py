"""Real Jupyter Servers and Kernel Gateways to test against; skipped where they are not installed."""

from __future__ import annotations

import importlib.util
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from kernelbridge.keeper.launches import ServerLaunch
from programs import isolated_environment

TOKEN = "a-secret-of-this-test"


@dataclass(frozen=True)
class RunningServer:
    url: str
    log: Path
    pid: int

    def launch(self, **fields: str) -> ServerLaunch:
        return ServerLaunch(self.url, TOKEN, **fields)


def require_module(name: str, package: str) -> None:
    """Where a module is missing the test is skipped, or fails if none may be."""
    if importlib.util.find_spec(name) is not None:
        return
    missing = f"{package} is not installed"
    if os.environ.get("TNB_TESTS_SKIP_NOTHING"):
        pytest.fail(missing)
    pytest.skip(missing)


@contextmanager
def jupyter_server(folder: Path, *options: str) -> Iterator[RunningServer]:
    require_module("jupyter_server", "jupyter-server")
    arguments = ["-m", "jupyter_server", "--ServerApp.base_url=/user/ann/", "--ServerApp.allow_root=True"]
    arguments += ["--ServerApp.open_browser=False", "--ServerApp.jpserver_extensions={}"]
    with _running(folder, [*arguments, *options], "ServerApp", "/user/ann/") as server:
        yield server


@contextmanager
def kernel_gateway(folder: Path, *options: str) -> Iterator[RunningServer]:
    require_module("kernel_gateway", "jupyter-kernel-gateway")
    with _running(folder, ["-m", "kernel_gateway", *options], "KernelGatewayApp", "/") as server:
        yield server


@contextmanager
def _running(folder: Path, arguments: list[str], app: str, base: str) -> Iterator[RunningServer]:
    log = folder / "server.log"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**isolated_environment(folder), "JUPYTER_TOKEN": TOKEN, "KG_AUTH_TOKEN": TOKEN}
    environment.pop("XDG_RUNTIME_DIR")
    place = [f"--{app}.ip=127.0.0.1", f"--{app}.port={port}", f"--{app}.port_retries=0"]
    process = subprocess.Popen(
        [sys.executable, *arguments, *place],
        cwd=folder,
        env=environment,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    assert process.stderr is not None
    with log.open("w") as kept:
        for line in process.stderr:
            kept.write(line)
            if re.search(r"is running at|at http://127", line):
                break
        else:
            raise AssertionError(log.read_text())
    while not _listens(port):  # it says so a little before
        assert process.poll() is None, log.read_text()
    with log.open("a") as rest:
        copying = subprocess.Popen(["cat"], stdin=process.stderr, stdout=rest)
    process.stderr.close()
    try:
        yield RunningServer(f"http://127.0.0.1:{port}{base}", log, process.pid)
    finally:
        process.terminate()
        process.wait(30)
        copying.kill()  # kernels that outlived the server may hold the other end
        copying.wait(30)


def _listens(port: int) -> bool:
    with socket.socket() as asked:
        asked.settimeout(1)
        return asked.connect_ex(("127.0.0.1", port)) == 0
