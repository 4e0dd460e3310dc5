"""All widgets of a notebook: what the kernel tells of them, folded in, and which changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kernelbridge.events import CommClosed, CommEvent, CommMessaged, CommOpened, DisplayUpdated, OutputEvent
from kernelbridge.folding import fold, update_display
from kernelbridge.keeper.jsontypes import JsonObject, object_in
from kernelbridge.outputs import Outputs
from kernelbridge.widgets.known import KnownModels
from kernelbridge.widgets.model import (
    TARGET,
    Life,
    Model,
    ModelId,
    changed,
    opened,
    states_in,
    updated,
)


class WidgetModels(KnownModels):
    """What is known, changed on one thread by what is told in order."""

    def __init__(self) -> None:
        super().__init__()
        self._capturing: dict[str, list[ModelId]] = {}
        """The Output widgets that take what a request prints, by the request, the newest last."""
        self._requests: dict[ModelId, str] = {}
        """The request of each of those."""
        self._written: set[ModelId] = set()
        """Output widgets in which something was printed, of which the kernel was not told."""

    @property
    def live(self) -> tuple[ModelId, ...]:
        """The models that the kernel has, as far as is known."""
        return tuple(model.id for model in self._models.values() if model.life is Life.LIVE)

    # -- what changes them ----

    def fold(self, event: CommEvent) -> None:
        """Take what the kernel tells of a comm; of one that is no widget, nothing is taken."""
        match event:
            case CommOpened(comm=comm, target=target, data=data, buffers=buffers):
                if target == TARGET and comm:
                    self._closed.discard(comm)
                    self._put(opened(comm, data, buffers))
            case CommMessaged(comm=comm, data=data, buffers=buffers):
                if (model := self._models.get(comm)) is not None:
                    self._put(updated(model, data, buffers))
                elif data.get("method") == "update_states":
                    for each in states_in(
                        object_in(data, "states"), Life.LIVE, data.get("buffer_paths"), buffers
                    ):
                        self._put(self._with_own_outputs(each))
            case CommClosed(comm=comm):
                if self._models.pop(comm, None) is not None:
                    self._capture_none(comm)
                    self._closed.add(comm)
                    self._touch(comm)

    def change(self, model: ModelId, state: JsonObject) -> None:
        """Take what a person changed, before the kernel knows."""
        if (known := self._models.get(model)) is not None:
            self._put(changed(known, state))

    def lose(self, models: Iterable[ModelId]) -> None:
        """The kernel has these no more: they stay as they are, and nothing captures output."""
        for model in models:
            if (known := self._models.get(model)) is not None and known.life is Life.LIVE:
                self._capture_none(model)
                self._models[model] = replace(known, life=Life.GONE)
                self._touch(model)

    def capture(self, request: str, event: OutputEvent) -> bool:
        """Have the Output widget that captures what a request prints take it; False where none does."""
        capturing = self._capturing.get(request)
        if not capturing:
            return False
        model = self._models[capturing[-1]]
        self._put(replace(model, outputs=fold(model.outputs, event)))
        self._written.add(capturing[-1])
        return True

    def take_written(self) -> tuple[Model, ...]:
        """The Output widgets that hold more than the kernel knows and capture no more at the moment."""
        if not self._written:
            return ()
        done = [model for model in self._written if model not in self._requests]
        self._written.difference_update(done)
        known = (self._models.get(model) for model in done)
        return tuple(model for model in known if model is not None and model.life is Life.LIVE)

    def put_back(self, model: Model) -> None:
        """The kernel cannot be told of an Output widget yet."""
        self._written.add(model.id)

    def update_displays(self, event: DisplayUpdated) -> None:
        """Change what Output widgets show under a display id."""
        for model in list(self._models.values()):
            if model.outputs.items and (after := update_display(model.outputs, event)) is not model.outputs:
                self._put(replace(model, outputs=after))

    def _with_own_outputs(self, model: Model) -> Model:
        """What was captured here is newer than what the kernel was told of it."""
        known = self._models.get(model.id)
        return model if known is None or known.outputs == Outputs() else replace(model, outputs=known.outputs)

    def _put(self, model: Model) -> None:
        if self._models.get(model.id) is model:
            return
        self._models[model.id] = model
        self._heed_capturing(model)
        self._touch(model.id)

    def _heed_capturing(self, model: Model) -> None:
        request = model.text("msg_id") if model.name == "OutputModel" else ""
        if request != self._requests.get(model.id, ""):
            self._capture_none(model.id)
            if request:
                self._requests[model.id] = request
                self._capturing.setdefault(request, []).append(model.id)

    def _capture_none(self, model: ModelId) -> None:
        request = self._requests.pop(model, None)
        if request is None:
            return
        self._capturing[request].remove(model)
        if not self._capturing[request]:
            del self._capturing[request]
