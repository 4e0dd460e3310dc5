"""One keeper a home, whoever asks and however often, and it outlives them."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from keeper.keepers import ROOT, Client, alive, keepers_of, kill, pid_of, program, reach, until
from kernelbridge.keeper import starting
from kernelbridge.keeper.errors import HomeError
from kernelbridge.keeper.home.condition import Condition
from kernelbridge.keeper.home.homes import Home, home_of_notebook, new_home
from kernelbridge.keeper.home.locking import LOCK, locked
from kernelbridge.keeper.home.machine import started_at
from kernelbridge.keeper.home.meta import read_meta, write_meta


def test_a_keeper_answers_with_its_order(state: Path) -> None:
    home = new_home()
    welcome = reach(home.path, launch={"kind": "named", "name": "é\udcff"}).hear()
    assert welcome is not None
    meta = read_meta(home.path)
    assert welcome.fields["launch"] == {"kind": "named", "name": "é\udcff"}
    assert welcome.fields["epoch"] == meta.epoch == 1
    assert welcome.fields["pid"] == meta.keeper_pid
    assert meta.keeper_started == started_at(meta.keeper_pid) != ""
    assert Home(home.path, meta).condition is Condition.LIVE


def test_who_comes_later_gets_the_same_keeper(state: Path) -> None:
    home = new_home()
    one, other = reach(home.path), reach(home.path, launch={"kind": "named"})
    first, second = one.hear(), other.hear()
    assert first is not None
    assert second is not None
    assert first.fields["pid"] == second.fields["pid"]
    assert second.fields["launch"] is None


def test_twenty_that_open_a_notebook_at_once_get_one_keeper(state: Path, tmp_path: Path) -> None:
    notebook = tmp_path / "a.ipynb"
    racer = """
from kernelbridge.keeper.frames import Unpacker
sys.stdin.read()
line, unpacker, frames = starting.reach_notebook(Path(sys.argv[1]))[1], Unpacker(), []
while not frames:
    frames = unpacker.feed(line.recv(65536))
print(frames[0].fields["pid"])
"""
    there, here = os.pipe()
    runners = [
        program(
            racer,
            str(notebook),
            stdin=there,
            stdout=subprocess.PIPE,
        )
        for _ in range(20)
    ]
    os.close(there)
    os.close(here)  # which is the signal to start
    answers = {runner.communicate(timeout=60)[0] for runner in runners}
    assert len(answers) == 1
    assert keepers_of(state) == [int(answers.pop())]
    found = home_of_notebook(notebook)
    assert found is not None
    assert found.meta.epoch == 1


def test_a_large_order_comes_through(state: Path) -> None:
    launch = {"env": {"X": "x" * 500_000}}
    welcome = reach(new_home().path, launch=launch).hear()
    assert welcome is not None
    assert welcome.fields["launch"] == launch


def test_a_killed_keeper_is_started_again_with_what_it_was(state: Path) -> None:
    home = new_home(state / "a.ipynb")
    before = reach(home.path)
    first = before.hear()
    kernel = subprocess.Popen(["sleep", "60"])
    meta = read_meta(home.path)
    meta = replace(
        meta,
        kernel_pid=kernel.pid,
        kernel_started=started_at(kernel.pid),
        kernel={"name": "python3"},
        connection_file=str(Path(meta.socket).with_name("c")),
        more={"later": [1]},
    )
    write_meta(home.path, meta)
    try:
        kill(pid_of(home.path))
        assert before.hear() is None
        assert Home(home.path, meta).condition is Condition.LOST
        second = reach(home.path).hear()
        assert first is not None
        assert second is not None
        after = read_meta(home.path)
        assert second.fields["epoch"] == after.epoch == 2
        assert second.fields["session"] == first.fields["session"] != ""
        assert replace(
            after,
            keeper_pid=meta.keeper_pid,
            keeper_started=meta.keeper_started,
            epoch=1,
            started=meta.started,
        ) == replace(meta)
    finally:
        kernel.kill()
        kernel.wait()


def test_a_keeper_whose_kernel_is_gone_too_begins_without_one_in_a_new_directory(state: Path) -> None:
    home = new_home()
    reach(home.path).hear()
    meta = replace(read_meta(home.path), kernel_pid=os.getpid(), kernel_started="another time", state="busy")
    meta = replace(meta, connection_file=str(Path(meta.socket).with_name("c")))
    write_meta(home.path, meta)
    kill(pid_of(home.path))
    assert Home(home.path, meta).condition is Condition.ENDED
    reach(home.path).hear()
    after = read_meta(home.path)
    assert (after.kernel_pid, after.kernel_started, after.connection_file, after.state) == (0, "", "", "none")
    assert after.socket != meta.socket
    assert not Path(meta.socket).parent.exists()


def test_a_process_of_an_earlier_boot_is_not_adopted(state: Path) -> None:
    home = new_home()
    meta = replace(home.meta, boot="earlier", kernel_pid=os.getpid(), kernel_started=started_at(os.getpid()))
    write_meta(home.path, meta)
    assert Home(home.path, meta).condition is Condition.ENDED
    reach(home.path).hear()
    assert read_meta(home.path).kernel_pid == 0
    assert read_meta(home.path).boot != "earlier"


def test_another_machines_keeper_is_not_started_here(state: Path) -> None:
    home = new_home()
    write_meta(home.path, replace(home.meta, host="elsewhere"))
    with pytest.raises(HomeError, match="elsewhere"):
        reach(home.path)
    assert read_meta(home.path) == replace(home.meta, host="elsewhere")
    assert not (home.path / "lock").exists()


def test_a_keeper_that_cannot_start_ends_the_connection_and_says_why(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "_ENTRY", "raise SystemExit('no such luck')")
    home = new_home()
    assert reach(home.path).hear() is None
    assert starting.last_words(home.path) == ["no such luck"]
    until(lambda: Home(home.path, read_meta(home.path)).condition is Condition.ENDED, "nobody holds the lock")


def test_a_python_that_is_not_there_is_one_clear_line(state: Path) -> None:
    home = new_home()
    with pytest.raises(HomeError, match=r"/no/python: No such file"):
        reach(home.path, python="/no/python")
    assert Home(home.path, read_meta(home.path)).condition is Condition.ENDED
    assert reach(home.path).hear() is not None


def test_one_that_does_not_answer_is_not_waited_for_for_ever(state: Path) -> None:
    home = new_home()
    with locked(home.path / LOCK), pytest.raises(HomeError, match="does not answer"):
        reach(home.path, patience=0.1)


def test_a_socket_that_another_user_squats_on_is_not_spoken_to(state: Path) -> None:
    """As where what cleans up the temporary folder took the keeper's directory away, and he made it anew."""
    if os.geteuid() != 0:
        pytest.skip("only the superuser can become somebody else")
    home = new_home()
    (state.parent / "run").chmod(0o777)
    state.parent.chmod(0o755)
    path = state.parent / "run" / "keeper"
    write_meta(home.path, replace(home.meta, socket=str(path)))
    squatting = """
import os, socket, sys
os.setuid(65534)
listening = socket.socket(socket.AF_UNIX)
listening.bind(sys.argv[1])
os.chmod(sys.argv[1], 0o777)
listening.listen()
print(flush=True)
print(listening.accept()[0].recv(100), flush=True)
"""
    command = [sys.executable, "-c", squatting, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as squatter:
        assert squatter.stdout is not None
        squatter.stdout.readline()
        refused = pytest.raises(HomeError, match=f"^{path} is another user's: it is not used$")
        try:
            with locked(home.path / LOCK), refused:
                reach(home.path)
            assert squatter.stdout.readline() == b"b''\n"
        finally:
            squatter.kill()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGHUP])
def test_it_outlives_who_started_it_and_the_session(state: Path, how: signal.Signals) -> None:
    starter = program(
        """
home = new_home().path
line = starting.reach(home)
print(home, flush=True)
line.recv(1)
time.sleep(60)
""",
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert starter.stdout is not None
    home = Path(starter.stdout.readline().decode().strip())
    starter.stdout.close()
    keeper = pid_of(home)
    os.killpg(starter.pid, how)
    starter.wait()
    assert reach(home).ask("still there") is not None
    os.kill(keeper, signal.SIGHUP)
    assert reach(home).ask("still there") is not None
    assert keepers_of(state) == [keeper]


def test_it_is_nobodys_child_has_no_terminal_and_leaves_no_zombie(state: Path) -> None:
    before = children()
    home = new_home().path
    reach(home).hear()
    keeper = pid_of(home)
    fields = Path(f"/proc/{keeper}/stat").read_text().rpartition(")")[2].split()
    parent, group, session, terminal = (int(each) for each in fields[1:5])
    assert parent != os.getpid()
    assert session not in (os.getsid(0), keeper)
    assert group == session
    assert terminal == 0
    process = Path(f"/proc/{keeper}")
    assert (process / "cwd").readlink() == Path("/")
    assert (process / "fd/0").readlink() == Path(os.devnull)
    assert (process / "fd/1").readlink() == (process / "fd/2").readlink() == home / "keeper.log"
    until(lambda: children() == before, "the process that forked it is reaped")


def children() -> list[str]:
    """Processes that the tests started and that are keepers, or have ended and were not waited for."""
    mine = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return [each for each in mine if not alive(int(each)) or int(each) in keepers_of(Path("/"))]


def test_it_has_no_terminal_when_started_from_one(state: Path) -> None:
    terminal, its_side = os.openpty()
    opening = "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0)"
    starter = program(
        f"{opening}\nstarting.reach(new_home().path).recv(1)",
        stdin=its_side,
        stdout=its_side,
        stderr=its_side,
        start_new_session=True,
    )
    os.close(its_side)
    assert starter.wait() == 0, os.read(terminal, 10_000)
    (keeper,) = keepers_of(state)
    os.close(terminal)  # the terminal hangs up
    assert Path(f"/proc/{keeper}/stat").read_text().rpartition(")")[2].split()[4] == "0"
    assert not [each for each in Path(f"/proc/{keeper}/fd").iterdir() if "pts" in str(each.readlink())]
    assert alive(keeper)


def test_it_inherits_the_socket_and_the_lock_and_nothing_else(state: Path) -> None:
    secret, other = os.pipe()
    os.set_inheritable(secret, True)
    home = new_home().path
    reach(home).hear()
    keeper = pid_of(home)
    open_files = [str(each.readlink()) for each in Path(f"/proc/{keeper}/fd").iterdir()]
    assert f"pipe:[{os.fstat(secret).st_ino}]" not in open_files
    assert open_files.count(str(home / "lock")) == 1
    os.close(secret)
    os.close(other)


def test_nothing_planted_is_imported(state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("kernelbridge", "json", "zmq", "sitecustomize", "usercustomize"):
        (tmp_path / f"{name}.py").write_text(f"raise SystemExit('planted {name}')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "json.py"))
    monkeypatch.chdir(tmp_path)
    home = new_home().path
    welcome = reach(home).hear()
    assert welcome is not None, starting.last_words(home)
    modules, path = welcome.fields["modules"], welcome.fields["path"]
    assert isinstance(modules, dict)
    assert isinstance(path, list)
    assert modules["kernelbridge"] == str(ROOT / "kernelbridge/__init__.py")
    assert modules["json"] == json.__file__
    assert not {"", str(tmp_path)} & set(path)


def test_neighbours_of_ours_do_not_stand_before_the_standard_library(state: Path, tmp_path: Path) -> None:
    (tmp_path / "kernelbridge").symlink_to(ROOT / "kernelbridge")
    (tmp_path / "json.py").write_text("raise SystemExit('planted')")
    order = starting._PATH.replace("os.fork() and os._exit(0); ", "") + "import json; print(json.__file__)"
    done = subprocess.run(
        [sys.executable, "-I", "-c", order, str(tmp_path), str(tmp_path)], capture_output=True, text=True
    )
    assert done.stdout.strip() == json.__file__


def test_every_file_and_folder_is_this_users_alone(state: Path) -> None:
    before = os.umask(0)
    try:
        home = new_home().path
        reach(home).hear()
    finally:
        os.umask(before)
    runtime = Path(read_meta(home).socket).parent
    folders = [state, state / "keepers", home, runtime.parent, runtime]
    for each in folders:
        assert stat.S_IMODE(each.stat().st_mode) == 0o700, each
    files = [each for folder in (home, runtime, state / "keepers") for each in folder.iterdir()]
    files = [each for each in files if not each.is_dir()]
    assert {each.name for each in files} == {"meta.json", "lock", "keeper.log", "keeper"}
    for each in files:
        assert stat.S_IMODE(each.stat().st_mode) == 0o600, each


def test_it_listens_in_its_private_folder_and_nowhere_else(state: Path) -> None:
    home = new_home().path
    reach(home).hear()
    meta = read_meta(home)
    process = psutil.Process(pid_of(home))
    # An abstract socket would be named "@...", and one of the network would be a pair.
    assert {each.laddr for each in process.net_connections("all") if each.laddr} == {meta.socket}


def test_the_users_umask_is_kept_for_the_kernel(state: Path) -> None:
    before = os.umask(0o027)
    try:
        welcome = reach(new_home().path).hear()
    finally:
        os.umask(before)
    assert welcome is not None
    assert welcome.fields["umask"] == 0o027


def test_it_ends_in_order_when_told_to(state: Path) -> None:
    home = new_home().path
    client = reach(home)
    client.hear()
    os.kill(pid_of(home), signal.SIGTERM)
    assert client.hear() is None
    assert starting.last_words(home)[-1] == "ended in order"
    until(lambda: not keepers_of(state), "it is gone")
    reach(home).say("end")
    until(lambda: starting.last_words(home) == ["ended in order"] * 2, "it ended of itself")


def test_a_log_that_grew_too_long_begins_anew(state: Path) -> None:
    home = new_home().path
    (home / "keeper.log").write_bytes(bytes(2 << 20))
    reach(home).hear()
    assert (home / "keeper.log").stat().st_size == 0


def test_threads_of_one_frontend_get_one_keeper(state: Path) -> None:
    home = new_home().path
    pids: list[object] = []

    def ask() -> None:
        welcome = Client(starting.reach(home)).hear()
        pids.append(welcome and welcome.fields["pid"])

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(pids) == 8
    assert len(set(pids)) == 1
