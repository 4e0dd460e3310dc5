"""Where tnb keeps its own files: the user's folders for configuration, state and cache.

Asking where something is makes nothing; `private_folder` makes a folder when there is something to put in it.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

NAME = "tnb"
CONFIG_VARIABLE = "TNB_CONFIG"
"""The environment variable that names another configuration file."""


def config_file() -> Path:
    """The configuration file, there or not: what `TNB_CONFIG` names, or `config.toml` in its folder."""
    named = os.environ.get(CONFIG_VARIABLE)
    return Path(named) if named else config_folder() / "config.toml"


def config_folder() -> Path:
    """For what the user writes."""
    return _folder("XDG_CONFIG_HOME", ".config", "user_config_path")


def state_folder() -> Path:
    """For what must outlive a run, such as recovery files."""
    return _folder("XDG_STATE_HOME", ".local/state", "user_state_path")


def cache_folder() -> Path:
    """For what can be made again."""
    return _folder("XDG_CACHE_HOME", ".cache", "user_cache_path")


def private_folder(path: Path) -> Path:
    """Make `path` a folder that only the user can enter (mode 0700), with its parents, and return it.

    Raises OSError where that cannot be done, and PermissionError for a folder that belongs to someone else.
    """
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = path.stat()
    if status.st_uid != os.getuid():
        raise PermissionError(f"{path} belongs to another user")
    if status.st_mode & 0o077:
        path.chmod(0o700)
    return path


def _folder(variable: str, below_home: str, elsewhere: str) -> Path:
    """Our folder under an XDG variable, honoured on every system; its specification ignores relative ones.

    Without it, what that says of Linux; for other systems `elsewhere` of platformdirs, which is slow to load.
    """
    base = os.environ.get(variable, "")
    if Path(base).is_absolute():
        return Path(base) / NAME
    if sys.platform.startswith("linux"):
        return Path.home() / below_home / NAME
    return getattr(import_module("platformdirs"), elsewhere)(NAME, appauthor=False)
