"""Kernels to choose from, as their finders would tell of them."""

from __future__ import annotations

from pathlib import Path

from kernelbridge.environments import Environment, EnvironmentKind
from kernelbridge.foundkernels import Elsewhere, KernelOnServer, RunningKeeper, RunningNow
from kernelbridge.installed import Installed
from kernelbridge.keeper.local.kernelspecs import KernelSpec
from kernelbridge.kernelchoices import Candidates

BASH = Installed(KernelSpec("bash", ("/usr/bin/bash-kernel",), "Bash", "bash"))
R = Installed(KernelSpec("ir", ("/usr/bin/R",), "R", "R"))
GONE = Installed(
    KernelSpec("julia", ("/gone/julia",), "Julia", "julia"), "its program /gone/julia is not there"
)
NATIVE = Installed(
    KernelSpec("python3", ("/sys/bin/python", "-m", "ipykernel_launcher"), "Python 3 (ipykernel)", "python")
)
NOW = RunningNow("python3", "Python 3", "idle", "python")
KEEPER = RunningKeeper("3fa81c07", "/home/ada/delays.ipynb", "Python 3 (gpu)", "busy")
NEW_ON_SERVER = KernelOnServer("lab", "https://lab.example.org", "python3", "Python 3", "python")
ON_SERVER = KernelOnServer("lab", "https://lab.example.org", "ir", "R", "R", "8b1f00aa-77", "idle")
NO_ANSWER = KernelOnServer("hub", "https://hub.example.org", "", problem="it does not answer")


def environment(prefix: str, kind: EnvironmentKind) -> Environment:
    place = Path(prefix)
    return Environment(place / "bin" / "python", place, place.name, kind)


PROJECT = environment("/home/ada/reef", EnvironmentKind.PROJECT)
CONDA = environment("/opt/conda/envs/geo", EnvironmentKind.CONDA)

ALL = Candidates(
    "/data",
    NOW,
    "python3",
    "python",
    (BASH, R, GONE, NATIVE),
    (PROJECT, CONDA),
    Elsewhere((KEEPER,), (NEW_ON_SERVER, ON_SERVER, NO_ANSWER)),
)
"""One of each kind, and more."""
