"""A keeper heeds that it is to end, whatever else comes at that moment, and sees its kernel to its end."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from keeper.keepers import until
from kept import KeptKernel, python, state_of_own
from kernelbridge.keeper.home.meta import read_meta
from kernelbridge.keeper.starting import reach_notebook
from kernelbridge.keepercall import KeeperCall

pytestmark = pytest.mark.kernel

DEAF = "import signal, time\nfor each in (2, 15): signal.signal(each, signal.SIG_IGN)\n"
DEAF += "print('on', flush=True)\nwhile True: time.sleep(600)"


@pytest.fixture
def state() -> Iterator[Path]:
    with state_of_own() as folder:
        yield folder


def is_over(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


@pytest.mark.parametrize("attempt", range(3))
async def test_a_signal_to_end_is_heeded_that_comes_with_a_frontend_that_goes(
    attempt: int, state: Path, tmp_path: Path
) -> None:
    kept = await KeptKernel(tmp_path / "a.ipynb").ready()
    kernel, keeper = await kept.kernel_pid(), kept.keeper_pid()
    socket = read_meta(kept.home).socket
    psutil.Process(keeper).suspend()
    call = KeeperCall.to(socket, "test", time.monotonic() + 10)
    assert call is not None
    with call:
        pass
    os.kill(keeper, signal.SIGTERM)
    psutil.Process(keeper).resume()
    until(lambda: is_over(keeper), "the keeper has ended")
    assert is_over(kernel)
    await kept.session.close()


async def test_a_kernel_that_does_not_listen_is_ended_though_who_asked_for_it_has_gone(
    state: Path, tmp_path: Path
) -> None:
    kept = await KeptKernel(tmp_path / "a.ipynb").ready()
    kernel, keeper = await kept.kernel_pid(), kept.keeper_pid()
    run = kept.session.run(DEAF)
    await kept.recorder.printed(run, "on")
    kept.session.shutdown()
    await kept.session.close()
    until(lambda: is_over(keeper), "the keeper has ended")
    assert is_over(kernel)


def test_a_kernel_ends_whose_frontend_went_before_it_attached(state: Path, tmp_path: Path) -> None:
    home, connection = reach_notebook(tmp_path / "a.ipynb", python().launch(str(tmp_path)).to_json())
    until(lambda: read_meta(home).kernel_pid > 0, "the kernel's process")
    meta = read_meta(home)
    connection.close()
    until(lambda: is_over(meta.keeper_pid), "the keeper has ended")
    assert is_over(meta.kernel_pid)
    assert not home.exists()
