"""What a kernel can tell a frontend, one frozen dataclass each; `messages` makes them from the wire's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from kernelbridge.outputs import JsonObject, MimeBundle
from kernelbridge.runstatus import RunId, RunStatus
from kernelbridge.state import KernelInfo, KernelState


@dataclass(frozen=True, slots=True)
class RunStarted:
    """The kernel began to execute (`execute_input`)."""

    run: RunId
    execution_count: int | None
    at: float
    """Seconds since the epoch."""


@dataclass(frozen=True, slots=True)
class StreamArrived:
    """Text on stdout or stderr, as it came: with `\\r`, `\\b` and escapes."""

    run: RunId
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Displayed:
    """`display_data`."""

    run: RunId
    data: MimeBundle
    metadata: JsonObject
    display_id: str | None


@dataclass(frozen=True, slots=True)
class ResultArrived:
    """`execute_result`."""

    run: RunId
    data: MimeBundle
    metadata: JsonObject
    execution_count: int | None
    display_id: str | None


@dataclass(frozen=True, slots=True)
class ErrorArrived:
    """`error`."""

    run: RunId
    ename: str
    evalue: str
    traceback: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutputCleared:
    """`clear_output`; with `wait`, once the next output comes."""

    run: RunId
    wait: bool


@dataclass(frozen=True, slots=True)
class DisplayUpdated:
    """`update_display_data`: for every output of any cell that carries the id."""

    run: RunId | None
    display_id: str
    data: MimeBundle
    metadata: JsonObject


@dataclass(frozen=True, slots=True)
class InputRequested:
    """The code waits for a line of input."""

    run: RunId
    prompt: str
    password: bool


@dataclass(frozen=True, slots=True)
class NextInputSet:
    """The payload `set_next_input`: text for the next cell, or with `replace` for this one."""

    run: RunId
    text: str
    replace: bool


@dataclass(frozen=True, slots=True)
class PageArrived:
    """The payload `page`: text for a pager."""

    run: RunId
    data: MimeBundle


@dataclass(frozen=True, slots=True)
class RunFinished:
    """The run is over and all its output has come."""

    run: RunId
    status: RunStatus
    execution_count: int | None
    seconds: float | None
    """Between start and end, on the kernel's clock where it tells; None if it never started."""


@dataclass(frozen=True, slots=True)
class KernelStateChanged:
    """The kernel is in another state."""

    state: KernelState


@dataclass(frozen=True, slots=True)
class KernelInfoArrived:
    """The kernel said what it is."""

    info: KernelInfo


OutputEvent: TypeAlias = StreamArrived | Displayed | ResultArrived | ErrorArrived | OutputCleared
RunEvent: TypeAlias = OutputEvent | RunStarted | InputRequested | NextInputSet | PageArrived | RunFinished
Event: TypeAlias = RunEvent | DisplayUpdated | KernelStateChanged | KernelInfoArrived
