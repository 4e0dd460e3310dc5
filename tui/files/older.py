"""Notebooks of nbformat 1 to 3, turned into the form of nbformat 4 to be shown.

The rules are those of `nbformat.v4.convert.upgrade` and `nbformat.v3.convert`; unlike those this shows what
it can of a notebook that is not quite valid, and starts at once. Such files are opened for reading only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from kernelbridge.outputs import JsonObject, JsonValue
from tui.document.notebook import Notebook, new_key
from tui.files.celljson import read_cell
from tui.files.jsontext import as_integer, is_array, is_object, joined
from tui.files.layout import Layout, version

_MIMES = {
    "text": "text/plain",
    "html": "text/html",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "latex": "text/latex",
    "json": "application/json",
    "javascript": "application/javascript",
}
"""nbformat 3's names of what an output holds."""


def read_older(layout: Layout) -> Notebook:
    """The document in the text of a notebook of nbformat 3 or older."""
    text = layout.text
    document: JsonValue = json.loads(text.removeprefix("\ufeff"))
    cells = _cells(document) if is_object(document) else ()
    metadata = layout.value("metadata")
    return Notebook(
        tuple(read_cell(_upgraded(cell), new_key()) for cell in cells),
        metadata if is_object(metadata) else {},
        *version(layout),
    )


def _cells(document: JsonObject) -> Iterator[JsonObject]:
    """The cells of all worksheets, or of a notebook of nbformat 1, which has no worksheets."""
    worksheets = document.get("worksheets")
    sheets = worksheets if is_array(worksheets) else [document]
    for sheet in sheets:
        cells = sheet.get("cells") if is_object(sheet) else None
        for cell in cells if is_array(cells) else ():
            if is_object(cell):
                yield cell


def _upgraded(cell: JsonObject) -> JsonObject:
    kind = cell.get("cell_type")
    metadata = cell.get("metadata")
    new: dict[str, JsonValue] = {"cell_type": kind, "metadata": metadata if is_object(metadata) else {}}
    if kind == "code":
        outputs = cell.get("outputs")
        new["source"] = cell.get("input", cell.get("code"))
        new["execution_count"] = cell.get("prompt_number")
        new["outputs"] = [_upgraded_output(output) for output in outputs] if is_array(outputs) else []
    elif kind == "heading":
        level = as_integer(cell.get("level")) or 1
        title = " ".join((joined(cell.get("source")) or "").splitlines())
        new["cell_type"] = "markdown"
        new["source"] = f"{'#' * max(1, min(level, 6))} {title}"
    else:
        new["cell_type"] = "markdown" if kind in {"text", "html"} else kind
        new["source"] = cell.get("source", cell.get("text"))
    return new


def _upgraded_output(output: JsonValue) -> JsonValue:
    if not is_object(output):
        return output
    match output.get("output_type"):
        case "stream":
            return {**output, "name": output.get("stream", "stdout")}
        case "pyerr":
            return {**output, "output_type": "error"}
        case "pyout":
            return {
                "output_type": "execute_result",
                "execution_count": output.get("prompt_number"),
                "metadata": output.get("metadata", {}),
                "data": _data(output),
            }
        case "display_data":
            return {
                "output_type": "display_data",
                "metadata": output.get("metadata", {}),
                "data": _data(output),
            }
        case _:
            return output


def _data(output: JsonObject) -> JsonObject:
    """What an output holds, by MIME type; names that are MIME types already stay."""
    return {_MIMES.get(key, key): value for key, value in output.items() if key in _MIMES or "/" in key}
