"""Frames come out as they went in, however the bytes are split, and what is none is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernelbridge.keeper.errors import ProtocolError
from kernelbridge.keeper.frames import Frame, Unpacker, pack, unpack

FRAMES = st.lists(
    st.builds(
        lambda text, buffers: Frame({"op": "a", "text": text}, tuple(buffers)),
        st.text(),
        st.lists(st.binary(max_size=50), max_size=3),
    ),
    max_size=4,
)


@given(FRAMES, st.integers(1, 40))
def test_frames_may_be_split_anywhere(frames: list[Frame], size: int) -> None:
    data, unpacker = b"".join(map(pack, frames)), Unpacker()
    come: list[Frame] = []
    for at in range(0, len(data), size):
        come += unpacker.feed(data[at : at + size])
    assert [(frame.fields["text"], frame.buffers) for frame in come] == [
        (frame.fields["text"], frame.buffers) for frame in frames
    ]


def test_a_frame_above_the_limit_is_refused_by_its_length_before_it_is_there() -> None:
    data = pack(Frame({"op": "a"}, (bytes(1000),)))
    assert Unpacker(len(data) - 4).feed(data) == [unpack(data)]
    with pytest.raises(ProtocolError, match="no frame"):
        Unpacker(len(data) - 5).feed(data[:8])
