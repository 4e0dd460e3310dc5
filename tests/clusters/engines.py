"""Clusters of a test's own, which are gone when it is over."""

from __future__ import annotations

import contextlib
import json
import subprocess
from collections.abc import Generator
from pathlib import Path
from typing import Any

from programs import isolated_environment, tnb_command


class Clusters:
    """`tnb cluster` for a home that is nobody's."""

    def __init__(self, home: Path) -> None:
        self.env = {**isolated_environment(home), "IPYTHONDIR": str(home / "ipython")}
        (home / "ipython").mkdir()

    def say(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Have it done."""
        command = [*tnb_command(), "cluster", *words]
        return subprocess.run(command, env=self.env, capture_output=True, text=True, check=False)

    def done(self, *words: str) -> str:
        """What it answers, where it can be done."""
        done = self.say(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def json(self, *words: str) -> list[dict[str, Any]]:
        """What it answers programs."""
        return json.loads(self.done(*words, "--json"))


@contextlib.contextmanager
def clusters_of_own(home: Path) -> Generator[Clusters]:
    """None of them outlives the test."""
    clusters = Clusters(home)
    try:
        yield clusters
    finally:
        clusters.done("stop", "--all")
