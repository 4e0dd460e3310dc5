"""Processes and machines are told apart even where numbers and names come again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from keeper.keepers import until
from kernelbridge.keeper.home import machine
from kernelbridge.keeper.home.machine import boot, heeds, host, is_running, started_at


def test_this_process_runs_and_one_with_its_number_of_another_time_does_not() -> None:
    started = started_at(os.getpid())
    assert started
    assert is_running(os.getpid(), started)
    assert not is_running(os.getpid(), started + "0")
    assert not is_running(os.getpid(), "")
    assert not is_running(0, started_at(0))
    assert not is_running(-1, "")
    assert not is_running(4194305, "1")


@pytest.mark.parametrize("has_proc", [True, False])
def test_one_that_has_ended_does_not_run_before_it_is_reaped_either(
    monkeypatch: pytest.MonkeyPatch, has_proc: bool
) -> None:
    monkeypatch.setattr(machine, "_has_proc", lambda: has_proc)
    process = subprocess.Popen(["sleep", "60"])
    started = started_at(process.pid)
    assert started
    assert is_running(process.pid, started)
    process.send_signal(signal.SIGKILL)
    until(lambda: not is_running(process.pid, started), "it ended")
    process.wait()
    assert started_at(process.pid) == ""


@pytest.mark.parametrize("name", ["a) R 1 (b", "new\nline", " "])
def test_a_name_cannot_forge_a_start(tmp_path: Path, name: str) -> None:
    program = tmp_path / name
    program.symlink_to("/bin/sleep")
    with subprocess.Popen([program, "60"]) as process:
        try:
            until(lambda: started_at(process.pid).isdecimal(), "it has started")
            other = started_at(os.getpid())
            assert int(started_at(process.pid)) >= int(other)
        finally:
            process.kill()


def test_host_and_boot_are_what_the_system_says() -> None:
    assert host() == os.uname().nodename
    if sys.platform == "linux":
        assert boot() == Path("/proc/sys/kernel/random/boot_id").read_text().strip()


def test_a_program_heeds_the_signals_that_do_not_just_end_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert heeds(os.getpid(), signal.SIGINT)
    # Whoever runs the tests in the background may have made them ignore an interrupt.
    process = subprocess.Popen(["env", "--default-signal=INT", "sleep", "60"])
    try:
        until(lambda: b"sleep" in Path(f"/proc/{process.pid}/comm").read_bytes(), "the program to run")
        assert not heeds(process.pid, signal.SIGINT)
        monkeypatch.setattr(machine, "_PROC", Path("/nowhere"))
        assert heeds(process.pid, signal.SIGINT)
    finally:
        process.kill()
        process.wait()
