"""The states of widgets, put into a notebook's metadata as nbclient does: so that others can show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from kernelbridge.outputs import JsonObject, JsonValue
from kernelbridge.widgets.model import STATE_MIME, Base64, Model
from kernelbridge.widgets.models import WidgetModels
from kernelbridge.widgets.outputjson import outputs_json
from tui.document.notebook import Notebook

_VERSION: JsonObject = {"version_major": 2, "version_minor": 0}


def with_widgets(notebook: Notebook, models: WidgetModels) -> Notebook:
    """The notebook with the widgets that the kernel made; the very same object where it made none."""
    live = (models.get(name) for name in models.live)
    states: dict[str, JsonValue] = {model.id: _stored(model) for model in live if model is not None}
    if not states:
        return notebook
    held: JsonObject = {STATE_MIME: {"state": states, **_VERSION}}
    return replace(notebook, metadata={**notebook.metadata, "widgets": held})


def _stored(model: Model) -> JsonObject:
    """One model (ipywidgets, `packages/schema/v2/state.schema.json`), its bytes apart from the rest."""
    state = dict(model.state)
    if (printed := outputs_json(model.outputs)) is not None and (printed or "outputs" in state):
        state["outputs"] = printed
    buffers: list[JsonValue] = []
    plain = _without_bytes(state, (), buffers)
    stored: dict[str, JsonValue] = {
        "model_module": state.get("_model_module"),
        "model_module_version": state.get("_model_module_version"),
        "model_name": model.name,
        "state": plain,
    }
    return {**stored, "buffers": buffers} if buffers else stored


def _without_bytes(values: JsonObject, path: tuple[str, ...], buffers: list[JsonValue]) -> JsonObject:
    """The values less what is bytes, which goes to `buffers` with its path."""
    plain: dict[str, JsonValue] = {}
    for key, value in values.items():
        here = (*path, key)
        match value:
            case Base64():
                buffers.append({"data": str(value), "encoding": "base64", "path": list(here)})
            case Mapping():
                plain[key] = _without_bytes(cast("JsonObject", value), here, buffers)
            case _:
                plain[key] = value
    return plain
