"""A console over a scripted kernel, as a program: what the tests of the whole run in a pseudo-terminal."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from collections.abc import Sequence

from kernelbridge.fakekeeper import SCRIPTED, FakeWay
from kernelbridge.fakekernel import (
    Ask,
    Die,
    Fail,
    FakeKernel,
    ReplyWith,
    Say,
    Step,
    Wait,
    clears,
    prints,
    shows,
    updates,
)
from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.keeper.kernels import Channel, Request
from kernelbridge.transports.base import Connection, Listener
from tui.console.console import ConsoleOptions, run_console

NAMES = ("alpha", "alphabet", "beta")
EARLIER = ("first = 1", "for x in y:\n    use(x)", "second = '漢字'")


def result(text: str, count: int = 1) -> Say:
    return Say("execute_result", {"data": {"text/plain": text}, "metadata": {}, "execution_count": count})


def foreign(kind: str, content: JsonObject) -> Say:
    return Say(kind, content, parent="another's request")


SCRIPT: dict[str, Sequence[Step]] = {
    "print('hi')": [prints("hi\n")],
    "6 * 7": [result("42")],
    "table": [result("a b\n1 2")],
    "bar": [*(prints(f"\r{n}% " + "#" * n) for n in range(5)), Wait(), prints("\rdone   \nbelow\n")],
    "wait": [prints("waiting\n"), Wait()],
    "fail": [prints("before\n"), Fail("ValueError", "no \x1b[2J good")],
    "name": [Ask("name? "), prints("thanks\n")],
    "secret": [Ask("password: ", password=True), prints("thanks\n")],
    "show": [shows({"text/plain": "one"}, "d1"), Wait(), updates({"text/plain": "two"}, "d1")],
    "clear": [prints("old\n"), Wait(), clears(wait=True), prints("new\n")],
    "die": [Die("ended by SIGKILL")],
    "page": [ReplyWith({"payload": [{"source": "page", "data": {"text/plain": "Docstring: what it is"}}]})],
    "load": [ReplyWith({"payload": [{"source": "set_next_input", "text": "loaded = 1", "replace": True}]})],
    "wide": [prints("漢字🙂 é\n")],
    "hostile": [prints("\x1b]0;title\x07\x1b[2J\x1b[10Agone\u202e\n")],
    "other": [
        foreign("execute_input", {"code": "theirs = 1", "execution_count": 7}),
        foreign("stream", {"name": "stdout", "text": "from them\n"}),
        foreign("status", {"execution_state": "idle"}),
    ],
}


def script(code: str) -> Sequence[Step]:
    if found := re.fullmatch(r"lines\((\d+)\)", code):
        return [prints(f"line {number}\n") for number in range(int(found[1]))]
    if code in SCRIPT:
        return SCRIPT[code]
    return [prints(f"ran {code!r}\n")]


class Answering(FakeKernel):
    """Answers by what it is asked, and goes on by itself where a file of that name appears."""

    def send(
        self,
        channel: Channel,
        request: Request,
        parent: JsonObject | None = None,
        message_id: str | None = None,
    ) -> str:
        content = request.content
        if request.kind == "is_complete_request":
            code = str(content["code"])
            is_open = code.endswith(":") or ("\n" in code and bool(code.rpartition("\n")[2].strip()))
            reply: JsonObject = (
                {"status": "incomplete", "indent": "    "} if is_open else {"status": "complete"}
            )
            self._answers["is_complete_request"] = reply
        elif request.kind == "complete_request":
            code, cursor = str(content["code"]), int(str(content["cursor_pos"]))
            word = re.search(r"\w*$", code[:cursor])
            typed = word[0] if word else ""
            matches = [name for name in NAMES if name.startswith(typed)]
            self._answers["complete_request"] = {
                "matches": matches,
                "cursor_start": cursor - len(typed),
                "cursor_end": cursor,
            }
        elif request.kind == "history_request":
            self._answers["history_request"] = {"history": [[1, 1, entry] for entry in EARLIER]}
        return super().send(channel, request, parent, message_id)


class Way(FakeWay):
    """Goes on with what the kernel waits for on SIGUSR1, and loses the line on SIGUSR2."""

    def __init__(self, kernel: FakeKernel) -> None:
        super().__init__(kernel)
        self._scripted = kernel

    async def connect(self, listener: Listener) -> Connection:
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGUSR1, self._scripted.go_on)
        loop.add_signal_handler(signal.SIGUSR2, self.cut)
        return await super().connect(listener)


if __name__ == "__main__":
    sys.exit(
        run_console(
            Way(Answering(script)), SCRIPTED, ConsoleOptions(os.environ.get("TNB_TEST_THEME", "dark"))
        )
    )
