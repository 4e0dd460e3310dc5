"""Streams that stand one after the other as one: a file may hold what was printed in many pieces."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from kernelbridge.outputs import Output, Stream
from kernelbridge.streamtext import StreamText


def with_joined_streams(outputs: Sequence[Output]) -> Sequence[Output]:
    """The outputs to be drawn: in place of streams of one name in a row, one of all their text.

    So a progress bar is one line, as JupyterLab shows it, whoever wrote the file. The same sequence where
    there are none.
    """
    names = [output.name if isinstance(output, Stream) else None for output in outputs]
    if not any(first is not None and first == second for first, second in pairwise(names)):
        return outputs
    joined: list[Output] = []
    for name, group in groupby(outputs, lambda output: output.name if isinstance(output, Stream) else None):
        pieces = list(group)
        if name is None or len(pieces) == 1:
            joined += pieces
        else:
            text = "".join(str(piece.text) for piece in pieces if isinstance(piece, Stream))
            joined.append(Stream(name, StreamText.of(text)))
    return joined
