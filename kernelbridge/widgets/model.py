"""A widget's model as a value, and what changes it.

Source: ipywidgets, `packages/schema/messages.md`, version 2.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TypeAlias, cast

from kernelbridge.keeper.jsontypes import EMPTY, JsonObject, JsonValue, object_in, text_in
from kernelbridge.outputs import DisplayData, ExecuteResult, Output, Outputs
from kernelbridge.runstatus import RunId

ModelId: TypeAlias = str
TARGET = "jupyter.widget"
"""The comm target of widgets."""
VIEW_MIME = "application/vnd.jupyter.widget-view+json"
"""Of an output that shows a widget."""
STATE_MIME = "application/vnd.jupyter.widget-state+json"
"""Of the states that a notebook's metadata may hold."""
_REFERENCE = "IPY_MODEL_"
"""Stands before the id of a model in the state of another."""
_MOST_STORED = 100_000
"""Models read from a notebook's metadata."""


class Base64(str):
    """What is bytes in the kernel, as text: known from other text, so that it can be stored as bytes."""

    __slots__ = ()


class Life(Enum):
    """Whether there is a kernel with the widget."""

    LIVE = "live"
    GONE = "gone"
    """Its kernel ended."""
    STORED = "stored"
    """It is what the notebook's file says of it."""


@dataclass(frozen=True, slots=True)
class Model:
    """One widget, or what one is made of, as a layout."""

    id: ModelId
    name: str
    """Its model's, as `IntSliderModel`; empty where it says none."""
    state: JsonObject
    """By traits. What is bytes in the kernel is `Base64` here."""
    outputs: Outputs = field(default_factory=Outputs)
    """What an Output widget captured."""
    life: Life = Life.LIVE

    def text(self, key: str) -> str:
        """The text of a trait; empty where it is none."""
        return text_in(self.state, key)

    def reference(self, key: str) -> ModelId | None:
        """The model that a trait refers to."""
        return referred_to(self.state.get(key))

    def children(self) -> Iterator[ModelId]:
        """The models of a box's children, in order."""
        for child in items_of(self.state.get("children")):
            if (model := referred_to(child)) is not None:
                yield model


def items_of(value: JsonValue) -> Sequence[JsonValue]:
    """The items of a value that is a list; none where it is something else."""
    return cast("Sequence[JsonValue]", value) if isinstance(value, list) else ()


def referred_to(value: JsonValue) -> ModelId | None:
    """The model that a value in a state refers to."""
    return value[len(_REFERENCE) :] if isinstance(value, str) and value.startswith(_REFERENCE) else None


def view_of(data: Mapping[str, JsonValue]) -> ModelId | None:
    """The model that an output's bundle shows a view of."""
    view = data.get(VIEW_MIME)
    model = view.get("model_id") if isinstance(view, Mapping) else None
    return model if isinstance(model, str) and model else None


def view_in(output: Output) -> ModelId | None:
    """The model that an output shows a view of."""
    return view_of(output.data) if isinstance(output, DisplayData | ExecuteResult) else None


def opened(model: ModelId, data: JsonObject, buffers: Sequence[bytes]) -> Model:
    """The model that a `comm_open` makes."""
    state = with_buffers(object_in(data, "state"), data.get("buffer_paths"), buffers)
    return _with_state(Model(model, text_in(state, "_model_name"), EMPTY), state)


def updated(model: Model, data: JsonObject, buffers: Sequence[bytes]) -> Model:
    """The model after a `comm_msg`; the very same object where that changes nothing."""
    if data.get("method") not in ("update", "echo_update"):
        return model
    state = with_buffers(object_in(data, "state"), data.get("buffer_paths"), buffers)
    if data["method"] == "echo_update" and "outputs" in state:
        state = {key: value for key, value in state.items() if key != "outputs"}  # it was told that from here
    return _with_state(model, state)


def changed(model: Model, state: JsonObject) -> Model:
    """The model with other values of some traits."""
    return replace(model, state={**model.state, **state}) if state else model


def _with_state(model: Model, state: JsonObject) -> Model:
    after = changed(model, state)
    return replace(after, outputs=_outputs_in(state["outputs"])) if "outputs" in state else after


def _outputs_in(value: JsonValue) -> Outputs:
    """The outputs that a state holds, in nbformat's form."""
    from kernelbridge.events import Displayed, ErrorArrived, ResultArrived, StreamArrived
    from kernelbridge.folding import fold
    from kernelbridge.keeper.wire import WireMessage
    from kernelbridge.messages import run_event  # these bring the wire and all events

    items: list[Output] = []
    for each in _objects(value):
        content = dict(each)
        if isinstance(lines := content.get("text"), list):
            content["text"] = "".join(line for line in lines if isinstance(line, str))
        message = WireMessage({"msg_type": text_in(content, "output_type")}, content=content)
        event = run_event(message, RunId(""), 0.0)
        if isinstance(event, StreamArrived | Displayed | ResultArrived | ErrorArrived):
            items[-1:] = fold(Outputs(tuple(items[-1:])), event).items
    return Outputs(tuple(items))


def states_in(
    states: JsonObject, life: Life, paths: JsonValue = None, buffers: Sequence[bytes] = ()
) -> Iterator[Model]:
    """The models of an `update_states`, or of a notebook's metadata: by id, each with its name and state."""
    for model, described in with_buffers(states, paths, buffers).items():
        if isinstance(described, Mapping):
            fields = cast("JsonObject", described)
            whole = _with_stored_buffers(object_in(fields, "state"), fields)
            name = text_in(fields, "model_name")
            yield replace(_with_state(Model(model, name, EMPTY), whole), life=life)


def stored_models(metadata: JsonObject) -> dict[ModelId, Model]:
    """The models that a notebook's metadata holds."""
    state = object_in(object_in(object_in(metadata, "widgets"), STATE_MIME), "state")
    if len(state) > _MOST_STORED:
        return {}
    return {model.id: model for model in states_in(state, Life.STORED)}


def _with_stored_buffers(state: JsonObject, described: JsonObject) -> JsonObject:
    stored = (each for each in _objects(described.get("buffers")) if each.get("encoding") == "base64")
    return _with_parts(
        state,
        ((each.get("path"), Base64(text_in(each, "data"))) for each in stored),
    )


def with_buffers(state: JsonObject, paths: JsonValue, buffers: Sequence[bytes]) -> JsonObject:
    """A state with its binary parts back in their places, as base64 text."""
    from base64 import b64encode

    texts = (Base64(b64encode(buffer).decode("ascii")) for buffer in buffers)
    return _with_parts(state, zip(items_of(paths), texts, strict=False)) if buffers else state


def _with_parts(state: JsonObject, parts: Iterable[tuple[JsonValue, str]]) -> JsonObject:
    """The state with texts at paths of keys; where there is no such place, nothing is put."""
    copy = dict(state)
    own: dict[int, dict[str, JsonValue]] = {}
    """The objects in it that were copied, by identity."""
    for path, text in parts:
        keys = items_of(path)
        if not keys or not all(isinstance(key, str) for key in keys):
            continue
        *outer, last = cast("Sequence[str]", keys)
        place: dict[str, JsonValue] | None = copy
        for key in outer:
            inner = place.get(key)
            if not isinstance(inner, Mapping):
                place = None
                break
            if id(inner) not in own:
                mine = dict(cast("JsonObject", inner))
                own[id(mine)] = mine
                place[key] = inner = mine
            place = own[id(inner)]
        if place is not None:
            place[last] = text
    return copy


def _objects(value: JsonValue) -> Iterator[JsonObject]:
    for each in items_of(value):
        if isinstance(each, Mapping):
            yield cast("JsonObject", each)
