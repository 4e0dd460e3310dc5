"""What is asked of a server, and of a person, before the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from kernelbridge.keeper.errors import ServerError
from kernelbridge.outputs import JsonObject
from scriptedserver import Reply, ScriptedServer, scripted_server
from tui.cli.server import checked
from tui.options import ServerChoice

SPECS = {
    "default": "python3",
    "kernelspecs": {
        "ir": {"spec": {"display_name": "R", "language": "R"}},
        "python3": {"spec": {"display_name": "Python 3", "language": "python"}},
    },
}
R: JsonObject = {"kernelspec": {"name": "ir"}}


def wants(server: ScriptedServer, token: str) -> None:
    def reply() -> Reply:
        given = server.requests[-1][2].get("Authorization")
        return Reply(200, SPECS) if given == f"token {token}" else Reply(403)

    server.replies["GET", "/api/kernelspecs"] = reply


async def ask(
    choice: ServerChoice, metadata: JsonObject | None = None, answer: Callable[[str], str] | None = None
) -> ServerChoice:
    def nobody(_prompt: str) -> str:
        raise AssertionError("nobody is to be asked")

    return await asyncio.to_thread(checked, choice, Path("a.ipynb"), metadata or {}, answer or nobody)


async def test_the_kernel_is_the_one_that_was_said_or_the_notebook_s_or_the_server_s_own() -> None:
    async with scripted_server() as server:
        server.replies["GET", "/api/kernelspecs"] = Reply(200, SPECS)
        assert (await ask(ServerChoice(server.url), R)).name == "ir"
        assert (await ask(ServerChoice(server.url, "python3"), R)).name == "python3"
        assert (await ask(ServerChoice(server.url), {"kernelspec": {"name": "julia"}})).name == "python3"
        with pytest.raises(ServerError, match="has no kernel julia; there are: python3, ir"):
            await ask(ServerChoice(server.url, "julia"))


async def test_a_token_is_taken_from_the_environment_and_nobody_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TNB_SERVER_TOKEN", "secret")
    async with scripted_server() as server:
        wants(server, "secret")
        assert (await ask(ServerChoice(server.url))).token == "secret"


async def test_one_that_is_refused_is_told_by_where_it_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_TOKEN", "secret")
    async with scripted_server() as server:
        wants(server, "another")
        with pytest.raises(ServerError, match="does not take the token; it is the one of JUPYTER_TOKEN"):
            await ask(ServerChoice(server.url))


async def test_a_person_is_asked_once_where_there_is_none() -> None:
    asked: list[str] = []

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return " typed "

    async with scripted_server() as server:
        wants(server, "typed")
        assert (await ask(ServerChoice(server.url), None, answer)).token == "typed"
        assert asked == [f"Token for {server.url}: "]
        wants(server, "another")
        with pytest.raises(ServerError, match="does not take the token"):
            await ask(ServerChoice(server.url), None, answer)
        assert len(asked) == 2


@pytest.mark.parametrize("is_end", [True, False])
async def test_an_empty_answer_is_no_token(is_end: bool) -> None:
    def answer(_prompt: str) -> str:
        if is_end:
            raise EOFError
        return ""

    async with scripted_server() as server:
        wants(server, "secret")
        with pytest.raises(ServerError, match="wants a token: TNB_SERVER_TOKEN or servers"):
            await ask(ServerChoice(server.url), None, answer)
        assert len(server.requests) == 1


async def test_a_server_that_is_not_there_or_not_encrypted_is_refused() -> None:
    with pytest.raises(ServerError, match="cannot be reached: Connection refused"):
        await ask(ServerChoice("http://127.0.0.1:1/"))
    with pytest.raises(ServerError, match="is not encrypted"):
        await ask(ServerChoice("http://hub.example.org/"))
