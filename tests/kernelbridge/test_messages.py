"""Messages are read for what they hold; what a hostile kernel puts in place of it reads as empty."""

from __future__ import annotations

from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernelbridge import messages
from kernelbridge.events import (
    Displayed,
    DisplayUpdated,
    InputRequested,
    NextInputSet,
    PageArrived,
    RunId,
    RunStarted,
    RunStatus,
    StreamArrived,
)
from kernelbridge.keeper.wire import WireMessage
from kernelbridge.messages import ExecuteReply
from kernelbridge.outputs import JsonObject
from kernelbridge.replies import Completion, Completions, Inspection
from kernelbridge.state import KernelInfo

RUN = RunId("run")
KINDS = [
    *("stream", "display_data", "execute_result", "error", "clear_output", "execute_input", "input_request"),
    *("update_display_data", "status", "iopub_welcome", "execute_reply", "kernel_info_reply"),
    *("complete_reply", "inspect_reply", "unheard_of"),
]
FIELDS = [
    *("name", "text", "data", "metadata", "transient", "display_id", "execution_count", "ename", "evalue"),
    *("traceback", "wait", "prompt", "password", "execution_state", "status", "payload", "source", "replace"),
    *("language_info", "supported_features", "matches", "cursor_start", "cursor_end", "found"),
    *("_jupyter_types_experimental", "type", "signature", "text/plain", "date"),
]
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4),
    max_leaves=12,
)
hostile = st.dictionaries(st.sampled_from(FIELDS), anything, max_size=8)


def wire(kind: str, content: object) -> WireMessage:
    return WireMessage({"msg_type": kind}, content=cast("JsonObject", content))


@given(st.sampled_from(KINDS), hostile, hostile)
def test_no_content_whatever_raises(kind: str, header: dict[str, object], content: dict[str, object]) -> None:
    message = WireMessage(
        cast("JsonObject", {**header, "msg_type": kind}),
        cast("JsonObject", header),
        content=cast("JsonObject", content),
    )
    messages.run_event(message, RUN, 0.0)
    messages.display_update(message, RUN)
    messages.reply(message, RUN)


def test_a_stream_without_a_name_is_stdout() -> None:
    event = messages.run_event(wire("stream", {"text": "a"}), RUN, 0.0)
    assert event == StreamArrived(RUN, "stdout", "a")


def test_text_sent_as_a_list_of_lines_is_joined_and_json_is_not() -> None:
    data = {"text/plain": ["a\n", "b"], "application/json": ["a", "b"]}
    event = messages.run_event(
        wire("display_data", {"data": data, "transient": {"display_id": "x"}}), RUN, 0.0
    )
    assert event == Displayed(RUN, {"text/plain": "a\nb", "application/json": ["a", "b"]}, {}, "x")


def test_a_run_starts_at_the_message_s_date_or_now() -> None:
    dated = WireMessage({"msg_type": "execute_input", "date": "1970-01-01T00:00:05Z"})
    assert messages.run_event(dated, RUN, 9.0) == RunStarted(RUN, None, 5.0)
    assert messages.run_event(wire("execute_input", {"execution_count": 3}), RUN, 9.0) == RunStarted(
        RUN, 3, 9.0
    )


def test_a_password_is_asked_for_only_where_the_kernel_says_true() -> None:
    event = messages.run_event(wire("input_request", {"prompt": "?", "password": 1}), RUN, 0.0)
    assert event == InputRequested(RUN, "?", password=False)


def test_a_display_update_without_an_id_says_nothing() -> None:
    assert messages.display_update(wire("update_display_data", {"data": {}}), RUN) is None
    message = wire("update_display_data", {"data": {"a/b": "c"}, "transient": {"display_id": "x"}})
    assert messages.display_update(message, None) == DisplayUpdated(None, "x", {"a/b": "c"}, {})


@pytest.mark.parametrize(
    ("status", "read"),
    [
        ("ok", RunStatus.OK),
        ("aborted", RunStatus.ABORTED),
        ("abort", RunStatus.ABORTED),
        ("error", RunStatus.ERROR),
    ],
)
def test_a_reply_tells_how_the_run_ended_and_what_is_left_to_do(status: str, read: RunStatus) -> None:
    payload = [
        {"source": "set_next_input", "text": "x", "replace": True},
        {"source": "page", "data": {"text/plain": "doc"}},
        {"source": "ask_exit"},
        "nonsense",
    ]
    content = {"status": status, "execution_count": 2, "payload": payload}
    assert messages.reply(wire("execute_reply", content), RUN) == ExecuteReply(
        read, 2, (NextInputSet(RUN, "x", replace=True), PageArrived(RUN, {"text/plain": "doc"}))
    )


def test_of_many_pages_and_next_inputs_only_the_last_is_done() -> None:
    payload = [
        {"source": source, "text": text, "data": {"text/plain": text}}
        for text in ("first", "last")
        for source in ("page", "set_next_input")
    ]
    answer = messages.reply(wire("execute_reply", {"status": "ok", "payload": payload}), RUN)
    assert isinstance(answer, ExecuteReply)
    assert answer.payload == (
        PageArrived(RUN, {"text/plain": "last"}),
        NextInputSet(RUN, "last", replace=False),
    )


def test_kernel_info_tells_language_and_features() -> None:
    content = {
        "implementation": "ipython",
        "banner": "b",
        "language_info": {"name": "python", "version": "3", "pygments_lexer": None},
        "supported_features": ["kernel subshells"],
    }
    assert messages.reply(wire("kernel_info_reply", content), None) == KernelInfo(
        "ipython", "python", "3", "b", supports_subshells=True
    )


@pytest.mark.parametrize(
    ("implementation", "debugger", "believed"),
    [
        ("ipython", True, (True, True)),
        ("ipython", False, (True, False)),
        ("bash_kernel", False, (False, False)),
        ("bash_kernel", True, (False, True)),
    ],
)
def test_what_a_wrapper_of_another_program_inherits_is_not_believed(
    implementation: str, debugger: bool, believed: tuple[bool, bool]
) -> None:
    content = {
        "implementation": implementation,
        "supported_features": ["kernel subshells", "debugger"],
    }
    info = messages.kernel_info(content, debugger=debugger)
    assert (info.supports_subshells, info.supports_debugger) == believed
    assert not messages.kernel_info({"implementation": implementation}, debugger=True).supports_debugger


def test_completions_carry_their_kind_where_it_is_told() -> None:
    content = {
        "matches": ["abs", "all"],
        "cursor_start": 0,
        "cursor_end": 1,
        "metadata": {
            "_jupyter_types_experimental": [{"text": "abs", "type": "function", "signature": "(x)"}]
        },
    }
    assert messages.reply(wire("complete_reply", content), None) == Completions(
        (Completion("abs", "function", "(x)"), Completion("all")), 0, 1
    )


def test_an_inspection_that_found_nothing_is_empty() -> None:
    assert messages.reply(wire("inspect_reply", {"found": False, "data": {"a/b": "c"}}), None) == Inspection(
        {}
    )
