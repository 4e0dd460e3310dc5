"""The bridge is the keeper's socket at the ends of a pipe: every byte, both ways, and the end of each."""

from __future__ import annotations

import os
import select
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from keeper.keepers import alive, keepers_of, program, reach
from kernelbridge.keeper.bridge import copy
from kernelbridge.keeper.frames import MARKER, Frame, Unpacker, pack
from kernelbridge.keeper.home.homes import all_homes, home_of_notebook, new_home

BRIDGE = "from kernelbridge.keeper import bridge; sys.exit(bridge.main())"


def bridge(*arguments: str, python: str = sys.executable) -> subprocess.Popen[bytes]:
    return program(
        BRIDGE,
        *arguments,
        python=python,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def first_frame(process: subprocess.Popen[bytes]) -> Frame:
    assert process.stdout is not None
    assert process.stdout.readline() == MARKER
    unpacker = Unpacker()
    while True:
        data = process.stdout.read1()
        assert data
        for frame in unpacker.feed(data):
            return frame


def ended(process: subprocess.Popen[bytes], last: bytes = b"") -> tuple[bytes, bytes, int]:
    out, err = process.communicate(last, timeout=30)
    return out, err, process.returncode


def test_it_starts_the_keeper_of_a_notebook_and_finds_it_again(state: Path, tmp_path: Path) -> None:
    notebook = str(tmp_path / "a.ipynb")
    one = bridge("--notebook", notebook, "--launch", '{"kind": "named", "name": ""}')
    welcome = first_frame(one)
    assert welcome.fields["launch"] == {"kind": "named", "name": ""}
    home = home_of_notebook(Path(notebook))
    assert home is not None
    two = bridge("--id", home.id[:5])
    assert first_frame(two).fields["pid"] == welcome.fields["pid"]
    for each in (one, two):
        assert ended(each) == (b"", b"", 0)
    assert keepers_of(state) == [welcome.fields["pid"]]


def test_the_one_that_is_known_is_meant_whatever_the_notebook_is_called_as_long_as_it_is_there(
    state: Path, tmp_path: Path
) -> None:
    one = bridge("--notebook", str(tmp_path / "a.ipynb"))
    welcome = first_frame(one)
    home = home_of_notebook(tmp_path / "a.ipynb")
    assert home is not None
    two = bridge("--notebook", str(tmp_path / "b.ipynb"), "--known", home.id)
    assert first_frame(two).fields["pid"] == welcome.fields["pid"]
    assert home_of_notebook(tmp_path / "b.ipynb") is None
    three = bridge("--notebook", str(tmp_path / "b.ipynb"), "--known", "f0000000")
    assert first_frame(three).fields["pid"] != welcome.fields["pid"]
    for each in (one, two, three):
        assert ended(each) == (b"", b"", 0)


def test_new_is_new_each_time(state: Path) -> None:
    one, two = bridge("--new"), bridge("--new")
    assert first_frame(one).fields["pid"] != first_frame(two).fields["pid"]
    assert len(all_homes()) == 2
    ended(one)
    ended(two)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--id", "nobody"),
        ("--id", "a", "--new"),
        ("--new", "--launch", "{"),
        ("--new", "--launch", "[]"),
        ("--frobnicate",),
        ("--notebook", "/dev/null/\udcff"),
    ],
)
def test_what_goes_wrong_is_one_line(state: Path, arguments: tuple[str, ...]) -> None:
    if "--notebook" in arguments:
        state.mkdir(mode=0o700)
        (state / "keepers").write_text("in the way")
    out, err, status = ended(bridge(*arguments))
    assert out == b""
    assert status == 1
    assert err.startswith(b"tnb: ")
    assert err.count(b"\n") == 1


def test_fifty_megabytes_go_both_ways_at_once(state: Path) -> None:
    process = bridge("--new")
    assert process.stdin is not None
    assert process.stdout is not None
    first_frame(process)
    piece = os.urandom(1 << 20)
    frame = pack(Frame({"op": "echo"}, (piece,)))
    pace = threading.Semaphore(4)  # what a keeper does not read back in time it drops

    def send() -> None:
        for _ in range(50):
            pace.acquire()
            process.stdin.write(frame)
            process.stdin.flush()
        process.stdin.close()

    sender = threading.Thread(target=send)
    sender.start()
    unpacker, count = Unpacker(), 0
    while count < 50:
        for each in unpacker.feed(process.stdout.read1(1 << 16)):
            assert each.buffers == (piece,)
            count += 1
            pace.release()
    sender.join()
    assert process.stdout.read() == b""
    assert process.wait() == 0
    process.stdout.close()
    process.stderr.close()


def test_what_the_keeper_still_says_after_the_source_ended_arrives(state: Path) -> None:
    process = bridge("--new")
    first_frame(process)
    out, err, status = ended(process, pack(Frame({"op": "flood", "count": 5})))
    assert [len(each.buffers[0]) for each in Unpacker().feed(out)] == [1 << 20] * 5
    assert (err, status) == (b"", 0)


def test_it_ends_with_the_keeper_and_with_its_reader(state: Path) -> None:
    process = bridge("--new")
    keeper = int(str(first_frame(process).fields["pid"]))
    os.kill(keeper, 9)
    assert ended(process) == (b"", b"", 0)

    process = bridge("--new")
    first_frame(process)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdout.close()
    process.stdin.write(pack(Frame({"op": "echo"})))
    process.stdin.flush()
    assert process.wait(30) == 0
    process.stdin.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()


def test_the_keeper_outlives_the_bridge(state: Path) -> None:
    process = bridge("--new")
    keeper = int(str(first_frame(process).fields["pid"]))
    process.kill()
    ended(process)
    (home,) = all_homes()
    assert reach(home.path).ask("still there") is not None
    assert alive(keeper)


def test_descriptors_are_left_blocking_as_they_were() -> None:
    ours, keeper = socket.socketpair()
    source, other = os.pipe()
    back, sink = os.pipe()
    keeper.sendall(b"bye")
    keeper.close()
    with ours:
        copy(source, sink, ours, b"hello ")
    assert os.get_blocking(source)
    assert os.get_blocking(sink)
    assert os.read(back, 100) == b"hello bye"
    for each in (source, other, back, sink):
        os.close(each)


def test_files_serve_as_source_and_sink(tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(b"question")
    ours, keeper = socket.socketpair()
    with (tmp_path / "in").open("rb") as source, (tmp_path / "out").open("wb") as sink:
        copying = threading.Thread(target=copy, args=(source.fileno(), sink.fileno(), ours))
        copying.start()
        received = b""
        while piece := keeper.recv(100):
            received += piece
        keeper.sendall(b"answer")
        keeper.close()
        copying.join()
    ours.close()
    assert received == b"question"
    assert (tmp_path / "out").read_bytes() == b"answer"


def test_it_works_only_when_there_is_something_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds: list[object] = []
    real = select.select

    def count(*what: list[int]) -> object:
        rounds.append(what)
        return real(*what)

    monkeypatch.setattr(select, "select", count)
    (ours, keeper), (stdio, far) = socket.socketpair(), socket.socketpair()
    copying = threading.Thread(target=copy, args=(stdio.fileno(), stdio.fileno(), ours))
    copying.start()
    with ours, keeper, stdio, far:
        far.sendall(b"question")
        assert keeper.recv(100) == b"question"
        keeper.sendall(b"answer")
        assert far.recv(100) == b"answer"
        far.shutdown(socket.SHUT_WR)
        assert keeper.recv(100) == b""
        keeper.shutdown(socket.SHUT_WR)
        copying.join()
    assert len(rounds) <= 5


def oldest_python() -> str:
    """A Python 3.8, where there is one."""
    versions = Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser() / "versions"
    for each in ("python3.8", *map(str, versions.glob("3.8.*/bin/python3.8"))):
        try:
            subprocess.run([each, "-c", ""], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            continue
        return each
    pytest.skip("there is no Python 3.8")


def test_it_all_runs_on_the_oldest_python(state: Path) -> None:
    python = oldest_python()
    process = bridge("--new", python=python)
    frame = first_frame(process)
    assert "3.8" in str(frame.fields["path"])
    out, err, status = ended(process, pack(Frame({"op": "echo"}, (b"x",))))
    assert Unpacker().feed(out)[0].buffers == (b"x",)
    assert (err, status) == (b"", 0)
    assert reach(new_home().path, python=python).hear() is not None
