"""The keeper's records as events: the one way from what a kernel says to a cell, live and replayed alike."""

from __future__ import annotations

from kernelbridge.events import (
    CommOutput,
    Displayed,
    ErrorArrived,
    Event,
    ForeignRunStarted,
    Gap,
    InputAnswered,
    OutputCleared,
    OutputMissing,
    ResultArrived,
    RunFinished,
    RunQueued,
    StreamArrived,
)
from kernelbridge.keeper.frames import Frame
from kernelbridge.keeper.jsontypes import (
    EMPTY,
    JsonObject,
    number_in,
    object_in,
    text_in,
    whole_in,
)
from kernelbridge.keeper.wire import WireMessage
from kernelbridge.messages import ExecuteReply, comm_event, display_update, reply, run_event
from kernelbridge.runstatus import RunId, RunStatus

_OF_COMM = (StreamArrived, Displayed, ResultArrived, ErrorArrived, OutputCleared)


def seq_of(frame: Frame) -> int:
    """A record's number; 0 where it has none."""
    return whole_in(frame.fields, "seq") or 0


def events_of(frame: Frame) -> tuple[Event, ...]:
    """What a record tells; nothing where it says nothing that we know."""
    fields = frame.fields
    run = RunId(text_in(fields, "run"))
    match fields.get("what"):
        case "message":
            return _events_of_message(frame, run)
        case "queued":
            continues = fields.get("continues") is True
            return (
                RunQueued(run, text_in(fields, "code"), fields.get("cell"), text_in(fields, "by"), continues),
            )
        case "foreign":
            return (ForeignRunStarted(run, text_in(fields, "code"), text_in(fields, "by")),)
        case "answered":
            return (InputAnswered(run, fields.get("hidden") is True),)
        case "gap":
            return (_gap(fields, run),)
        case "finished":
            count, seconds = whole_in(fields, "execution_count"), number_in(fields, "seconds")
            return (RunFinished(run, _status(fields), count, seconds),)
        case _:
            return ()


def _events_of_message(frame: Frame, run: RunId) -> tuple[Event, ...]:
    fields = frame.fields
    header: JsonObject = {"msg_type": text_in(fields, "kind"), "date": fields.get("date")}
    content, metadata = object_in(fields, "content"), object_in(fields, "metadata")
    message = WireMessage(header, EMPTY, metadata, content, frame.buffers)
    answer = reply(message, run)
    if isinstance(answer, ExecuteReply):
        return answer.payload
    update = display_update(message, run or None)
    if update is not None:
        return (update,)
    told = comm_event(message)
    if told is not None:
        return (told,)
    event = run_event(message, run, number_in(fields, "at") or 0.0)
    request = text_in(fields, "parent")
    if request and isinstance(event, _OF_COMM):
        return (CommOutput(request, event),)
    return (event,) if event is not None and run else ()


def _gap(fields: JsonObject, run: RunId) -> OutputMissing:
    try:
        why = Gap(text_in(fields, "why"))
    except ValueError:
        why = Gap.LINE
    return OutputMissing(
        run,
        why,
        whole_in(fields, "lines"),
        whole_in(fields, "bytes"),
        number_in(fields, "since"),
        number_in(fields, "until"),
        whole_in(fields, "messages"),
    )


def _status(fields: JsonObject) -> RunStatus:
    try:
        return RunStatus(text_in(fields, "status"))
    except ValueError:
        return RunStatus.ERROR
