"""Only what is whole, signed with the key and new gets off the wire; the rest is dropped and counted."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jupyter_client.session import Session as JupyterSession

from kernelbridge.keeper.wire import DELIMITER, Wire, WireMessage

KEY = b"secret"
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.text(), json_values, max_size=4), st.lists(st.binary(), max_size=3))
def test_what_is_packed_unpacks_to_the_same(content: dict[str, object], buffers: list[bytes]) -> None:
    sent = Wire(KEY).message("comm_msg", content)
    sent = WireMessage(sent.header, sent.parent_header, sent.metadata, content, tuple(buffers))
    assert Wire(KEY).unpack([b"identity", *Wire(KEY).pack(sent)]) == sent


def test_jupyter_client_reads_what_is_sent_and_is_read() -> None:
    jupyter = JupyterSession(key=KEY)
    frames = Wire(KEY).pack(Wire(KEY).message("execute_request", {"code": "é"}))
    _, parts = jupyter.feed_identities(frames)
    message = jupyter.deserialize(parts)
    assert (message["header"]["msg_type"], message["content"]) == ("execute_request", {"code": "é"})

    answer = Wire(KEY).unpack(jupyter.serialize(jupyter.msg("stream", {"text": "é"}, parent=message)))
    assert answer is not None
    assert (answer.kind, answer.content, answer.parent_id) == ("stream", {"text": "é"}, message["msg_id"])
    assert answer.sent_at is not None


def test_a_message_signed_with_another_key_is_dropped() -> None:
    wire = Wire(KEY)
    assert wire.unpack(Wire(b"other").pack(Wire(b"other").message("stream", {}))) is None
    assert wire.unpack(Wire(b"").pack(Wire(b"").message("stream", {}))) is None
    assert wire.dropped == 2


def test_a_message_that_was_changed_is_dropped() -> None:
    frames = Wire(KEY).pack(Wire(KEY).message("stream", {"text": "a"}))
    frames[-1] = b'{"text":"b"}'
    assert Wire(KEY).unpack(frames) is None


def test_a_message_that_came_before_is_dropped() -> None:
    wire = Wire(KEY)
    frames = wire.pack(wire.message("stream", {}))
    assert wire.unpack(frames) is not None
    assert wire.unpack(frames) is None
    assert wire.dropped == 1


@given(st.lists(st.sampled_from([DELIMITER, b"", b"{}", b"[]", b"{", b"\xff", b"[" * 100_000]), max_size=8))
def test_frames_that_are_no_message_never_raise(frames: list[bytes]) -> None:
    wire = Wire(b"")
    message = wire.unpack(frames)
    assert (message is None) == (wire.dropped == 1)


def test_without_a_key_nothing_is_signed_or_checked() -> None:
    frames = Wire(b"").pack(Wire(b"").message("stream", {}))
    assert frames[1] == b""
    assert Wire(b"").unpack(frames) is not None


@pytest.mark.parametrize("date", [None, 5, "", "yesterday", "9999-99-99"])
def test_a_date_that_is_none_reads_as_none(date: object) -> None:
    assert WireMessage({"date": date}).sent_at is None  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("date", "seconds"),
    [
        ("1970-01-01T00:00:01.5Z", 1.5),
        ("1970-01-01T00:00:01Z", 1),
        ("1970-01-01 00:00:01.123456789", 1.123456),
        ("1970-01-01T01:00:01,25+01:00", 1.25),
        ("1969-12-31T23:00:01.250-0100", 1.25),
    ],
)
def test_dates_are_read_as_kernels_write_them(date: str, seconds: float) -> None:
    assert WireMessage({"date": date}).sent_at == seconds


def test_a_request_has_the_id_the_metadata_and_the_buffers_that_it_was_given() -> None:
    sent = Wire(KEY, "me").message("comm_msg", {}, None, "id", {"a": 1}, (b"b",))
    got = Wire(KEY).unpack(Wire(KEY).pack(sent))
    assert got is not None
    assert (got.id, got.metadata, got.buffers, got.header["session"]) == ("id", {"a": 1}, (b"b",), "me")


def test_a_lone_surrogate_is_sent_as_its_escape() -> None:
    frames = Wire(KEY).pack(Wire(KEY).message("execute_request", {"code": "\ud800"}))
    assert json.loads(frames[-1]) == {"code": "\ud800"}
