"""Python environments that have an ipykernel but no kernelspec, found by looking at files; nothing is run.

Paths are kept as they were found. A virtual environment's Python is a link to another one, and only by the
path in the environment does it know that it belongs there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import chain
from os.path import samestat
from pathlib import Path

from kernelbridge.keeper.local.kernelspecs import KernelSpec, ipykernel
from kernelbridge.state import Missing

_LIBRARIES = ("lib*/py*/site-packages", "lib*/py*/dist-packages")
_SYSTEM_PACKAGES = re.compile(r"^include-system-site-packages\s*=\s*true\s*$", re.IGNORECASE | re.MULTILINE)
_BASE = re.compile(r"^home\s*=\s*(.+?)\s*$", re.MULTILINE)
_COMMON_NAMES = (".venv", "venv", ".env", "env")
"""What environments of projects are called, so that the name alone says nothing."""
_MOST_LINKS = 16
_MOST_LISTED = 1 << 20
"""Bytes of conda's list of environments that are read."""


class EnvironmentKind(Enum):
    """How an environment was found."""

    ACTIVE = "active"
    """The shell is in it."""
    PROJECT = "project"
    """A `.venv` in the notebook's folder or above it."""
    CONDA = "conda"
    """One that conda knows."""
    GIVEN = "given"
    """A person named its Python."""


@dataclass(frozen=True, slots=True)
class Environment:
    """A Python with an ipykernel."""

    python: Path
    prefix: Path
    name: str
    kind: EnvironmentKind

    def spec(self) -> KernelSpec:
        """How to start its ipykernel."""
        return ipykernel(str(self.python), f"Python 3 ({self.name})")


def active() -> tuple[Environment, ...]:
    """The virtual and the conda environment that the shell is in."""
    places = (_folder_in("VIRTUAL_ENV"), _folder_in("CONDA_PREFIX"))
    return _usable((place for place in places if place), EnvironmentKind.ACTIVE)


def project(folder: Path) -> tuple[Environment, ...]:
    """The `.venv` of a folder and of those above it, the nearest first.

    The way up ends with the first folder that has a `.git`, with the home folder, and at the border of the
    file system: what lies beyond was not made for this project.
    """
    return _usable((place / ".venv" for place in _project_folders(folder)), EnvironmentKind.PROJECT)


def conda() -> tuple[Environment, ...]:
    """The environments that conda lists, and those beside the one that the shell is in."""
    return _usable(chain(_listed_by_conda(), _beside_active_conda()), EnvironmentKind.CONDA)


def all_environments(folder: Path) -> tuple[Environment, ...]:
    """All of the above, each once: as the first that it was found as."""
    found: dict[Path, Environment] = {}
    for each in (*active(), *project(folder), *conda()):
        found.setdefault(each.prefix.resolve(), each)
    return tuple(found.values())


def given(path: Path) -> Environment | Missing:
    """The environment of a Python, or of its folder, that a person named; where it cannot be, why not."""
    place = path.absolute()
    python = next((each for each in (place, place / "bin" / "python") if _is_program(each)), None)
    if python is None:
        why = "is no Python that can be run" if os.path.lexists(place) else "is not there"
        return Missing(str(path), f"{place} {why}")
    for each in _along_links(python):
        prefix = _prefix_of(each)
        if prefix is not None and _has_ipykernel(prefix):
            return Environment(python, prefix, _name_of(prefix), EnvironmentKind.GIVEN)
        if prefix is not None and (prefix / "pyvenv.cfg").is_file():
            break  # the Python behind the link has packages of its own, which are not this environment's
    return Missing(str(path), f"it has no ipykernel: {python} -m pip install ipykernel")


def _usable(prefixes: Iterable[Path], kind: EnvironmentKind) -> tuple[Environment, ...]:
    return tuple(
        Environment(prefix / "bin" / "python", prefix, _name_of(prefix), kind)
        for prefix in prefixes
        if _is_program(prefix / "bin" / "python") and _has_ipykernel(prefix)
    )


def _is_program(path: Path) -> bool:
    return os.access(path, os.X_OK) and path.is_file()


def _has_ipykernel(prefix: Path) -> bool:
    patterns = [f"{place}/ipykernel/__init__.py" for place in _LIBRARIES]
    return any(any(place.glob(pattern)) for place in _package_prefixes(prefix) for pattern in patterns)


def _package_prefixes(prefix: Path) -> list[Path]:
    """Where the packages of an environment are: a virtual one may use those that it was made from, too."""
    try:
        settings = (prefix / "pyvenv.cfg").read_text("utf-8", "replace")
    except OSError:
        return [prefix, Path("/usr/local")] if prefix == Path("/usr") else [prefix]
    base = _BASE.search(settings)
    return [prefix, Path(base[1]).parent] if base and _SYSTEM_PACKAGES.search(settings) else [prefix]


def _prefix_of(python: Path) -> Path | None:
    """The environment in which a Python lies."""
    return python.parent.parent if python.parent.name == "bin" else None


def _along_links(path: Path) -> Iterator[Path]:
    """The path, and where it leads from link to link."""
    for _ in range(_MOST_LINKS):
        yield path
        try:
            path = path.parent / path.readlink()
        except OSError:
            return


def _name_of(prefix: Path) -> str:
    return f"{prefix.parent.name}/{prefix.name}" if prefix.name in _COMMON_NAMES else prefix.name


def _folder_in(variable: str) -> Path | None:
    """The folder that an environment variable names; not one relative to wherever this happens to run."""
    place = Path(os.environ.get(variable, ""))
    return place if place.is_absolute() else None


def _project_folders(folder: Path) -> Iterator[Path]:
    start = folder.absolute()
    first = _stat(start)
    home = _stat(Path(os.environ.get("HOME") or "/"))
    for place in (start, *start.parents):
        here = _stat(place)
        if first is None or here is None or here.st_dev != first.st_dev:
            return
        yield place
        if (home and samestat(here, home)) or os.path.lexists(place / ".git"):
            return


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def _listed_by_conda() -> list[Path]:
    try:
        with Path("~/.conda/environments.txt").expanduser().open("rb") as listing:
            lines = os.fsdecode(listing.read(_MOST_LISTED)).splitlines()
    except (OSError, RuntimeError):
        return []
    return [Path(line) for line in lines if line.startswith("/") and "\0" not in line]


def _beside_active_conda() -> list[Path]:
    """The base that the active conda environment belongs to, and all others of it."""
    prefix = _folder_in("CONDA_PREFIX")
    if prefix is None:
        return []
    root = prefix.parent.parent if prefix.parent.name == "envs" else prefix
    try:
        return [root, *sorted((root / "envs").iterdir())]
    except OSError:
        return [root]
