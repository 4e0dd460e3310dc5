"""Whether what a user left running is killed when that user logs out: what systemd-logind is told to do."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

_FOLDERS = ("etc/systemd", "run/systemd", "usr/local/lib/systemd", "usr/lib/systemd")
"""Where its configuration is: what stands in one of the first takes the place of what stands in the later."""
_CONFIG = "logind.conf"
_YES = frozenset(("1", "yes", "y", "true", "t", "on"))


class Logout(Enum):
    """Why what goes on now would end with the login, and so what helps."""

    SESSION_KILLED = "session"
    """All processes of the session are killed; those of the user's service manager go on, if it lingers."""
    NO_LINGER = "linger"
    """They belong to the user's service manager, which ends with the user's last session."""


@dataclass(frozen=True, slots=True)
class _Settings:
    kill: bool = False
    only: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ("root",)


def what_logout_kills(user: str, root: Path = Path("/"), pid: int | None = None) -> Logout | None:
    """Why the user's logging out ends a process, this one by default; None where nothing is known to.

    `root` is where the system's files are. A process of the session is killed under `KillUserProcesses`,
    whether the user lingers or not; one of the user's service manager with that, unless the user lingers.
    """
    if not (root / "run/systemd/system").is_dir():
        return None  # another init system
    place = _place(root / "proc" / str(os.getpid() if pid is None else pid) / "cgroup")
    if re.search(r"/session-[^/]+\.scope(/|$)", place):
        return Logout.SESSION_KILLED if _is_killed(user, _settings(root)) else None
    if re.search(r"/user@\d+\.service(/|$)", place) and user != "root":
        lingers = (root / "var/lib/systemd/linger" / user).exists()
        return None if lingers else Logout.NO_LINGER
    return None


def _is_killed(user: str, settings: _Settings) -> bool:
    if not settings.kill or user in settings.exclude:
        return False
    return not settings.only or user in settings.only


def _place(file: Path) -> str:
    """The process's control group, of version 2, or of systemd's own hierarchy of version 1."""
    for line in _lines(file):
        number, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        if number == "0" or controllers == "name=systemd":
            return path
    return ""


def _settings(root: Path) -> _Settings:
    kill, only, exclude = False, (), ("root",)
    for name, value in _assignments(root):
        match name:
            case "KillUserProcesses":
                kill = value.lower() in _YES
            case "KillOnlyUsers":
                only = (*only, *value.split()) if value else ()
            case "KillExcludeUsers":
                exclude = (*exclude, *value.split()) if value else ()
            case _:
                pass
    return _Settings(kill, only, exclude)


def _assignments(root: Path) -> Iterator[tuple[str, str]]:
    for file in _files(root):
        section = ""
        for line in _lines(file):
            text = line.strip()
            if text.startswith("["):
                section = text
            elif section == "[Login]" and not text.startswith(("#", ";")):
                name, _, value = text.partition("=")
                yield name.strip(), value.strip()


def _files(root: Path) -> Iterator[Path]:
    """The main file, then the drop-ins by their names."""
    folders = [root / folder for folder in _FOLDERS]
    main = next((folder / _CONFIG for folder in folders if (folder / _CONFIG).is_file()), None)
    if main is not None:
        yield main
    parts: dict[str, Path] = {}
    for folder in reversed(folders):
        parts.update({part.name: part for part in (folder / f"{_CONFIG}.d").glob("*.conf")})
    yield from (parts[name] for name in sorted(parts))


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
