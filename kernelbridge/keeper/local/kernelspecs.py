"""The kernels that are installed on this machine, read from their kernel.json.

`jupyter_client.kernelspec`, which finds the same, takes 0.2 s to import, and that before the kernel can
start. Nothing is executed to find out; a name from a notebook is only looked up.
"""

from __future__ import annotations

import json
import os
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Mapping, cast

from kernelbridge.keeper.errors import LaunchError
from kernelbridge.keeper.jsontypes import JsonObject, JsonValue
from kernelbridge.keeper.launches import InterruptMode, LocalLaunch, NamedLaunch

NATIVE = "python3"
"""The kernelspec that stands for this program's own ipykernel where none of that name is installed."""
_NAME = re.compile(r"[a-z0-9._-]+", re.IGNORECASE)
_GENERIC_PYTHON = re.compile(r"python(3(\.\d+)?)?")
_NO_ENV: Mapping[str, str] = {}


@dataclass(frozen=True)
class KernelSpec:
    """What one kernel.json says."""

    name: str
    argv: tuple[str, ...]
    display_name: str = ""
    language: str = ""
    env: Mapping[str, str] = field(default_factory=lambda: _NO_ENV)
    interrupt_mode: InterruptMode = InterruptMode.SIGNAL
    resource_dir: Path | None = None
    debugger: bool = False
    """The kernelspec itself says that there is one; kernels that only inherit ipykernel claim it in vain."""
    provisioner: str = ""
    """Who has to start it, where that is not simply this machine."""

    def launch(self, cwd: str, environment: str = "") -> LocalLaunch:
        """How to start it in a folder."""
        return LocalLaunch(
            name=self.name,
            argv=self.argv,
            env=self.env,
            interrupt_mode=self.interrupt_mode,
            cwd=cwd,
            resource_dir=str(self.resource_dir or ""),
            display_name=self.display_name,
            language=self.language,
            environment=environment,
            debugger=self.debugger,
        )


def resolve(launch: NamedLaunch) -> LocalLaunch:
    """What a name means on this machine, and where it runs; `~` is the home here. Raises LaunchError."""
    cwd = str(Path(launch.cwd).expanduser()) if launch.cwd else ""
    if launch.name.lower() in ("", NATIVE):
        spec = own()
        if spec is None:
            raise LaunchError(f"no ipykernel for {sys.executable}: {sys.executable} -m pip install ipykernel")
        return spec.launch(cwd)
    spec = find(launch.name)
    if spec is None:
        installed = ", ".join(each.name for each in all_specs()) or "none"
        raise LaunchError(f"no kernel {launch.name} here; installed: {installed}")
    if spec.provisioner:
        raise LaunchError(wants_another_starter(spec))
    return spec.launch(cwd)


def wants_another_starter(spec: KernelSpec) -> str:
    """One line for a person on a kernel that names a provisioner."""
    return f"its kernelspec wants to be started by {spec.provisioner}, unknown here"


def find(name: str) -> KernelSpec | None:
    """The installed kernelspec of that name; the case of letters does not matter."""
    if not _NAME.fullmatch(name):
        return None
    for directory in _spec_directories():
        candidates = [directory / name, directory / name.lower()]
        for candidate in candidates:
            spec = _read(candidate)
            if spec is not None:
                return spec
        for candidate in _entries(directory):
            if candidate.name.lower() == name.lower() and (spec := _read(candidate)):
                return spec
    return own() if name.lower() == NATIVE else None


def all_specs() -> tuple[KernelSpec, ...]:
    """All installed kernelspecs, one a name, sorted by it."""
    found: dict[str, KernelSpec] = {}
    for directory in _spec_directories():
        for candidate in _entries(directory):
            name = candidate.name.lower()
            if name not in found and _NAME.fullmatch(name) and (spec := _read(candidate)):
                found[name] = spec
    if NATIVE not in found and (native := own()):
        found[NATIVE] = native
    return tuple(found[name] for name in sorted(found))


def ipykernel(python: str, display_name: str = "Python 3 (ipykernel)") -> KernelSpec:
    """The ipykernel of a Python, under the name that stands for that."""
    return KernelSpec(
        name=NATIVE,
        argv=(python, "-m", "ipykernel_launcher", "-f", "{connection_file}"),
        display_name=display_name,
        language="python",
        debugger=True,
    )


def own() -> KernelSpec | None:
    """The ipykernel of the Python that runs this, where it has one."""
    from importlib.util import find_spec

    return ipykernel(sys.executable) if find_spec("ipykernel") else None


def is_own(spec: KernelSpec) -> bool:
    """Whether it runs on the very Python that runs this program, under the name that stands for that."""
    return spec.argv[0] == sys.executable and spec.name == NATIVE


def _spec_directories() -> list[Path]:
    from jupyter_core.paths import jupyter_path

    ipython = Path(os.environ.get("IPYTHONDIR") or Path.home() / ".ipython")
    return [*(Path(place) for place in jupyter_path("kernels")), ipython / "kernels"]


def _entries(directory: Path) -> list[Path]:
    try:
        return sorted(directory.iterdir())
    except OSError:
        return []


def _read(directory: Path) -> KernelSpec | None:
    """The kernelspec in a directory; None when there is none that can be used."""
    try:
        data: object = json.loads((directory / "kernel.json").read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(data, dict):
        return None
    content = cast("JsonObject", data)
    argv = content.get("argv")
    if not isinstance(argv, list) or not argv or not all(isinstance(item, str) for item in argv):
        return None
    env, metadata = _mapping(content.get("env")), _mapping(content.get("metadata"))
    message = content.get("interrupt_mode") == InterruptMode.MESSAGE.value
    return KernelSpec(
        name=directory.name.lower(),
        argv=_resolved(tuple(str(item) for item in argv), directory),
        display_name=str(content.get("display_name", "")),
        language=str(content.get("language", "")),
        env={name: value for name, value in env.items() if isinstance(value, str)},
        interrupt_mode=InterruptMode.MESSAGE if message else InterruptMode.SIGNAL,
        resource_dir=directory,
        debugger=metadata.get("debugger") is True,
        provisioner=_provisioner(metadata),
    )


def _mapping(value: JsonValue) -> JsonObject:
    return value if isinstance(value, Mapping) else {}


def _provisioner(metadata: JsonObject) -> str:
    name = _mapping(metadata.get("kernel_provisioner")).get("provisioner_name")
    return name if isinstance(name, str) and name != "local-provisioner" else ""


def _resolved(argv: tuple[str, ...], directory: Path) -> tuple[str, ...]:
    """Says which Python a bare `python` is: that of the kernelspec's prefix, else ours, as Jupyter has it."""
    if _GENERIC_PYTHON.fullmatch(argv[0]):
        place = directory.resolve()
        prefix = place.parents[3] if len(place.parents) > 3 else place
        there = prefix / "bin" / "python"
        is_ours = prefix.resolve() == Path(sys.prefix).resolve()
        return (str(there) if there.exists() and not is_ours else sys.executable, *argv[1:])
    return argv
