"""What may be loaded when. Who may import whom is held by import-linter, which `make test` runs."""

from __future__ import annotations

import subprocess
import sys

import pytest

LEAN = "from tui.leanstart import load_textual, without_openssl\nwith without_openssl(): load_textual()"
HEAVY = ("textual", "rich", "zmq", "nbformat", "jupyter_client", "asyncio", "pygments", "markdown_it", "PIL")


def loaded_by(statement: str) -> set[str]:
    """The top-level names of the modules that a fresh Python has loaded after `statement`."""
    program = f"import sys; {statement}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize(
    "statement",
    [
        "import tui.cli, tui.cli.open",
        "from tui.cli.arguments import parse; parse(['notebook.ipynb', '--theme', 'dark'])",
        "from tui.config import read_config; read_config()",
    ],
)
def test_the_front_door_loads_nothing_heavy(statement: str) -> None:
    assert not loaded_by(statement) & set(HEAVY)


@pytest.mark.parametrize("module", ["tui", "kernelbridge"])
def test_importing_a_package_imports_nothing(module: str) -> None:
    assert loaded_by(f"import {module}") == loaded_by("pass") | {module}


@pytest.mark.parametrize("module", ["kernelbridge.outputs", "kernelbridge.events", "kernelbridge.state"])
def test_what_a_kernel_tells_is_plain_values(module: str) -> None:
    assert not loaded_by(f"import {module}") & {*HEAVY, "json"}


def test_the_first_frame_needs_neither_textual_nor_colours_of_code() -> None:
    loaded = loaded_by("import tui.firstframe, tui.kernellaunch, tui.cli.open, tui.files.notebookfile")
    assert not loaded & {"textual", "zmq", "nbformat", "jupyter_client", "asyncio", "pygments", "PIL", "ssl"}


def test_the_console_needs_no_screen_and_colours_only_once_there_is_code() -> None:
    loaded = loaded_by("import tui.console.console")
    assert not loaded & {"textual", "zmq", "nbformat", "jupyter_client", "pygments", "markdown_it", "PIL"}


def test_the_screen_needs_no_openssl() -> None:
    assert not loaded_by(f"exec({LEAN!r}); import tui.app") & {"ssl", "_ssl", "_hashlib"}


def test_who_needs_tls_later_can_still_have_it() -> None:
    assert "ssl" in loaded_by(f"exec({LEAN!r}); import ssl; ssl.create_default_context()")
