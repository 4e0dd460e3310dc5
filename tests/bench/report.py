"""The figures as a markdown table, and that table in its place in a document."""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"


@dataclass(slots=True)
class Measurement:
    """One figure of one scenario, for each program the values of its runs; none where it failed."""

    label: str
    """The scenario and the notebook."""
    figure: str
    values: dict[str, list[float]] = field(default_factory=dict[str, list[float]])


def table(measurements: Iterable[Measurement], programs: Sequence[str], against: str) -> str:
    """Medians by program, with the ratio to `against` where it has the figure."""
    rows = [f"| | {' | '.join(['', *programs])} |", f"|{' --- |' * 2}{' ---: |' * len(programs)}"]
    last = ""
    for one in measurements:
        label, last = ("" if one.label == last else one.label), one.label
        base = _median(one.values.get(against, []))
        cells = [_cell(_median(one.values.get(name, [])), base, name == against) for name in programs]
        rows.append(f"| {label} | {one.figure} | {' | '.join(cells)} |")
    return "\n".join(rows)


def put(document: Path, text: str, first: str = BEGIN, last: str = END) -> None:
    """Put `text` between two marks of a document. Raises ValueError where it has none."""
    whole = document.read_text(encoding="utf-8")
    begin, end = whole.index(first) + len(first), whole.index(last)
    document.write_text(f"{whole[:begin]}\n{text}\n{whole[end:]}", encoding="utf-8")


def report(about: str | None, make: Callable[[], str], first: str, last: str) -> None:
    """Print what is measured, and put it between two marks of the document that the command line names."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--write", type=Path, metavar="DOCUMENT", help="where to put the table")
    said = parser.parse_args()
    text = make()
    print(text)
    if said.write:
        put(said.write, text, first, last)


def _median(values: Sequence[float]) -> float | None:
    return statistics.median(values) if values else None


def _cell(value: float | None, base: float | None, is_base: bool) -> str:
    if value is None:
        return ""
    shown = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2g}" if abs(value) < 1 else f"{value:.1f}"
    return shown if is_base or not base else f"{shown} ({value / base:.2f}x)"
