"""What holds for every test: nothing of the user's own is touched, and Hypothesis has no clock to beat."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from sshd import Sshd

settings.register_profile("anywhere", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "anywhere")


@pytest.fixture(autouse=True)
def nobodys_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of its own for each test."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "TNB_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture
def far(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sshd]:
    """Another machine, which ssh knows as `far`."""
    sshd = Sshd()
    monkeypatch.setenv("PATH", str(sshd.bin), prepend=os.pathsep)
    yield sshd
    sshd.close()
