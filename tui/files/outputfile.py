"""Outputs as files: what is in a bundle, byte by byte, and as a page that a browser shows."""

from __future__ import annotations

import binascii
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from kernelbridge.outputs import (
    DisplayData,
    ErrorOutput,
    ExecuteResult,
    JsonValue,
    MimeBundle,
    Output,
    Stream,
)

_SUFFIXES: Final = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/jpg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/bmp": ".bmp",
    "image/tiff": ".tiff",
    "image/svg+xml": ".svg",
    "application/pdf": ".pdf",
    "application/javascript": ".js",
    "application/geo+json": ".geojson",
    "application/xml": ".xml",
    "text/html": ".html",
    "text/latex": ".tex",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "audio/wav": ".wav",
    "audio/x-wav": ".wav",
    "audio/mpeg": ".mp3",
    "audio/ogg": ".ogg",
    "video/mp4": ".mp4",
    "video/webm": ".webm",
    "video/ogg": ".ogv",
}
_BINARY: Final = re.compile(
    r"(image/(?!svg\+xml$)|audio/|video/|application/(pdf|octet-stream|zip)$).*", re.DOTALL
)
_ANSI: Final = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")


@dataclass(frozen=True, slots=True)
class OutputFile:
    """One type of one output, as a file holds it."""

    mime: str
    suffix: str
    """With its dot, of letters only."""
    data: bytes | None
    """None as long as it is still to be drawn."""
    bundle: MimeBundle
    """All types of the output."""

    @property
    def content(self) -> bytes:
        """The data, or nothing."""
        return self.data or b""

    @property
    def text(self) -> str:
        """The data as text."""
        return self.content.decode("utf-8", "replace")


def files_of(outputs: Sequence[Output]) -> list[OutputFile]:
    """Every type of every output, those of one output in the order of its bundle."""
    return [one for output in outputs for one in _files(output)]


def _files(output: Output) -> Iterator[OutputFile]:
    match output:
        case Stream(text=text):
            yield OutputFile("text/plain", ".txt", str(text).encode("utf-8", "replace"), {})
        case ErrorOutput(traceback=traceback):
            text = _ANSI.sub("", "\n".join(traceback))
            yield OutputFile("text/plain", ".txt", text.encode("utf-8", "replace"), {})
        case DisplayData(data=bundle) | ExecuteResult(data=bundle):
            for mime, value in bundle.items():
                yield OutputFile(mime, _suffix(mime), _bytes(mime, value), bundle)
        case _:
            pass


def _suffix(mime: str) -> str:
    known = _SUFFIXES.get(mime)
    if known is not None:
        return known
    if re.fullmatch(r"[^;]+[+./]json", mime):
        return ".json"
    return ".txt" if mime.startswith("text/") else ".bin"


def _bytes(mime: str, value: JsonValue) -> bytes:
    """The data as it was before it became JSON: base64 decoded where the type is of bytes."""
    if not isinstance(value, str):
        return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")
    if _BINARY.fullmatch(mime):
        with suppress(binascii.Error, ValueError):
            return binascii.a2b_base64(value)
    return value.encode("utf-8", "replace")
