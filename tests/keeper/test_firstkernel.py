"""A kernel that is started before its keeper has loaded anything."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from keeper.keepers import ROOT
from kernelbridge.keeper.local.child import Child
from kernelbridge.keeper.local.firstkernel import written

BEGIN = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from kernelbridge.keeper.local import firstkernel; "


def started(
    folder: Path, argv: Sequence[str], *, cwd: str = "/", ignored: str = "", kept: Sequence[int] = (0,)
) -> str:
    """Has a Python start a program first of all, and gives what that prints."""
    log = folder / "kernel.log"
    said = written(argv, {"HERE": "é", "EMPTY": ""}, cwd=cwd, log=str(log), kept=kept, reset=(1, 2, 13, 15))
    code = f"{BEGIN}{ignored}pid = firstkernel._started(sys.stdin.buffer.read()); import os; "
    program = [sys.executable, "-c", code + "print(os.waitpid(pid, 0)[1] if pid else None, os.getcwd())"]
    done = subprocess.run(program, input=said, capture_output=True, check=True, pass_fds=kept, cwd="/")
    assert done.stderr == b""
    assert done.stdout.split()[1] == b"/"
    return log.read_text() if done.stdout.startswith(b"0 ") else ""


def test_it_has_its_words_its_environment_its_folder_and_its_log(tmp_path: Path) -> None:
    (tmp_path / "kernel.log").write_text("before\n")
    code = "import os, sys; print(sys.argv[1:], os.getcwd(), os.environ['HERE'], repr(os.environ['EMPTY']))"
    program = [sys.executable, "-Xutf8", "-c", code, "a b", "", "é"]
    assert started(tmp_path, program, cwd=str(tmp_path)) == f"before\n['a b', '', 'é'] {tmp_path} é ''\n"


def test_it_leads_a_session_and_ignores_and_inherits_nothing(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    ignored = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN); "
    ignored += "signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGTERM,)); "
    code = (
        "import os; print(os.getsid(0) == os.getpid(), sorted(map(int, os.listdir('/proc/self/fd')))[:4]); "
        "print(*[line for line in open('/proc/self/status') if line[:6] in ('SigIgn', 'SigBlk')], sep='')"
    )
    said = started(tmp_path, [sys.executable, "-S", "-c", code], ignored=ignored, kept=(writing,))
    os.close(reading)
    os.close(writing)
    first, *masks = said.splitlines()
    assert first.startswith("True")
    assert str(writing) not in first[first.index("[") :]
    unwanted = sum(1 << (number - 1) for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM))
    assert [int(line.split()[1], 16) & unwanted for line in masks if line] == [0, 0]


@pytest.mark.parametrize(("argv", "cwd"), [(["/no/such/kernel"], "/"), (["/bin/true"], "/no/such/folder")])
def test_where_it_cannot_be_started_nothing_is(argv: Sequence[str], cwd: str, tmp_path: Path) -> None:
    assert started(tmp_path, argv, cwd=cwd) == ""


def test_it_does_not_outlive_a_keeper_that_cannot_be_loaded(tmp_path: Path) -> None:
    said = written(["/bin/sleep", "99"], {}, cwd="/", log=str(tmp_path / "log"), kept=(0,), reset=(1,))
    code = (
        f"{BEGIN}import atexit, os; sys.modules['kernelbridge.keeper.main'] = None; "
        "atexit.register(lambda: print(os.waitstatus_to_exitcode(os.waitpid(-1, 0)[1]))); firstkernel.begin()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=b"{}\n" + said, capture_output=True, check=False
    )
    assert done.returncode == 1
    assert done.stdout.split() == [b"-9"]


def test_nothing_is_loaded_for_it() -> None:
    plain = subprocess.run(
        [sys.executable, "-I", "-c", "import sys; print(*sys.modules)"], capture_output=True, text=True
    )
    program = [sys.executable, "-I", "-c", f"{BEGIN}print(*sys.modules)"]
    loaded = subprocess.run(program, capture_output=True, text=True)
    more = {*loaded.stdout.split()} - {*plain.stdout.split()}
    assert {name for name in more if not name.startswith("kernelbridge")} == {"__future__"}


@pytest.mark.parametrize(("code", "status"), [("exit 3", 3), ("kill -9 $$", -9)])
def test_a_child_tells_its_end_as_popen_does(code: str, status: int) -> None:
    child = Child(os.posix_spawn("/bin/sh", ["sh", "-c", code], os.environ))
    assert child.wait() == status
    assert child.poll() == status
    running = Child(os.posix_spawn("/bin/sleep", ["sleep", "99"], os.environ))
    assert running.poll() is None
    os.kill(running.pid, signal.SIGKILL)
    assert running.wait() == -9
    assert Child(running.pid).poll() == 0
