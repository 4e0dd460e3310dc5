"""A kernel's process, launched with the standard library alone: nothing has to be imported before it runs."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from kernelbridge.errors import LaunchError
from kernelbridge.specs import KernelSpec, is_python
from kernelbridge.transports.base import Death

_PORTS = ("shell", "iopub", "stdin", "control", "hb")
_LOG_LINES = 20
_LOG_BYTES = 16_384


@dataclass(frozen=True, slots=True)
class Connection:
    """Where a kernel listens, and the key that signs what is said."""

    file: Path
    addresses: dict[str, str]
    """By channel."""
    key: bytes

    @classmethod
    def create(cls, directory: Path, spec: KernelSpec) -> Connection:
        """Writes a new connection file, mode 0600, into a private directory.

        Kernels written in Python get unix sockets in that directory. Others may know TCP only and get ports
        on the loopback interface, where the key is what keeps other users out. Raises OSError.
        """
        key = secrets.token_hex(32)
        if is_python(spec.argv[0]):
            transport, ip, joint = "ipc", str(directory / "k"), "-"
            ports = {name: number for number, name in enumerate(_PORTS, 1)}
        else:
            transport, ip, joint = "tcp", "127.0.0.1", ":"
            ports = dict(zip(_PORTS, _free_ports(len(_PORTS)), strict=True))
        content = {f"{name}_port": port for name, port in ports.items()} | {
            "transport": transport,
            "ip": ip,
            "key": key,
            "signature_scheme": "hmac-sha256",
            "kernel_name": spec.name,
        }
        file = directory / "kernel.json"
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            json.dump(content, out)
        addresses = {name: f"{transport}://{ip}{joint}{port}" for name, port in ports.items()}
        return cls(file, addresses, key.encode("ascii"))

    def remove_sockets(self) -> None:
        """Removes what a kernel that was killed left in the way of the next."""
        for address in self.addresses.values():
            scheme, _, path = address.partition("://")
            if scheme == "ipc":
                Path(path).unlink(missing_ok=True)


def _free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


class KernelProcess:
    """The running program of a kernel, leader of its own process group."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self._process = process
        self._log = log

    @classmethod
    def launch(cls, spec: KernelSpec, connection: Connection, cwd: Path | None) -> KernelProcess:
        """Starts the program that the kernelspec names. Raises LaunchError."""
        directory = connection.file.parent
        values = {
            "connection_file": str(connection.file),
            "resource_dir": str(spec.resource_dir or directory),
            "prefix": sys.prefix,
        }
        argv = [_filled(argument, values) for argument in _bootstrapped(spec.argv)]
        # ipykernel and its like end by themselves when the process of this id is gone.
        environment = {**os.environ, **spec.env, "JPY_PARENT_PID": str(os.getpid())}
        environment.pop("PYTHONEXECUTABLE", None)
        log = directory / "kernel.log"
        try:
            with os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                process = subprocess.Popen(
                    argv,
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=subprocess.STDOUT,
                    cwd=cwd,
                    env=environment,
                    start_new_session=True,
                )
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise LaunchError(f"{argv[0]} cannot be started: {reason}") from error
        return cls(process, log)

    @property
    def pid(self) -> int:
        """The process id, which is the process group's too."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended; reaps it when it has."""
        return self._process.poll() is None

    def reap(self) -> None:
        """Takes the exit status of a process that has ended, or is about to."""
        self._process.wait()

    def signal(self, number: signal.Signals) -> None:
        """Sends a signal to the whole process group."""
        if self.is_alive:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, number)

    def death(self) -> Death:
        """How it ended, with the end of its log. To be called once it has."""
        return Death(_how(self._process.poll()), self._last_lines())

    def _last_lines(self) -> tuple[str, ...]:
        try:
            with self._log.open("rb") as log:
                log.seek(max(0, self._log.stat().st_size - _LOG_BYTES))
                text = log.read().decode("utf-8", "replace")
        except OSError:
            return ()
        return tuple(deque((line for line in text.splitlines() if line.strip()), maxlen=_LOG_LINES))


def _bootstrapped(argv: tuple[str, ...]) -> tuple[str, ...]:
    """The same program, by way of `bootstrap` where it is a Python module."""
    if len(argv) > 2 and is_python(argv[0]) and argv[1] == "-m":
        return (argv[0], str(Path(__file__).with_name("bootstrap.py")), *argv[2:])
    return argv


def _filled(argument: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        argument = argument.replace("{" + name + "}", value)
    return argument


def _how(status: int | None) -> str:
    if status is None:
        return "gone"
    if status >= 0:
        return f"exited with status {status}"
    try:
        return f"ended by {signal.Signals(-status).name}"
    except ValueError:
        return f"ended by signal {-status}"
