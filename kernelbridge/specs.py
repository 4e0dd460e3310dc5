"""Which of the installed kernels a notebook is to run on; `keeper.local.kernelspecs` finds them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from kernelbridge.environments import Environment, active, given, project
from kernelbridge.keeper.launches import InterruptMode, LocalLaunch
from kernelbridge.keeper.local.kernelspecs import (
    NATIVE,
    KernelSpec,
    all_specs,
    find,
    is_own,
    own,
    wants_another_starter,
)
from kernelbridge.state import Missing

__all__ = [
    "NATIVE",
    "ChosenKernel",
    "InterruptMode",
    "KernelSpec",
    "Origin",
    "Wish",
    "all_specs",
    "choose",
    "find",
    "is_own",
]


class Origin(Enum):
    """Why a kernel was chosen."""

    ASKED = "asked"
    """By name or by its Python, on the command line or by a person."""
    NOTEBOOK = "notebook"
    ENVIRONMENT = "environment"
    """An active venv or conda environment, or the project's own."""
    OWN = "own"
    """The environment that this program runs in, for want of a better one."""


@dataclass(frozen=True, slots=True)
class ChosenKernel:
    """A kernel to start, and why this one."""

    spec: KernelSpec
    origin: Origin
    environment: str = ""
    """The environment's name, where it is one."""

    def launch(self, cwd: str) -> LocalLaunch:
        """How to start it in a folder."""
        return self.spec.launch(cwd, self.environment)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is known about the kernel that is wanted."""

    asked: str = ""
    """The name on the command line."""
    notebook: str = ""
    """The notebook's `metadata.kernelspec.name`."""
    language: str = ""
    """The notebook's language, where it says so."""
    python: Path | None = None
    """The Python on the command line; no name is asked for then."""
    folder: Path | None = None
    """Where the notebook is, and so perhaps an environment for it."""


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


def choose(wish: Wish, trusts: Callable[[Path], bool] = lambda _: False) -> ChosenKernel | Missing:
    """The kernel to start: the one asked for, the notebook's, an active environment's, the project's, ours.

    The last three only stand in for Python. Our own `python3` does not count as installed: most notebooks
    ask for it, and an environment of the person's is meant before ours. One that lies in the notebook's
    folder is used only where `trusts` says of its prefix that a person chose it before.
    """
    if wish.python is not None:
        asked = given(wish.python)
        return asked if isinstance(asked, Missing) else _of_environment(asked, Origin.ASKED)
    if wish.asked:
        spec = find(wish.asked)
        return _usable(spec, Origin.ASKED) if spec else Missing(wish.asked, _how_to_get(wish.asked, ""))
    spec = find(wish.notebook) if wish.notebook else None
    if spec is not None and not is_own(spec):
        return _usable(spec, Origin.NOTEBOOK)
    language = (wish.language or (spec.language if spec else "") or _known_language(wish.notebook)).lower()
    if language not in ("", "python", "ipython", "python3"):
        return Missing(wish.notebook or wish.language, _how_to_get(wish.notebook, wish.language))
    return _python(wish.folder, trusts)


def _python(folder: Path | None, trusts: Callable[[Path], bool]) -> ChosenKernel | Missing:
    for environment in active():
        return _of_environment(environment, Origin.ENVIRONMENT)
    for environment in project(folder) if folder is not None else ():
        if trusts(environment.prefix):
            return _of_environment(environment, Origin.ENVIRONMENT)
    native = own()
    return ChosenKernel(native, Origin.OWN) if native else Missing(NATIVE, "pip install ipykernel")


def _of_environment(environment: Environment, origin: Origin) -> ChosenKernel:
    return ChosenKernel(environment.spec(), origin, environment.name)


def _usable(spec: KernelSpec, origin: Origin) -> ChosenKernel | Missing:
    if spec.provisioner:
        return Missing(spec.name, wants_another_starter(spec), is_installed=True)
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
