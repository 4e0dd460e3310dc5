"""Environments as files, with a Python that must never be run."""

from __future__ import annotations

from pathlib import Path


def make_environment(prefix: Path, *, ipykernel: bool = True, settings: str | None = None) -> Path:
    """An environment at `prefix`, with a `pyvenv.cfg` where `settings` are given; gives the prefix back."""
    python = prefix / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f"#!/bin/sh\ntouch {prefix}/was-run\n")
    python.chmod(0o755)
    packages = prefix / "lib" / "python3.11" / "site-packages"
    packages.mkdir(parents=True)
    if ipykernel:
        (packages / "ipykernel").mkdir()
        (packages / "ipykernel" / "__init__.py").touch()
    if settings is not None:
        (prefix / "pyvenv.cfg").write_text(settings)
    return prefix


def was_run(folder: Path) -> bool:
    """Whether the Python of any environment in the folder was run."""
    return any(folder.rglob("was-run"))
