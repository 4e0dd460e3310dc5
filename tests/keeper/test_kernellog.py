"""A kernel's log stays small while the kernel writes it."""

from __future__ import annotations

import os
from pathlib import Path

from kernelbridge.keeper.local.kernellog import KernelLog


def test_a_log_that_became_too_large_keeps_its_end_and_the_kernel_goes_on_behind_it(tmp_path: Path) -> None:
    path = tmp_path / "kernel.log"
    log = KernelLog(path)
    descriptor = log.open()
    lines = [f"line {number}\n" for number in range(800_000)]
    with os.fdopen(descriptor, "w") as kernel:
        kernel.writelines(lines)
        kernel.flush()
        assert path.stat().st_size > 8 << 20
        log.trim()
        assert (1 << 20) - 20 < path.stat().st_size <= 1 << 20
        kernel.write("more\n")
    kept = path.read_text().splitlines(keepends=True)
    assert kept == [*lines[1 - len(kept) :], "more\n"]
    assert log.last_lines()[-2:] == ("line 799999", "more")


def test_a_log_that_is_small_or_not_there_stays_as_it_is(tmp_path: Path) -> None:
    log = KernelLog(tmp_path / "kernel.log")
    log.trim()
    assert log.last_lines() == ()
    with os.fdopen(log.open(), "w") as kernel:
        kernel.write("one\n\ntwo\n")
    log.trim()
    assert log.last_lines() == ("one", "two")


def test_what_an_earlier_kernel_wrote_is_kept_but_not_told_as_the_present_one_s(tmp_path: Path) -> None:
    log = KernelLog(tmp_path / "kernel.log")
    for word in ("earlier\n", "present\n"):
        with os.fdopen(log.open(), "w") as kernel:
            kernel.write(word)
    assert log.last_lines() == ("present",)
    assert (tmp_path / "kernel.log").read_text() == "earlier\npresent\n"
