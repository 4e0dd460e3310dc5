"""A kernel's process, launched with the standard library alone: nothing has to be imported before it runs."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Mapping

from kernelbridge.keeper.errors import LaunchError
from kernelbridge.keeper.home.machine import heeds, started_at
from kernelbridge.keeper.launches import LocalLaunch
from kernelbridge.keeper.local.child import Child
from kernelbridge.keeper.local.connections import Connection
from kernelbridge.keeper.local.kernellog import KernelLog

_left: list[object] = []
"""Children that go on when their owner here does not, kept so that nothing warns of them."""


@dataclass(frozen=True)
class Command:
    """A program, and its environment."""

    argv: tuple[str, ...]
    env: Mapping[str, str]


class KernelProcess:
    """The running program of a kernel, leader of its own process group: a child, or one taken over."""

    def __init__(self, pid: int, started: str, child: subprocess.Popen[bytes] | Child | None) -> None:
        self.pid = pid
        """The process id, which is the process group's too."""
        self.started = started
        """Tells it from another process that gets its id later."""
        self._child = child

    @classmethod
    def launch(cls, launch: LocalLaunch, connection: Connection, log: KernelLog) -> KernelProcess:
        """Starts a program as a kernel that outlives this process. Raises LaunchError."""
        command = command_of(launch, connection, os.environ)
        descriptor = log.open()
        try:
            child = subprocess.Popen(
                command.argv,
                stdin=subprocess.DEVNULL,
                stdout=descriptor,
                stderr=subprocess.STDOUT,
                cwd=launch.cwd or None,
                env=command.env,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise LaunchError(f"{command.argv[0]} cannot be started: {reason}") from error
        finally:
            os.close(descriptor)
        return cls(child.pid, started_at(child.pid), child)

    @classmethod
    def begun(cls, pid: int) -> KernelProcess:
        """A child that was started otherwise, leader of its process group. Raises LaunchError."""
        return cls(pid, started_at(pid), Child(pid))

    @classmethod
    def adopt(cls, pid: int, started: str) -> KernelProcess:
        """Takes over a process that somebody else launched. Raises LaunchError where it is gone."""
        if pid <= 1 or not started or started_at(pid) != started:
            raise LaunchError("the kernel is gone")
        return cls(pid, started, None)

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended; reaps it when it has."""
        if self._child is not None:
            return self._child.poll() is None
        return started_at(self.pid) == self.started

    def reap(self) -> None:
        """Takes the exit status of a process that has ended, or is about to."""
        if self._child is not None:
            self._child.wait()

    def signal(self, number: signal.Signals) -> None:
        """Sends a signal to the whole process group."""
        if self.is_alive:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, number)

    def heeds(self, number: signal.Signals) -> bool:
        """Whether it does anything on the signal but end."""
        return heeds(self.pid, number)

    def leave(self) -> None:
        """Lets it go on without us."""
        if self._child is not None:
            _left.append(self._child)

    def how_it_ended(self) -> str:
        """One line: the exit status or the signal's name, where it was a child."""
        return _how(self._child.poll() if self._child is not None else None)


def command_of(launch: LocalLaunch, connection: Connection, env: Mapping[str, str]) -> Command:
    """What is started for a launch, where `env` is the environment around it."""
    values = {
        "connection_file": str(connection.file),
        "resource_dir": launch.resource_dir or str(connection.file.parent),
        "prefix": sys.prefix,
    }
    argv = tuple(_filled(argument, values) for argument in _bootstrapped(launch))
    environment = {**env, **launch.env}
    # ipykernel and its like would end by themselves when the process that this names is gone.
    environment.pop("JPY_PARENT_PID", None)
    environment.pop("PYTHONEXECUTABLE", None)
    return Command(argv, environment)


def _bootstrapped(launch: LocalLaunch) -> tuple[str, ...]:
    """The same program, by way of `bootstrap` where it is a Python module."""
    argv = launch.argv
    if len(argv) > 2 and launch.is_python and argv[1] == "-m":
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
