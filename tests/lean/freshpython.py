"""What a program prints in a Python of its own, with or without something that makes a start lean."""

from __future__ import annotations

import subprocess
import sys


def printed(program: str, before: str = "") -> str:
    """The output of a program as the code of a module, behind other code."""
    done = subprocess.run(
        [sys.executable, "-c", f"{before}exec({program!r})"], capture_output=True, text=True, check=True
    )
    return done.stdout
