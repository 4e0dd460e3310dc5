"""A machine for the pictures: a home with notebooks in it, git's last commit, and kernels."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from unittest.mock import patch

from tui.document.kernelspec import NamedKernelspec
from tui.files.recent import note_opened
from tui.options import WithoutKernel
from tui.screens.launcherrows import KernelForNew

if TYPE_CHECKING:
    from screenshots.scenes import Scene

_KERNELS = [
    KernelForNew(title, detail, NamedKernelspec(name, title, name), WithoutKernel())
    for title, detail, name in (
        ("Python 3.12 (analysis)", ".venv", "python"),
        ("Python 3", "python3", "python"),
        ("R", "ir", "R"),
    )
]


@contextmanager
def machine(scene: Scene) -> Iterator[Path]:
    """The place of the scene's notebook, in a home folder of its own."""
    with TemporaryDirectory() as home, ExitStack() as stack:
        folders = {
            f"XDG_{name}_HOME": f"{home}/.{name.lower()}" for name in ("CONFIG", "STATE", "CACHE", "DATA")
        }
        stack.enter_context(patch.dict(os.environ, {"HOME": home, "XDG_RUNTIME_DIR": home, **folders}))
        path = Path(home) / "study" / scene.file_name
        path.parent.mkdir()
        for name in reversed(scene.others):
            other = path.parent / name
            other.parent.mkdir(exist_ok=True)
            other.write_text(scene.notebook, encoding="utf-8")
            note_opened(other)
        running = {path.parent / name: state for name, state in scene.others.items() if state}
        stack.enter_context(patch("tui.screens.launcher._kernels", lambda _: _KERNELS))
        stack.enter_context(patch("tui.screens.launcher._running", lambda: running))
        if scene.committed:
            _commit(path, scene.committed)
        path.write_text(scene.notebook, encoding="utf-8")
        yield path


def _commit(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    name = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
    for command in (("init", "-q"), ("add", path.name), (*name, "commit", "-q", "-m", "As it was")):
        subprocess.run(("git", *command), cwd=path.parent, check=True, capture_output=True)
