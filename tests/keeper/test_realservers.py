"""Kernels on a real Jupyter Server and a real Kernel Gateway."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager

import pytest

from hearing import Ear, execute
from jupyterservers import TOKEN, RunningServer, jupyter_server, kernel_gateway
from kernelbridge.fakekeeper import FRONTEND, SCRIPTED, FakeWay
from kernelbridge.keeper.errors import LaunchError
from kernelbridge.keeper.executor import Executor
from kernelbridge.keeper.frames import Unpacker
from kernelbridge.keeper.keeping import Memory
from kernelbridge.keeper.kernels import Channel, Request
from kernelbridge.keeper.launches import ServerLaunch
from kernelbridge.keeper.recording import Records
from kernelbridge.keeper.runs import Run
from kernelbridge.keeper.server import serverline
from kernelbridge.keeper.server.serveraddress import ServerAddress
from kernelbridge.keeper.server.serverkernel import ServerKernel
from kernelbridge.keeper.server.serverkernels import ServerKernels
from kernelbridge.keeper.server.serverrest import Rest
from kernelbridge.runstatus import RunStatus
from kernelbridge.servers import list_server
from kernelbridge.session import Session
from kernelbridge.state import Dead, Idle
from recording import Recorder

pytestmark = pytest.mark.kernel
_COUNTS = "import time\nfor number in range(60):\n    print(number, flush=True); time.sleep(0.02)"
_LIMIT = "--ZMQChannelsWebsocketConnection.iopub_msg_rate_limit=100"
"""Messages a second, a tenth of the default: a busy machine must exceed it, too."""
_ALL = "".join(f"{number}\n" for number in range(60))


@pytest.fixture(scope="module")
def jupyter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with jupyter_server(tmp_path_factory.mktemp("jupyter"), _LIMIT) as server:
        yield server


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with kernel_gateway(tmp_path_factory.mktemp("gateway"), _LIMIT) as server:
        yield server


@pytest.fixture(params=["jupyter", "gateway"])
def server(request: pytest.FixtureRequest) -> RunningServer:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, RunningServer)
    return found


@asynccontextmanager
async def started(launch: ServerLaunch, session: str = "session") -> AsyncIterator[tuple[ServerKernel, Ear]]:
    ear = Ear()
    kernel = ServerKernel(launch, session, ear.line_changed)
    await kernel.start(ear)
    try:
        yield kernel, ear
    finally:
        await kernel.shutdown()


@asynccontextmanager
async def in_use(launch: ServerLaunch) -> AsyncIterator[tuple[Session, Recorder]]:
    """As a person uses it: what is run waits until the kernel is ready."""
    kernel, recorder = ServerKernel(launch, "session"), Recorder()
    session = Session(FakeWay(kernel), recorder, FRONTEND)
    session.open(SCRIPTED)
    try:
        await recorder.state(Idle)
        yield session, recorder
    finally:
        await kernel.shutdown()


def abort(kernel: ServerKernel) -> None:
    """Tears the connection as a network does: no farewell, and what is on its way is gone."""
    line = kernel._line
    assert line is not None
    assert line._socket is not None
    stream = line._socket._stream
    assert stream is not None
    stream.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    stream.close()


class Tear:
    """Tears the line at a point of the running code, with nothing on its way."""

    def __init__(self, port: int) -> None:
        self.code = f"__import__('socket').create_connection(('127.0.0.1', {port})).recv(1)"
        self.when: Callable[[], bool] = lambda: True


@asynccontextmanager
async def torn(
    server: RunningServer, ear: Ear, kernel: ServerKernel, end: Callable[[ServerKernel], None]
) -> AsyncIterator[Tear]:
    """The code goes on once the server knows that nobody is there."""
    rest = Rest(ServerAddress.parse(server.url), TOKEN)
    kernels, kernel_id = ServerKernels(rest), kernel.kernel_id
    assert kernel_id is not None

    async def called(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await ear.until(lambda: tear.when())
        end(kernel)
        while (await kernels.look(kernel_id)).connections > 0:
            pass
        writer.close()

    listening = await asyncio.start_server(called, "127.0.0.1", 0)
    tear = Tear(listening.sockets[0].getsockname()[1])
    try:
        yield tear
    finally:
        listening.close()
        kernels.close()


class Away:
    """Keeps a line from coming back until the running code calls `home()` of `CODE`."""

    def __init__(self, kernel: ServerKernel, monkeypatch: pytest.MonkeyPatch) -> None:
        self._home = asyncio.Event()
        kernels = kernel._loaded()
        look = kernels.look

        async def look_at_home(kernel_id: str) -> object:
            await self._home.wait()
            return await look(kernel_id)

        monkeypatch.setattr(kernels, "look", look_at_home)
        self._server: asyncio.Server | None = None

    async def code(self) -> str:
        """Python that lets the line come back."""

        def called(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self._home.set()
            writer.close()

        self._server = await asyncio.start_server(called, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        return f"__import__('socket').create_connection(('127.0.0.1', {port})).close()"

    def close(self) -> None:
        if self._server is not None:
            self._server.close()


async def test_a_kernel_starts_runs_is_interrupted_is_restarted_and_ends(server: RunningServer) -> None:
    launch = server.launch(name="python3", path="folder/a notebook.ipynb")
    async with started(launch) as (kernel, ear):
        assert kernel._line is not None
        assert kernel._line._socket is not None
        assert kernel._line._socket.is_binary
        assert ear.text(await ear.ran(kernel, "x = 6; print(x * 7)")) == "42\n"
        asking = execute(kernel, "print(input('name? '))")
        await ear.until(lambda: bool(ear.of(asking, "input_request")))
        kernel.send(
            Channel.STDIN, Request("input_reply", {"value": "Ann"}), ear.of(asking, "input_request")[0].header
        )
        await ear.until(lambda: ear.is_over(asking))
        assert ear.text(asking) == "Ann\n"
        endless = execute(kernel, "print('on', flush=True)\nwhile True: pass")
        await ear.until(lambda: ear.text(endless) == "on\n")
        await kernel.interrupt()
        await ear.until(lambda: ear.is_over(endless))
        assert ear.of(endless, "error")[0].content["ename"] == "KeyboardInterrupt"
        await kernel.restart()
        gone = await ear.ran(kernel, "x")
        assert ear.of(gone, "error")[0].content["ename"] == "NameError"
        kernel_id = kernel.kernel_id
        assert kernel_id is not None
    assert not ear.deaths
    assert not ear.problems
    with pytest.raises(LaunchError, match="does not have the kernel"):
        await ServerKernel(server.launch(kernel_id=kernel_id), "session").start(Ear())


async def test_of_sixty_prints_sixty_arrive_or_a_gap_says_that_they_did_not(server: RunningServer) -> None:
    """What is on its way when the connection is torn is lost for good, whatever the server keeps."""
    async with started(server.launch(name="python3")) as (kernel, ear):
        run = execute(kernel, _COUNTS)
        await ear.until(lambda: ear.text(run).count("\n") >= 20)
        abort(kernel)
        await ear.until(lambda: ear.is_over(run))
        lost = set(_ALL.split()) - set(ear.text(run).split())
        assert len(ear.text(run).split()) + len(lost) == 60
        assert len(ear.gaps) == (1 if lost else 0)


async def test_of_sixty_prints_sixty_arrive_with_the_connection_aborted_in_the_middle(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of them are printed while the line is down. Nothing is on its way when it is torn."""
    async with (
        started(server.launch(name="python3")) as (kernel, ear),
        torn(server, ear, kernel, abort) as tear,
    ):
        away = Away(kernel, monkeypatch)
        run = execute(
            kernel, f"{_COUNTS}\n    if number == 29: {tear.code}\n    if number == 50: {await away.code()}"
        )
        tear.when = lambda: ear.text(run).count("\n") == 30
        await ear.until(lambda: ear.is_over(run))
        assert ear.text(run) == _ALL
        assert ear.gaps == []
        away.close()


async def test_a_run_that_ends_while_the_line_is_down_ends_as_it_did(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with (
        started(server.launch(name="python3")) as (kernel, ear),
        torn(server, ear, kernel, abort) as tear,
    ):
        away = Away(kernel, monkeypatch)
        later = f"import threading; threading.Timer(0.5, lambda: {await away.code()}).start()"
        run = execute(kernel, f"{_COUNTS}\n    if number == 29: {tear.code}\n{later}\n1/0")
        tear.when = lambda: ear.text(run).count("\n") == 30
        await ear.until(lambda: ear.is_over(run))
        assert ear.text(run) == _ALL
        assert ear.of(run, "error")[0].content["ename"] == "ZeroDivisionError"
        assert ear.gaps == []
        away.close()


async def test_a_later_keeper_gets_what_was_printed_between(jupyter: RunningServer) -> None:
    ear, later_ear = Ear(), Ear()
    kernel = ServerKernel(jupyter.launch(name="python3", path="later.ipynb"), "session")
    await kernel.start(ear)
    async with torn(jupyter, ear, kernel, ServerKernel.leave) as tear:
        over = asyncio.Event()

        def called(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.close()
            over.set()

        listening = await asyncio.start_server(
            lambda _reader, writer: (writer.close(), over.set()), "127.0.0.1", 0
        )
        port = listening.sockets[0].getsockname()[1]
        here = tear.code
        there = f"__import__('socket').create_connection(('127.0.0.1', {port})).close()"
        run = execute(kernel, f"{_COUNTS}\n    if number == 29: {here}\n    if number == 50: {there}")
        tear.when = lambda: ear.text(run).count("\n") == 30
        await over.wait()
        listening.close()
    later = ServerKernel.adopt(kernel.state(), "session", TOKEN)
    await later.start(later_ear)
    await later_ear.until(lambda: later_ear.is_over(run))
    assert ear.text(run) + later_ear.text(run) == _ALL
    await later.shutdown()


async def test_what_another_frontend_keeps_the_server_from_keeping_is_a_gap_and_the_run_ends(
    jupyter: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run ends while the line is down, and nothing is replayed as somebody else is connected."""
    journal, heard = Memory(), asyncio.Event()
    records = Records(journal, 1, lambda _seq, _data: heard.set(), lambda _problem: None)
    executor = Executor(records, heard.set)
    kernel = ServerKernel(jupyter.launch(name="python3"), "session")
    await executor.start(kernel)
    assert kernel.kernel_id is not None
    async with started(jupyter.launch(kernel_id=kernel.kernel_id), "another") as (_, other):
        away = Away(kernel, monkeypatch)
        run = Run("r" * 32, f"{_COUNTS}\n{await away.code()}", None, "test")
        executor.run(run)
        await other.until(lambda: other.text(run.id).count("\n") >= 20)
        abort(kernel)
        async with asyncio.timeout(60):
            while not run.is_over:
                heard.clear()
                await heard.wait()
        away.close()
    records.flush()
    kept = [frame.fields for _, data in journal.read() for frame in Unpacker().feed(data)]
    gaps = [each for each in kept if each["what"] == "gap"]
    assert [(each["why"], each["messages"]) for each in gaps] == [("line", None)]
    assert kept[-1]["what"] == "finished"
    await executor.shutdown()


async def test_what_the_server_drops_is_counted_and_told(server: RunningServer) -> None:
    """A print may be two messages or a part of one, so it is displays that are compared."""
    async with started(server.launch(name="python3")) as (kernel, ear):
        code = "for number in range(2000): publish({'text/plain': str(number)})"
        run = await ear.ran(kernel, f"from IPython.display import publish_display_data as publish\n{code}")
        lost = 2000 - len(ear.of(run, "display_data"))
        assert lost > 0
        assert "IOPub message rate exceeded" in ear.text(run, "stderr")
        dropped = sum(count or 0 for _, _, count in ear.gaps)
        # The reply to the run may be overtaken by what ends the window: then it is counted, too.
        assert 0 <= dropped - lost <= 1
        assert all(since <= until for since, until, _ in ear.gaps)


async def test_a_kernel_that_dies_is_told_and_can_be_restarted(server: RunningServer) -> None:
    """The server takes it for busy still, and does not wait for the new one as it does for others."""
    async with in_use(server.launch(name="python3")) as (session, recorder):
        session.run("import os; os._exit(3)")
        dead = await recorder.state(Dead)
        assert isinstance(dead, Dead)
        assert "it died" in dead.reason
        session.restart()
        run = session.run("print(1)")
        assert (await recorder.finished(run)).status is RunStatus.OK
        assert recorder.text(run) == "1\n"


@pytest.mark.parametrize("how", ["ends", "restarts"])
async def test_what_another_frontend_does_to_the_kernel_is_noticed(
    jupyter: RunningServer, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(serverline, "_LOOK", 0.2)
    async with started(jupyter.launch(name="python3")) as (kernel, ear):
        run = execute(kernel, "print('on', flush=True)\nwhile True: pass")
        await ear.until(lambda: ear.text(run) == "on\n")
        kernels, found = kernel._loaded(), kernel._started
        assert found is not None
        await (kernels.end(found) if how == "ends" else kernels.restart(found.kernel_id))
        await ear.until(lambda: bool(ear.deaths))


async def test_a_server_lists_its_kernels_and_their_notebooks(jupyter: RunningServer) -> None:
    async with started(jupyter.launch(name="python3", path="listed.ipynb")) as (kernel, ear):
        await ear.ran(kernel, "1")
        listing = await list_server(jupyter.url, TOKEN)
        spec = listing.specs[0]
        assert (spec.name, spec.is_default, spec.language) == ("python3", True, "python")
        (found,) = [each for each in listing.kernels if each.id == kernel.kernel_id]
        assert (found.name, found.notebooks, found.connections) == ("python3", ("listed.ipynb",), 1)


async def test_a_gateway_that_hides_its_kernels_is_listed_so(gateway: RunningServer) -> None:
    listing = await list_server(gateway.url, TOKEN)
    assert listing.specs[0].name == "python3"
    assert listing.hides_kernels
    assert listing.kernels == ()


@pytest.mark.parametrize("token", ["wrong", ""])
async def test_a_wrong_token_is_refused_in_one_line(server: RunningServer, token: str) -> None:
    with pytest.raises(LaunchError, match="does not take the token"):
        await ServerKernel(ServerLaunch(server.url, token, "python3"), "session").start(Ear())
    with pytest.raises(LaunchError, match="does not take the token"):
        await list_server(server.url, token)


async def test_a_kernel_that_the_server_cannot_start_is_one_line(jupyter: RunningServer) -> None:
    with pytest.raises(LaunchError, match="no-such-kernel"):
        await ServerKernel(jupyter.launch(name="no-such-kernel", path="b.ipynb"), "session").start(Ear())


async def test_the_token_is_in_no_log_of_the_server(jupyter: RunningServer) -> None:
    assert "Connecting to kernel" in jupyter.log.read_text()
    assert TOKEN not in jupyter.log.read_text()
