"""What is told once a run is over: what went wrong, what differs, the report, the notebook into a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.answering import answer_bytes
from tui.cli.complaints import complain
from tui.cli.runarguments import STDIO, RunArguments
from tui.cli.runpreparing import Prepared
from tui.files.errors import FileError
from tui.headless.exitstatus import FAILED, NO_FILE, RAN
from tui.headless.failure import failure_lines
from tui.headless.performing import Performed

if TYPE_CHECKING:
    from tui.headless.comparing import Difference


def tell(prepared: Prepared, performed: Performed, said: RunArguments) -> int:
    """Tell it, and give the exit status: the worst of what happened."""
    status = performed.outcome.status
    _say(failure_lines(prepared.name, performed.outcome))
    found = _differences(prepared, performed) if said.check else ()
    for each in found:
        _say((*each.lines, f"tnb: {prepared.name}: cell {each.step.number} gave something else"))
    status = status or (FAILED if found else RAN)
    if performed.unwritten is not None:
        status = complain(str(performed.unwritten), NO_FILE)
    if said.report is not None:
        status = _report(prepared, performed, found, said.report) or status
    return _print(prepared, performed, status) if said.output == STDIO else status


def _differences(prepared: Prepared, performed: Performed) -> Sequence[Difference]:
    from tui.headless.comparing import differences

    return tuple(differences(prepared.file.notebook, performed.outcome.cells, prepared.rules))


def _report(prepared: Prepared, performed: Performed, found: Sequence[Difference], path: Path) -> int:
    """Write the report; the exit status of that alone."""
    from tui.headless.report import Report, UnreportedError, write_report

    sources = {number: cell.source for number, cell in enumerate(performed.notebook.cells, 1)}
    try:
        write_report(Report(prepared.name, performed.outcome, sources, found), path)
    except UnreportedError as error:
        return complain(str(error), NO_FILE)
    return RAN


def _print(prepared: Prepared, performed: Performed, status: int) -> int:
    """The notebook on standard output, whole or not at all."""
    try:
        data = prepared.file.encode(performed.notebook)
    except FileError as error:
        return complain(str(error), NO_FILE)
    return answer_bytes(data, NO_FILE) or status


def _say(lines: Iterable[str]) -> None:
    """Print lines on standard error; who read there may have gone."""
    text = "".join(f"{line}\n" for line in lines)
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        return
