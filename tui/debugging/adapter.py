"""The kernel's debugger as something to ask: one request and its answer, over the control channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kernelbridge.keeper.jsontypes import EMPTY, object_in, text_in
from tui.debugging.protocol import (
    DebuggerInfo,
    Frame,
    Held,
    Scope,
    frames_of,
    held_of,
    info_of,
    result_of,
    scopes_of,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence

    from kernelbridge.keeper.wire import WireMessage
    from kernelbridge.outputs import JsonObject

    Ask = Callable[[str, JsonObject, str], Awaitable[WireMessage | None]]
    """As `Session.ask`."""

_CLIENT: JsonObject = {
    "clientID": "tnb",
    "clientName": "tnb",
    "adapterID": "",
    "pathFormat": "path",
    "linesStartAt1": True,
    "columnsStartAt1": True,
    "supportsVariableType": True,
    "supportsVariablePaging": False,
    "supportsRunInTerminalRequest": False,
    "locale": "en",
}


class DebugError(Exception):
    """The debugger does not do what it was asked; one line, not sanitized."""


class DebugAdapter:
    """Of one session."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._seq = 0

    async def info(self) -> DebuggerInfo:
        """Whether it was started, by whomever, and what has stopped. Raises DebugError, as all here do."""
        return info_of(await self._request("debugInfo"))

    async def attach(self) -> None:
        """Start it."""
        await self._request("initialize", _CLIENT)
        await self._request("attach", {})
        await self._request("configurationDone")

    async def dump(self, code: str) -> str:
        """Have it know a cell's code; the path by which it calls that."""
        path = text_in(await self._request("dumpCell", {"code": code}), "sourcePath")
        if not path:
            raise DebugError("the debugger has no place for the cell")
        return path

    async def set_breakpoints(self, path: str, lines: Iterable[int]) -> None:
        """Stop at these lines of a source, from 1, and at no others."""
        points: list[JsonObject] = [{"line": line} for line in lines]
        await self._request(
            "setBreakpoints", {"source": {"path": path}, "breakpoints": points, "sourceModified": False}
        )

    async def frames(self, thread: int) -> Sequence[Frame]:
        """The calls that a thread is in, the innermost first."""
        return frames_of(await self._request("stackTrace", {"threadId": thread}))

    async def scopes(self, frame: int) -> Sequence[Scope]:
        """The groups of a frame's variables."""
        return scopes_of(await self._request("scopes", {"frameId": frame}))

    async def variables(self, reference: int) -> Sequence[Held]:
        """What is in a scope or a variable."""
        return held_of(await self._request("variables", {"variablesReference": reference}))

    async def evaluate(self, expression: str, frame: int) -> Held:
        """What an expression comes to in a frame."""
        asked: JsonObject = {"expression": expression, "frameId": frame, "context": "repl"}
        return result_of(expression, await self._request("evaluate", asked))

    async def go(self, command: str, thread: int) -> None:
        """Go on: `continue`, `next`, `stepIn` or `stepOut`."""
        await self._request(command, {"threadId": thread})

    async def disconnect(self) -> None:
        """End it; what has stopped goes on."""
        await self._request("disconnect", {"restart": False, "terminateDebuggee": False})

    async def _request(self, command: str, arguments: JsonObject = EMPTY) -> JsonObject:
        """The body of the answer."""
        self._seq += 1
        request: JsonObject = {
            "type": "request",
            "seq": self._seq,
            "command": command,
            "arguments": arguments,
        }
        answer = await self._ask("debug_request", request, "control")
        if answer is None:
            raise DebugError("the kernel does not answer")
        if answer.content.get("success") is not True:
            raise DebugError(text_in(answer.content, "message") or f"the debugger does not {command}")
        return object_in(answer.content, "body")
