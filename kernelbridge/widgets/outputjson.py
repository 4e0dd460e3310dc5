"""Outputs in nbformat's form, as the kernel is told what an Output widget holds."""

from __future__ import annotations

from kernelbridge.outputs import (
    DisplayData,
    ErrorOutput,
    ExecuteResult,
    JsonObject,
    JsonValue,
    Output,
    Outputs,
    Stream,
)

_LONGEST = 1_000_000
"""Code points of text; outputs with more are not told."""


def outputs_json(outputs: Outputs) -> list[JsonValue] | None:
    """The outputs; None where they are more than is told."""
    if sum(map(_length, outputs.items)) > _LONGEST:
        return None
    return [_json(output) for output in outputs.items]


def _length(output: Output) -> int:
    match output:
        case Stream(text=text):
            return len(text)
        case DisplayData(data=data) | ExecuteResult(data=data):
            return sum(len(value) for value in data.values() if isinstance(value, str))
        case _:
            return 0


def _json(output: Output) -> JsonObject:
    match output:
        case Stream(name=name, text=text):
            return {"output_type": "stream", "name": name, "text": str(text)}
        case DisplayData(data=data, metadata=metadata):
            return {"output_type": "display_data", "data": data, "metadata": metadata}
        case ExecuteResult(data=data, metadata=metadata, execution_count=count):
            return {
                "output_type": "execute_result",
                "data": data,
                "metadata": metadata,
                "execution_count": count,
            }
        case ErrorOutput(ename=ename, evalue=evalue, traceback=traceback):
            return {
                "output_type": "error",
                "ename": ename,
                "evalue": evalue,
                "traceback": list(traceback),
            }
        case _:
            return {"output_type": "display_data", "data": {}, "metadata": {}}
