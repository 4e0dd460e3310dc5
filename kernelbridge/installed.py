"""The installed kernelspecs, and which of them cannot be started, told by their files alone."""

from __future__ import annotations

from dataclasses import dataclass
from shutil import which

from kernelbridge.keeper.local.kernelspecs import KernelSpec, all_specs, wants_another_starter


@dataclass(frozen=True, slots=True)
class Installed:
    """A kernelspec."""

    spec: KernelSpec
    problem: str = ""
    """Why it cannot be started, in one line; empty where nothing is known against it."""


def installed() -> tuple[Installed, ...]:
    """All of them, one a name, sorted by it."""
    return tuple(Installed(spec, problem_of(spec)) for spec in all_specs())


def problem_of(spec: KernelSpec) -> str:
    """Why a kernelspec cannot be started, in one line; empty where nothing is known against it."""
    if spec.provisioner:
        return wants_another_starter(spec)
    program = spec.argv[0].replace("{resource_dir}", str(spec.resource_dir or ""))
    return "" if which(program, path=spec.env.get("PATH")) else f"its program {program} is not there"
