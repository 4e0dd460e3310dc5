"""Whether all that the lock file names is pinned by what it holds."""

from __future__ import annotations

import tomllib
from pathlib import Path


def without_hash(lock: Path) -> list[str]:
    """The packages, or files of packages, that anything of their name could stand for."""
    missing: list[str] = []
    for package in tomllib.loads(lock.read_text())["package"]:
        if "editable" in package["source"]:  # tnb itself
            continue
        files = [*package.get("wheels", ()), *([package["sdist"]] if "sdist" in package else [])]
        if not files or not all(each.get("hash", "").startswith("sha256:") for each in files):
            missing.append(f"{package['name']} {package['version']}")
    return missing
