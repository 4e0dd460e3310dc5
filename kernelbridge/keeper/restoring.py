"""What an earlier keeper of the same home had been asked to run, read back from its journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Mapping

from kernelbridge.keeper.errors import ProtocolError
from kernelbridge.keeper.frames import Frame, unpack
from kernelbridge.keeper.jsontypes import EMPTY, JsonObject
from kernelbridge.keeper.keeping import Keeps
from kernelbridge.keeper.runs import Run
from kernelbridge.keeper.wire import WireMessage


@dataclass(frozen=True)
class Restored:
    """What was not over."""

    runs: list[Run]
    """In the order in which they were asked for; the one that the kernel was given is `sent`."""
    last_heard: float
    """When the newest record was written, in seconds since the epoch; 0 where there is none."""
    foreign: list[str]
    """Runs that were not ours, which nobody waits for any more."""


def restore(journal: Keeps) -> Restored:
    """Finds the runs that were asked for and not finished."""
    unfinished: list[Run] = []
    foreign: list[str] = []
    last_heard = 0.0
    for run_id in journal.runs():
        run: Run | None = None
        for _, data in journal.read_run(run_id):
            try:
                frame = unpack(data)
            except ProtocolError:
                continue
            at = frame.fields.get("at")
            last_heard = max(last_heard, at) if isinstance(at, float) else last_heard
            run = _after(run, run_id, frame)
        if run is None:
            foreign.append(run_id)
        elif not run.is_over:
            unfinished.append(run)
    return Restored(unfinished, last_heard, foreign)


def _after(run: Run | None, run_id: str, frame: Frame) -> Run | None:
    """The run once a record of it has been read."""
    fields = frame.fields
    what = fields.get("what")
    if what == "queued":
        code, by = fields.get("code"), fields.get("by")
        run = Run(run_id, code if isinstance(code, str) else "", fields.get("cell"), str(by))
        run.stops_on_error = fields.get("stop_on_error") is not False
        run.allows_input = fields.get("allow_stdin") is not False
        run.is_over = fields.get("continues") is True
    elif run is None:
        return None
    elif what == "sent":
        run.begun()
    elif what == "finished":
        run.is_over = True
    elif what == "answered":
        run.question = None
    elif what == "message":
        _hear(run, fields)
    return run


def _hear(run: Run, fields: JsonObject) -> None:
    kind, content = fields.get("kind"), fields.get("content")
    date = fields.get("date")
    message = WireMessage(
        {"msg_type": kind, "date": date}, content=content if isinstance(content, Mapping) else EMPTY
    )
    if kind == "execute_input":
        run.started = True
        run.started_at = message.sent_at
        count = message.content.get("execution_count")
        run.execution_count = count if isinstance(count, int) else None
    elif kind == "input_request":
        run.question = message
    elif kind == "execute_reply":
        run.reply = message.content
