"""The kernel bridge is light: what it costs to import decides how soon a kernel starts."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"zmq", "jupyter_client", "textual", "rich", "nbformat", "traitlets", "IPython"}


@pytest.mark.parametrize(
    "module",
    [
        "kernelbridge",
        "kernelbridge.session",
        "kernelbridge.specs",
        "kernelbridge.folding",
        "kernelbridge.keeper.local.localkernel",
    ],
)
def test_importing_loads_nothing_heavy(module: str) -> None:
    code = f"import {module}, sys; print(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not HEAVY & set(done.stdout.split())


def test_a_kernel_is_chosen_and_launched_without_zmq_or_jupyter_client(tmp_path: object) -> None:
    code = (
        "import sys; from kernelbridge.specs import *; from kernelbridge.keeper.local.process import *;"
        "choose(Wish(notebook='python3', language='python')); print(' '.join(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not HEAVY & set(done.stdout.split())
