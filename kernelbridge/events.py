"""What a kernel can tell a frontend, one frozen dataclass each; `messages` makes them from the wire's."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from kernelbridge.outputs import JsonObject, JsonValue, MimeBundle
from kernelbridge.runstatus import RunId, RunStatus
from kernelbridge.state import KernelInfo, KernelState


@dataclass(frozen=True, slots=True)
class RunQueued:
    """Code is to be run, for this frontend or for another one of the keeper."""

    run: RunId
    code: str
    cell: JsonValue
    """What the frontend said of the cell that it is of."""
    by: str
    """Which frontend asked for it, as a name for a person."""
    is_continued: bool
    """What it printed before is in the file already."""


@dataclass(frozen=True, slots=True)
class ForeignRunStarted:
    """A frontend that is not one of the keeper's runs code on the same kernel."""

    run: RunId
    code: str
    by: str


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
class InputAnswered:
    """A line of input was given; its text is not kept anywhere."""

    run: RunId
    hidden: bool
    """It was a password."""


class Gap(Enum):
    """Why something of an output is missing."""

    FLOOD = "flood"
    """There was more than the journal holds."""
    KEEPER = "keeper"
    """The keeper was killed, and nobody listened for a while."""
    JOURNAL = "journal"
    """It could not be written, as on a full disk."""
    LINE = "line"
    """The connection between keeper and kernel broke, or the server between them let go of it."""
    SERVER = "server"
    """It was more than the server between keeper and kernel lets through."""


@dataclass(frozen=True, slots=True)
class OutputMissing:
    """What was printed here is not there, or may not be."""

    run: RunId
    why: Gap
    lines: int | None
    bytes: int | None
    since: float | None
    """Seconds since the epoch."""
    until: float | None
    messages: int | None = None
    """Of those that a server held back, how many; None or 0 where it is not known."""


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


@dataclass(frozen=True, slots=True)
class LineChanged:
    """The line to the keeper is in another state."""


@dataclass(frozen=True, slots=True)
class SilenceChanged:
    """The keeper does not answer, or does again."""


@dataclass(frozen=True, slots=True)
class FrontendsChanged:
    """Others came or went, or another has the right to edit."""


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """All that happened while this frontend was away has been told."""


@dataclass(frozen=True, slots=True)
class JournalChanged:
    """What is printed is not being kept, or is again."""

    problem: str | None
    """One line."""


@dataclass(frozen=True, slots=True)
class CommOpened:
    """`comm_open`: the kernel made something of its own, as a widget, that frontends have a part of."""

    comm: str
    target: str
    """What kind of thing it is; `jupyter.widget` for a widget."""
    data: JsonObject
    buffers: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class CommMessaged:
    """`comm_msg`."""

    comm: str
    data: JsonObject
    buffers: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class CommClosed:
    """`comm_close`."""

    comm: str


@dataclass(frozen=True, slots=True)
class CommHandled:
    """The kernel is done with what a frontend said by a comm message, or is gone."""

    message: str
    """The id that `Session.comm` gave it."""


@dataclass(frozen=True, slots=True)
class DebugEventArrived:
    """The kernel's debugger tells something (`debug_event`): it is of no run, and not kept."""

    event: str
    """As the Debug Adapter Protocol calls it: `stopped`, `continued`, ..."""
    body: JsonObject


OutputEvent: TypeAlias = (
    StreamArrived | Displayed | ResultArrived | ErrorArrived | OutputCleared | OutputMissing
)
CommEvent: TypeAlias = CommOpened | CommMessaged | CommClosed


@dataclass(frozen=True, slots=True)
class CommOutput:
    """What a frontend's comm message led to, as the printing of a button's callback."""

    message: str
    """The id of the comm message."""
    event: OutputEvent
    """Its run is the one that the widget is of; empty where that is not known."""


RunEvent: TypeAlias = (
    OutputEvent
    | RunQueued
    | ForeignRunStarted
    | RunStarted
    | InputRequested
    | InputAnswered
    | NextInputSet
    | PageArrived
    | RunFinished
)
KeeperEvent: TypeAlias = LineChanged | SilenceChanged | FrontendsChanged | CaughtUp | JournalChanged
Event: TypeAlias = (
    RunEvent
    | CommEvent
    | CommOutput
    | CommHandled
    | DisplayUpdated
    | KernelStateChanged
    | KernelInfoArrived
    | DebugEventArrived
    | KeeperEvent
)
