"""The last line that a cell printed: what a person looks at to see how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kernelbridge.outputs import DisplayData, ErrorOutput, ExecuteResult, Output, Stream
from tui.sanitize import clean

_LONGEST: Final = 4096


def last_line(outputs: Sequence[Output]) -> str:
    """In printable text, and one line; empty where there is none."""
    for output in reversed(outputs):
        line = _last_of(output).strip()
        if line:
            return line
    return ""


def _last_of(output: Output) -> str:
    match output:
        case Stream(text=text):
            lines = text.lines(max(0, text.line_count - 3), text.line_count)
            return next((line for each in reversed(lines) if (line := clean(each[-_LONGEST:]).strip())), "")
        case ErrorOutput(ename=name, evalue=value):
            return clean(f"{name}: {value}"[:_LONGEST])
        case DisplayData(data=data) | ExecuteResult(data=data):
            plain = data.get("text/plain")
            return clean(plain.rstrip().rpartition("\n")[2][-_LONGEST:]) if isinstance(plain, str) else ""
        case _:
            return ""
