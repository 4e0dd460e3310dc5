"""Which of the installed kernels a notebook is to run on; `keeper.kernelspecs` finds them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from kernelbridge.keeper.kernelspecs import (
    NATIVE,
    KernelSpec,
    all_specs,
    find,
    ipykernel,
    is_own,
    own,
    wants_another_starter,
)
from kernelbridge.keeper.launches import InterruptMode
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
    native = own()
    return ChosenKernel(native, Origin.OWN) if native else Missing(NATIVE, "pip install ipykernel")


def _usable(spec: KernelSpec, origin: Origin) -> ChosenKernel | Missing:
    if spec.provisioner:
        return Missing(spec.name, wants_another_starter(spec))
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


def _active_environment() -> ChosenKernel | None:
    """The venv or conda environment of the shell, when it holds an ipykernel; found by its files alone."""
    for variable in ("VIRTUAL_ENV", "CONDA_PREFIX"):
        place = os.environ.get(variable, "")
        prefix = Path(place)
        if not place or not prefix.is_absolute():
            continue
        python = prefix / "bin" / "python"
        if python.exists() and any(prefix.glob("lib/python3*/site-packages/ipykernel/__init__.py")):
            spec = ipykernel(str(python), f"Python 3 ({prefix.name})")
            return ChosenKernel(spec, Origin.ENVIRONMENT, prefix.name)
    return None
