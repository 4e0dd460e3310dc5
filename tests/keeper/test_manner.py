"""Runs where nobody is there: what goes on behind a failure, and code that may not ask."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kept import KeptKernel, state_of_own
from kernelbridge.keeper.frames import Frame, pack
from kernelbridge.keeper.restoring import restore
from kernelbridge.keeper.retelling import queued
from kernelbridge.keeper.runs import Run
from kernelbridge.runmanner import RunManner
from kernelbridge.runstatus import RunStatus


@pytest.fixture(autouse=True)
def own_state() -> Iterator[Path]:
    with state_of_own() as state:
        yield state


@pytest.mark.kernel
async def test_what_waits_goes_on_behind_a_failure_that_does_not_matter(tmp_path: Path) -> None:
    kernel = await KeptKernel(tmp_path / "a.ipynb").ready()
    run = kernel.session.run
    fails = run("1/0", manner=RunManner(stops_on_error=False))
    asks = run("input()", manner=RunManner(stops_on_error=False, allows_input=False))
    ends, behind = run("1/0"), run("print('behind')")
    statuses = [(await kernel.recorder.finished(each)).status for each in (fails, asks, ends, behind)]
    assert statuses == [RunStatus.ERROR, RunStatus.ERROR, RunStatus.ERROR, RunStatus.ABORTED]
    kernel.discard()
    await kernel.end()


class _Journal:
    """What was written of one run."""

    def __init__(self, run: Run) -> None:
        self._record = pack(Frame({"op": "record", "what": "queued", "run": run.id, **queued(run)}))

    def runs(self) -> list[str]:
        return ["r"]

    def read_run(self, _run: str) -> list[tuple[int, bytes]]:
        return [(1, self._record)]


@pytest.mark.parametrize("stops_on_error", [True, False])
@pytest.mark.parametrize("allows_input", [True, False])
def test_a_keeper_that_takes_over_knows_it(stops_on_error: bool, allows_input: bool) -> None:
    told = Run("r", "1", None, "test 1", stops_on_error=stops_on_error, allows_input=allows_input)
    (found,) = restore(_Journal(told)).runs  # type: ignore[arg-type]
    assert (found.stops_on_error, found.allows_input) == (stops_on_error, allows_input)
