"""A report of a run in a file: JUnit's XML, which CI systems show, or JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from xml.etree import ElementTree as Xml

from kernelbridge.outputs import JsonValue
from tui.headless.comparing import Difference
from tui.headless.outcome import CellEnd, CellResult, Outcome
from tui.sanitize import clean_lines


class Form(Enum):
    """What a report is written as, by the end of its file's name."""

    JUNIT = ".xml"
    JSON = ".json"


@dataclass(frozen=True, slots=True)
class Report:
    """What there is to tell."""

    notebook: str
    outcome: Outcome
    sources: Mapping[int, str]
    """Of the cells, by number."""
    differences: Sequence[Difference] = ()


class UnreportedError(Exception):
    """The report could not be written; its text is one line for a person."""


def write_report(report: Report, path: Path) -> None:
    """Write it whole. Raises UnreportedError."""
    text = _junit(report) if Form(path.suffix.lower()) is Form.JUNIT else _json(report)
    try:
        path.write_bytes(text)
    except OSError as error:
        raise UnreportedError(f"{path}: the report cannot be written ({error.strerror})") from error


def _json(report: Report) -> bytes:
    outcome = report.outcome
    cells: list[JsonValue] = []
    for result in outcome.cells:
        error, different = result.error, _difference(report, result)
        cells.append(
            {
                "cell": result.step.number,
                "status": result.end.value if different is None else "different",
                "seconds": result.seconds,
                "execution_count": result.execution_count,
                "error": None if error is None else {"ename": error.ename, "evalue": error.evalue},
                "difference": different,
            }
        )
    whole: JsonValue = {
        "notebook": report.notebook,
        "status": "different" if report.differences and outcome.word == "ran" else outcome.word,
        "seconds": sum(result.seconds or 0.0 for result in outcome.cells),
        "cells": cells,
    }
    return (json.dumps(whole, indent=2) + "\n").encode()


def _junit(report: Report) -> bytes:
    cells = report.outcome.cells
    failures = sum(_problem(report, result) is not None for result in cells)
    suite = Xml.Element(
        "testsuite",
        name=_text(report.notebook),
        tests=str(len(cells)),
        failures=str(failures),
        errors="0" if not report.outcome.trouble else "1",
        skipped=str(sum(result.end is CellEnd.NOT_RUN for result in cells)),
        time=f"{sum(result.seconds or 0.0 for result in cells):.3f}",
    )
    for result in cells:
        case = Xml.SubElement(
            suite,
            "testcase",
            classname=_text(report.notebook),
            name=f"cell {result.step.number}: {_text(_title(report, result))}".rstrip(": "),
            time=f"{result.seconds or 0.0:.3f}",
        )
        problem = _problem(report, result)
        if problem is not None:
            Xml.SubElement(case, "failure", message=_text(problem[0])).text = _text(problem[1])
        elif result.end is CellEnd.NOT_RUN:
            Xml.SubElement(case, "skipped")
    if report.outcome.trouble:
        Xml.SubElement(suite, "system-err").text = _text(report.outcome.trouble)
    suites = Xml.Element("testsuites")
    suites.append(suite)
    Xml.indent(suites)
    return Xml.tostring(suites, encoding="utf-8", xml_declaration=True) + b"\n"


def _problem(report: Report, result: CellResult) -> tuple[str, str] | None:
    """In one line, and whole."""
    error, different = result.error, _difference(report, result)
    if different is not None:
        return "outputs differ", different
    if not result.end.is_bad:
        return None
    if error is None:
        return result.end.value, "\n".join(result.last_words)
    return f"{error.ename}: {error.evalue}", "\n".join(error.traceback)


def _difference(report: Report, result: CellResult) -> str | None:
    number = result.step.number
    return next((str(each) for each in report.differences if each.step.number == number), None)


def _title(report: Report, result: CellResult) -> str:
    lines = report.sources.get(result.step.number, "").strip().splitlines()
    return lines[0][:80] if lines else ""


def _text(text: str) -> str:
    """What XML can hold: no control characters, no escape sequences."""
    return "\n".join(clean_lines(text))
