"""The widgets of a notebook: what the kernel tells of them, and what a person does with them."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, cast

from kernelbridge.events import (
    CommClosed,
    CommEvent,
    CommMessaged,
    ErrorArrived,
    OutputEvent,
    StreamArrived,
)
from kernelbridge.messages import comm_message, comm_opening
from kernelbridge.widgets.model import view_in
from kernelbridge.widgets.models import WidgetModels
from kernelbridge.widgets.outbox import Outbox, Send
from kernelbridge.widgets.outputjson import outputs_json

if TYPE_CHECKING:
    from kernelbridge.outputs import JsonObject, JsonValue
    from kernelbridge.runstatus import RunId
    from kernelbridge.widgets.model import ModelId
    from tui.document.notebook import Notebook

_CONTROL, _CONTROL_VERSION = "jupyter.widget.control", "1.0.0"
"""The comm that gives all states. Source: ipywidgets, `packages/schema/messages.md`."""

_LONGEST_SAYING = 200


class WidgetControl:
    """Models, and the outbox to the kernel that has them."""

    def __init__(self, send: Send) -> None:
        self.models = WidgetModels()
        self.outbox = Outbox(send)
        self._send = send
        self._asked: str | None = None
        """The control comm over which all states were asked for and have not come yet."""
        self._doubted: tuple[ModelId, ...] = ()
        """What was known then, and is not in the kernel where the answer does not have it."""

    def told(self, event: CommEvent) -> None:
        """Take what the kernel tells of a comm; a newer value that is on its way to it stays."""
        match event:
            case CommMessaged(comm=comm, data=data):
                self.models.fold(CommMessaged(comm, self._without_newer(comm, data), event.buffers))
                if self._asked is not None and data.get("method") == "update_states":
                    self._end_asking(data.get("states"))
            case CommClosed(comm=comm) if comm == self._asked:
                self._end_asking(None)
            case _:
                self.models.fold(event)

    def kernel_gone(self) -> None:
        """The kernel ended, or another took its place."""
        self._asked = None
        self.outbox.clear()
        self.models.lose(self.models.live)

    def ask_states(self, notebook: Notebook) -> None:
        """Ask the kernel for all its widgets, where any are known or shown: not all it told is kept."""
        known = self.models.live
        if known or _has_views(notebook):
            self._asked, self._doubted = secrets.token_hex(16), known
            self._send(comm_opening(self._asked, _CONTROL, _CONTROL_VERSION), None)
            self._send(comm_message(self._asked, {"method": "request_states"}), None)

    def change(self, model: ModelId, state: JsonObject, run: RunId | None) -> None:
        """A person changed a widget that is in the output of a run."""
        self.models.change(model, state)
        self.outbox.change(model, state, run)

    def tell_outputs(self) -> None:
        """Tell the kernel what its Output widgets hold, which only frontends know (ipywidgets, `Output`)."""
        for model in self.models.take_written():
            if self.outbox.is_busy(model.id):
                self.models.put_back(model)
            elif (outputs := outputs_json(model.outputs)) is not None:
                self.outbox.change(model.id, {"outputs": outputs}, None)

    def _without_newer(self, model: ModelId, data: JsonObject) -> JsonObject:
        state = data.get("state")
        if self.outbox.is_empty or not isinstance(state, dict):
            return data
        fields = cast("JsonObject", state)
        return {
            **data,
            "state": {key: value for key, value in fields.items() if not self.outbox.hides(model, key)},
        }

    def _end_asking(self, states: JsonValue) -> None:
        self._asked = None
        there = states if isinstance(states, dict) else {}
        self.models.lose(tuple(model for model in self._doubted if model not in there))


def _has_views(notebook: Notebook) -> bool:
    return any(view_in(output) is not None for cell in notebook.cells for output in cell.outputs)


def said_of(event: OutputEvent) -> str:
    """What a widget's callback printed, as one line: for output that no cell shows."""
    match event:
        case StreamArrived(text=text):
            return f"a widget printed: {text.strip()[:_LONGEST_SAYING]}"
        case ErrorArrived(ename=ename, evalue=evalue):
            return f"a widget's callback failed: {ename}: {evalue[:_LONGEST_SAYING]}"
        case _:
            return "a widget's callback displayed something, and no cell of this notebook shows the widget"
