"""A notebook as it is in the last commit of the git repository that it stands in.

Only the object is read: no hook, filter or other program of the repository is run, and nothing is fetched.
"""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, Final

from tui.files.errors import CannotRead
from tui.files.notebookfile import given

if TYPE_CHECKING:
    from pathlib import Path

    from tui.document.notebook import Notebook

_SECONDS: Final = 20
_QUIET: Final = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_REASONS: Final = {
    "not a git repository": "it stands in no git repository",
    "does not exist in 'HEAD'": "it is not in git's last commit",
    "exists on disk, but not in 'HEAD'": "it is not in git's last commit",
    "invalid object name 'HEAD'": "its git repository has no commit yet",
    "Not a valid object name": "it is not in git's last commit, or there is none",
    "dubious ownership": "git does not trust its repository, which belongs to another user",
}
"""What git says, in its own words, and what it means for the notebook."""


def read_committed(path: Path) -> Notebook:
    """The notebook at `path` as it is in HEAD. Raises CannotRead, where there is none."""
    real = path.resolve()
    command = ["git", "-c", "core.fsmonitor=false", "cat-file", "blob", f"HEAD:./{real.name}"]
    try:
        said = subprocess.run(
            command,
            cwd=real.parent,
            env={**_without_git(), **_QUIET},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except FileNotFoundError as error:
        raise CannotRead(path, "not compared, there is no git here") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotRead(path, "not compared, git gives no answer") from error
    if said.returncode != 0:
        raise CannotRead(path, f"not compared, {_reason(said.stderr)}")
    return given(path, said.stdout).notebook


def _without_git() -> dict[str, str]:
    """The environment, but for what leads git to another repository than that of the file."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}


def _reason(stderr: bytes) -> str:
    said = " ".join(stderr.decode("utf-8", "replace").split())
    return next((reason for words, reason in _REASONS.items() if words in said), f"git says: {said[:200]}")
