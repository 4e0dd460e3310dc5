"""Connection files: where a kernel listens, and the key that signs what is said."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Mapping, Sequence, cast

from kernelbridge.keeper.errors import LaunchError
from kernelbridge.keeper.jsontypes import EMPTY, JsonObject
from kernelbridge.keeper.launches import LocalLaunch
from kernelbridge.keeper.wire import Wire

HEARTBEAT = "hb"
KERNEL_FILE = "kernel.json"
"""The connection file's name in a keeper's private directory."""
_PORTS = ("shell", "iopub", "stdin", "control", HEARTBEAT)
_SCHEMES = {f"hmac-{name}": name for name in ("sha256", "sha384", "sha512", "sha1", "md5")}


@dataclass(frozen=True)
class Connection:
    """What a connection file says."""

    file: Path
    addresses: Mapping[str, str]
    """By channel, and that of the heartbeat."""
    key: bytes
    digest: str = "sha256"

    @classmethod
    def create(cls, file: Path, launch: LocalLaunch) -> Connection:
        """Writes a connection file, mode 0600, in place of any that is there, for a kernel to be started.

        Kernels written in Python get unix sockets beside it. Others may know TCP only and get ports on the
        loopback interface, where the key is what keeps other users out. Raises LaunchError.
        """
        if launch.takes_sockets:
            transport, ip = "ipc", str(file.parent / "k")
            ports = {name: number for number, name in enumerate(_PORTS, 1)}
        else:
            transport, ip = "tcp", "127.0.0.1"
            ports = dict(zip(_PORTS, _free_ports(len(_PORTS))))
        content = {
            **{f"{name}_port": port for name, port in ports.items()},
            "transport": transport,
            "ip": ip,
            "key": secrets.token_hex(32),
            "signature_scheme": "hmac-sha256",
            "kernel_name": launch.name,
        }
        try:
            with contextlib.suppress(FileNotFoundError):
                file.unlink()
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                json.dump(content, out)
        except OSError as error:
            raise LaunchError(f"the connection file cannot be written: {error.strerror}") from error
        return cls.read(file)

    @classmethod
    def read(cls, file: Path) -> Connection:
        """Reads a connection file that anybody wrote. Raises LaunchError."""
        content = _content(file)
        transport, ip, key = content.get("transport", "tcp"), content.get("ip"), content.get("key", "")
        ports = {name: content.get(f"{name}_port") for name in _PORTS}
        digest = _SCHEMES.get(str(content.get("signature_scheme") or "hmac-sha256"))
        if (
            transport not in ("tcp", "ipc")
            or not isinstance(ip, str)
            or not isinstance(key, str)
            or digest is None
            or not all(isinstance(port, int) for port in ports.values())
        ):
            raise LaunchError(f"{file} is no connection file of a kernel")
        if "curve_publickey" in content:
            raise LaunchError(f"{file} wants CurveZMQ encryption, which is unknown here")
        if transport == "tcp" and not key:
            raise LaunchError(f"what {file} names signs nothing: any user of its machine could speak for it")
        joint = "-" if transport == "ipc" else ":"
        addresses = {name: f"{transport}://{ip}{joint}{port}" for name, port in ports.items()}
        return cls(file, addresses, key.encode("utf-8", "surrogatepass"), digest)

    def located(self, folders: Sequence[Path]) -> Connection:
        """The same with whole paths: Jupyter writes some relative to where the kernel was started.

        The folders are where that may have been. Raises LaunchError where there is no socket in any.
        """
        if not self.socket_files or self.socket_files[0].is_absolute():
            return self
        for folder in folders:
            if (folder / self.socket_files[0]).is_socket():
                addresses = {
                    name: f"ipc://{folder / path}" for name, path in zip(self.addresses, self.socket_files)
                }
                return replace(self, addresses=addresses)
        raise LaunchError(
            f"{self.file} names {self.socket_files[0]}, relative to where its kernel was started, "
            "which is not known: start the kernel with a whole path"
        )

    @property
    def socket_files(self) -> tuple[Path, ...]:
        """The unix sockets, where that is what the kernel has."""
        parts = (address.partition("://") for address in self.addresses.values())
        return tuple(Path(path) for scheme, _, path in parts if scheme == "ipc")

    def wire(self, session: str) -> Wire:
        """One end of the connection, of that name."""
        return Wire(self.key, session, self.digest)

    def freshen(self) -> None:
        """Makes the file look new to what removes old ones from temporary directories."""
        with contextlib.suppress(OSError):
            os.utime(self.file)

    def remove_sockets(self) -> None:
        """Removes what a kernel that was killed left in the way of the next."""
        for path in self.socket_files:
            with contextlib.suppress(OSError):
                path.unlink()

    def remove(self) -> None:
        """Removes the file and the sockets."""
        self.remove_sockets()
        with contextlib.suppress(OSError):
            self.file.unlink()


def _content(file: Path) -> JsonObject:
    try:
        data: object = json.loads(file.read_bytes())
    except OSError as error:
        raise LaunchError(f"{file} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError):
        return EMPTY
    return cast("JsonObject", data) if isinstance(data, dict) else EMPTY


def _free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
