"""The notebooks in the pictures, as text of .ipynb files, and what the scripted kernel says to their code."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kernelbridge.fakekernel import Answers, Die, ReplyWith, Say, Step, Takes, Wait, prints
from kernelbridge.outputs import JsonObject

_TOUR = Path(__file__).parents[1] / "examples" / "tour.ipynb"

TOUR = _TOUR.read_text(encoding="utf-8")


def _notebook(*cells: Mapping[str, Any]) -> str:
    """A notebook of these cells, format 4.5."""
    content = {
        "cells": [{"id": f"cell-{index}", "metadata": {}, **cell} for index, cell in enumerate(cells)],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _markdown(source: str) -> Mapping[str, Any]:
    return {"cell_type": "markdown", "source": source}


def _code(source: str, *outputs: Mapping[str, Any], count: int | None = None) -> Mapping[str, Any]:
    return {"cell_type": "code", "source": source, "outputs": list(outputs), "execution_count": count}


def _result(text: str, count: int) -> Say:
    return Say("execute_result", {"data": {"text/plain": text}, "metadata": {}, "execution_count": count})


_LOAD = """\
runs = pd.read_parquet("runs.parquet")
runs.groupby("rate").loss.agg(["min", "mean", "count"])"""

_TRAIN = """\
for epoch in range(1, 21):
    loss = train(model, rate=0.01)
    print(f"\\r{bar(epoch, 20)}  epoch {epoch}/20  loss {loss:.4f}", end="")"""

_SCORE = """\
scores = evaluate(model, held_out)
scores.describe()"""

_KEEP = 'model.save("best.pt")'

RATES = _notebook(
    _markdown(
        "# Loss by learning rate\n\nThree runs of **20 epochs** each on the same split; the lowest loss "
        "wins. The data come from `collect.py`, see the [notes](notes.md)."
    ),
    _code(_LOAD),
    _markdown("## Train the best once more\n\nFrom here on the rate is fixed at `0.01`."),
    _code(_TRAIN),
    _code(_SCORE),
    _code(_KEEP),
)

RATES_BEFORE = (
    RATES.replace("rate is fixed at `0.01`", "rate stays at `0.01`")
    .replace("rate=0.01", "rate=0.1")
    .replace("range(1, 21)", "range(1, 11)")
)

_RATES_TABLE = """\
            min      mean  count
rate
0.001  0.218124  0.412077     20
0.010  0.194310  0.287714     20
0.100  0.341902  0.603381     20"""

_TRAINING = (
    prints("Using 4 threads\n"),
    prints("sample 311 has no label and is left out\n", "stderr"),
    prints("\r\x1b[36m━━━━━━━━━━━━━━━━━━━━━━\x1b[90m━━━━━━━━━━━━━━━━━━\x1b[0m  epoch 11/20  loss 0.2214"),
)

TRAINS: Mapping[str, Sequence[Step]] = {
    _LOAD: (_result(_RATES_TABLE, 1), Takes(0.4)),
    _TRAIN: (*_TRAINING, Wait()),
}

_THEIRS = "console"
"""Names the request of somebody who uses the same kernel."""

SHARED: Mapping[str, Sequence[Step]] = {
    _LOAD: (
        _result(_RATES_TABLE, 1),
        Takes(0.4),
        Say("execute_input", {"code": "best = rates.loss.idxmin()\nbest", "execution_count": 2}, _THEIRS),
        Say(
            "execute_result", {"data": {"text/plain": "0.01"}, "metadata": {}, "execution_count": 2}, _THEIRS
        ),
        Say("status", {"execution_state": "idle"}, _THEIRS),
    ),
}
"""A second frontend goes on where the notebook's first cell ended."""

DIES: Mapping[str, Sequence[Step]] = {
    **TRAINS,
    _TRAIN: (
        *_TRAINING,
        Wait(),
        Die("ended by SIGKILL", ("Using 4 threads", "loading 11.9 GiB of samples")),
    ),
}


def _tour_steps() -> dict[str, Sequence[Step]]:
    """What the tour's cells print, as they were run when the tour was written."""
    return {
        "".join(cell["source"]): [step for output in cell["outputs"] for step in _again(output)]
        for cell in json.loads(TOUR)["cells"]
        if cell["cell_type"] == "code"
    }


def _again(output: Mapping[str, Any]) -> Sequence[Step]:
    """A stored output as a kernel says it."""
    fields = {key: value for key, value in output.items() if key != "output_type"}
    match output["output_type"]:
        case "stream":
            return (prints("".join(output["text"]), output["name"]),)
        case "error":
            return Say("error", fields), ReplyWith({"status": "error", **fields})
        case kind:
            return (Say(kind, fields),)


TOURS: Mapping[str, Sequence[Step]] = _tour_steps()

PROSE = _notebook(
    _markdown(
        "# Field notes\n\n"
        "Markdown is text on the page: **strong**, *emphasis*, ~~struck~~, `code` and "
        "[links](https://jupyter.org), wrapped at the width of the window. Its source appears only "
        "while it is edited."
    ),
    _markdown(
        "## What was measured\n\n"
        "| Station | Depth | Readings |\n| :-- | --: | --: |\n"
        "| Harbour | 4.5 m | 1,204 |\n| Reef | 18.0 m | 977 |\n| Open sea | 120.0 m | 310 |\n\n"
        "1. Readings are taken every ten minutes.\n2. Gaps stay gaps:\n"
        "   - no value is *interpolated*\n   - [x] sensors were replaced in May\n"
        "   - [ ] May is still to be checked\n\n"
        "> The reef warms first, the harbour most.\n\n"
        "The mean is $\\bar{x} = \\frac{1}{n} \\sum_i x_i$, and in code:\n\n"
        '```python\nmean = readings["reef"].mean()\n```'
    ),
    _code(
        'readings["reef"].mean()',
        {
            "output_type": "execute_result",
            "data": {"text/plain": "np.float64(18.42)"},
            "metadata": {},
            "execution_count": 4,
        },
        count=4,
    ),
)

EDITED = _notebook(
    _markdown("## Clean the readings"),
    _code(
        "def cleaned(readings: pd.DataFrame, limit: float = 3.0) -> pd.DataFrame:\n"
        '    """Without what lies further than `limit` deviations from the mean."""\n'
        "    # a sensor that is being replaced reports 85.0\n"
        '    readings = readings[readings["value"] != 85.0]\n'
        '    score = (readings["value"] - readings["value"].mean()) / readings["value"].std()\n'
        "    return readings[score.abs() <= limit]\n\n\n"
        'station = "reef"  # the one off Île Réunion\n'
        "clean = cleaned(readings[station])\n"
        'print(f"{len(clean):,} of {len(readings):,} readings")',
        {"output_type": "stream", "name": "stdout", "text": "971 of 977 readings\n"},
        count=12,
    ),
    _code("clean.plot()", count=None),
)

_NAMES = {
    "describe": ("function", "(percentiles=None)"),
    "diff": ("function", "(periods=1, axis=0)"),
    "div": ("function", "(other, axis='columns')"),
    "dot": ("function", "(other)"),
    "drop": ("function", "(labels=None, axis=0)"),
    "dtypes": ("instance", ""),
    "duplicated": ("function", "(subset=None)"),
}


def _completions(asked: JsonObject) -> JsonObject:
    """What a kernel finds after `clean.d`."""
    place = asked["cursor_pos"]
    assert isinstance(place, int)
    kinds = [{"text": name, "type": kind, "signature": called} for name, (kind, called) in _NAMES.items()]
    return {
        "status": "ok",
        "matches": list(_NAMES),
        "cursor_start": place - 1,
        "cursor_end": place,
        "metadata": {"_jupyter_types_experimental": kinds},
    }


COMPLETIONS: Answers = {"complete_request": _completions}

_CLEAN = """\
def cleaned(values, limit=3.0):
    score = (values - values.mean()) / values.std()
    return values[score.abs() <= limit]


clean = cleaned(readings["value"])
print(f"{len(clean):,} of {len(readings):,} readings")"""

STUDY = _notebook(
    _markdown("## Clean the readings\n\nWhat lies further than three deviations from the mean is left out."),
    _code(_CLEAN),
    _code("clean.plot()"),
)

STUDIES: Mapping[str, Sequence[Step]] = {_CLEAN: (prints("971 of 977 readings\n"), Takes(0.2))}

_KERNEL_INFO: JsonObject = {
    "status": "ok",
    "implementation": "ipython",
    "banner": "",
    "supported_features": ["debugger", "kernel subshells"],
    "language_info": {"name": "python"},
}

_LISTED: JsonObject = {
    "variables": [
        ["readings", "data", "DataFrame", "977 × 3", 31_412, "station, depth, value", True],
        ["clean", "data", "Series", "971", 15_536, "18.42, 18.40, 18.47, 18.39, …", True],
        ["stations", "data", "dict", "3", 232, "{'harbour': 4.5, 'reef': 18.0, 'open sea': 120.0}", False],
        ["limit", "data", "float", "", 24, "3.0", False],
        ["weights", "data", "ndarray", "64 × 128", 65_536, "float64", False],
        ["notes", "data", "str", "74", 123, "'Sensors were replaced in May; gaps stay gaps.'", False],
    ],
    "left_out": 0,
}


def _told(told: JsonObject) -> JsonObject:
    data: JsonObject = {"status": "ok", "data": {"application/json": told}, "metadata": {}}
    return {"status": "ok", "user_expressions": {"told": data}}


VARIABLES: Answers = {
    "kernel_info_request": _KERNEL_INFO,
    "create_subshell_request": {"status": "ok", "subshell_id": "s"},
    "execute_request": lambda _: _told(_LISTED),
}

_STOPPED: JsonObject = {
    "type": "event",
    "event": "stopped",
    "body": {"reason": "breakpoint", "threadId": 1, "allThreadsStopped": True},
}

STOPS: Mapping[str, Sequence[Step]] = {_CLEAN: (Say("debug_event", _STOPPED), Wait())}


def _variable(name: str, kind: str, value: str, parts: int = 0) -> JsonObject:
    return {"name": name, "type": kind, "value": value, "variablesReference": parts}


_LOCALS: Sequence[JsonObject] = (
    _variable("limit", "float", "3.0"),
    _variable("score", "Series", "0     0.214 1    -0.102 2     0.377 3     8.906 …", 8),
    _variable("values", "Series", "0    18.42 1    18.40 2    18.47 3    85.00 …", 9),
)

_PATH = "/tmp/ipykernel/1.py"
_DEBUGGER: Mapping[str, JsonObject] = {
    "debugInfo": {"isStarted": False, "stoppedThreads": [], "breakpoints": []},
    "dumpCell": {"sourcePath": _PATH},
    "stackTrace": {
        "stackFrames": [
            {"id": 1, "name": "cleaned", "line": 3, "source": {"path": _PATH}},
            {"id": 2, "name": "<module>", "line": 6, "source": {"path": _PATH}},
        ]
    },
    "scopes": {"scopes": [{"name": "Locals", "variablesReference": 7, "expensive": False}]},
    "variables": {"variables": _LOCALS},
}


def _debugged(asked: JsonObject) -> JsonObject:
    return {"success": True, "body": _DEBUGGER.get(str(asked["command"]), {})}


DEBUGGED: Answers = {"kernel_info_request": _KERNEL_INFO, "debug_request": _debugged}
