"""What a server lists, against one of a few lines. tests/keeper/test_realservers.py has the real ones."""

from __future__ import annotations

import pytest

from kernelbridge.keeper.errors import ServerError, UnreachableError
from kernelbridge.servers import ListedKernel, ServerSpec, list_server
from scriptedserver import KERNEL_ID, MODEL, Reply, ScriptedServer, scripted_server

TOKEN = "a-secret-of-this-test"
SPECS = {
    "default": "python3",
    "kernelspecs": {
        "ir": {"name": "ir", "spec": {"display_name": "R", "language": "R"}},
        "python3": {"name": "python3", "spec": {"display_name": "Python 3", "language": "python"}},
        "odd": 1,
    },
}


def with_specs(server: ScriptedServer) -> None:
    server.replies["GET", "/api/kernelspecs"] = Reply(200, SPECS)


async def test_kernels_are_listed_with_their_notebooks_and_specs_with_the_default_first() -> None:
    async with scripted_server() as server:
        with_specs(server)
        server.replies["GET", "/api/kernels"] = Reply(200, [MODEL, {"id": "../x"}, 1])
        server.replies["GET", "/api/sessions"] = Reply(200, [{"id": "s", "path": "a.ipynb", "kernel": MODEL}])
        listing = await list_server(server.url, TOKEN)
        assert listing.specs == (
            ServerSpec("python3", "Python 3", "python", is_default=True),
            ServerSpec("odd", "odd", "", is_default=False),
            ServerSpec("ir", "R", "R", is_default=False),
        )
        assert listing.kernels == (ListedKernel(KERNEL_ID, "python3", "busy", 0, ("a.ipynb",)),)
        assert {headers["Authorization"] for _, _, headers in server.requests} == {f"token {TOKEN}"}


async def test_a_server_that_hides_its_kernels_is_listed_without() -> None:
    async with scripted_server() as server:
        with_specs(server)
        server.replies["GET", "/api/kernels"] = Reply(403)
        assert (await list_server(server.url, TOKEN)).hides_kernels


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_redirect_to_another_server_does_not_get_the_token(status: int) -> None:
    async with scripted_server() as server, scripted_server() as other:
        server.replies["GET", "/api/kernelspecs"] = Reply(status, headers={"Location": f"{other.url}x"})
        with pytest.raises(ServerError, match="redirects to another server") as raised:
            await list_server(server.url, TOKEN)
        assert other.requests == []
        assert TOKEN not in str(raised.value)


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(403), "does not take the token"),
        (Reply(404), "is it the URL"),
        (Reply(200, "<html>"), "does not answer as a Jupyter Server"),
        (Reply(200, {"kernelspecs": []}), "does not answer as a Jupyter Server"),
    ],
)
async def test_a_server_that_refuses_or_is_none_is_one_line(reply: Reply, said: str) -> None:
    async with scripted_server() as server:
        server.replies["GET", "/api/kernelspecs"] = reply
        with pytest.raises(ServerError, match=said):
            await list_server(server.url, TOKEN)


async def test_a_server_that_is_not_there_is_one_line() -> None:
    async with scripted_server() as server:
        url = server.url
    with pytest.raises(UnreachableError, match="cannot be reached: Connection refused"):
        await list_server(url, TOKEN)
