"""What Jupyter's messages hold, as values, and what a frontend asks, as requests.

Kernels differ and may be hostile: a field that is missing or of another type reads as its empty value, and a
message that says nothing we know reads as None. Source: jupyter_client, "Messaging in Jupyter", 5.4; JEP 65.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast

from kernelbridge.events import (
    CommClosed,
    CommEvent,
    CommMessaged,
    CommOpened,
    Displayed,
    DisplayUpdated,
    ErrorArrived,
    InputRequested,
    NextInputSet,
    OutputCleared,
    PageArrived,
    ResultArrived,
    RunEvent,
    RunStarted,
    StreamArrived,
)
from kernelbridge.keeper.kernels import Request
from kernelbridge.keeper.wire import WireMessage
from kernelbridge.outputs import JsonObject, JsonValue, MimeBundle
from kernelbridge.replies import Completion, Completions, Evaluations, Inspection, PastInputs
from kernelbridge.runstatus import RunId, RunStatus
from kernelbridge.state import KernelInfo


def complete_request(code: str, cursor: int) -> Request:
    """How could the code go on at `cursor`, in code points?"""
    return Request("complete_request", {"code": code, "cursor_pos": cursor})


def inspect_request(code: str, cursor: int, detail: int) -> Request:
    """What is the name at `cursor`, in code points? `detail` 1 asks for more than 0."""
    return Request("inspect_request", {"code": code, "cursor_pos": cursor, "detail_level": detail})


def history_request(count: int) -> Request:
    """What were the last `count` inputs, as they were typed?"""
    content: JsonObject = {"output": False, "raw": True, "hist_access_type": "tail", "n": count}
    return Request("history_request", content)


def comm_opening(comm: str, target: str, version: str) -> Request:
    """A frontend makes a comm of its own, which the kernel has a part of."""
    return Request("comm_open", {"comm_id": comm, "target_name": target, "data": {}}, {"version": version})


def comm_message(comm: str, data: JsonObject) -> Request:
    """Something is said over a comm."""
    return Request("comm_msg", {"comm_id": comm, "data": data})


def evaluate_request(expressions: Mapping[str, str]) -> Request:
    """What do expressions come to, by name? Runs no code, and leaves no trace in the history."""
    return Request(
        "execute_request",
        {
            "code": "",
            "silent": True,
            "store_history": False,
            "user_expressions": dict(expressions),
            "allow_stdin": False,
            "stop_on_error": False,
        },
    )


@dataclass(frozen=True, slots=True)
class ExecuteReply:
    """How an execution ended, and what it leaves to do."""

    status: RunStatus
    execution_count: int | None
    payload: tuple[NextInputSet | PageArrived, ...]


_WITH_SUBSHELLS = frozenset({"ipython", "xeus-python"})
"""What kernels with real subshells call their implementation."""

Reply: TypeAlias = ExecuteReply | KernelInfo | Completions | Inspection | Evaluations | PastInputs


def run_event(message: WireMessage, run: RunId, now: float) -> RunEvent | None:
    """What a message tells of a run; `now`, in seconds since the epoch, stands in for a missing date."""
    content = message.content
    match message.kind:
        case "stream":
            return StreamArrived(run, _text(content, "name") or "stdout", _text(content, "text"))
        case "display_data":
            return Displayed(run, _bundle(content), _object(content, "metadata"), _display_id(content))
        case "execute_result":
            count = _count(content)
            return ResultArrived(
                run, _bundle(content), _object(content, "metadata"), count, _display_id(content)
            )
        case "error":
            return ErrorArrived(
                run, _text(content, "ename"), _text(content, "evalue"), _texts(content, "traceback")
            )
        case "clear_output":
            return OutputCleared(run, content.get("wait") is True)
        case "execute_input":
            return RunStarted(run, _count(content), message.sent_at or now)
        case "input_request":
            return InputRequested(run, _text(content, "prompt"), content.get("password") is True)
        case _:
            return None


def display_update(message: WireMessage, run: RunId | None) -> DisplayUpdated | None:
    """New data for what is displayed under an id, whoever asked for it."""
    if message.kind != "update_display_data":
        return None
    display_id = _display_id(message.content)
    if display_id is None:
        return None
    return DisplayUpdated(run, display_id, _bundle(message.content), _object(message.content, "metadata"))


def comm_event(message: WireMessage) -> CommEvent | None:
    """What a message tells of a comm."""
    content = message.content
    comm, data = _text(content, "comm_id"), _object(content, "data")
    match message.kind:
        case "comm_open":
            return CommOpened(comm, _text(content, "target_name"), data, message.buffers)
        case "comm_msg":
            return CommMessaged(comm, data, message.buffers)
        case "comm_close":
            return CommClosed(comm)
        case _:
            return None


def is_repeatable(comm: JsonObject) -> bool:
    """Whether a `comm` frame may be sent twice: it sets a state, and does not press a button."""
    return _object(_object(comm, "content"), "data").get("method") == "update"


def reply(message: WireMessage, run: RunId | None) -> Reply | None:
    """The answer in a shell message; `run` is the one that an execute reply is for, None of an evaluation."""
    content = message.content
    match message.kind:
        case "execute_reply" if run is not None:
            return ExecuteReply(_status(content), _count(content), _payload(content, run))
        case "execute_reply":
            return _evaluations(content)
        case "kernel_info_reply":
            return kernel_info(content)
        case "complete_reply":
            return _completions(content)
        case "inspect_reply":
            return Inspection(_bundle(content) if content.get("found") is True else {})
        case "history_reply":
            return PastInputs(_inputs(content))
        case _:
            return None


def _status(content: JsonObject) -> RunStatus:
    match content.get("status"):
        case "ok":
            return RunStatus.OK
        case "aborted" | "abort":
            return RunStatus.ABORTED
        case _:
            return RunStatus.ERROR


def _payload(content: JsonObject, run: RunId) -> tuple[NextInputSet | PageArrived, ...]:
    """What is left to do, the last of each kind: a frontend shows one page, and there is one next input."""
    events: dict[type, NextInputSet | PageArrived] = {}
    for item in _objects(content, "payload"):
        match item.get("source"):
            case "set_next_input":
                events[NextInputSet] = NextInputSet(run, _text(item, "text"), item.get("replace") is True)
            case "page":
                events[PageArrived] = PageArrived(run, _bundle(item))
            case _:
                pass
    return tuple(events.values())


def kernel_info(content: JsonObject, *, debugger: bool = False) -> KernelInfo:
    """What the content of a `kernel_info_reply` says, of which its features are not believed blindly.

    Kernels that wrap another program inherit ipykernel's features, and answer to them: a debugger is one only
    where the kernelspec says so, too, which is `debugger`; and what a subshell of theirs runs would get
    between the wrapped program and the cell that it runs.
    """
    language = _object(content, "language_info")
    implementation = _text(content, "implementation")
    features = _texts(content, "supported_features")
    return KernelInfo(
        implementation=implementation,
        language=_text(language, "name"),
        language_version=_text(language, "version"),
        banner=_text(content, "banner"),
        mimetype=_text(language, "mimetype"),
        file_extension=_text(language, "file_extension"),
        pygments_lexer=_text(language, "pygments_lexer"),
        supports_subshells="kernel subshells" in features and implementation in _WITH_SUBSHELLS,
        supports_debugger=debugger and ("debugger" in features or content.get("debugger") is True),
    )


def _completions(content: JsonObject) -> Completions:
    start, end = _number(content, "cursor_start"), _number(content, "cursor_end")
    typed = _objects(_object(content, "metadata"), "_jupyter_types_experimental")
    known = {
        _text(item, "text"): (_text(item, "type"), _text(item, "signature"))
        for item in typed
        if isinstance(item.get("text"), str)
    }
    matches = tuple(Completion(text, *known.get(text, ("", ""))) for text in _texts(content, "matches"))
    return Completions(matches, max(0, start or 0), max(0, end or 0))


def _inputs(content: JsonObject) -> tuple[str, ...]:
    """The sources of a history: an entry is a session, a line, and the source, with its output or without."""
    entries = [entry for entry in _list(content, "history") if isinstance(entry, list) and len(entry) == 3]
    sources = [entry[2][0] if isinstance(entry[2], list) and entry[2] else entry[2] for entry in entries]
    return tuple(source for source in sources if isinstance(source, str) and source.strip())


def _evaluations(content: JsonObject) -> Evaluations:
    values: dict[str, MimeBundle] = {}
    errors: dict[str, str] = {}
    asked = _object(content, "user_expressions")
    for name in asked:
        told = _object(asked, name)
        if told.get("status") == "ok":
            values[name] = _bundle(told)
        else:
            errors[name] = f"{_text(told, 'ename')}: {_text(told, 'evalue')}"
    return Evaluations(values, errors)


def _text(content: JsonObject, key: str) -> str:
    value = content.get(key)
    return value if isinstance(value, str) else ""


def _number(content: JsonObject, key: str) -> int | None:
    value = content.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _count(content: JsonObject) -> int | None:
    return _number(content, "execution_count")


def _object(content: JsonObject, key: str) -> JsonObject:
    value = content.get(key)
    return cast("JsonObject", value) if isinstance(value, Mapping) else {}


def _list(content: JsonObject, key: str) -> Sequence[JsonValue]:
    value = content.get(key)
    return cast("Sequence[JsonValue]", value) if isinstance(value, list) else ()


def _objects(content: JsonObject, key: str) -> list[JsonObject]:
    return [cast("JsonObject", item) for item in _list(content, key) if isinstance(item, Mapping)]


def _texts(content: JsonObject, key: str) -> tuple[str, ...]:
    return tuple(item for item in _list(content, key) if isinstance(item, str))


def _bundle(content: JsonObject) -> MimeBundle:
    """The data by MIME type, as outputs hold it: text that a kernel sends as a list of lines is joined."""
    data = _object(content, "data")
    return {mime: value if mime.endswith("json") else _joined(value) for mime, value in data.items()}


def _joined(value: JsonValue) -> JsonValue:
    if isinstance(value, list):
        lines = [item for item in value if isinstance(item, str)]
        if len(lines) == len(value):
            return "".join(lines)
    return value


def _display_id(content: JsonObject) -> str | None:
    return _text(_object(content, "transient"), "display_id") or None
