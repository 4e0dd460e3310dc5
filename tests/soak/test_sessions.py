"""Sessions at random, killed again and again: what was typed is on the disk, or offered when one comes back.

`TNB_SOAK_SESSIONS` says how many with a scripted kernel, `TNB_SOAK_REAL_SESSIONS` with a real one, and
`TNB_SOAK_SEED` which; `TNB_SOAK_FROM` goes on from a session that was told last. `TNB_SOAK_GRACE` is the
number of seconds before a kill from which on a key may be lost: one is the promise. `TNB_SOAK_PLAYERS` is how
many are played side by side.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from programs import tnb_command
from soak.playing import Rules, play_all

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(1 << 17)]

LONG = "TNB_SOAK_SESSIONS" in os.environ
SEED = int(os.environ.get("TNB_SOAK_SEED", "0")) or (random.randrange(1 << 32) if LONG else 1)
FROM = int(os.environ.get("TNB_SOAK_FROM", "0"))
GRACE = float(os.environ.get("TNB_SOAK_GRACE", "10"))
PLAYERS = int(os.environ.get("TNB_SOAK_PLAYERS", "1"))

SCRIPTED = [sys.executable, str(Path(__file__).with_name("scriptedtnb.py"))]


def sessions(variable: str, few: int) -> range:
    return range(FROM, int(os.environ.get(variable, str(few))))


def play(command: Sequence[str], numbers: range, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Play them all, and tell of each as it is over."""
    rules = Rules(SEED, command, GRACE, folder)
    failures: list[str] = []
    words = 0
    late: list[str] = []
    with capsys.disabled():
        print(f"\nseed {SEED}:", end="")
        for played in play_all(rules, numbers, PLAYERS):
            print(f" {played.number}", end="", flush=True)
            if played.failure:
                print(f"!\n{played.failure}\n", flush=True)
                failures.append(played.failure.partition(";")[0])
            words += played.words
            late += played.late
        print(f"\n{words} words typed in {len(numbers)} sessions, {len(late)} seen late and lost {late}")
    assert not failures, "\n".join(failures)


def test_with_a_scripted_kernel(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    play(SCRIPTED, sessions("TNB_SOAK_SESSIONS", 2), tmp_path, capsys)


@pytest.mark.kernel
def test_with_a_real_kernel(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    play(tnb_command(), sessions("TNB_SOAK_REAL_SESSIONS", 2), tmp_path, capsys)
