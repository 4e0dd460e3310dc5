"""How tests start tnb and other programs: by which command, and in an environment that is nobody's."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import NoReturn

import pytest

_THIS_USERS = ("XDG_", "JUPYTER_", "IPYTHON", "TNB_", "TMUX", "TERM_PROGRAM", "KITTY_", "WEZTERM_", "CONDA_")
_THIS_TERMINALS = (
    "CI",
    "NO_COLOR",
    "VIRTUAL_ENV",
    "PYTHONPATH",
    "COLUMNS",
    "LINES",
    "SSH_CONNECTION",
    "SSH_TTY",
)


def tnb_command() -> list[str]:
    """What runs the tnb that is installed beside this Python."""
    return [str(Path(sys.executable).with_name("tnb"))]


def isolated_environment(home: Path) -> dict[str, str]:
    """An environment with `home` for a home, a colour xterm, and nothing of the user's own settings."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in _THIS_TERMINALS and not name.startswith(_THIS_USERS)
    }
    return {
        **kept,
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
    }


def require_program(name: str) -> str:
    """The path of a system program. Where it is missing the test is skipped, or fails if none may be."""
    found = shutil.which(name)
    if found is None:
        leave_out(f"{name} is not installed")
    return found


def leave_out(reason: str) -> NoReturn:
    """Skips the test, or fails it if none may be skipped."""
    if os.environ.get("TNB_TESTS_SKIP_NOTHING"):
        pytest.fail(reason)
    pytest.skip(reason)
