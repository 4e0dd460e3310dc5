"""Installed kernels, and which of them a notebook is to run on.

kernel.json files are read here: `jupyter_client.kernelspec`, which finds the same, takes 0.2 s to import, and
that before the kernel can start. Nothing is executed to find out; a name from a notebook is only looked up.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from typing import cast

from kernelbridge.outputs import JsonValue
from kernelbridge.state import Missing

NATIVE = "python3"
"""The kernelspec that stands for this program's own ipykernel where none of that name is installed."""
_NAME = re.compile(r"[a-z0-9._-]+", re.IGNORECASE)
_GENERIC_PYTHON = re.compile(r"python(3(\.\d+)?)?")


class InterruptMode(Enum):
    """How a kernel wants to be interrupted."""

    SIGNAL = "signal"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class KernelSpec:
    """What one kernel.json says."""

    name: str
    argv: tuple[str, ...]
    display_name: str = ""
    language: str = ""
    env: Mapping[str, str] = field(default_factory=dict[str, str])
    interrupt_mode: InterruptMode = InterruptMode.SIGNAL
    resource_dir: Path | None = None
    debugger: bool = False
    """The kernelspec itself says that there is one; kernels that only inherit ipykernel claim it in vain."""
    provisioner: str = ""
    """Who has to start it, where that is not simply this machine."""


class Origin(Enum):
    """Why a kernel was chosen."""

    ASKED = "asked"
    """By name, on the command line or by a person."""
    NOTEBOOK = "notebook"
    ENVIRONMENT = "environment"
    """An active venv or conda environment."""
    OWN = "own"
    """The environment that this program runs in, for want of a better one."""


@dataclass(frozen=True, slots=True)
class ChosenKernel:
    """A kernel to start, and why this one."""

    spec: KernelSpec
    origin: Origin
    environment: str = ""
    """The environment's name, where it is one."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is known about the kernel that is wanted."""

    asked: str = ""
    """The name on the command line."""
    notebook: str = ""
    """The notebook's `metadata.kernelspec.name`."""
    language: str = ""
    """The notebook's language, where it says so."""


_INSTALL = {
    "bash": ("bash", "pip install bash_kernel; python -m bash_kernel.install"),
    "deno": ("typescript", "install Deno; deno jupyter --install"),
    "ir": ("r", "in R: install.packages('IRkernel'); IRkernel::installspec()"),
    "octave": ("octave", "pip install octave_kernel; python -m octave_kernel install --user"),
    "rust": ("rust", "cargo install evcxr_jupyter; evcxr_jupyter --install"),
    "julia": ("julia", 'in Julia: import Pkg; Pkg.add("IJulia")'),
    "xpython": ("python", "pip install xeus-python"),
    "tslab": ("typescript", "npm install -g tslab; tslab install"),
    "gophernotes": ("go", "see github.com/gopherdata/gophernotes"),
}
"""Well-known kernels: their language, and how one gets them."""


def choose(wish: Wish) -> ChosenKernel | Missing:
    """The kernel to start: the one asked for, the notebook's, an active environment's, our own.

    The last two only stand in for Python. Our own `python3` does not count as installed: most notebooks
    ask for it, and an active environment is meant before ours.
    """
    if wish.asked:
        spec = find(wish.asked)
        return _usable(spec, Origin.ASKED) if spec else Missing(wish.asked, _how_to_get(wish.asked, ""))
    spec = find(wish.notebook) if wish.notebook else None
    if spec is not None and not is_own(spec):
        return _usable(spec, Origin.NOTEBOOK)
    language = (wish.language or (spec.language if spec else "") or _known_language(wish.notebook)).lower()
    if language not in ("", "python", "ipython", "python3"):
        return Missing(wish.notebook or wish.language, _how_to_get(wish.notebook, wish.language))
    active = _active_environment()
    if active is not None:
        return active
    own = _own()
    return ChosenKernel(own, Origin.OWN) if own else Missing(NATIVE, "pip install ipykernel")


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
    return _own() if name.lower() == NATIVE else None


def all_specs() -> tuple[KernelSpec, ...]:
    """All installed kernelspecs, one a name, sorted by it."""
    found: dict[str, KernelSpec] = {}
    for directory in _spec_directories():
        for candidate in _entries(directory):
            name = candidate.name.lower()
            if name not in found and _NAME.fullmatch(name) and (spec := _read(candidate)):
                found[name] = spec
    if NATIVE not in found and (own := _own()):
        found[NATIVE] = own
    return tuple(found[name] for name in sorted(found))


def is_own(spec: KernelSpec) -> bool:
    """Whether it runs on the very Python that runs this program, under the name that stands for that."""
    return spec.argv[0] == sys.executable and spec.name == NATIVE


def _usable(spec: KernelSpec, origin: Origin) -> ChosenKernel | Missing:
    if spec.provisioner:
        reason = f"its kernelspec wants to be started by {spec.provisioner}, unknown here"
        return Missing(spec.name, reason, is_installed=True)
    return ChosenKernel(spec, Origin.OWN if is_own(spec) and origin is not Origin.ASKED else origin)


def _how_to_get(name: str, language: str) -> str:
    """One line for a person."""
    for known, (known_language, command) in _INSTALL.items():
        if name.lower().startswith(known) or (language and language.lower() == known_language):
            return command
    installed = ", ".join(spec.name for spec in all_specs()) or "none"
    return f"installed: {installed} (jupyter kernelspec list); choose one with --kernel NAME"


def _known_language(name: str) -> str:
    for known, (language, _) in _INSTALL.items():
        if name.lower().startswith(known):
            return language
    return ""


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
    content = cast("dict[str, JsonValue]", data)
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


def _mapping(value: JsonValue) -> Mapping[str, JsonValue]:
    return cast("Mapping[str, JsonValue]", value) if isinstance(value, Mapping) else {}


def _provisioner(metadata: Mapping[str, JsonValue]) -> str:
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


def is_python(program: str) -> bool:
    """Whether a program's name is that of a Python interpreter."""
    return re.fullmatch(r"python[\d.]*", Path(program).name) is not None


def _ipykernel(python: str) -> KernelSpec:
    return KernelSpec(
        name=NATIVE,
        argv=(python, "-m", "ipykernel_launcher", "-f", "{connection_file}"),
        display_name="Python 3 (ipykernel)",
        language="python",
        debugger=True,
    )


def _own() -> KernelSpec | None:
    from importlib.util import find_spec

    return _ipykernel(sys.executable) if find_spec("ipykernel") else None


def _active_environment() -> ChosenKernel | None:
    """The venv or conda environment of the shell, when it holds an ipykernel; found by its files alone."""
    for variable in ("VIRTUAL_ENV", "CONDA_PREFIX"):
        place = os.environ.get(variable, "")
        prefix = Path(place)
        if not place or not prefix.is_absolute():
            continue
        python = prefix / "bin" / "python"
        if python.exists() and any(prefix.glob("lib/python3*/site-packages/ipykernel/__init__.py")):
            spec = replace(_ipykernel(str(python)), display_name=f"Python 3 ({prefix.name})")
            return ChosenKernel(spec, Origin.ENVIRONMENT, prefix.name)
    return None
