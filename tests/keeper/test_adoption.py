"""A kernel whose owner is gone is taken over: by the same identity, and never another process by mistake."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest
import pytest_asyncio

from hearing import Hearing
from kernelbridge.keeper.errors import LaunchError
from kernelbridge.keeper.home.machine import started_at
from kernelbridge.keeper.home.privatedir import make_private_directory
from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.keeper.kernels import Channel, Request
from kernelbridge.keeper.launches import NamedLaunch
from kernelbridge.keeper.local.kernelspecs import resolve
from kernelbridge.keeper.local.localkernel import LocalKernel

pytestmark = pytest.mark.kernel

SESSION = "the same for all owners"
OWNER = """
import asyncio, json, sys
sys.path.insert(0, "tests")
from pathlib import Path
from kernelbridge.keeper.kernels import Channel
from kernelbridge.keeper.local.kernelspecs import resolve
from kernelbridge.keeper.launches import NamedLaunch
from kernelbridge.keeper.local.localkernel import LocalKernel
from hearing import Hearing

async def main(runtime, session, code):
    kernel = LocalKernel(resolve(NamedLaunch("")), runtime, runtime / "kernel.log", session)
    hearing = await Hearing(kernel).ready()
    await hearing.output("x = 41")
    run = hearing.run("y = input('name? ')")
    question = await hearing.message(Channel.STDIN, "input_request", run)
    print(json.dumps([kernel.state(), question.header, run]), flush=True)
    await asyncio.Event().wait()

asyncio.run(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:]))
"""


@pytest_asyncio.fixture
async def own() -> AsyncIterator[LocalKernel]:
    """A kernel that was started here, and is ended at last whoever owns it by then."""
    runtime = make_private_directory("test")
    kernel = LocalKernel(resolve(NamedLaunch("")), runtime, runtime / "kernel.log", SESSION)
    hearing = await Hearing(kernel).ready()
    state = kernel.state()
    yield kernel
    await hearing.kernel.shutdown()
    if started(state) == state["started"]:
        await LocalKernel.adopt(state, SESSION, runtime / "kernel.log").shutdown()


def started(state: JsonObject) -> str:
    pid = state["pid"]
    assert isinstance(pid, int)
    return started_at(pid)


async def test_a_question_is_answered_by_the_next_owner_when_the_first_is_killed() -> None:
    runtime = make_private_directory("test")
    owner = await asyncio.create_subprocess_exec(
        sys.executable, "-c", OWNER, str(runtime), SESSION, stdout=asyncio.subprocess.PIPE
    )
    assert owner.stdout is not None
    state, question, run = json.loads(await owner.stdout.readline())
    owner.kill()
    await owner.wait()

    kernel = LocalKernel.adopt(state, SESSION, runtime / "kernel.log")
    hearing = Hearing(kernel)
    await kernel.start(hearing)
    kernel.send(Channel.STDIN, Request("input_reply", {"value": "Zoë"}), question)
    reply = await hearing.message(Channel.SHELL, "execute_reply", run)
    assert reply.content["status"] == "ok"
    await hearing.listened()
    assert await hearing.output("print(x + 1, y)") == "42 Zoë\n"
    assert (kernel.pid, kernel.state()) == (state["pid"], state)
    await kernel.shutdown()
    assert not started(state)
    assert [each.name for each in runtime.iterdir()] == ["kernel.log"]


async def test_a_kernel_that_is_left_goes_on_and_can_be_taken_over(own: LocalKernel) -> None:
    state = own.state()
    own.leave()
    assert own.pid is None
    assert started(state) == state["started"]
    next_owner = await Hearing(LocalKernel.adopt(state, SESSION, Path(os.devnull))).ready()
    run = next_owner.run("import time; print('on', flush=True); time.sleep(600)")
    await next_owner.prints(run, "on")
    await next_owner.kernel.interrupt()
    reply = await next_owner.message(Channel.SHELL, "execute_reply", run)
    assert reply.content["ename"] == "KeyboardInterrupt"
    await next_owner.kernel.restart()
    await next_owner.listened()
    assert next_owner.kernel.pid != state["pid"]
    assert not started(state)
    await next_owner.kernel.shutdown()


@pytest.mark.parametrize("is_told_by_the_system", [True, False])
async def test_the_death_of_an_adopted_kernel_is_told(
    own: LocalKernel, monkeypatch: pytest.MonkeyPatch, is_told_by_the_system: bool
) -> None:
    if not is_told_by_the_system:
        monkeypatch.setattr("kernelbridge.keeper.local.processend._descriptor", lambda _process: None)
    state = own.state()
    own.leave()
    next_owner = await Hearing(LocalKernel.adopt(state, SESSION, Path(os.devnull))).ready()
    next_owner.run("import os; os._exit(3)")
    assert (await next_owner.death()).reason == "gone"
    with pytest.raises(LaunchError, match="the kernel is gone"):
        LocalKernel.adopt(state, SESSION, Path(os.devnull))


async def test_another_process_that_got_the_id_is_not_taken_for_the_kernel(own: LocalKernel) -> None:
    state = own.state()
    assert isinstance(state["started"], str)
    with pytest.raises(LaunchError, match="the kernel is gone"):
        LocalKernel.adopt({**state, "started": "0" + state["started"]}, SESSION, Path(os.devnull))
    other = await asyncio.create_subprocess_exec("sleep", "600")
    with pytest.raises(LaunchError, match="the kernel is gone"):
        LocalKernel.adopt({**state, "pid": other.pid}, SESSION, Path(os.devnull))
    assert other.returncode is None
    other.kill()
    await other.wait()


@pytest.mark.parametrize(
    "change",
    [{"pid": None}, {"pid": "1"}, {"launch": None}, {"launch": {}}, {"connection_file": "/no/such"}],
)
async def test_a_state_that_is_none_is_refused(own: LocalKernel, change: Mapping[str, None]) -> None:
    with pytest.raises(LaunchError):
        LocalKernel.adopt({**own.state(), **change}, SESSION, Path(os.devnull))
