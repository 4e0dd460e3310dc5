"""A Jupyter Server of a few lines, which fails on cue; tornado's, as the real one is."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketHandler

from kernelbridge.keeper.kernels import Channel
from kernelbridge.keeper.server.serverframes import V1, pack, unpack
from kernelbridge.keeper.wire import WireMessage

KERNEL_ID = "0123-kernel"
MODEL = {"id": KERNEL_ID, "name": "python3", "execution_state": "busy", "connections": 0}


@dataclass
class Reply:
    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


class ScriptedKernel:
    """Numbers its messages, as kernels built on jupyter_client do."""

    def __init__(self) -> None:
        self.count = 0
        self.process = "kernelsession_77"
        self.is_numbered = True

    def says(self, kind: str, content: dict[str, Any], parent: WireMessage | None = None) -> WireMessage:
        number, self.count = self.count, self.count + 1
        message_id = f"{self.process}_{number}" if self.is_numbered else secrets.token_hex(8)
        header = {
            "msg_id": message_id,
            "msg_type": kind,
            "session": "kernelsession",
            "date": "2026-01-01T00:00:00Z",
        }
        return WireMessage(header, parent.header if parent else {}, {}, content)

    def prints(self, text: str, parent: WireMessage) -> WireMessage:
        return self.says("stream", {"name": "stdout", "text": text}, parent)

    def state(self, state: str, parent: WireMessage | None = None) -> WireMessage:
        return self.says("status", {"execution_state": state}, parent)


class ScriptedServer:
    def __init__(self, *, is_binary: bool = True) -> None:
        self.is_binary = is_binary
        self.kernel = ScriptedKernel()
        self.answers_marker = True
        self.requests: list[tuple[str, str, dict[str, str]]] = []
        self.replies: dict[tuple[str, str], Reply | Callable[[], Reply]] = {
            ("GET", "/api"): Reply(body={"version": "2"}),
            ("GET", "/api/sessions"): Reply(404),
            ("POST", "/api/kernels"): Reply(201, MODEL),
            ("GET", f"/api/kernels/{KERNEL_ID}"): Reply(200, MODEL),
            ("DELETE", f"/api/kernels/{KERNEL_ID}"): Reply(204),
            ("POST", f"/api/kernels/{KERNEL_ID}/restart"): Reply(200, MODEL),
            ("POST", f"/api/kernels/{KERNEL_ID}/interrupt"): Reply(204),
        }
        self.refuses_sockets: int | None = None
        self.sockets: list[Channels] = []
        self.on_connect: Callable[[Channels], None] = lambda _channels: None
        self.changed = asyncio.Event()
        self.url = ""

    def note(self) -> None:
        self.changed.set()

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(30):
            while not holds():
                self.changed.clear()
                await self.changed.wait()

    def asked(self, method: str, path: str) -> int:
        return sum(each[:2] == (method, path) for each in self.requests)


class Channels(WebSocketHandler):
    """A websocket of a client."""

    def initialize(self, server: ScriptedServer) -> None:
        self.server = server
        self.received: list[tuple[Channel, WireMessage]] = []
        self.session_id = ""

    async def prepare(self) -> None:
        self.server.requests.append(("WS", self.request.uri or "", dict(self.request.headers)))
        if self.server.refuses_sockets is not None:
            self.set_status(self.server.refuses_sockets)
            await self.finish("no")

    def select_subprotocol(self, subprotocols: list[str]) -> str | None:
        return V1 if self.server.is_binary and V1 in subprotocols else None

    def open(self, *_args: str) -> None:
        self.session_id = self.get_argument("session_id")
        self.server.sockets.append(self)
        self.server.on_connect(self)
        self.server.note()

    def on_message(self, message: str | bytes) -> None:
        heard = unpack(message, self.selected_subprotocol)
        assert heard is not None
        channel, asked = heard
        if channel is Channel.CONTROL and self.server.answers_marker:
            kernel = self.server.kernel
            self.say(Channel.IOPUB, kernel.state("busy", asked))
            self.say(Channel.CONTROL, kernel.says("kernel_info_reply", {"status": "ok"}, asked))
            self.say(Channel.IOPUB, kernel.state("idle", asked))
        self.received.append(heard)
        self.server.note()

    def say(self, channel: Channel, message: WireMessage) -> None:
        data = pack(channel, message, self.selected_subprotocol)
        self.write_message(data, binary=isinstance(data, bytes))

    def blurt(self, data: bytes) -> None:
        self.write_message(data, binary=True)

    def server_says(self, kind: str, content: dict[str, Any], parent: WireMessage | None = None) -> None:
        """In the name of the client's session, as a server does."""
        header = {"msg_id": secrets.token_hex(8), "msg_type": kind, "session": self.session_id}
        message = WireMessage(header, parent.header if parent else {}, {}, content)
        self.say(Channel.IOPUB, message)

    def drop(self) -> None:
        """Ends the connection without a word."""
        connection = self.ws_connection
        assert connection is not None
        assert connection.stream is not None
        connection.stream.close()


class _Http(RequestHandler):
    def initialize(self, server: ScriptedServer) -> None:
        self.server = server

    async def _answer(self, *_args: str) -> None:
        server, path = self.server, self.request.path
        method = self.request.method or ""
        server.requests.append((method, path, dict(self.request.headers)))
        reply = server.replies.get((method, path), Reply(404))
        reply = reply() if callable(reply) else reply
        self.set_status(reply.status)
        for name, value in reply.headers.items():
            self.set_header(name, value)
        server.note()
        body = reply.body if isinstance(reply.body, str) or reply.body is None else json.dumps(reply.body)
        await self.finish(body if reply.status != 204 else None)

    get = post = delete = _answer  # type: ignore[assignment]


@asynccontextmanager
async def scripted_server(*, is_binary: bool = True) -> AsyncIterator[ScriptedServer]:
    server = ScriptedServer(is_binary=is_binary)
    given = {"server": server}
    application = Application(
        [(r"/api/kernels/[^/]+/channels", Channels, given), (r".*", _Http, given)],
        log_function=lambda _handler: None,
    )
    sockets = bind_sockets(0, "127.0.0.1")
    http = HTTPServer(application)
    http.add_sockets(sockets)
    server.url = f"http://127.0.0.1:{sockets[0].getsockname()[1]}/"
    try:
        yield server
    finally:
        for each in server.sockets:
            each.close()
        http.stop()
        await http.close_all_connections()
