"""Makes the kernels that frontends ask for, each of its kind, and takes over those of an earlier keeper."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Callable, Mapping

from kernelbridge.keeper.errors import LaunchError
from kernelbridge.keeper.jsontypes import EMPTY, JsonObject
from kernelbridge.keeper.keeper import Launched
from kernelbridge.keeper.kernels import Kernel
from kernelbridge.keeper.launches import (
    ExistingLaunch,
    LocalLaunch,
    NamedLaunch,
    ServerLaunch,
    launch_from_json,
)
from kernelbridge.keeper.local.earlykernel import EarlyKernel
from kernelbridge.keeper.local.joinedkernel import JoinedKernel
from kernelbridge.keeper.local.kernelspecs import resolve
from kernelbridge.keeper.local.localkernel import LocalKernel

LineChanged = Callable[[Kernel, "str | None"], None]
"""Takes of a kernel why it is out of reach, in one line, and None when it is back."""


class Launching:
    """What the kernels of one home have in common."""

    def __init__(self, runtime: Path, log: Path, session: str, line_changed: LineChanged) -> None:
        """Connection files go to `runtime`, what kernels print to `log`; `session` names us to them."""
        self._line_changed = line_changed
        self._runtime = runtime
        self._log = log
        self._session = session

    def make(self, wanted: JsonObject, early: EarlyKernel | None = None) -> Launched:
        """A kernel of the description in a `launch`, started only where it is `early`. Raises LaunchError."""
        launch = launch_from_json(wanted)
        if isinstance(launch, NamedLaunch):
            launch = resolve(launch)
        if isinstance(launch, LocalLaunch):
            kernel = LocalKernel(launch, self._runtime, self._log, self._session, early)
            return Launched(kernel, _described(launch))
        if isinstance(launch, ExistingLaunch):
            name = Path(launch.connection_file).stem
            described: JsonObject = {"kind": "existing", "name": name, "environment": "joined"}
            return Launched(JoinedKernel(launch.connection_file, self._session), described)
        return self._on_server(launch)

    def adopt(self, resume: JsonObject, described: JsonObject, wanted: JsonObject | None = None) -> Launched:
        """The kernel that an earlier keeper had, by what `resume_of` gave it. Raises LaunchError.

        The token for one on a server is in no file: `wanted`, as of a `launch`, must be of that server.
        """
        if resume.get("kind") == "existing":
            return self.make(resume)
        described = {key: value for key, value in described.items() if key != "resume"}
        if resume.get("kind") == "server":
            return Launched(self._adopted_on_server(resume, wanted), described)
        return Launched(LocalKernel.adopt(resume, self._session, self._log), described)

    def _on_server(self, launch: ServerLaunch) -> Launched:
        from kernelbridge.keeper.server.serveraddress import ServerAddress  # late: it is rarely needed
        from kernelbridge.keeper.server.serverkernel import ServerKernel

        def line_changed(problem: str | None) -> None:
            self._line_changed(kernel, problem)

        kernel = ServerKernel(launch, self._session, line_changed)
        host = ServerAddress.parse(launch.url, allow_plain=launch.allow_plain).host
        name = launch.name or launch.kernel_id[:8]
        return Launched(kernel, {"kind": "server", "name": name, "environment": host})

    def _adopted_on_server(self, resume: JsonObject, wanted: JsonObject | None) -> Kernel:
        from kernelbridge.keeper.server.serverkernel import ServerKernel

        url, launch = resume.get("url"), None if wanted is None else launch_from_json(wanted)
        if not isinstance(launch, ServerLaunch) or _base(launch.url) != url:
            raise LaunchError(f"the kernel on {url} needs its server to be named")

        def line_changed(problem: str | None) -> None:
            self._line_changed(kernel, problem)

        kernel = ServerKernel.adopt(resume, self._session, launch.token, line_changed)
        return kernel


def hurry(kernel: Kernel) -> None:
    """Starts the process of a kernel at once, where it has one to be started. Raises LaunchError."""
    if isinstance(kernel, LocalKernel):
        kernel.launch()


def trim_log(kernel: Kernel | None) -> None:
    """Keeps what the kernel prints small."""
    if isinstance(kernel, LocalKernel):
        with contextlib.suppress(OSError):
            kernel.trim_log()


def resume_of(kernel: Kernel | None) -> JsonObject | None:
    """What a later keeper needs to take the kernel over; None where there is nothing to take over."""
    if isinstance(kernel, LocalKernel):
        return kernel.state() if kernel.pid is not None else None
    if isinstance(kernel, JoinedKernel) and kernel.connection_file is not None:
        return ExistingLaunch(kernel.connection_file).to_json()
    if kernel is None or isinstance(kernel, JoinedKernel):
        return None
    from kernelbridge.keeper.server.serverkernel import ServerKernel

    return kernel.state() if isinstance(kernel, ServerKernel) and kernel.kernel_id is not None else None


def process_of(resume: JsonObject | None) -> tuple[int, str]:
    """Id and start time of the kernel's process; 0 and nothing where it is none of this machine's."""
    fields: Mapping[str, object] = resume or EMPTY
    pid, started = fields.get("pid"), fields.get("started")
    return (pid, started) if isinstance(pid, int) and isinstance(started, str) else (0, "")


def _base(url: str) -> str:
    """As a kernel's `state` has it."""
    from kernelbridge.keeper.server.serveraddress import ServerAddress

    return ServerAddress.parse(url, allow_plain=True).url


def _described(launch: LocalLaunch) -> JsonObject:
    return {
        "kind": "local",
        "name": launch.name,
        "display_name": launch.display_name,
        "language": launch.language,
        "environment": launch.environment,
        "debugger": launch.debugger,
    }
