"""A kernel that means well and has one bad habit, or some: `python quirky.py CONNECTION_FILE HABIT...`.

    no-status       it never says that it is busy or idle
    no-idle         it never says that it is idle
    orphan-idle     it says so, and not of what
    idle-first      it says so before it replies
    no-start        it never says that it begins (`execute_input`)
    late-start      it says so only after the output
    no-reply        it does not reply to code
    orphan-reply    it replies, and not to what
    stray-reply     it replies to what nobody asked
    two-replies     it replies twice
    orphan-question it asks for input, and not for what
    deaf-to-signals SIGINT ends it, an `interrupt_request` stops what runs

A cell's code is one word: `print` prints `hello`, `fail` fails, `ask` prints what it is answered, `wait`
prints `on` and waits for an interrupt.
"""

from __future__ import annotations

import json
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hostile import HostileKernel, end_with_parent

if TYPE_CHECKING:
    import zmq

_DELIMITER = b"<IDS|MSG>"
_INFO = {
    "status": "ok",
    "protocol_version": "5.4",
    "implementation": "quirky",
    "language_info": {"name": "words"},
}
_FAILURE = {"ename": "Failure", "evalue": "asked to", "traceback": []}


class QuirkyKernel(HostileKernel):
    """Does what the words mean."""

    def __init__(self, connection: dict[str, Any], habits: set[str]) -> None:
        super().__init__(connection, _INFO, {})
        self._habits = habits

    def _answer(self, socket: zmq.Socket[bytes], frames: list[bytes]) -> bool:
        cut = frames.index(_DELIMITER)
        identities, header, content = frames[:cut], json.loads(frames[cut + 2]), json.loads(frames[cut + 5])
        kind = header["msg_type"]
        if kind == "execute_request":
            self._execute(socket, identities, header, content["code"])
            return True
        self._status("busy", header)
        if kind == "kernel_info_request":
            self._send(socket, identities, "kernel_info_reply", _INFO, header)
        elif kind == "interrupt_request":
            self._send(socket, identities, "interrupt_reply", {"status": "ok"}, header)
        self._status("idle", header)
        return kind != "shutdown_request"

    def _execute(
        self, socket: zmq.Socket[bytes], identities: list[bytes], header: dict[str, Any], code: str
    ) -> None:
        habits = self._habits
        start = {"code": code, "execution_count": 1}
        self._status("busy", header)
        if not habits & {"no-start", "late-start"}:
            self._publish("execute_input", start, header)
        said = self._do_word(code, identities, header)
        if "late-start" in habits:
            self._publish("execute_input", start, header)
        if "idle-first" in habits:
            self._status("idle", header)
        parents = [{} if "orphan-reply" in habits else header]
        if "no-reply" in habits:
            parents = []
        elif "stray-reply" in habits:
            parents = [{"msg_id": "nobody's", "msg_type": "execute_request"}]
        elif "two-replies" in habits:
            parents *= 2
        for parent in parents:
            self._send(socket, identities, "execute_reply", {**said, "execution_count": 1}, parent)
        if not habits & {"idle-first", "no-idle"}:
            self._status("idle", {} if "orphan-idle" in habits else header)

    def _do_word(self, word: str, identities: list[bytes], header: dict[str, Any]) -> dict[str, Any]:
        if word == "print":
            self._print("hello", header)
        elif word == "ask":
            self._print(self._ask(identities, {} if "orphan-question" in self._habits else header), header)
        elif word == "fail":
            self._publish("error", _FAILURE, header)
            return {"status": "error", **_FAILURE}
        elif word == "wait":
            self._print("on", header)
            control = self._sockets["control"]
            self._answer(control, control.recv_multipart())
            return {"status": "aborted"}
        return {"status": "ok"}

    def _ask(self, identities: list[bytes], parent: dict[str, Any]) -> str:
        stdin = self._sockets["stdin"]
        self._send(stdin, identities, "input_request", {"prompt": "?", "password": False}, parent)
        frames = stdin.recv_multipart()
        return json.loads(frames[frames.index(_DELIMITER) + 5])["value"]

    def _print(self, text: str, parent: dict[str, Any]) -> None:
        self._publish("stream", {"name": "stdout", "text": text}, parent)

    def _status(self, state: str, parent: dict[str, Any]) -> None:
        if "no-status" not in self._habits:
            self._publish("status", {"execution_state": state}, parent)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL if "deaf-to-signals" in sys.argv else signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()
    QuirkyKernel(json.loads(Path(sys.argv[1]).read_text()), set(sys.argv[2:])).serve()
