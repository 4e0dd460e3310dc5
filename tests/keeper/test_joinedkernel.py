"""A kernel that Jupyter started is joined, heard to its end, and left as it was."""

from __future__ import annotations

import json
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from jupyter_client.manager import AsyncKernelManager

from hearing import Hearing
from kernelbridge.keeper.errors import KeeperError, LaunchError
from kernelbridge.keeper.kernels import Channel
from kernelbridge.keeper.local.joinedkernel import JoinedKernel

pytestmark = pytest.mark.kernel


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where kernels are started, and Jupyter's runtime folder; its path is short enough for sockets."""
    folder = Path(tempfile.mkdtemp(prefix="t", dir="/tmp"))
    monkeypatch.chdir(folder)
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(folder))
    return folder


@pytest_asyncio.fixture(params=["tcp", "ipc"])
async def theirs(request: pytest.FixtureRequest, folder: Path) -> AsyncIterator[AsyncKernelManager]:
    """A kernel of Jupyter's."""
    file = str(folder / "kernel-theirs.json")
    manager = AsyncKernelManager(kernel_name="python3", transport=request.param, connection_file=file)
    await manager.start_kernel()
    yield manager
    await manager.shutdown_kernel(now=True)


def connection_content(ip: str, transport: str = "ipc") -> str:
    ports = {f"{name}_port": 1 for name in ("shell", "iopub", "stdin", "control", "hb")}
    return json.dumps({"ip": ip, "transport": transport, "key": "", **ports})


async def answers(manager: AsyncKernelManager) -> None:
    client = manager.client()
    client.start_channels()
    await client.wait_for_ready()
    client.stop_channels()


async def joined(theirs: AsyncKernelManager) -> Hearing:
    return await Hearing(JoinedKernel(theirs.connection_file, "me")).ready()


async def test_it_runs_code_and_asks_and_lives_when_it_is_left(theirs: AsyncKernelManager) -> None:
    for leave in (JoinedKernel.leave, JoinedKernel.shutdown):
        hearing = await joined(theirs)
        kernel = hearing.kernel
        assert isinstance(kernel, JoinedKernel)
        run = hearing.run("print(input('name? '))")
        question = await hearing.message(Channel.STDIN, "input_request", run)
        assert question.content["prompt"] == "name? "
        hearing.send("input_reply", Channel.STDIN, value="Zoë")
        await hearing.prints(run, "Zoë")
        done = leave(kernel)
        if done is not None:
            await done
        assert await theirs.is_alive()


async def test_it_is_interrupted_by_message(theirs: AsyncKernelManager) -> None:
    hearing = await joined(theirs)
    run = hearing.run("import time; print('on', flush=True); time.sleep(600)")
    await hearing.prints(run, "on")
    await hearing.kernel.interrupt()
    reply = await hearing.message(Channel.SHELL, "execute_reply", run)
    assert reply.content["ename"] == "KeyboardInterrupt"
    await hearing.kernel.shutdown()


async def test_its_restart_is_left_to_who_started_it(theirs: AsyncKernelManager) -> None:
    hearing = await joined(theirs)
    with pytest.raises(KeeperError, match="another program"):
        await hearing.kernel.restart()
    await theirs.restart_kernel(now=True)
    await hearing.listened()
    assert await hearing.output("print('alive')") == "alive\n"
    assert hearing.deaths == []
    await hearing.kernel.shutdown()


async def test_its_death_is_noticed(theirs: AsyncKernelManager) -> None:
    hearing = await joined(theirs)
    hearing.run("import os; os._exit(3)")
    assert (await hearing.death()).reason == "no longer answers"
    await hearing.kernel.shutdown()


async def test_its_orderly_end_is_noticed_too(theirs: AsyncKernelManager) -> None:
    hearing = await joined(theirs)
    await theirs.shutdown_kernel(now=True)
    assert (await hearing.death()).reason == "no longer answers"


async def test_sockets_named_relative_to_the_starter_s_folder_are_found(folder: Path) -> None:
    manager = AsyncKernelManager(
        kernel_name="python3", transport="ipc", ip="k", connection_file=str(folder / "kernel-7.json")
    )
    await manager.start_kernel()
    try:
        await answers(manager)
        for name in ("7", "kernel-7.json", str(folder / "kernel-7.json")):
            hearing = await Hearing(JoinedKernel(name, "me")).ready()
            assert hearing.kernel.connection_file == str(folder / "kernel-7.json")
            assert await hearing.output("print(1)") == "1\n"
            await hearing.kernel.shutdown()
    finally:
        await manager.shutdown_kernel(now=True)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "no connection file kernel-9.json"),
        ("{", "is no connection file"),
        ('{"ip": "127.0.0.1", "transport": "tcp"}', "is no connection file"),
        (
            connection_content("gone"),
            "names gone-1, relative to",
        ),
        (
            connection_content("/gone"),
            "no kernel answers",
        ),
        (
            connection_content("127.0.0.1", "tcp"),
            "signs nothing: any user of its machine could speak for it",
        ),
    ],
)
async def test_a_connection_file_that_leads_nowhere_is_a_clear_line(
    folder: Path, content: str | None, words: str
) -> None:
    if content is not None:
        (folder / "kernel-9.json").write_text(content)
    kernel = JoinedKernel("kernel-9.json", "me")
    with pytest.raises(LaunchError, match=words):
        await kernel.start(Hearing(kernel))
    await kernel.shutdown()
