"""One type of a MIME bundle: what a renderer draws."""

from __future__ import annotations

from dataclasses import dataclass, field

from kernelbridge.outputs import JsonObject, JsonValue
from tui.render.drawing import CannotDrawError


@dataclass(frozen=True, slots=True)
class Content:
    """Data, and what is said about it. Nothing in it is to be trusted."""

    mime: str
    data: JsonValue
    metadata: JsonObject = field(default_factory=dict[str, JsonValue])
    """Of pictures, `width` and `height` in pixels, where the kernel gave a size to show them at."""


def text_of(data: JsonValue) -> str:
    """The data of a type that holds text. Raises CannotDrawError when it is something else."""
    if isinstance(data, str):
        return data
    raise CannotDrawError("its data is not text")
