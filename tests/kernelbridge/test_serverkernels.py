"""What configured servers have, as a list to choose from: whoever does not answer holds nobody up."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

from kernelbridge.foundkernels import KernelOnServer
from kernelbridge.serverkernels import kernels_on_servers
from kernelbridge.servertokens import find_token
from scriptedserver import KERNEL_ID, MODEL, Reply, scripted_server

SPECS = {
    "default": "python3",
    "kernelspecs": {"python3": {"spec": {"display_name": "Python 3", "language": "python"}}},
}


def configure(folder: Path, *servers: str) -> None:
    file = folder / "servers.toml"
    file.touch(mode=0o600)
    file.write_text("\n".join(f"[[server]]\n{server}" for server in servers))


async def listed(folder: Path, patience: float = 20) -> tuple[KernelOnServer, ...]:
    return await asyncio.to_thread(
        kernels_on_servers, folder, lambda url: find_token(url, {}, folder), patience
    )


async def test_running_kernels_come_before_new_ones_and_the_token_is_sent(tmp_path: Path) -> None:
    async with scripted_server() as server:
        server.replies["GET", "/api/kernelspecs"] = Reply(200, SPECS)
        server.replies["GET", "/api/kernels"] = Reply(200, [MODEL])
        server.replies["GET", "/api/sessions"] = Reply(200, [{"id": "s", "path": "a.ipynb", "kernel": MODEL}])
        configure(tmp_path, f'url = "{server.url}"\nname = "lab"\ntoken = "secret"')
        assert await listed(tmp_path) == (
            KernelOnServer(
                "lab", server.url, "python3", "Python 3", "python", KERNEL_ID, state="busy, a.ipynb"
            ),
            KernelOnServer("lab", server.url, "python3", "Python 3", "python"),
        )
        assert {headers["Authorization"] for _, _, headers in server.requests} == {"token secret"}


async def test_one_that_does_not_answer_is_listed_with_its_problem(tmp_path: Path) -> None:
    async with scripted_server() as server:
        server.replies["GET", "/api/kernelspecs"] = Reply(403)
        with socket.create_server(("127.0.0.1", 0)) as silent:
            port = silent.getsockname()[1]
            configure(
                tmp_path,
                f'url = "http://127.0.0.1:{port}"\nname = "silent"',
                f'url = "{server.url}"\nname = "lab"',
            )
            first, second = await listed(tmp_path, 2)
        assert first.server == "silent"
        assert first.problem
        assert (second.server, second.problem) == ("lab", f"{server.url} does not take the token")


def test_a_file_that_others_may_read_is_a_problem_and_no_file_is_none(tmp_path: Path) -> None:
    assert kernels_on_servers(tmp_path, lambda _url: None) == ()
    configure(tmp_path, 'url = "https://hub/"')
    (tmp_path / "servers.toml").chmod(0o644)
    (only,) = kernels_on_servers(tmp_path, lambda _url: None)
    assert "chmod 600" in only.problem
