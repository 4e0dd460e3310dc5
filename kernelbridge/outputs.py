"""What a cell can hold as output, as immutable values, and the one way in which kernel events change it.

Pure: the file reads and writes these, the document holds them, the renderers draw them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from kernelbridge.keeper.jsontypes import JsonObject, JsonValue
from kernelbridge.streamtext import StreamText

MimeBundle: TypeAlias = Mapping[str, JsonValue]
"""MIME type to its data as nbformat keeps it, multi-line text already joined: text, base64 text or JSON."""


@dataclass(frozen=True, slots=True)
class Stream:
    """Text printed on `stdout` or `stderr` (or a name of the kernel's own)."""

    name: str
    text: StreamText


@dataclass(frozen=True, slots=True)
class DisplayData:
    """Something displayed, in one or more MIME types."""

    data: MimeBundle
    metadata: JsonObject = field(default_factory=dict[str, JsonValue])
    display_id: str | None = None
    """Transient: by which `update_display_data` finds it; never written to a file."""


@dataclass(frozen=True, slots=True)
class ExecuteResult:
    """The value of a cell's last expression."""

    data: MimeBundle
    metadata: JsonObject = field(default_factory=dict[str, JsonValue])
    execution_count: int | None = None
    display_id: str | None = None


@dataclass(frozen=True, slots=True)
class ErrorOutput:
    """An exception; the traceback's entries may hold several lines and SGR colours."""

    ename: str
    evalue: str
    traceback: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnknownOutput:
    """An output that this version cannot read, kept as the file or the kernel gave it."""

    raw: JsonValue


Output: TypeAlias = Stream | DisplayData | ExecuteResult | ErrorOutput | UnknownOutput


@dataclass(frozen=True, slots=True)
class Outputs:
    """The outputs of one cell while events are folded into them."""

    items: tuple[Output, ...] = ()
    clear_pending: bool = False
    """`clear_output(wait=True)` came: the next output replaces all."""
