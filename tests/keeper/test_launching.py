"""Kernels on servers as a keeper makes them, and takes over those of an earlier one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hearing import Ear
from kernelbridge.keeper.errors import LaunchError
from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.keeper.kernels import Kernel
from kernelbridge.keeper.launches import LocalLaunch, ServerLaunch
from kernelbridge.keeper.launching import Launching, resume_of
from kernelbridge.keeper.server.serverkernel import ServerKernel
from scriptedserver import KERNEL_ID, ScriptedServer, scripted_server

TOKEN = "a-secret-of-this-test"


class Lines:
    """Who was told of which kernel's line."""

    def __init__(self) -> None:
        self.told: list[tuple[Kernel, str | None]] = []

    def __call__(self, kernel: Kernel, problem: str | None) -> None:
        self.told.append((kernel, problem))


def launching(folder: Path, lines: Lines | None = None) -> Launching:
    return Launching(folder, folder / "log", "session", lines or Lines())


def launch(server: ScriptedServer) -> ServerLaunch:
    return ServerLaunch(server.url, TOKEN, "python3")


async def test_it_is_called_by_its_name_and_its_server_and_the_token_is_not_kept(tmp_path: Path) -> None:
    async with scripted_server() as server:
        launched = launching(tmp_path).make(launch(server).to_json())
        assert launched.described == {"kind": "server", "name": "python3", "environment": "127.0.0.1"}
        assert resume_of(launched.kernel) is None
        await launched.kernel.start(Ear())
        kept = resume_of(launched.kernel)
        assert kept is not None
        assert (kept["kernel_id"], kept["url"]) == (KERNEL_ID, server.url)
        assert TOKEN not in json.dumps([kept, launched.described])
        await launched.kernel.shutdown()
        assert resume_of(launched.kernel) is None


async def test_the_next_keeper_goes_on_with_the_kernel_and_the_token_of_its_order(tmp_path: Path) -> None:
    async with scripted_server() as server:
        first = launching(tmp_path).make(launch(server).to_json())
        await first.kernel.start(Ear())
        kept = resume_of(first.kernel)
        assert kept is not None
        assert isinstance(first.kernel, ServerKernel)
        first.kernel.leave()
        server.requests.clear()
        again = launching(tmp_path).adopt(kept, {**first.described, "resume": kept}, launch(server).to_json())
        assert again.described == first.described
        await again.kernel.start(Ear())
        assert server.asked("POST", "/api/kernels") == 0
        assert all(headers["Authorization"] == f"token {TOKEN}" for _, _, headers in server.requests)
        await again.kernel.shutdown()


@pytest.mark.parametrize(
    "wanted",
    [None, ServerLaunch("https://other/", TOKEN).to_json(), LocalLaunch("python3", ("python",)).to_json()],
)
def test_without_the_token_of_its_server_it_is_not_taken_over(
    tmp_path: Path, wanted: JsonObject | None
) -> None:
    kept: JsonObject = {"kind": "server", "url": "https://hub/", "kernel_id": KERNEL_ID}
    with pytest.raises(LaunchError, match="the kernel on https://hub/ needs its server to be named"):
        launching(tmp_path).adopt(kept, {}, wanted)


async def test_that_the_server_is_away_is_told_of_its_kernel(tmp_path: Path) -> None:
    lines, ear = Lines(), Ear()
    async with scripted_server() as server:
        kernel = launching(tmp_path, lines).make(launch(server).to_json()).kernel
        await kernel.start(ear)
        await server.until(lambda: bool(server.sockets))
        server.refuses_sockets = 503
        server.sockets[0].drop()
        await server.until(lambda: bool(lines.told))
        server.refuses_sockets = None
        await server.until(lambda: lines.told[-1][1] is None)
        assert lines.told[0][0] is kernel
        assert lines.told[0][1] is not None
        await kernel.shutdown()
