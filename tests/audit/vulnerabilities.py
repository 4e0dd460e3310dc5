"""What the public databases know against the locked versions, by way of pip-audit."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

_DATABASES: Final = ("pypi", "osv")
_PATIENCE: Final = "10"


@dataclass(frozen=True)
class Unreachable:
    """No database answered."""

    reason: str


def vulnerabilities(pinned: Path) -> list[str] | Unreachable:
    """One line for each that is known of a version in a list of pinned ones."""
    reason = "none was asked"
    for database in _DATABASES:
        first = next(line for line in pinned.read_text().splitlines() if "==" in line)
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as probe:  # whether it answers at all
            probe.write(first)
            probe.flush()
            reached = _ask(Path(probe.name), database)
        if isinstance(reached, Unreachable):
            reason = reached.reason
            continue
        answer = _ask(pinned, database)
        if not isinstance(answer, Unreachable):
            return [line for each in answer for line in _lines(each)]
        reason = answer.reason
    return Unreachable(reason)


def _ask(pinned: Path, database: str) -> list[dict[str, Any]] | Unreachable:
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(pinned), "--no-deps", "--disable-pip"]
    done = subprocess.run(
        [*command, "--vulnerability-service", database, "--timeout", _PATIENCE, "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        dependencies: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return Unreachable(f"{database}: {(done.stderr.strip().splitlines() or ['no answer'])[-1][:100]}")
    if all("skip_reason" in each for each in dependencies):
        return Unreachable(f"{database} knows none of the packages")
    return dependencies


def _lines(dependency: dict[str, Any]) -> list[str]:
    name = f"{dependency['name']} {dependency.get('version', '')}"
    if "skip_reason" in dependency:
        return [f"{name}: not looked at, {dependency['skip_reason']}"]
    return [
        f"{name}: {one['id']}, mended in {', '.join(one['fix_versions']) or 'no version yet'}"
        for one in dependency["vulns"]
    ]
