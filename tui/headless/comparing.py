"""Outputs of a run beside those that the notebook holds, as `tnb run --check` compares them (after nbval)."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from kernelbridge.events import StreamArrived
from kernelbridge.folding import fold
from kernelbridge.outputs import (
    DisplayData,
    ErrorOutput,
    ExecuteResult,
    JsonValue,
    Output,
    Outputs,
    Stream,
)
from kernelbridge.runstatus import RunId
from tui.document.notebook import Cell, Notebook
from tui.headless.ignoring import Rule, settled
from tui.headless.outcome import CellEnd, CellResult
from tui.headless.plan import Step
from tui.headless.tags import tags_of
from tui.sanitize import clean

_IGNORING: Final = frozenset({"check-ignore", "nbval-ignore-output", "nbval-skip"})
_CHECKING: Final = frozenset({"check-output", "nbval-check-output"})
_COMMENT: Final = re.compile(
    r"^\s*#\s*(?:NBVAL_IGNORE_OUTPUT|NBVAL_SKIP|PYTEST_VALIDATE_IGNORE_OUTPUT)\b", re.MULTILINE
)
_LOOSE: Final = frozenset({"text/latex", "application/vnd.jupyter.widget-view+json"})
"""As nbval has it: they hold what is drawn at random."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell whose outputs are not those that were stored."""

    step: Step
    lines: tuple[str, ...]
    """A unified diff, sanitized."""

    def __str__(self) -> str:
        return "\n".join(self.lines)


def differences(
    stored: Notebook, results: Sequence[CellResult], rules: Sequence[Rule]
) -> Iterator[Difference]:
    """The cells that ran and gave something else."""
    for result in results:
        if result.end not in (CellEnd.OK, CellEnd.ALLOWED) or result.step.key not in stored:
            continue
        cell = stored.cell(result.step.key)
        if is_ignored(cell):
            continue
        before, after = comparable(cell.outputs, rules), comparable(result.outputs, rules)
        if before != after:
            diff = difflib.unified_diff(before, after, "stored", "now", n=2, lineterm="")
            yield Difference(result.step, tuple(clean(line) for line in diff))


def is_ignored(cell: Cell) -> bool:
    """Whether the cell's outputs are not to be compared, by a tag of its or a comment as nbval knows them."""
    tags = frozenset(tags_of(cell))
    return bool(tags & _IGNORING or (_COMMENT.search(cell.source) and not tags & _CHECKING))


def patterns_of(notebook: Notebook) -> tuple[str, ...]:
    """The regular expressions that the notebook itself names (`metadata.tnb.check.ignore`)."""
    value: JsonValue = notebook.metadata
    for key in ("tnb", "check", "ignore"):
        value = cast("Mapping[str, JsonValue]", value).get(key) if isinstance(value, Mapping) else None
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def comparable(outputs: Sequence[Output], rules: Sequence[Rule]) -> list[str]:
    """The outputs as lines: streams joined and as a terminal leaves them, what may differ replaced."""
    return [line for output in _joined(outputs) for line in _lines(output, rules)]


def _joined(outputs: Sequence[Output]) -> tuple[Output, ...]:
    """Each stream whole, where it began, with what it overwrites applied: how it was split says nothing."""
    joined: dict[str, int] = {}
    whole: list[Output] = []
    for output in outputs:
        if not isinstance(output, Stream):
            whole.append(output)
            continue
        at = joined.setdefault(output.name, len(whole))
        held = Outputs(tuple(whole[at : at + 1]))
        whole[at : at + 1] = fold(held, StreamArrived(RunId(""), output.name, str(output.text))).items
    return tuple(whole)


def _lines(output: Output, rules: Sequence[Rule]) -> Iterator[str]:
    match output:
        case Stream(name=name, text=text):
            yield f"[{name}]"
            yield from settled(str(text), rules).splitlines()
        case DisplayData(data=data) | ExecuteResult(data=data):
            yield "[display]" if isinstance(output, DisplayData) else "[result]"
            for mime in sorted(data):
                yield f"{mime}:"
                yield from _data_lines(mime, data[mime], rules)
        case ErrorOutput(ename=name, evalue=value):
            yield "[error]"
            yield from settled(f"{name}: {value}", rules).splitlines()
        case _:
            yield "[other]"


def _data_lines(mime: str, value: JsonValue, rules: Sequence[Rule]) -> Iterator[str]:
    """Of pictures only that there is one: other versions of a library draw them a little otherwise."""
    if mime in _LOOSE or mime.startswith("image/"):
        yield "..."
    elif isinstance(value, str):
        yield from settled(value, rules).splitlines()
    else:
        yield from settled(json.dumps(value, indent=1, sort_keys=True), rules).splitlines()
