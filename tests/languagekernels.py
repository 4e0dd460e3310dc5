"""The kernels that must work, one entry each with what differs, and how they are installed for the tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from kernelbridge.runstatus import RunStatus
from kernelbridge.specs import KernelSpec, find
from programs import leave_out, require_program

_BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Stop:
    """Code that prints `on` and goes on for long, and how it ends when it is interrupted."""

    code: str
    status: RunStatus
    says: str = ""


@dataclass(frozen=True)
class LanguageKernel:
    """A kernel, and its language as far as the tests speak it."""

    name: str
    """The kernelspec's."""
    language: str
    """As tui names it."""
    prints: str
    """Code that prints `hello` and the end of a line."""
    value: tuple[str, str]
    """Code, and what is shown of its value."""
    fails: tuple[str, str]
    """Code that fails, and what is shown of why."""
    unfinished: tuple[str, str]
    """The beginning of a name, and a name that it may become."""
    asks: str | None
    """Code that asks `name? ` and prints the answer; None where code cannot ask."""
    stop: Stop
    fails_as: RunStatus = RunStatus.ERROR
    features: frozenset[str] = frozenset()
    """What it can that few can: `subshells`, `debugger`."""
    install: tuple[str, ...] = ()
    """What writes its kernelspec below `{prefix}`, or below `$HOME/.local`, which is the same; empty where
    the package has put it into the environment."""
    programs: tuple[str, ...] = ()
    """What the system must have."""


def _python(name: str, features: str) -> LanguageKernel:
    return LanguageKernel(
        name,
        "python",
        prints="print('hello')",
        value=("1 + 1", "2"),
        fails=("1 / 0", "ZeroDivisionError"),
        unfinished=("prin", "print"),
        asks="print(input('name? '))",
        stop=Stop(
            "import time\nprint('on', flush=True)\nfor _ in range(6000): time.sleep(0.1)",
            RunStatus.ERROR,
            "KeyboardInterrupt",
        ),
        features=frozenset(features.split()),
    )


PYTHON = _python("python3", "subshells debugger")
XEUS_PYTHON = _python("xpython", "debugger")
BASH = LanguageKernel(
    "bash",
    "bash",
    prints="echo hello",
    value=("echo $((1 + 1))", "2"),
    fails=("cat /no/such/file", "No such file or directory"),
    unfinished=("ech", "echo"),
    asks=None,
    # What it begins after it printed would miss the interrupt in the moment before it owns the terminal.
    stop=Stop("bash -c 'echo on; exec sleep 600'", RunStatus.ABORTED),
    install=(str(_BIN / "python"), "-m", "bash_kernel.install", "--prefix", "{prefix}"),
)
DENO = LanguageKernel(
    "deno",
    "typescript",
    prints="console.log('hello')",
    value=("1 + 1", "2"),
    fails=("throw new Error('bad luck')", "bad luck"),
    unfinished=("conso", "console"),
    asks="console.log(prompt('name? '))",
    stop=Stop("console.log('on'); while (true) {}", RunStatus.ERROR),
    install=(str(_BIN / "deno"), "jupyter", "--install"),
)
SCHEME = LanguageKernel(
    "calysto_scheme",
    "scheme",
    prints='(display "hello\n")',
    value=("(+ 1 1)", "2"),
    fails=("(/ 1 0)", "division by zero"),
    unfinished=("(displ", "display"),
    asks='(display (input "name? "))',
    stop=Stop('(display "on") (let loop () (loop))', RunStatus.ERROR, "KeyboardInterrupt"),
)
OCTAVE = LanguageKernel(
    "octave",
    "octave",
    prints="disp('hello')",
    value=("x = 1 + 1", "x = 2"),
    fails=("error('bad luck')", "error: bad luck"),
    fails_as=RunStatus.OK,  # octave_kernel prints the error and says that all is well
    unfinished=("dis", "disp"),
    asks="disp(input('name? ', 's'))",
    stop=Stop("disp('on'); pause(600)", RunStatus.OK),
    programs=("octave",),
)
R = LanguageKernel(
    "ir",
    "r",
    prints=r"cat('hello\n')",
    value=("1 + 1", "[1] 2"),
    fails=("stop('bad luck')", "bad luck"),
    unfinished=("prin", "print"),
    asks="cat(readline('name? '))",
    stop=Stop(r"cat('on\n'); flush.console(); Sys.sleep(600)", RunStatus.ABORTED),
    install=("Rscript", "-e", "IRkernel::installspec(prefix = '{prefix}')"),
    programs=("Rscript",),
)
FROM_PYPI = (PYTHON, XEUS_PYTHON, BASH, DENO, SCHEME)
OF_THE_SYSTEM = (OCTAVE, R)


@contextmanager
def installed(kernel: LanguageKernel, home: Path) -> Iterator[KernelSpec]:
    """Its kernelspec; what it or its installer writes for its user goes into `home`."""
    for program in kernel.programs:
        require_program(program)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.setenv("PATH", str(_BIN), prepend=os.pathsep)
        patch.setenv("JUPYTER_PATH", str(home / ".local" / "share" / "jupyter"))
        if kernel.install:
            command = [word.replace("{prefix}", str(home / ".local")) for word in kernel.install]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr
        spec = find(kernel.name)
        if spec is None:
            leave_out(f"{kernel.name} is not installed")
        yield spec
