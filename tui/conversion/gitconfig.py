"""What git is told of notebooks: by which commands they are compared, merged and cleaned."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tui.conversion.errors import ConversionError

_SECTIONS: Final = ("diff.tnb", "merge.tnb", "filter.tnb")
_PATTERN: Final = "*.ipynb"


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose git is told."""

    is_global: bool
    """All repositories of the user, or the one that the current folder is in."""

    @property
    def flag(self) -> str:
        """How git's command line says it."""
        return "--global" if self.is_global else "--local"


@dataclass(frozen=True, slots=True)
class Settings:
    """What it is told."""

    values: tuple[tuple[str, str], ...]
    attributes: str
    """A line of a file of attributes."""


def settings(command: str, *, cleans: bool) -> Settings:
    """Those for a tnb that the shell finds by `command`; with `cleans` what is committed is cleaned."""
    values = [
        ("diff.tnb.command", f"{command} diff --git"),
        ("merge.tnb.name", "notebooks, cell by cell"),
        ("merge.tnb.driver", f"{command} merge --git %O %A %B %L %P"),
    ]
    attributes = f"{_PATTERN} diff=tnb merge=tnb"
    if cleans:
        values += [("filter.tnb.clean", f"{command} clean -"), ("filter.tnb.smudge", "cat")]
        attributes += " filter=tnb"
    return Settings(tuple(values), attributes)


def is_set_up(scope: Scope, wanted: Settings) -> bool:
    """Whether git is told all of it. Raises ConversionError."""
    said = all(_git("config", scope.flag, "--get", key, fails=True) == value for key, value in wanted.values)
    return said and wanted.attributes in _lines(_attributes_file(scope))


def set_up(scope: Scope, wanted: Settings) -> None:
    """Tell it, in the place of what tnb told it before. Raises ConversionError."""
    undo(scope)
    for key, value in wanted.values:
        _git("config", scope.flag, key, value)
    path = _attributes_file(scope)
    _write(path, [*_lines(path), wanted.attributes])


def undo(scope: Scope) -> None:
    """Take back what tnb told it, and nothing else. Raises ConversionError."""
    for section in _SECTIONS:
        _git("config", scope.flag, "--remove-section", section, fails=True)
    path = _attributes_file(scope)
    lines = _lines(path)
    left = [line for line in lines if not (line.startswith(_PATTERN) and "=tnb" in line)]
    if left != lines:
        _write(path, left)


def _attributes_file(scope: Scope) -> Path:
    if not scope.is_global:
        return Path(_git("rev-parse", "--git-path", "info/attributes"))
    named = _git("config", "--global", "--type=path", "--get", "core.attributesFile", fails=True)
    config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return Path(named) if named else config / "git" / "attributes"


def _lines(path: Path) -> Sequence[str]:
    try:
        return path.read_text("utf-8", "surrogateescape").splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise ConversionError(f"{path}: {error.strerror}") from error


def _write(path: Path, lines: Sequence[str]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"{line}\n" for line in lines), "utf-8", "surrogateescape")
    except OSError as error:
        raise ConversionError(f"{path}: not written, {error.strerror}") from error


def _git(*words: str, fails: bool = False) -> str:
    """What git answers; empty where it fails and may. Raises ConversionError."""
    try:
        done = subprocess.run(["git", *words], capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise ConversionError("git is not installed") from error
    if done.returncode and not fails:
        raise ConversionError(f"git {words[0]}: {' '.join(done.stderr.split()) or done.returncode}")
    return done.stdout.rstrip("\n")
