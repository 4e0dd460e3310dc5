"""A kernel that says on the wire whatever it is told to, true to the protocol or not.

`python hostile.py CONNECTION_FILE INFO [ANSWERS]`: INFO is the content of its `kernel_info_reply` as JSON, or
`null` for a kernel that never answers; ANSWERS what it replies, by type of request. None heeds a signal but
SIGKILL. A cell's code is a JSON list of what to do,
one `[where, kind, content]` after another:

    ["iopub", "stream", {"name": "stdout", "text": "x"}]   a message of any type, with any content
    ["others", "execute_input", {"code": "1"}]             the same, of a run that another frontend asked for
    ["stdin", "input_request", {"prompt": "?"}]            the same, and then the answer is awaited
    ["reply", "execute_reply", {"status": "ok"}]           instead of the usual reply
    ["raw", "iopub", ["6869"]]                             frames in hexadecimal, neither signed nor a message
    ["repeat", 1000, [...]]                                what is in the list, a thousand times
    ["die", 9, null]                                       ends itself by a signal
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import signal
import sys
import threading
import time
import uuid
from pathlib import Path
from typing import Any

import zmq

_DELIMITER = b"<IDS|MSG>"
_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class HostileKernel:
    """Answers on the sockets that a connection file names."""

    def __init__(
        self, connection: dict[str, Any], info: dict[str, Any], answers: dict[str, dict[str, Any]]
    ) -> None:
        self._info = info
        self._answers = answers
        self._key = connection["key"].encode()
        self._session = uuid.uuid4().hex
        joint = "-" if connection["transport"] == "ipc" else ":"
        base = f"{connection['transport']}://{connection['ip']}{joint}"
        self._context = zmq.Context()
        self._sockets = {
            name: self._bound(kind, f"{base}{connection[f'{name}_port']}")
            for name, kind in (
                ("shell", zmq.ROUTER),
                ("control", zmq.ROUTER),
                ("stdin", zmq.ROUTER),
                ("iopub", zmq.PUB),
                ("hb", zmq.REP),
            )
        }

    def _bound(self, kind: int, address: str) -> zmq.Socket[bytes]:
        socket = self._context.socket(kind)
        socket.sndhwm = 0
        socket.bind(address)
        return socket

    def serve(self) -> None:
        """Answer until told to shut down."""
        poller = zmq.Poller()
        for name in ("shell", "control", "hb"):
            poller.register(self._sockets[name], zmq.POLLIN)
        while True:
            for socket, _ in poller.poll():
                frames = socket.recv_multipart()
                if socket is self._sockets["hb"]:
                    socket.send_multipart(frames)
                elif not self._answer(socket, frames):
                    return

    def _answer(self, socket: zmq.Socket[bytes], frames: list[bytes]) -> bool:
        cut = frames.index(_DELIMITER)
        identities, header, content = frames[:cut], json.loads(frames[cut + 2]), json.loads(frames[cut + 5])
        self._publish("status", {"execution_state": "busy"}, header)
        match header["msg_type"]:
            case "kernel_info_request":
                self._send(socket, identities, "kernel_info_reply", self._info, header)
            case "execute_request":
                self._publish("execute_input", {"code": content["code"], "execution_count": 1}, header)
                kind, said = "execute_reply", {"status": "ok", "execution_count": 1, "payload": []}
                for step in json.loads(content["code"]):
                    if step[0] == "reply":
                        _, kind, said = step
                    else:
                        self._do(step, identities, header)
                self._send(socket, identities, kind, said, header)
            case "shutdown_request":
                return False
            case kind if kind in self._answers:
                reply = f"{kind.removesuffix('request')}reply"
                self._send(socket, identities, reply, self._answers[kind], header)
            case _:
                pass
        self._publish("status", {"execution_state": "idle"}, header)
        return True

    def _do(self, step: list[Any], identities: list[bytes], header: dict[str, Any]) -> None:
        where, kind, content = step
        match where:
            case "iopub":
                self._publish(kind, content, header)
            case "others":
                self._publish(kind, content, {**header, "msg_id": uuid.uuid4().hex, "session": "another"})
            case "stdin":
                self._send(self._sockets["stdin"], identities, kind, content, header)
                self._sockets["stdin"].recv_multipart()
            case "raw":
                self._sockets[kind].send_multipart([bytes.fromhex(frame) for frame in content])
            case "repeat":
                for _ in range(kind):
                    for inner in content:
                        self._do(inner, identities, header)
            case "die":
                os.kill(os.getpid(), kind)

    def _publish(self, kind: str, content: Any, parent: dict[str, Any]) -> None:
        self._send(self._sockets["iopub"], [kind.encode(errors="replace")], kind, content, parent)

    def _send(
        self,
        socket: zmq.Socket[bytes],
        identities: list[bytes],
        kind: str,
        content: Any,
        parent: dict[str, Any],
    ) -> None:
        header = {
            "msg_id": uuid.uuid4().hex,
            "msg_type": kind,
            "username": "",
            "session": self._session,
            "date": "0000-99-99",
            "version": "5.4",
        }
        parts = [json.dumps(part).encode() for part in (header, parent, {}, content)]
        signature = hmac.digest(self._key, b"".join(parts), hashlib.sha256).hex().encode()
        socket.send_multipart([*identities, _DELIMITER, signature, *parts])


def end_with_parent() -> None:
    """Leave no process behind when the program that started this one was killed."""
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


if __name__ == "__main__":
    for number in _ENDING:
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()
    said = json.loads(sys.argv[2])
    if said is None:
        while True:
            time.sleep(60)
    answered = json.loads(sys.argv[3]) if len(sys.argv) > 3 else {}
    HostileKernel(json.loads(Path(sys.argv[1]).read_text()), said, answered).serve()
