"""Makes the kernels that frontends ask for, each of its kind, and takes over those of an earlier keeper."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Mapping

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
from kernelbridge.keeper.local.joinedkernel import JoinedKernel
from kernelbridge.keeper.local.kernelspecs import resolve
from kernelbridge.keeper.local.localkernel import LocalKernel


class Launching:
    """What the kernels of one home have in common."""

    def __init__(self, runtime: Path, log: Path, session: str) -> None:
        """Connection files go to `runtime`, what kernels print to `log`; `session` names us to them."""
        self._runtime = runtime
        self._log = log
        self._session = session

    def make(self, wanted: JsonObject) -> Launched:
        """A kernel of the description in a `launch`, not started yet. Raises LaunchError."""
        launch = launch_from_json(wanted)
        if isinstance(launch, NamedLaunch):
            launch = resolve(launch)
        if isinstance(launch, LocalLaunch):
            return Launched(LocalKernel(launch, self._runtime, self._log, self._session), _described(launch))
        if isinstance(launch, ExistingLaunch):
            name = Path(launch.connection_file).stem
            described: JsonObject = {"kind": "existing", "name": name, "environment": "joined"}
            return Launched(JoinedKernel(launch.connection_file, self._session), described)
        return self._on_server(launch)

    def adopt(self, resume: JsonObject, described: JsonObject) -> Launched:
        """The kernel that an earlier keeper had, by what `resume_of` gave it. Raises LaunchError."""
        if resume.get("kind") == "existing":
            return self.make(resume)
        kernel = LocalKernel.adopt(resume, self._session, self._log)
        return Launched(kernel, {key: value for key, value in described.items() if key != "resume"})

    def _on_server(self, launch: ServerLaunch) -> Launched:
        raise LaunchError(f"{launch.url}: kernels on a server are not known here")


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
    return None


def process_of(resume: JsonObject | None) -> tuple[int, str]:
    """Id and start time of the kernel's process; 0 and nothing where it is none of this machine's."""
    fields: Mapping[str, object] = resume or EMPTY
    pid, started = fields.get("pid"), fields.get("started")
    return (pid, started) if isinstance(pid, int) and isinstance(started, str) else (0, "")


def _described(launch: LocalLaunch) -> JsonObject:
    return {
        "kind": "local",
        "name": launch.name,
        "display_name": launch.display_name,
        "language": launch.language,
        "environment": launch.environment,
        "debugger": launch.debugger,
    }
