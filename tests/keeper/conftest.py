"""What tests of keepers share."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from keeper import keepers
from kernelbridge.keeper import starting


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A state folder whose keepers have the stand-in for a core; they are killed in the end."""
    short = Path(tempfile.mkdtemp(prefix="tnb-test-", dir="/tmp"))
    (short / "run").mkdir(mode=0o700)
    monkeypatch.setenv("XDG_STATE_HOME", str(short))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(short / "run"))
    monkeypatch.setattr(starting, "_ENTRY", keepers.ENTRY)
    yield short / "tnb"
    for client in keepers.CLIENTS:
        client.connection.close()
    keepers.CLIENTS.clear()
    for pid in keepers.keepers_of(short):
        os.kill(pid, signal.SIGKILL)
    shutil.rmtree(short)
