"""Another machine for tests: a real sshd on the loopback, whose users have a home of their own."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest

from programs import require_program

NAME = "far"
"""What ssh knows it by."""
_PATIENCE = 20.0


class Sshd:
    """It runs from `start` to `stop`, at one port; whoever may log in is who runs the tests."""

    def __init__(self) -> None:
        self._program = require_program("/usr/sbin/sshd")
        self._ssh = require_program("ssh")
        keygen = require_program("ssh-keygen")
        self.folder = Path(tempfile.mkdtemp(prefix="tnb-sshd-", dir="/tmp"))
        self.home = self.folder / "home"
        self.bin = self.folder / "bin"
        for each in (self.home, self.bin, self.folder / "run"):
            each.mkdir(mode=0o700)
        for key in ("host", "user"):
            subprocess.run([keygen, "-q", "-t", "ed25519", "-N", "", "-f", self.folder / key], check=True)
        self._authorized = self.folder / "authorized"
        self.authorize()
        self.config = self.folder / "config"
        self._process: subprocess.Popen[bytes] | None = None
        self.port = 0
        self.start()

    @property
    def python(self) -> str:
        """A Python there, with ipykernel, as the path of a URL."""
        return sys.prefix

    @property
    def state(self) -> Path:
        """The state folder of tnb there."""
        return self.home / ".local/state/tnb"

    def authorize(self, *, anyone: bool = True) -> None:
        """Has the key accepted, or refused."""
        self._authorized.write_bytes((self.folder / "user.pub").read_bytes() if anyone else b"")

    def start(self) -> None:
        """Starts it, the second time at the same port."""
        if os.getuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        self.port = self.port or _free_port()
        environment = {"HOME": self.home, "XDG_RUNTIME_DIR": self.folder / "run"}
        options = {
            "Port": self.port,
            "ListenAddress": "127.0.0.1",
            "HostKey": self.folder / "host",
            "AuthorizedKeysFile": self._authorized,
            "StrictModes": "no",
            "PidFile": "none",
            "UsePAM": "no",
            "PasswordAuthentication": "no",
            "KbdInteractiveAuthentication": "no",
            "MaxStartups": "100",
            "SetEnv": " ".join(f"{name}={value}" for name, value in environment.items()),
        }
        text = "".join(f"{name} {value}\n" for name, value in options.items())
        (self.folder / "sshd_config").write_text(text)
        self._configure_client()
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._program, "-D", "-e", "-f", self.folder / "sshd_config"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + _PATIENCE
        while not _answers(self.port):
            if self._process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"sshd does not start: {(self.folder / 'log').read_text()}")

    def stop(self) -> None:
        """Ends it, with all connections that there are."""
        if self._process is None:
            return
        for each in [*psutil.Process(self._process.pid).children(recursive=True), self._process]:
            with contextlib.suppress(psutil.NoSuchProcess):
                each.kill()
        self._process.wait()
        self._process = None

    def change_host_key(self) -> None:
        """Makes it another machine, to whoever knew it."""
        for each in ("host", "host.pub"):
            (self.folder / each).unlink()
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.folder / "host"], check=True
        )
        self.stop()
        self.start()

    def clients(self) -> list[psutil.Process]:
        """The processes that hold connections to it."""
        return [
            psutil.Process(each.pid)
            for each in psutil.net_connections("tcp4")
            if each.raddr and each.raddr[1] == self.port and each.pid and each.status == "ESTABLISHED"
        ]

    def cut(self) -> None:
        """Kills the ssh of everyone who is connected."""
        for each in self.clients():
            with contextlib.suppress(psutil.NoSuchProcess):
                each.send_signal(signal.SIGKILL)

    def close(self) -> None:
        """Ends it and all that was started there."""
        self.stop()
        for each in psutil.process_iter():
            with contextlib.suppress(psutil.Error, OSError):
                if each.environ().get("HOME") == str(self.home):
                    each.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _configure_client(self) -> None:
        """An `ssh` in a folder for PATH: the system's, with a configuration that is not the user's."""
        self.config.write_text(
            f"Host {NAME} 127.0.0.1\n"
            "  HostName 127.0.0.1\n"
            f"  Port {self.port}\n"
            f"  IdentityFile {self.folder / 'user'}\n"
            "  IdentitiesOnly yes\n"
            "  IdentityAgent none\n"
            f"  UserKnownHostsFile {self.folder / 'known'}\n"
            "  GlobalKnownHostsFile /dev/null\n"
            "  CheckHostIP no\n"
        )
        key = (self.folder / "host.pub").read_text()
        known = self.folder / "known"
        if not known.exists():
            known.write_text(f"[127.0.0.1]:{self.port} {key}")
        wrapper = self.bin / "ssh"
        wrapper.write_text(f'#!/bin/sh\nexec {shlex.quote(self._ssh)} -F {self.config} "$@"\n')
        wrapper.chmod(0o755)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as one:
            return one.recv(4) == b"SSH-"
    except OSError:
        return False
