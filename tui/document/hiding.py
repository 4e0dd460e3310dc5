"""What a notebook says is hidden of a cell, as Jupyter's frontends write it into its metadata."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from kernelbridge.outputs import JsonObject, JsonValue

_SOURCE = "source_hidden"
_OUTPUTS = "outputs_hidden"
_COLLAPSED = "collapsed"
"""What the classic notebook had for hidden outputs; JupyterLab writes it beside its own."""


def hides_source(metadata: JsonObject) -> bool:
    """Whether the cell's source is hidden."""
    return _jupyter(metadata).get(_SOURCE) is True


def hides_outputs(metadata: JsonObject) -> bool:
    """Whether the cell's outputs are hidden."""
    said = _jupyter(metadata).get(_OUTPUTS)
    return said is True or (said is None and metadata.get(_COLLAPSED) is True)


def with_hidden(metadata: JsonObject, *, source: bool, outputs: bool) -> JsonObject:
    """The metadata with that said, and all else as it was; what is not hidden is not mentioned."""
    jupyter = {key: value for key, value in _jupyter(metadata).items() if key not in (_SOURCE, _OUTPUTS)}
    if source:
        jupyter[_SOURCE] = True
    if outputs:
        jupyter[_OUTPUTS] = True
    said: dict[str, JsonValue] = {}
    for key, value in metadata.items():
        if key == "jupyter":
            if jupyter or not isinstance(value, Mapping):
                said[key] = jupyter or value
        elif key != _COLLAPSED:
            said[key] = value
    if jupyter:
        said["jupyter"] = jupyter
    if outputs:
        said[_COLLAPSED] = True
    return metadata if said == metadata else said


def _jupyter(metadata: JsonObject) -> dict[str, JsonValue]:
    said = metadata.get("jupyter")
    if said is None:  # of most cells; this is asked for often
        return {}
    return dict(cast("Mapping[str, JsonValue]", said)) if isinstance(said, Mapping) else {}
