"""What an output says as plain text: what is searched, and copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kernelbridge.outputs import DisplayData, ErrorOutput, ExecuteResult, Stream, UnknownOutput
from tui.sanitize import ESCAPE

if TYPE_CHECKING:
    from kernelbridge.outputs import MimeBundle, Output

_AS_TEXT = ("text/plain", "text/markdown", "text/latex")


def output_text(output: Output) -> str:
    """The text without colours, not sanitized otherwise; empty where it has none, as a picture alone."""
    match output:
        case Stream(text=text):
            return _without_escapes(str(text))
        case ErrorOutput(ename=ename, evalue=evalue, traceback=traceback):
            return _without_escapes("\n".join(traceback) or f"{ename}: {evalue}")
        case DisplayData(data=data) | ExecuteResult(data=data):
            return _without_escapes(_text_of(data))
        case UnknownOutput():
            return ""


def _text_of(data: MimeBundle) -> str:
    return next((text for kind in _AS_TEXT if isinstance(text := data.get(kind), str)), "")


def _without_escapes(text: str) -> str:
    return ESCAPE.sub("", text) if "\x1b" in text or "\x9b" in text else text
