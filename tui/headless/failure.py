"""What a person is told of a run that did not go well, on standard error."""

from __future__ import annotations

from collections.abc import Iterator

from tui.headless.outcome import CellEnd, CellResult, Outcome
from tui.sanitize import clean, clean_lines


def failure_lines(name: str, outcome: Outcome) -> Iterator[str]:
    """The traceback and a line that names the notebook and the cell; nothing where all went well."""
    culprit = outcome.culprit
    if culprit is not None:
        yield from _details(culprit)
    if outcome.trouble:
        yield f"tnb: {clean(name)}: {clean(outcome.trouble)}"
    elif outcome.stopped is not None:
        place = outcome.place
        where = "" if place is None else f" at cell {place.number}"
        yield f"tnb: {clean(name)}: {outcome.stopped.words}{where}"
    elif culprit is not None:
        yield f"tnb: {clean(name)}: cell {culprit.step.number} {_why(culprit)}"


def _details(result: CellResult) -> Iterator[str]:
    error = result.error
    if error is not None:
        for part in error.traceback or (f"{error.ename}: {error.evalue}",):
            yield from clean_lines(part)
    for word in result.last_words[1:]:
        yield clean(word)


def _why(result: CellResult) -> str:
    error = result.error
    if result.end is CellEnd.LOST:
        return "was lost: " + clean(result.last_words[0] if result.last_words else "the kernel is gone")
    if error is None:
        return "failed"
    return f"failed: {clean(f'{error.ename}: {error.evalue}')}"
