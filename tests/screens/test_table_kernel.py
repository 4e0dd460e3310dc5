"""A frame of a real kernel read by pages: what is asked for comes, and nothing of the user's changes."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from kept import KeptKernel, state_of_own
from kernelbridge.events import ResultArrived
from kernelbridge.state import Busy, Idle
from tui.screens.table.conditions import condition_of
from tui.screens.table.kernelsource import KernelSource, Result
from tui.screens.table.source import Arrangement, Column, Condition, Kind, Line, Operator, Sort, SourceError

pytestmark = [pytest.mark.kernel, pytest.mark.asyncio(loop_scope="module")]

MILLION = """import numpy, pandas
count = 1_000_000
pandas.DataFrame({"n": range(count), "x": numpy.arange(count) % 1000 / 8, "s": ["a", "b"] * (count // 2)})"""
MIXED = """import pandas
pandas.DataFrame({
    ("t", "when"): pandas.to_datetime(["2024-03-01", "2024-01-01", None]),
    ("t", "ok"): [True, False, True],
    ("o", "any"): ["b" * 1000, 5, ["x"] * 50],
}, index=pandas.MultiIndex.from_tuples([("q", 1), ("p", 2), ("p", 1)], names=["key", None]))"""


@pytest.fixture(scope="module", autouse=True)
def _state() -> Iterator[None]:
    with state_of_own():
        yield


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def kernel(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[KeptKernel]:
    kept = await KeptKernel(tmp_path_factory.mktemp("cwd") / "a.ipynb").ready()
    yield kept
    await kept.end()


async def result_of(kernel: KeptKernel, code: str) -> Result:
    """Run code, and take its result as a notebook has it."""
    run = kernel.session.run(code)
    await kernel.recorder.finished(run)
    arrived = [event for event in kernel.recorder.of(ResultArrived) if event.run == run]
    (result,) = arrived
    assert result.execution_count is not None
    return Result(result.execution_count, code, str(result.data["text/html"]))


def source_of(kernel: KeptKernel, result: Result) -> KernelSource:
    session = kernel.session
    return KernelSource(session.evaluate, lambda: isinstance(session.state, Idle), result)


async def test_a_million_rows_cost_only_the_page_that_is_looked_at(kernel: KeptKernel) -> None:
    source = source_of(kernel, await result_of(kernel, MILLION))
    shape = await source.shape()
    assert (shape.lines, [column.name for column in shape.columns]) == (1_000_000, ["n", "x", "s"])
    assert shape.columns[1] == Column("x", Kind.FLOAT, "float64")

    started = time.perf_counter()
    page = await source.read(range(500_000, 500_100), range(3))
    assert time.perf_counter() - started < 2
    assert len(page) == 100
    assert page[3] == Line(("500003",), ("500003", "0.375", "b"))

    conditions = tuple(filter(None, (condition_of(1, "> 124.7"), condition_of(2, "A"))))
    assert await source.arrange(Arrangement(Sort(0, is_descending=True), conditions)) == 1_000
    assert (await source.read(range(2), range(1))) == [
        Line(("999998",), ("999998",)),
        Line(("998998",), ("998998",)),
    ]
    assert await source.arrange(Arrangement()) == 1_000_000


async def test_it_leaves_no_names_no_results_and_no_history(kernel: KeptKernel) -> None:
    result = await result_of(
        kernel, "import pandas\nbefore = set(globals())\npandas.DataFrame({'a': [2, 1]})"
    )
    source = source_of(kernel, result)
    await source.shape()
    await source.arrange(Arrangement(Sort(0)))
    await source.read(range(2), range(1))
    code = "pandas.DataFrame({'new': sorted(set(globals()) - before - {'before', '_i', '_ii', '_iii'})})"
    after = await result_of(kernel, code)
    assert after.count == result.count + 1
    names = (
        await source_of(kernel, after).read(range(20), range(1))
        if await source_of(kernel, after).shape()
        else ()
    )
    assert [line.cells[0].rstrip("0123456789") for line in names] == ["_", "_i"]


async def test_several_levels_and_types_are_read_as_text(kernel: KeptKernel) -> None:
    source = source_of(kernel, await result_of(kernel, MIXED))
    shape = await source.shape()
    assert [column.name for column in (*shape.index, *shape.columns)] == [
        "key",
        "",
        "t · when",
        "t · ok",
        "o · any",
    ]
    first, second, third = await source.read(range(3), range(3))
    assert first.index == ("q", "1")
    assert first.cells == ("2024-03-01", "True", "b" * 300 + "…")
    assert second.cells == ("2024-01-01", "False", "5")
    assert third.cells[0] == "NaT"
    assert third.cells[2].endswith("...]")
    assert await source.whole(0, 2) == "b" * 1000
    assert await source.whole(1, -1) == "p"


@pytest.mark.parametrize(
    ("column", "typed", "left"),
    [
        (0, ">= 2024-02-01", ["q1"]),
        (0, "2024", ["q1", "p2"]),
        (1, "= true", ["q1", "p1"]),
        (2, "= 5", ["p2"]),
        (-1, "p", ["p2", "p1"]),
        (-2, "> 1", ["p2"]),
    ],
)
async def test_filters_compare_by_the_type_of_the_column(
    kernel: KeptKernel, column: int, typed: str, left: list[str]
) -> None:
    source = source_of(kernel, await result_of(kernel, MIXED))
    await source.shape()
    condition = condition_of(column, typed)
    assert condition is not None
    assert await source.arrange(Arrangement(None, (condition,))) == len(left)
    assert ["".join(line.index) for line in await source.read(range(9), range(0))] == left


async def test_what_cannot_be_sorted_is_sorted_as_text(kernel: KeptKernel) -> None:
    source = source_of(kernel, await result_of(kernel, MIXED))
    await source.shape()
    assert await source.arrange(Arrangement(Sort(2))) == 3
    assert [line.cells[0] for line in await source.read(range(3), range(1, 2))] == ["False", "True", "True"]


async def test_what_the_kernel_no_longer_holds_is_told(kernel: KeptKernel) -> None:
    result = await result_of(kernel, MIXED)
    other = Result(result.count, "another source", "<table></table>")
    with pytest.raises(SourceError, match="something else by now"):
        await source_of(kernel, other).shape()
    with pytest.raises(SourceError, match="does not hold it any more"):
        await source_of(kernel, Result(9_999, result.source, result.html)).shape()
    same_html = Result(result.count, "edited since", result.html)
    assert (await source_of(kernel, same_html).shape()).lines == 3
    many = Arrangement(None, (Condition(-2, Operator.MORE, "many"),))
    with pytest.raises(SourceError, match="could not convert"):
        await source_of(kernel, same_html).arrange(many)


async def test_reading_does_not_make_the_kernel_look_busy(kernel: KeptKernel) -> None:
    source = source_of(kernel, await result_of(kernel, MILLION))
    await source.shape()
    kernel.recorder.events.clear()
    await source.arrange(Arrangement(Sort(1)))
    await source.read(range(100), range(3))
    assert not any(isinstance(state, Busy) for state in kernel.recorder.states)


async def test_an_order_is_forgotten_when_the_table_is_closed(kernel: KeptKernel) -> None:
    source = source_of(kernel, await result_of(kernel, MIXED))
    await source.shape()
    await source.arrange(Arrangement(Sort(0)))
    await source.close()
    assert [line.index[0] for line in await source.read(range(3), range(1))] == ["q", "p", "p"]
