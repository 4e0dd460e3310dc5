"""`--existing`: which running kernel is meant, and what is said where there is none."""

from __future__ import annotations

import json
import os
import shutil
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cli.test_ps import written
from kept import KeptKernel, state_of_own
from kernelbridge.connectionfiles import answers, find, newest_that_answers
from kernelbridge.keeper.home.homes import home_of_notebook
from tui.cli.existing import NotRunningError, settled
from tui.options import DefaultKernel, ExistingKernel, KeeperKernel

GREETING = b"\xff\0\0\0\0\0\0\0\1\x7f"


@pytest.fixture
def state() -> Iterator[Path]:
    with state_of_own() as folder:
        yield folder


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Jupyter's runtime folder."""
    folder = Path(tempfile.mkdtemp(prefix="t", dir="/tmp"))
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(folder))
    yield folder
    shutil.rmtree(folder)


@contextmanager
def listening(greeting: bytes) -> Iterator[int]:
    """A port where whoever connects is greeted so."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                connection, _ = server.accept()
                with connection:
                    if not greeting:
                        return
                    connection.sendall(greeting)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            greeting = b""
            socket.create_connection(server.getsockname()).close()
            thread.join()


def connection_file(file: Path, port: int, age: float = 0.0) -> Path:
    ports = {f"{name}_port": port for name in ("shell", "iopub", "stdin", "control", "hb")}
    file.write_text(json.dumps({"transport": "tcp", "ip": "127.0.0.1", "key": "secret", **ports}))
    moment = file.stat().st_mtime - age
    os.utime(file, (moment, moment))
    return file


def test_a_kernel_is_another_program_s_only_where_one_speaks_as_kernels_do(runtime: Path) -> None:
    with listening(GREETING) as there, listening(b"HTTP/1.0 200 OK\r\n") as web:
        assert answers(connection_file(runtime / "a.json", there))
        assert not answers(connection_file(runtime / "b.json", web))
    assert not answers(runtime / "a.json")
    assert not answers(runtime / "missing.json")
    (runtime / "c.json").write_text("{")
    assert not answers(runtime / "c.json")


def test_without_a_name_it_is_the_newest_that_answers(runtime: Path, tmp_path: Path) -> None:
    assert newest_that_answers() is None
    with listening(GREETING) as there, listening(b"") as gone:
        old = connection_file(runtime / "kernel-old.json", there, age=60)
        connection_file(runtime / "kernel-older.json", there, age=90)
        connection_file(runtime / "kernel-new.json", gone)
        (runtime / "jpserver-1.json").write_text('{"pid": 1}')
        assert newest_that_answers() == old
        assert settled(ExistingKernel(), tmp_path / "a.ipynb") == ExistingKernel(str(old))


def test_a_file_is_found_as_jupyter_finds_it(
    runtime: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = connection_file(runtime / "kernel-7.json", 1)
    assert find("7") == find("kernel-7.json") == find(str(file)) == file
    assert find("8") is None
    assert find("") is None
    local = connection_file(tmp_path / "here.json", 1)
    assert find("here.json") == local


def test_what_is_no_running_kernel_is_one_line(state: Path, runtime: Path, tmp_path: Path) -> None:
    file = connection_file(runtime / "kernel-7.json", 1)
    ended, there = written(), written(host="there")
    for said, line in (
        ("", f"no kernel answers of those that {runtime} names"),
        ("7", f"no kernel answers where {file} says"),
        ("zz", "zz: no such connection file, and there is no keeper whose id begins with 'zz'"),
        (ended.id, f"the kernel {ended.id} has ended"),
        (there.id, f"the kernel {there.id} runs on there, and can be joined there"),
    ):
        with pytest.raises(NotRunningError) as raised:
            settled(ExistingKernel(said), tmp_path / "a.ipynb")
        assert str(raised.value) == line


def test_other_choices_are_left_as_they_are(tmp_path: Path) -> None:
    assert settled(DefaultKernel(), tmp_path / "a.ipynb") == DefaultKernel()


@pytest.mark.kernel
async def test_a_kernel_of_ours_is_joined_through_its_keeper(
    state: Path, runtime: Path, tmp_path: Path
) -> None:
    kept = await KeptKernel(tmp_path / "a.ipynb").ready()
    home = home_of_notebook(tmp_path / "a.ipynb")
    assert home is not None
    other, guest = tmp_path / "b.ipynb", KeeperKernel(home.path, is_guest=True)
    assert settled(ExistingKernel(home.id[:5]), other) == guest
    assert settled(ExistingKernel(home.meta.connection_file), other) == guest
    assert settled(ExistingKernel(home.id), None) == guest
    assert settled(ExistingKernel(home.id), tmp_path / "a.ipynb") == KeeperKernel(home.path)
    await kept.end()


@pytest.mark.kernel
async def test_a_notebook_whose_kernel_runs_does_not_get_another(
    state: Path, runtime: Path, tmp_path: Path
) -> None:
    kept = await KeptKernel(tmp_path / "a.ipynb").ready()
    with listening(GREETING) as there:
        file = connection_file(runtime / "kernel-7.json", there)
        with pytest.raises(NotRunningError, match=f"has a running kernel; tnb stop {kept.home.name}"):
            settled(ExistingKernel(str(file)), tmp_path / "a.ipynb")
    await kept.end()
