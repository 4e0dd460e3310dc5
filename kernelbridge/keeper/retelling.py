"""The records of a run that is not over, made again where the journal has lost them."""

from __future__ import annotations

from typing import Dict, Iterator

from kernelbridge.keeper.jsontypes import EMPTY, JsonValue
from kernelbridge.keeper.runs import Run
from kernelbridge.keeper.wire import WireMessage

Fields = Dict[str, JsonValue]


def retold(run: Run, now: float) -> Iterator[Fields]:
    """What a record each has to say, without number and time; a gap stands for what it printed."""
    yield {"what": "queued", **queued(run)}
    if run.sent is not None:
        yield {"what": "sent"}
    if run.started:
        content: Fields = {"code": run.code, "execution_count": run.count()}
        yield _message("iopub", WireMessage({"msg_type": "execute_input"}, content=content))
        gap: Fields = {"what": "gap", "why": "journal", "lines": None, "bytes": None}
        yield {**gap, "since": run.started_at, "until": now}
    if run.question is not None:
        yield _message("stdin", run.question)


def queued(run: Run, *, continues: bool = False) -> Fields:
    """What the record says that a run begins with; how it is to be run only where that is unusual."""
    fields: Fields = {"code": run.code, "cell": run.cell, "by": run.by, "continues": continues}
    if not run.stops_on_error:
        fields["stop_on_error"] = False
    if not run.allows_input:
        fields["allow_stdin"] = False
    return fields


def _message(channel: str, message: WireMessage) -> Fields:
    return {
        "what": "message",
        "channel": channel,
        "kind": message.kind,
        "content": message.content,
        "metadata": message.metadata or EMPTY,
        "date": message.header.get("date"),
    }
