"""The one way in which what a kernel tells changes a cell's outputs, live and replayed alike."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from kernelbridge.events import (
    Displayed,
    DisplayUpdated,
    ErrorArrived,
    OutputCleared,
    OutputEvent,
    OutputMissing,
    ResultArrived,
    StreamArrived,
)
from kernelbridge.gapnote import gap_note
from kernelbridge.outputs import DisplayData, ErrorOutput, ExecuteResult, Output, Outputs, Stream
from kernelbridge.streamtext import StreamText


def fold(outputs: Outputs, event: OutputEvent) -> Outputs:
    """The outputs after an event; the very same object when it changed nothing."""
    match event:
        case OutputCleared(wait=True):
            return outputs if outputs.clear_pending else replace(outputs, clear_pending=True)
        case OutputCleared():
            return Outputs() if outputs.items or outputs.clear_pending else outputs
        case StreamArrived(text=""):
            return outputs
        case StreamArrived():
            return _with_stream(outputs, event)
        case OutputMissing():
            return _with_stream(outputs, StreamArrived(event.run, "stderr", gap_note(event)))
        case Displayed():
            return _with(outputs, DisplayData(event.data, event.metadata, event.display_id))
        case ResultArrived():
            return _with(
                outputs,
                ExecuteResult(event.data, event.metadata, event.execution_count, event.display_id),
            )
        case ErrorArrived():
            return _with(outputs, ErrorOutput(event.ename, event.evalue, event.traceback))
        case _:
            assert_never(event)


def update_display(outputs: Outputs, event: DisplayUpdated) -> Outputs:
    """The outputs with new data wherever the display id is carried; the very same object when nowhere."""
    items = tuple(_updated(item, event) for item in outputs.items)
    if all(new is old for new, old in zip(items, outputs.items, strict=True)):
        return outputs
    return replace(outputs, items=items)


def _updated(item: Output, event: DisplayUpdated) -> Output:
    if isinstance(item, DisplayData | ExecuteResult) and item.display_id == event.display_id:
        return replace(item, data=event.data, metadata=event.metadata)
    return item


def _kept(outputs: Outputs) -> tuple[Output, ...]:
    """What the next output is added to: nothing where a clearing waits for it."""
    return () if outputs.clear_pending else outputs.items


def _with(outputs: Outputs, item: Output) -> Outputs:
    return Outputs((*_kept(outputs), item))


def _with_stream(outputs: Outputs, event: StreamArrived) -> Outputs:
    """Text joins the output before it where that is the same stream, as in every Jupyter frontend."""
    items = _kept(outputs)
    if items and isinstance(last := items[-1], Stream) and last.name == event.name:
        return Outputs((*items[:-1], Stream(event.name, last.text.append(event.text))))
    return Outputs((*items, Stream(event.name, StreamText.of("").append(event.text))))
