"""What a person does with widgets, on its way to the kernel: in order, and no faster than it takes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kernelbridge.keeper.jsontypes import JsonObject, JsonValue
from kernelbridge.keeper.kernels import Request
from kernelbridge.messages import comm_message
from kernelbridge.runstatus import RunId
from kernelbridge.widgets.model import ModelId

Send = Callable[[Request, RunId | None], str]
"""Sends a comm message for a widget that is in the output of a run; gives its id."""


@dataclass(slots=True)
class _Waiting:
    run: RunId | None
    state: dict[str, JsonValue] = field(default_factory=dict[str, JsonValue])


class Outbox:
    """One change of a model is on its way at a time; those that come meanwhile become one.

    So a slider that is moved while the kernel is busy is not moved step by step once it is free.
    """

    def __init__(self, send: Send) -> None:
        self._send = send
        self._sent: dict[str, ModelId] = {}
        self._waiting: dict[ModelId, _Waiting] = {}

    @property
    def is_empty(self) -> bool:
        """Whether the kernel has dealt with all."""
        return not self._sent and not self._waiting

    def change(self, model: ModelId, state: JsonObject, run: RunId | None) -> None:
        """Other values of traits."""
        self._waiting.setdefault(model, _Waiting(run)).state.update(state)
        if model not in self._sent.values():
            self._send_waiting(model)

    def tell(self, model: ModelId, content: JsonObject, run: RunId | None) -> None:
        """Something that happened, as a click; what was changed before goes first."""
        for waiting in list(self._waiting):
            self._send_waiting(waiting)
        self._post(model, comm_message(model, {"method": "custom", "content": content}), run)

    def handled(self, message: str) -> None:
        """The kernel is done with a message: the next may go."""
        model = self._sent.pop(message, None)
        if model is not None and model in self._waiting and model not in self._sent.values():
            self._send_waiting(model)

    def clear(self) -> None:
        """There is no kernel to be told any more."""
        self._sent.clear()
        self._waiting.clear()

    def is_busy(self, model: ModelId) -> bool:
        """Whether something of a model is on its way."""
        return model in self._waiting or model in self._sent.values()

    def hides(self, model: ModelId, key: str) -> bool:
        """Whether a newer value of a trait than what the kernel has is on its way."""
        return model in self._waiting and key in self._waiting[model].state

    def _send_waiting(self, model: ModelId) -> None:
        waiting = self._waiting.pop(model)
        update: JsonObject = {"method": "update", "state": waiting.state, "buffer_paths": []}
        self._post(model, comm_message(model, update), waiting.run)

    def _post(self, model: ModelId, request: Request, run: RunId | None) -> None:
        self._sent[self._send(request, run)] = model
