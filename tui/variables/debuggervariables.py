"""The variables of a kernel with a debugger: that says which there are also when it was not started."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kernelbridge.keeper.jsontypes import object_in, text_in
from tui.variables.source import LONGEST, MOST, VariablesError
from tui.variables.variable import Kind, Listing, Variable

if TYPE_CHECKING:
    from kernelbridge.outputs import JsonObject
    from kernelbridge.session import Session

_ASKED: JsonObject = {"type": "request", "seq": 1, "command": "inspectVariables", "arguments": {}}
_KINDS = {"module": Kind.MODULE, "type": Kind.CLASS, "function": Kind.FUNCTION, "method": Kind.FUNCTION}


class DebuggerVariables:
    """Of any language; shapes and sizes are not told."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def answers_beside_runs(self) -> bool:
        """Not relied on: it looks at values by itself, and what runs changes them."""
        return False

    async def ask(self) -> Listing:
        """What there is."""
        answer = await self._session.ask("debug_request", _ASKED, "control")
        if answer is None:
            raise VariablesError("the kernel does not answer")
        listed = object_in(answer.content, "body").get("variables")
        if answer.content.get("success") is False or not isinstance(listed, list):
            raise VariablesError(text_in(answer.content, "message") or "the kernel's debugger does not say")
        told = [each for each in listed if isinstance(each, dict)]
        return Listing(tuple(_variable(each) for each in told[:MOST]), max(0, len(told) - MOST))


def _variable(told: JsonObject) -> Variable:
    value, kind = text_in(told, "value"), text_in(told, "type")
    cut = value if len(value) <= LONGEST else f"{value[:LONGEST]}…"
    return Variable(text_in(told, "name"), _KINDS.get(kind, Kind.DATA), kind, "", None, cut)
