"""The keeper's records as events: the one way from what a kernel says to a cell, live and replayed alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from kernelbridge.events import (
    Event,
    ForeignRunStarted,
    Gap,
    InputAnswered,
    OutputMissing,
    RunFinished,
    RunQueued,
)
from kernelbridge.keeper.frames import Frame
from kernelbridge.keeper.jsontypes import EMPTY, JsonObject, JsonValue
from kernelbridge.keeper.wire import WireMessage
from kernelbridge.messages import ExecuteReply, display_update, reply, run_event
from kernelbridge.runstatus import RunId, RunStatus


def seq_of(frame: Frame) -> int:
    """A record's number; 0 where it has none."""
    return _whole(frame.fields, "seq") or 0


def events_of(frame: Frame) -> tuple[Event, ...]:
    """What a record tells; nothing where it says nothing that we know."""
    fields = frame.fields
    run = RunId(_text(fields, "run"))
    match fields.get("what"):
        case "message":
            return _events_of_message(frame, run)
        case "queued":
            continues = fields.get("continues") is True
            return (
                RunQueued(run, _text(fields, "code"), fields.get("cell"), _text(fields, "by"), continues),
            )
        case "foreign":
            return (ForeignRunStarted(run, _text(fields, "code"), _text(fields, "by")),)
        case "answered":
            return (InputAnswered(run, fields.get("hidden") is True),)
        case "gap":
            return (_gap(fields, run),)
        case "finished":
            count, seconds = _whole(fields, "execution_count"), _number(fields, "seconds")
            return (RunFinished(run, _status(fields), count, seconds),)
        case _:
            return ()


def _events_of_message(frame: Frame, run: RunId) -> tuple[Event, ...]:
    fields = frame.fields
    header: JsonObject = {"msg_type": _text(fields, "kind"), "date": fields.get("date")}
    content, metadata = _object(fields, "content"), _object(fields, "metadata")
    message = WireMessage(header, EMPTY, metadata, content, frame.buffers)
    answer = reply(message, run)
    if isinstance(answer, ExecuteReply):
        return answer.payload
    update = display_update(message, run or None)
    if update is not None:
        return (update,)
    event = None if not run else run_event(message, run, _number(fields, "at") or 0.0)
    return () if event is None else (event,)


def _gap(fields: JsonObject, run: RunId) -> OutputMissing:
    try:
        why = Gap(_text(fields, "why"))
    except ValueError:
        why = Gap.LINE
    return OutputMissing(
        run,
        why,
        _whole(fields, "lines"),
        _whole(fields, "bytes"),
        _number(fields, "since"),
        _number(fields, "until"),
        _whole(fields, "messages"),
    )


def _status(fields: JsonObject) -> RunStatus:
    try:
        return RunStatus(_text(fields, "status"))
    except ValueError:
        return RunStatus.ERROR


def _text(fields: JsonObject, key: str) -> str:
    value = fields.get(key)
    return value if isinstance(value, str) else ""


def _whole(fields: JsonObject, key: str) -> int | None:
    value = fields.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _number(fields: JsonObject, key: str) -> float | None:
    value = fields.get(key)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _object(fields: JsonObject, key: str) -> JsonObject:
    value: JsonValue = fields.get(key)
    return cast("JsonObject", value) if isinstance(value, Mapping) else EMPTY
