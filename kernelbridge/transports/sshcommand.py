"""The command lines of ssh: which options we add to the user's own, and what is to run on the other machine.

One master connection (ControlMaster) carries all that tnb does there: a person logs in once, with whatever
second factor, and the keeper's pipe, a pipe that is opened anew and the reading and saving of files ride on
it without asking. It is the user's own where the configuration has one; else ours, in a private directory,
and ends a minute after it was used last.
"""

from __future__ import annotations

import base64
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path

from kernelbridge.keeper.errors import PrivateDirectoryError
from kernelbridge.keeper.home.privatedir import LONGEST_SOCKET_PATH, private_bases
from kernelbridge.sshaddress import SshAddress
from kernelbridge.transports.base import NoWayError, WayError
from kernelbridge.transports.parcel import parcel
from kernelbridge.transports.sshtrouble import last_line

_ALIVE = 15
"""Seconds without a word after which ssh asks the other machine for one; after three it gives up."""
_PATIENCE = 15
"""Seconds for a connection to come about."""
_PERSIST = 60
"""Seconds that a master of ours stays when nothing uses it."""
_LONGEST_NAME = 64
"""Bytes: a slash, what `%C` becomes, and what ssh appends while it makes the socket."""
# Nothing here may be quoted, or be a backslash or an exclamation mark: it is inside of quotes twice, and what
# reads the outer ones is a login shell of any kind.
_RUN = (
    "import sys,base64;sys.path[:]=[e for e in sys.path if e];"
    "exec(base64.b64decode(sys.argv[2-(sys.version_info<(3,8))]))"
)
_TOO_OLD = (
    "import sys; v = sys.version_info[:3] + (sys.executable,); "
    'sys.stdout.write("tnb-keeper old %d.%d.%d %s\\n" % v)'
)


def ssh_options(address: SshAddress) -> list[str]:
    """What is always given to ssh. Raises WayError."""
    configured = _configuration(address)
    options = {
        "RemoteCommand": "none",  # ours runs
        "ClearAllForwardings": "yes",
        "LogLevel": "INFO",  # what goes wrong is told by it
    }
    if configured.get("serveraliveinterval", "0") == "0":
        options["ServerAliveInterval"] = str(_ALIVE)
    if configured.get("connecttimeout", "none") == "none":
        options["ConnectTimeout"] = str(_PATIENCE)
    if configured.get("controlmaster", "false") == "false" or configured.get("controlpath", "none") == "none":
        options["ControlMaster"] = "auto"
        options["ControlPath"] = '"{}/%C"'.format(str(_sockets()).replace("%", "%%"))
    if configured.get("controlpersist", "no") in ("no", "false"):
        options["ControlPersist"] = str(_PERSIST)
    return [*(f"-o{name}={value}" for name, value in options.items()), *_port(address)]


def ssh_command(address: SshAddress, options: list[str], remote: str) -> list[str]:
    """ssh with what is to run there, which gets no terminal."""
    return ["ssh", "-T", "-a", "-x", *options, "--", address.destination, remote]


def remote_command(python: str = "") -> str:
    """What finds a Python there, the given one or `python3`, and has it settle (keeper/settling.py).

    `python` may also be the folder of an environment, and begin with `~/`.
    """
    old, program = (base64.b64encode(text.encode()).decode("ascii") for text in (_TOO_OLD, parcel().settling))
    script = (
        # What a login shell printed before may have no end of line.
        f"echo; p={_quoted(python or 'python3')}; "
        'if [ -d "$p" ]; then p="$p/bin/python"; fi; '
        'if command -v "$p" >/dev/null 2>&1; then :; else echo "tnb-keeper nopython $p"; exit 1; fi; '
        f'exec "$p" -c "{_RUN}" {old} {program}'
    )
    return f"sh -c {shlex.quote(script)}"


def _quoted(path: str) -> str:
    if any(char in path for char in "\\!\n\r\0"):
        raise NoWayError("a Python with a backslash or an exclamation mark in its path cannot be run by ssh")
    if path.startswith("~/"):
        return f'"$HOME"/{shlex.quote(path[2:])}'
    return shlex.quote(path)


def _configuration(address: SshAddress) -> Mapping[str, str]:
    """What the user's own configuration says of the machine. Raises WayError."""
    try:
        done = subprocess.run(
            ["ssh", "-G", *_port(address), "--", address.destination],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise NoWayError(f"ssh cannot be started: {error.strerror}") from error
    if done.returncode:
        words = last_line(done.stderr.decode("utf-8", "replace"))
        raise WayError(words or "ssh does not take its configuration")
    lines = (line.partition(" ") for line in done.stdout.decode("utf-8", "replace").splitlines())
    return {key.lower(): value for key, _, value in lines}


def _sockets() -> Path:
    """The private directory for the sockets of masters. Raises WayError."""
    for base in private_bases():
        if len(bytes(base)) + _LONGEST_NAME <= LONGEST_SOCKET_PATH:
            return base
    raise WayError(str(PrivateDirectoryError("there is no private directory for a socket of ssh")))


def _port(address: SshAddress) -> list[str]:
    return [] if address.port is None else [f"-p{address.port}"]
