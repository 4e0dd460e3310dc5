"""Sessions at random, killed again and again: what was typed is on the disk, or offered when one comes back.

`TNB_SOAK_SESSIONS` says how many with a scripted kernel, `TNB_SOAK_REAL_SESSIONS` with a real one, and
`TNB_SOAK_SEED` which; `TNB_SOAK_FROM` goes on from a session that failed. `TNB_SOAK_GRACE` is the number of
seconds before a kill from which on a key may be lost: one is the promise, on a machine that has time for tnb.
"""

from __future__ import annotations

import os
import random
import sys
from contextlib import closing
from pathlib import Path

import pytest

from programs import tnb_command
from soak.session import Person

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(1 << 17)]

LONG = "TNB_SOAK_SESSIONS" in os.environ
SEED = int(os.environ.get("TNB_SOAK_SEED", "0")) or (random.randrange(1 << 32) if LONG else 1)
FROM = int(os.environ.get("TNB_SOAK_FROM", "0"))
GRACE = float(os.environ.get("TNB_SOAK_GRACE", "10"))
KILLS = 2
DEEDS = 9
"""The most before a kill."""

SCRIPTED = [sys.executable, str(Path(__file__).with_name("scriptedtnb.py"))]


def sessions(variable: str, few: int) -> range:
    return range(FROM, int(os.environ.get(variable, str(few))))


def play(
    number: int,
    folder: Path,
    command: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """One session; how far one is shows as it goes."""
    with capsys.disabled():
        print(f" {number}", end="", flush=True)
    monkeypatch.setenv("HOME", str(folder / "home"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder / "home"))
    with closing(Person(SEED + number, folder, command, GRACE)) as person:
        try:
            for _ in range(KILLS):
                for _ in range(person.chance.randint(2, DEEDS)):
                    person.act()
                person.kill_and_look()
        except AssertionError as error:
            raise AssertionError(f"session {number} of seed {SEED}: {error}") from error


def test_with_a_scripted_kernel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in sessions("TNB_SOAK_SESSIONS", 2):
        play(number, tmp_path / str(number), SCRIPTED, monkeypatch, capsys)


@pytest.mark.kernel
def test_with_a_real_kernel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in sessions("TNB_SOAK_REAL_SESSIONS", 2):
        play(number, tmp_path / str(number), tnb_command(), monkeypatch, capsys)
