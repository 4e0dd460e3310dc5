"""Finding the keeper of a home, or starting it: one process, however many ask at once, that outlives them.

Whoever gets the home's lock makes the socket and hands both to a new process. What connects meanwhile waits
in the socket's backlog, so that nobody waits for that process to come up.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

from kernelbridge.keeper.errors import HomeError
from kernelbridge.keeper.home.condition import kernel_lives
from kernelbridge.keeper.home.homes import KEEPER_LOG, home_for_label
from kernelbridge.keeper.home.locking import LOCK, try_lock
from kernelbridge.keeper.home.machine import boot, host
from kernelbridge.keeper.home.meta import Meta, read_meta, write_meta
from kernelbridge.keeper.home.runtimes import bind, make_runtime, remove_runtime, runtime_of
from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.keeper.local.earlykernel import settle_first
from kernelbridge.keeper.order import Order
from kernelbridge.keeper.peers import is_this_user

_LONGEST_LOG = 1 << 20
_TOKEN_VARIABLE = "TNB_SERVER_TOKEN"  # noqa: S105 -- a name
"""Not passed on: kernels, and so notebooks, would inherit it."""
_HELD_BACK = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)
_LOOK_AGAIN = 0.01
_PATIENCE = 2.0
_PATH = (
    # The second fork leaves a process that is nobody's child and leads no session: it never gets a terminal.
    "import os, sys; os.fork() and os._exit(0); "
    # Ours before any other kernelbridge, but none of its neighbours before the standard library.
    "sys.path.insert(0, sys.argv[1]); import kernelbridge; del sys.path[0]; sys.path += sys.argv[2:3]; "
)
_ENTRY = "from kernelbridge.keeper.local.firstkernel import begin; begin()"


def reach(
    home: Path, launch: JsonObject | None = None, *, python: str = sys.executable, patience: float = 10.0
) -> socket.socket:
    """A connection to the home's keeper, which is started with `python` if none runs. Raises KeeperError.

    Only a keeper that is started heeds `launch`; the others have had their word. A connection that ends
    before anything is said tells that the keeper could not start: `last_words` has the reason.
    """
    deadline = time.monotonic() + patience
    while True:
        meta = read_meta(home)
        if meta.host != host():
            raise HomeError(f"the keeper {meta.id} is one of {meta.host}")
        lock = try_lock(home / LOCK)
        if lock is not None:
            try:
                return _start(home, lock, launch, python)
            finally:
                os.close(lock)
        connection = _connected(meta.socket)
        if connection is not None:
            return connection
        if time.monotonic() > deadline:
            process = f" (process {meta.keeper_pid})" if meta.keeper_pid else ""
            raise HomeError(f"the keeper {meta.id}{process} does not answer: tnb stop {meta.id} ends it")
        time.sleep(_LOOK_AGAIN)


def reach_notebook(
    notebook: Path,
    launch: JsonObject | None = None,
    *,
    state: Path | None = None,
    python: str = sys.executable,
    patience: float = 10.0,
) -> tuple[Path, socket.socket]:
    """The home of a notebook's keeper, found or started, and a connection to it. Raises KeeperError."""
    return reach_label(os.path.realpath(notebook), launch, state=state, python=python, patience=patience)


def reach_label(
    label: str,
    launch: JsonObject | None = None,
    *,
    state: Path | None = None,
    python: str = sys.executable,
    patience: float = 10.0,
) -> tuple[Path, socket.socket]:
    """As `reach_notebook`, for what keepers know the notebook by: its real path, or where else it is."""
    while True:
        home = home_for_label(label, state)
        try:
            return home.path, reach(home.path, launch, python=python, patience=patience)
        except HomeError:
            # A keeper that ended took its home with it.
            if home.path.exists():
                raise


def last_words(home: Path, lines: int = 20) -> list[str]:
    """The end of what the keeper of a home printed, not sanitized."""
    try:
        with (home / KEEPER_LOG).open("rb") as log:
            log.seek(max(0, os.fstat(log.fileno()).st_size - 16_384))
            return log.read().decode("utf-8", "replace").splitlines()[-lines:]
    except OSError:
        return []


def _connected(path: str) -> socket.socket | None:
    """A connection; None where nobody listens, or not yet. Raises HomeError where another user listens."""
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.settimeout(_PATIENCE)  # with a full backlog it would wait for as long as that is full
        connection.connect(path)
        connection.settimeout(None)
    except OSError:
        connection.close()
        return None
    if not is_this_user(connection):
        connection.close()
        raise HomeError(f"{path} is another user's: it is not used")
    return connection


def _start(home: Path, lock: int, launch: JsonObject | None, python: str) -> socket.socket:
    meta = _renewed(read_meta(home))
    directory = runtime_of(meta) or make_runtime(home)
    with contextlib.closing(bind(directory)) as listening:
        path = str(listening.getsockname())
        meta = replace(meta, socket=path, epoch=meta.epoch + 1, started=time.time())
        write_meta(home, meta)
        connection = _connected(path)
        if connection is None:
            raise HomeError(f"{path} cannot be connected to")
        try:
            _spawn(python, Order(str(home), listening.fileno(), lock, launch), meta)
        except OSError as error:
            connection.close()
            raise HomeError(f"the keeper cannot be started: {python}: {error.strerror}") from error
    return connection


def _renewed(meta: Meta) -> Meta:
    """What the next keeper begins with: a kernel that lives, or none."""
    if kernel_lives(meta):
        return replace(meta, keeper_pid=0, keeper_started="")
    remove_runtime(meta)
    was_its_own = bool(meta.socket) and Path(meta.connection_file).parent == Path(meta.socket).parent
    return replace(
        meta,
        boot=boot(),
        keeper_pid=0,
        keeper_started="",
        kernel_pid=0,
        kernel_started="",
        socket="",
        connection_file="" if was_its_own else meta.connection_file,
        state="none",
    )


def _spawn(python: str, order: Order, meta: Meta) -> None:
    """Starts the keeper's process, detached from this one. Raises OSError."""
    ours = str(Path(__file__).resolve().parents[2])
    zmq = _zmq_folder() if python == sys.executable else None
    argv = [python, "-I", "-c", _PATH + _ENTRY, ours, zmq or ours, order.home]
    log = os.open(
        Path(order.home) / KEEPER_LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600
    )
    env = {name: value for name, value in os.environ.items() if name != _TOKEN_VARIABLE}
    told, teller = os.pipe()
    # Its kernel is its first child, and nothing may end it before it can end that in order: it lets them in.
    former = signal.pthread_sigmask(signal.SIG_BLOCK, _HELD_BACK)
    try:
        if os.fstat(log).st_size > _LONGEST_LOG:
            os.ftruncate(log, 0)
        process = subprocess.Popen(
            argv,
            stdin=told,
            stdout=log,
            stderr=log,
            cwd="/",
            env=env,
            pass_fds=(order.socket_fd, order.lock_fd),
            start_new_session=True,
        )
    except OSError:
        os.close(teller)
        raise
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, former)
        os.close(told)
        os.close(log)
    with contextlib.suppress(BrokenPipeError), os.fdopen(teller, "wb") as pipe:
        pipe.write(order.to_json() + b"\n" + settle_first(order, meta, env))
    # It forks and ends; nobody should have to wait for that.
    threading.Thread(target=process.wait, name="keeper-start", daemon=True).start()


def _zmq_folder() -> str | None:
    """Where this Python has pyzmq, which an isolated one may not see."""
    found = importlib.util.find_spec("zmq")
    if found is None or found.origin is None:
        return None
    return str(Path(found.origin).absolute().parent.parent)
