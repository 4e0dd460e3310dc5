"""A kernel on a server that fails on cue. tests/keeper/test_realservers.py has the real ones."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from hearing import Ear, execute
from kernelbridge.keeper.errors import LaunchError, ServerError, UnreachableError
from kernelbridge.keeper.kernels import Channel, Request
from kernelbridge.keeper.launches import ServerLaunch, launch_from_json
from kernelbridge.keeper.server.serverkernel import ServerKernel
from kernelbridge.keeper.wire import WireMessage
from scriptedserver import KERNEL_ID, MODEL, Channels, Reply, ScriptedServer, scripted_server

TOKEN = "a-secret-of-this-test"
SESSION = "our session/1"
LOOK = ("GET", f"/api/kernels/{KERNEL_ID}")


class Client:
    """A kernel on a scripted server, and what it tells."""

    def __init__(self, server: ScriptedServer, **fields: str) -> None:
        self.server = server
        self.ear = Ear()
        self.kernel = ServerKernel(ServerLaunch(server.url, TOKEN, **fields), SESSION, self.ear.line_changed)

    @property
    def channels(self) -> Channels:
        return self.server.sockets[-1]

    async def running(self) -> WireMessage:
        """The request of a run that has printed `one`."""
        channels, run = self.channels, execute(self.kernel, "print")
        await self.server.until(lambda: bool(channels.received))
        request = channels.received[-1][1]
        channels.say(Channel.IOPUB, self.server.kernel.state("busy", request))
        channels.say(Channel.SHELL, self.server.kernel.says("other_reply", {}))
        channels.say(Channel.IOPUB, self.server.kernel.prints("one\n", request))
        await self.ear.until(lambda: self.ear.text(run) == "one\n")
        return request

    async def back(self) -> Channels:
        """The websocket that comes after the present one was dropped."""
        count = len(self.server.sockets)
        self.channels.drop()
        await self.server.until(lambda: len(self.server.sockets) > count)
        return self.channels

    def finish(self, request: WireMessage, channels: Channels) -> None:
        kernel = self.server.kernel
        channels.say(Channel.SHELL, kernel.says("execute_reply", {"status": "ok"}, request))
        channels.say(Channel.IOPUB, kernel.state("idle", request))


@asynccontextmanager
async def client(*, is_binary: bool = True, **fields: str) -> AsyncIterator[Client]:
    async with scripted_server(is_binary=is_binary) as server:
        made = Client(server, **fields)
        await made.kernel.start(made.ear)
        await server.until(lambda: bool(server.sockets))
        try:
            yield made
        finally:
            await made.kernel.shutdown()


@pytest.mark.parametrize("is_binary", [True, False])
async def test_a_server_of_either_protocol_is_spoken_with(is_binary: bool) -> None:
    async with client(is_binary=is_binary) as it:
        kernel, ear, server = it.kernel, it.ear, it.server
        sent = kernel.send(
            Channel.SHELL, Request("comm_msg", {"é": "\ud800"}, {"m": 1}, (b"\0one", b"")), {"msg_id": "p"}
        )
        await server.until(lambda: bool(it.channels.received))
        channel, message = it.channels.received[0]
        assert (channel, message.id, message.kind) == (Channel.SHELL, sent, "comm_msg")
        assert (message.content, message.metadata, message.buffers) == (
            {"é": "\ud800"},
            {"m": 1},
            (b"\0one", b""),
        )
        assert message.parent_id == "p"
        said = WireMessage(
            {"msg_id": "x", "msg_type": "comm_msg"}, message.header, {}, {"ü": 1}, (b"two", b"\xff")
        )
        it.channels.say(Channel.IOPUB, said)
        await ear.until(lambda: bool(ear.heard_messages))
        assert ear.heard_messages == [(Channel.IOPUB, said)]


async def test_garbage_is_dropped_and_the_line_goes_on() -> None:
    async with client() as it:
        for garbage in (b"", b"\0", b"\xff" * 64, b"\x06" + b"\0" * 7 + b"\xff" * 48, b"{}"):
            it.channels.blurt(garbage)
        it.channels.say(Channel.IOPUB, it.server.kernel.state("idle"))
        await it.ear.until(lambda: len(it.ear.heard_messages) == 1)
        assert not it.ear.problems


async def test_after_a_break_the_same_session_comes_back_and_a_full_replay_is_no_gap() -> None:
    async with client() as it:
        request = await it.running()
        kernel = it.server.kernel

        def replay(channels: Channels) -> None:
            channels.say(Channel.IOPUB, kernel.prints("two\n", request))
            it.finish(request, channels)

        it.server.on_connect = replay
        await it.back()
        await it.ear.until(lambda: it.ear.is_over(request.id))
        assert it.ear.text(request.id) == "one\ntwo\n"
        assert it.ear.gaps == []
        assert {each.session_id for each in it.server.sockets} == {SESSION}


async def test_what_comes_out_of_order_is_no_gap() -> None:
    async with client() as it:
        request = await it.running()
        two, three = (it.server.kernel.prints(text, request) for text in ("two\n", "three\n"))

        def replay(channels: Channels) -> None:
            channels.say(Channel.IOPUB, three)
            channels.say(Channel.IOPUB, two)

        it.server.on_connect = replay
        await it.back()
        await it.ear.until(lambda: it.ear.text(request.id) == "one\nthree\ntwo\n")
        assert it.ear.gaps == []


async def test_a_message_that_was_lost_is_a_gap_before_what_came_after_it() -> None:
    async with client() as it:
        request = await it.running()
        it.server.kernel.prints("lost\n", request)
        it.server.on_connect = lambda channels: channels.say(
            Channel.IOPUB, it.server.kernel.prints("two\n", request)
        )
        texts: list[str] = []
        note, it.ear.missed = (
            it.ear.missed,
            lambda *gap: (texts.append(it.ear.text(request.id)), note(*gap))[1],
        )
        await it.back()
        await it.ear.until(lambda: it.ear.text(request.id) == "one\ntwo\n")
        assert texts == ["one\n"]
        ((since, until, dropped),) = it.ear.gaps
        assert since <= until
        assert dropped is None


async def test_an_answer_that_overtook_what_was_lost_does_not_hide_the_gap() -> None:
    """A run's reply, on shell, may come before what the run printed, and then the line breaks between."""
    async with client() as it:
        request, kernel = await it.running(), it.server.kernel
        kernel.prints("lost\n", request)
        two = kernel.prints("two\n", request)
        it.channels.say(Channel.SHELL, kernel.says("execute_reply", {"status": "ok"}, request))
        await it.ear.until(lambda: bool(it.ear.of(request.id, "execute_reply")))

        def replay(channels: Channels) -> None:
            channels.say(Channel.IOPUB, two)
            channels.say(Channel.IOPUB, kernel.state("idle", request))

        it.server.on_connect = replay
        await it.back()
        await it.ear.until(lambda: it.ear.is_over(request.id))
        assert it.ear.text(request.id) == "one\ntwo\n"
        assert len(it.ear.gaps) == 1


async def test_an_answer_that_overtook_what_comes_in_the_replay_is_no_gap() -> None:
    async with client() as it:
        request, kernel = await it.running(), it.server.kernel
        two = kernel.prints("two\n", request)
        it.channels.say(Channel.SHELL, kernel.says("execute_reply", {"status": "ok"}, request))
        await it.ear.until(lambda: bool(it.ear.of(request.id, "execute_reply")))

        def replay(channels: Channels) -> None:
            channels.say(Channel.IOPUB, two)
            channels.say(Channel.IOPUB, kernel.state("idle", request))
            kernel.count += 5  # the server asks an idle kernel for itself

        it.server.on_connect = replay
        await it.back()
        await it.ear.until(lambda: it.ear.is_over(request.id))
        assert it.ear.text(request.id) == "one\ntwo\n"
        assert it.ear.gaps == []


async def test_a_kernel_that_numbers_nothing_leaves_it_open_what_was_lost() -> None:
    async with client() as it:
        it.server.kernel.is_numbered = False
        request = await it.running()
        await it.back()
        await it.ear.until(lambda: len(it.ear.gaps) == 1)
        it.finish(request, it.channels)
        await it.ear.until(lambda: it.ear.is_over(request.id))


async def test_a_kernel_that_does_not_answer_while_busy_holds_nothing_up() -> None:
    async with client() as it:
        request = await it.running()
        it.server.answers_marker = False
        it.server.on_connect = lambda channels: channels.say(
            Channel.IOPUB, it.server.kernel.prints("two\n", request)
        )
        await it.back()
        await it.ear.until(lambda: it.ear.text(request.id) == "one\ntwo\n")
        assert it.ear.gaps == []


async def test_a_break_while_nothing_runs_is_no_gap() -> None:
    async with client() as it:
        await it.back()
        it.channels.say(Channel.IOPUB, it.server.kernel.prints("late\n", WireMessage({})))
        await it.ear.until(lambda: bool(it.ear.heard_messages))
        assert it.ear.gaps == []


async def test_what_is_asked_while_the_line_is_down_arrives_once_and_in_order() -> None:
    async with client() as it:
        it.server.refuses_sockets = 503
        it.channels.drop()
        await it.ear.until(lambda: bool(it.ear.problems))
        first, second = execute(it.kernel, "1"), execute(it.kernel, "2")
        asked = it.kernel.send(Channel.SHELL, Request("complete_request", {}))
        it.server.refuses_sockets = None
        await it.server.until(lambda: len(it.server.sockets) == 2 and len(it.channels.received) == 4)
        shell = [message.id for channel, message in it.channels.received if channel is Channel.SHELL]
        assert sorted(shell) == sorted((first, second, asked))
        assert shell.index(first) < shell.index(second)
        assert "answers 503" in str(it.ear.problems[0])
        assert it.ear.problems[-1] is None
        assert it.ear.gaps == []


async def test_a_question_whose_answer_was_lost_is_asked_again() -> None:
    async with client() as it:
        asked = it.kernel.send(Channel.SHELL, Request("kernel_info_request", {}))
        await it.server.until(lambda: bool(it.channels.received))
        channels = await it.back()
        await it.server.until(lambda: asked in [message.id for _, message in channels.received])


async def test_a_run_that_may_never_have_arrived_is_a_gap() -> None:
    """Only asking the kernel tells whether it knows of it, and that is the executor's business."""
    async with client() as it:
        execute(it.kernel, "print")
        await it.server.until(lambda: bool(it.channels.received))
        await it.back()
        await it.ear.until(lambda: len(it.ear.gaps) == 1)


async def test_an_interrupt_that_finds_no_server_is_made_up_for() -> None:
    path = f"/api/kernels/{KERNEL_ID}/interrupt"
    async with client() as it:
        await it.running()
        it.server.replies["POST", path] = lambda: (it.server.sockets[-1].drop(), Reply(204))[1]
        await it.kernel.interrupt()
        await it.server.until(lambda: it.server.asked("POST", path) == 1)


@pytest.mark.parametrize("rate", ["message", "data"])
async def test_what_the_server_drops_is_told_and_counted(rate: str) -> None:
    async with client() as it:
        request = await it.running()
        notice = f"IOPub {rate} rate exceeded.\nThe Jupyter server will temporarily stop sending output\n"
        it.channels.server_says("stream", {"name": "stderr", "text": notice}, request)
        for _ in range(7):
            it.server.kernel.prints("dropped\n", request)
        it.channels.say(Channel.IOPUB, it.server.kernel.prints("again\n", request))
        await it.ear.until(lambda: it.ear.text(request.id) == "one\nagain\n")
        assert it.ear.text(request.id, "stderr") == notice
        ((since, until, dropped),) = it.ear.gaps
        assert since <= until
        assert dropped == 7


async def test_code_that_prints_what_servers_say_is_not_taken_for_one() -> None:
    async with client() as it:
        request = await it.running()
        it.channels.say(Channel.IOPUB, it.server.kernel.prints("IOPub message rate exceeded.\n", request))
        it.channels.say(Channel.IOPUB, it.server.kernel.prints("end\n", request))
        await it.ear.until(lambda: it.ear.text(request.id).endswith("end\n"))
        assert it.ear.gaps == []


@pytest.mark.parametrize(("state", "said"), [("dead", "it died"), ("restarting", "started another")])
async def test_a_death_that_the_server_tells_of_is_one(state: str, said: str) -> None:
    async with client() as it:
        it.channels.server_says("status", {"execution_state": state})
        await it.ear.until(lambda: bool(it.ear.deaths))
        assert said in it.ear.deaths[0].reason
        await it.kernel.restart()
        assert it.server.asked("POST", f"/api/kernels/{KERNEL_ID}/restart") == (1 if state == "dead" else 0)
        await it.server.until(lambda: len(it.server.sockets) == 2)
        it.channels.say(Channel.IOPUB, it.server.kernel.state("idle"))
        await it.ear.until(lambda: bool(it.ear.heard_messages))


async def test_a_kernel_that_answers_before_it_says_that_it_starts_lives() -> None:
    """ipykernel's control thread does, and a server asks there."""
    async with client() as it:
        asked = WireMessage({"msg_id": "a", "msg_type": "kernel_info_request"})
        for state in ("busy", "idle"):
            it.channels.say(Channel.IOPUB, it.server.kernel.state(state, asked))
        it.channels.say(Channel.IOPUB, it.server.kernel.state("starting"))
        await it.ear.until(lambda: len(it.ear.heard_messages) == 3)
        assert not it.ear.deaths


async def test_what_a_thread_says_ahead_of_the_others_does_not_count_as_dropped() -> None:
    async with client() as it:
        request = await it.running()
        notice = "IOPub message rate exceeded.\n"
        it.channels.server_says("stream", {"name": "stderr", "text": notice}, request)
        it.server.kernel.prints("dropped\n", request)
        later = [it.server.kernel.prints(f"{number}\n", request) for number in range(5)]
        asked = WireMessage({"msg_id": "a", "msg_type": "kernel_info_request"})
        it.channels.say(Channel.IOPUB, it.server.kernel.state("idle", asked))
        for message in later:
            it.channels.say(Channel.IOPUB, message)
        await it.ear.until(lambda: it.ear.text(request.id).endswith("4\n"))
        assert [dropped for _, _, dropped in it.ear.gaps] == [1]


@pytest.mark.parametrize("sign", ["starting", "process"])
async def test_a_kernel_that_somebody_else_starts_anew_has_died(sign: str) -> None:
    async with client() as it:
        await it.running()
        if sign == "process":
            it.server.kernel.process = "kernelsession_78"
        it.channels.say(Channel.IOPUB, it.server.kernel.state("starting" if sign == "starting" else "idle"))
        await it.ear.until(lambda: bool(it.ear.deaths))
        assert "started anew" in it.ear.deaths[0].reason


async def test_a_kernel_that_the_server_does_not_have_any_more_has_died() -> None:
    async with client() as it:
        it.server.replies[LOOK] = Reply(404, {"message": "Kernel does not exist"})
        it.channels.drop()
        await it.ear.until(lambda: bool(it.ear.deaths))
        assert "does not have the kernel" in it.ear.deaths[0].reason
        execute(it.kernel, "nothing is sent")
        it.server.replies["POST", f"/api/kernels/{KERNEL_ID}/restart"] = Reply(404)
        await it.kernel.restart()
        assert it.server.asked("POST", "/api/kernels") == 2
        assert not it.channels.received


async def test_a_proxy_that_knows_nothing_of_the_kernel_is_no_death() -> None:
    async with client() as it:
        it.server.replies["GET", "/api"] = Reply(404, "<html>")
        it.server.replies[LOOK] = Reply(404, "<html>")
        it.channels.drop()
        await it.ear.until(lambda: len(it.ear.problems) == 2)
        it.server.replies[LOOK] = Reply(200, MODEL)
        await it.ear.until(lambda: it.ear.problems[-1] is None)
        assert not it.ear.deaths


async def test_a_token_that_is_not_taken_any_more_ends_the_trying() -> None:
    async with client() as it:
        it.server.replies[LOOK] = Reply(403, {"message": "Forbidden"})
        it.channels.drop()
        await it.ear.until(lambda: bool(it.ear.deaths))
        assert "does not take the token" in it.ear.deaths[0].reason
        assert "may still run" in it.ear.deaths[0].reason
        assert it.server.asked(*LOOK) == 3


async def test_the_token_is_in_a_header_and_nowhere_else() -> None:
    async with client(name="python3") as it:
        await it.back()
        assert {headers["Authorization"] for _, _, headers in it.server.requests} == {f"token {TOKEN}"}
        assert not any(TOKEN in path for _, path, _ in it.server.requests)
        assert TOKEN not in json.dumps(it.kernel.state())
        assert TOKEN not in repr(it.kernel)
        assert TOKEN not in repr(ServerLaunch("https://h", TOKEN))


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_redirect_to_another_server_does_not_get_the_token(status: int) -> None:
    async with scripted_server() as server, scripted_server() as other:
        server.replies["POST", "/api/kernels"] = Reply(
            status, headers={"Location": f"{other.url}api/kernels"}
        )
        with pytest.raises(ServerError, match="redirects to another server") as raised:
            await Client(server).kernel.start(Ear())
        assert other.requests == []
        assert TOKEN not in str(raised.value)


async def test_a_redirect_within_the_server_is_followed() -> None:
    async with scripted_server() as server:
        server.replies[LOOK] = Reply(302, headers={"Location": "/moved"})
        server.replies["GET", "/moved"] = Reply(200, MODEL)
        it = Client(server, kernel_id=KERNEL_ID)
        await it.kernel.start(it.ear)
        await it.kernel.shutdown()
        assert server.asked("GET", "/moved") == 1
        server.replies["GET", "/moved"] = Reply(302, headers={"Location": "/moved"})
        with pytest.raises(ServerError, match="redirects"):
            await it.kernel.start(it.ear)


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(403, {"message": "For\x1b[31mbidden"}), r"does not take the token \(For \[31mbidden\)"),
        (Reply(401), "does not take the token"),
        (Reply(500, {"message": "x" * 5000}), r"answers 500 \(x{200}\)$"),
        (Reply(200, "<html>"), "did not say which kernel"),
        (Reply(200, {"id": "../../x"}), "did not say which kernel"),
        (Reply(200, []), "did not say which kernel"),
    ],
)
async def test_a_server_that_refuses_or_is_none_is_one_line(reply: Reply, said: str) -> None:
    async with scripted_server() as server:
        server.replies["POST", "/api/kernels"] = reply
        with pytest.raises(LaunchError, match=said) as raised:
            await Client(server).kernel.start(Ear())
        assert str(raised.value).isprintable()


async def test_a_server_that_is_not_there_is_one_line() -> None:
    async with scripted_server() as server:
        url = server.url
    with pytest.raises(UnreachableError, match="cannot be reached: Connection refused"):
        await ServerKernel(ServerLaunch(url, TOKEN), SESSION).start(Ear())


async def test_a_socket_that_is_refused_is_one_line() -> None:
    async with scripted_server() as server:
        server.refuses_sockets = 403
        with pytest.raises(LaunchError, match="does not take the token"):
            await Client(server).kernel.start(Ear())


async def test_a_notebook_that_is_open_elsewhere_shares_its_kernel_and_leaves_it_alone() -> None:
    async with scripted_server() as server:
        session = {"id": "s-1", "path": "a b.ipynb", "type": "notebook", "kernel": MODEL}
        server.replies["GET", "/api/sessions"] = Reply(200, [session])
        it = Client(server, name="python3", path="a b.ipynb")
        await it.kernel.start(it.ear)
        assert it.kernel.kernel_id == KERNEL_ID
        await it.kernel.shutdown()
        assert not any(method in ("POST", "DELETE") for method, _, _ in server.requests)


async def test_a_notebook_gets_a_session_where_there_are_some_and_it_ends_with_its_kernel() -> None:
    async with scripted_server() as server:
        session = {"id": "s-1", "path": "a.ipynb", "type": "notebook", "kernel": MODEL}
        server.replies["GET", "/api/sessions"] = Reply(200, [])
        server.replies["POST", "/api/sessions"] = Reply(201, session)
        server.replies["DELETE", "/api/sessions/s-1"] = Reply(204)
        it = Client(server, name="python3", path="a.ipynb")
        await it.kernel.start(it.ear)
        assert it.kernel.state()["session_id"] == "s-1"
        await it.kernel.shutdown()
        assert server.asked("DELETE", "/api/sessions/s-1") == 1


async def test_a_kernel_that_was_named_by_its_id_is_left_alone() -> None:
    async with client(kernel_id=KERNEL_ID) as it:
        await it.kernel.shutdown()
        assert not any(method == "DELETE" for method, _, _ in it.server.requests)


async def test_a_later_keeper_comes_in_the_same_name() -> None:
    async with client(name="python3") as it:
        state = json.loads(json.dumps(it.kernel.state()))
        it.kernel.leave()
        later, ear = ServerKernel.adopt(state, SESSION, TOKEN), Ear()
        await later.start(ear)
        assert [each.session_id for each in it.server.sockets] == [SESSION, SESSION]
        await later.shutdown()
        assert it.server.asked("DELETE", f"/api/kernels/{KERNEL_ID}") == 1
        with pytest.raises(LaunchError, match="no kernel"):
            ServerKernel.adopt(later.state(), SESSION, TOKEN)


async def test_a_kernel_that_was_restarted_is_connected_to_in_another_name_also_by_a_later_keeper() -> None:
    async with client(name="python3") as it:
        it.server.replies["POST", f"/api/kernels/{KERNEL_ID}/restart"] = Reply(200, MODEL)
        await it.kernel.restart()
        state = json.loads(json.dumps(it.kernel.state()))
        it.kernel.leave()
        later, ear = ServerKernel.adopt(state, SESSION, TOKEN), Ear()
        await later.start(ear)
        first, *others = (each.session_id for each in it.server.sockets)
        assert first == SESSION
        assert len(others) == 2
        assert {SESSION, *others} == {SESSION, others[0]} != {SESSION}
        await later.shutdown()


async def test_a_start_that_nobody_waits_for_any_more_leaves_nothing_open() -> None:
    async with scripted_server() as server:
        asked = asyncio.Event()
        server.replies["POST", "/api/kernels"] = lambda: (asked.set(), Reply(201, MODEL))[1]
        start = asyncio.ensure_future((it := Client(server)).kernel.start(it.ear))
        await asked.wait()
        start.cancel()
        with pytest.raises(asyncio.CancelledError):
            await start
        await it.kernel.shutdown()


def test_a_launch_goes_through_a_frame_unchanged() -> None:
    launch = ServerLaunch("http://h/", TOKEN, "python3", "k", "a.ipynb", allow_plain=True)
    assert launch_from_json(launch.to_json()) == launch
    assert launch_from_json({"kind": "server", "url": "u", "allow_plain": 1}) == ServerLaunch("u")
