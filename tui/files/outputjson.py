"""Outputs as nbformat 4 writes them in a code cell, to and from the values of `kernelbridge.outputs`.

Text of several lines is a list of lines in the file (`nbformat.v4.rwbase`) and one string in a value. What
cannot be read becomes an `UnknownOutput` that keeps it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from sys import intern

from kernelbridge.outputs import (
    DisplayData,
    ErrorOutput,
    ExecuteResult,
    JsonObject,
    JsonValue,
    MimeBundle,
    Output,
    Stream,
    UnknownOutput,
)
from kernelbridge.streamtext import StreamText
from tui.files.jsontext import (
    as_integer,
    is_array,
    is_object,
    is_text_list,
    joined,
    object_or_empty,
    same_json,
    same_text,
)

_SPLIT_MIMES = frozenset({"application/javascript", "image/svg+xml"})
"""Written as lists of lines besides `text/*` (`nbformat.v4.rwbase`)."""


def read_outputs(value: JsonValue) -> tuple[Output, ...]:
    """The outputs of a cell: one for each element, none where the value is no array."""
    return tuple(map(read_output, value)) if value and is_array(value) else ()


def read_output(value: JsonValue) -> Output:
    """One output."""
    if not is_object(value):
        return UnknownOutput(value)
    match value.get("output_type"):
        case "stream":
            return _read_stream(value)
        case "display_data":
            data = value.get("data")
            if is_object(data):
                return DisplayData(_read_bundle(data), object_or_empty(value.get("metadata")))
        case "execute_result":
            data = value.get("data")
            if is_object(data):
                count = as_integer(value.get("execution_count"))
                return ExecuteResult(_read_bundle(data), object_or_empty(value.get("metadata")), count)
        case "error":
            return _read_error(value)
        case _:
            pass
    return UnknownOutput(value)


def write_output(output: Output) -> JsonValue:
    """One output, its keys in nbformat's order."""
    match output:
        case Stream(name, text):
            return {"name": name, "output_type": "stream", "text": str(text).splitlines(keepends=True)}
        case DisplayData(data, metadata):
            return {"data": _write_bundle(data), "metadata": metadata, "output_type": "display_data"}
        case ExecuteResult(data, metadata, count):
            return {
                "data": _write_bundle(data),
                "execution_count": count,
                "metadata": metadata,
                "output_type": "execute_result",
            }
        case ErrorOutput(ename, evalue, traceback):
            return {"ename": ename, "evalue": evalue, "output_type": "error", "traceback": list(traceback)}
        case UnknownOutput(raw):
            return raw


def write_outputs(new: Sequence[Output], old: Sequence[Output], old_value: JsonValue) -> list[JsonValue]:
    """The outputs `new`; those of `old` among them as `old_value`, from which those were read, has them."""
    raw: Sequence[JsonValue] = old_value if is_array(old_value) and len(old_value) == len(old) else ()
    kept = {id(output): value for output, value in zip(old, raw, strict=False)}
    written: list[JsonValue] = []
    for index, output in enumerate(new):
        if id(output) in kept:
            written.append(kept[id(output)])
        elif index < len(raw) and same_output(output, old[index]):
            written.append(raw[index])
        else:
            written.append(write_output(output))
    return written


def same_outputs(one: Sequence[Output], other: Sequence[Output]) -> bool:
    """Whether a file would hold the same for both."""
    return one is other or (len(one) == len(other) and all(map(same_output, one, other)))


def same_output(one: Output, other: Output) -> bool:
    """Whether a file would hold the same for both; a display's id is not written."""
    match one, other:
        case _ if one is other:
            return True
        case Stream(), Stream():
            return one.name == other.name and (
                one.text == other.text or same_text(str(one.text), str(other.text))
            )
        case DisplayData(), DisplayData():
            return same_json(one.data, other.data) and same_json(one.metadata, other.metadata)
        case ExecuteResult(), ExecuteResult():
            return (
                one.execution_count == other.execution_count
                and same_json(one.data, other.data)
                and same_json(one.metadata, other.metadata)
            )
        case ErrorOutput(), ErrorOutput():
            return same_json(write_output(one), write_output(other))
        case UnknownOutput(), UnknownOutput():
            return same_json(one.raw, other.raw)
        case _:
            return False


def _read_stream(value: JsonObject) -> Output:
    name, text = value.get("name"), joined(value.get("text"))
    if not isinstance(name, str) or text is None:
        return UnknownOutput(value)
    return Stream(intern(name), StreamText.of(text))


def _read_error(value: JsonObject) -> Output:
    ename, evalue, traceback = value.get("ename"), value.get("evalue"), value.get("traceback")
    if not isinstance(ename, str) or not isinstance(evalue, str) or not is_text_list(traceback):
        return UnknownOutput(value)
    return ErrorOutput(ename, evalue, tuple(traceback))


def _read_bundle(data: Mapping[str, JsonValue]) -> MimeBundle:
    """MIME type to data; a list of lines becomes one string, except where the type is JSON."""
    return {intern(mime): _read_data(mime, value) for mime, value in data.items()}


def _read_data(mime: str, value: JsonValue) -> JsonValue:
    if isinstance(value, str) or is_json_mime(mime):
        return value
    text = joined(value)
    return value if text is None else text


def _write_bundle(data: MimeBundle) -> JsonObject:
    return {
        mime: value.splitlines(keepends=True)
        if isinstance(value, str) and (mime.startswith("text/") or mime in _SPLIT_MIMES)
        else value
        for mime, value in data.items()
    }


def is_json_mime(mime: str) -> bool:
    """Whether data of the type is JSON itself; Vega's types end in `.json` and are too."""
    return mime.startswith("application/") and mime.endswith(("/json", "+json", ".json"))
