"""The variables of an IRkernel: asked for by code that runs silently, behind what runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from kernelbridge.keeper.jsontypes import object_in, text_in
from tui.variables.rcode import LIST
from tui.variables.reading import listing_of
from tui.variables.source import LONGEST, MOST, VariablesError

if TYPE_CHECKING:
    from kernelbridge.outputs import JsonObject
    from kernelbridge.session import Session
    from tui.variables.variable import Listing

_PLAIN = "text/plain"


class RVariables:
    """What is in the global environment."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def answers_beside_runs(self) -> bool:
        """It has one shell."""
        return False

    async def ask(self) -> Listing:
        """What there is."""
        request: JsonObject = {
            "code": LIST % {"most": MOST, "longest": LONGEST},
            "silent": True,
            "store_history": False,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": False,
        }
        answer = await self._session.ask("execute_request", request)
        if answer is None:
            raise VariablesError("the kernel does not answer")
        payload = answer.content.get("payload")
        pages = [each for each in payload if isinstance(each, dict)] if isinstance(payload, list) else []
        text = text_in(object_in(pages[0], "data"), _PLAIN) if pages else ""
        try:
            told: object = json.loads(text)
        except ValueError:
            raise VariablesError("R does not say which variables there are") from None
        return listing_of(cast("JsonObject", told) if isinstance(told, dict) else {})
