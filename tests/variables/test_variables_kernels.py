"""Real kernels tell their variables: nothing of the user's changes, and nothing costly is evaluated."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from kept import KeptKernel, state_of_own
from kernelbridge.events import ForeignRunStarted
from kernelbridge.state import Busy
from languagekernels import PYTHON, XEUS_PYTHON, LanguageKernel, R, installed
from tui.screens.table.kernelsource import KernelSource, Named
from tui.variables.bykernel import source_for
from tui.variables.debuggervariables import DebuggerVariables
from tui.variables.variable import Kind, Variable

pytestmark = [pytest.mark.kernel, pytest.mark.asyncio(loop_scope="module")]

MADE = {
    "python": """
import numpy, pandas
whole, text, many = 41, "a" * 500, list(range(1000))
nested = {"a": [1, {"b": 2}]}
array = numpy.zeros((3, 4))
frame = pandas.DataFrame({"a": [1, 2], "b": [3, 4]})
def add(one, two): return one
class Endless:
    def __repr__(self):
        while True: pass
class Lazy:
    def __len__(self): raise SystemExit
    def __getattr__(self, name): raise SystemExit
class Told:
    def __repr__(self): return "told"
endless, lazy, told = Endless(), Lazy(), Told()
""",
    "r": """
whole <- 41L; many <- 1:1000; text <- 'a"b'; frame <- data.frame(a = 1:2, b = c('x', 'y'))
add <- function(one, two) one
makeActiveBinding("active", function() stop("evaluated"), globalenv())
""",
}


@pytest_asyncio.fixture(
    loop_scope="module",
    scope="module",
    params=[
        pytest.param(PYTHON, id="python3"),
        pytest.param(XEUS_PYTHON, id="xpython"),
        pytest.param(R, id="ir", marks=pytest.mark.system_kernel),
    ],
)
async def kernel(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[KeptKernel]:
    language: LanguageKernel = request.param
    with installed(language, tmp_path_factory.mktemp("home")) as spec, state_of_own():
        cwd = tmp_path_factory.mktemp("cwd")
        kept = await KeptKernel(cwd / "a.ipynb", spec.launch(str(cwd)).to_json()).ready()
        await kept.recorder.finished(kept.session.run(MADE[language.language]))
        kept.recorder.events.clear()
        yield kept
        await kept.end()


async def told(kernel: KeptKernel) -> dict[str, Variable]:
    source = source_for(kernel.session)
    assert source is not None
    return {each.name: each for each in (await source.ask()).variables}


async def test_names_types_shapes_and_values_are_told(kernel: KeptKernel) -> None:
    variables = await told(kernel)
    assert {"whole", "text", "many", "frame", "add"} <= set(variables)
    assert variables["whole"].value == "41"
    assert (variables["many"].shape, variables["many"].value.count(",")) == ("1,000", 8)
    assert variables["frame"].shape == "2 × 2"
    assert variables["frame"].value == "a, b"
    assert (variables["add"].kind, variables["add"].value) == (Kind.FUNCTION, "(one, two)")


async def test_asking_leaves_no_trace(kernel: KeptKernel) -> None:
    before = await told(kernel)
    kernel.recorder.events.clear()
    assert await told(kernel) == before
    assert not kernel.recorder.of(ForeignRunStarted)
    assert not any(isinstance(state, Busy) for state in kernel.recorder.states)


@pytest.mark.parametrize("kernel", [PYTHON, XEUS_PYTHON], indirect=True, scope="module")
async def test_what_may_be_costly_is_not_evaluated(kernel: KeptKernel) -> None:
    variables = await told(kernel)
    assert (variables["endless"].value, variables["lazy"].value) == ("", "")
    assert variables["told"].value == "told"
    assert len(variables["text"].value) <= 201
    assert variables["array"].shape == "3 × 4"
    assert variables["array"].size == 96
    assert "<" not in variables["nested"].value


@pytest.mark.parametrize("kernel", [R], indirect=True, scope="module")
@pytest.mark.system_kernel
async def test_active_bindings_of_r_are_not_evaluated(kernel: KeptKernel) -> None:
    assert (await told(kernel))["active"].type_name == "active binding"


@pytest.mark.parametrize("kernel", [PYTHON], indirect=True, scope="module")
async def test_a_run_is_not_waited_for_where_there_are_subshells(kernel: KeptKernel) -> None:
    run = kernel.session.run("late = 1\nimport time\nwhile True: time.sleep(0.01)")
    async with asyncio.timeout(30):
        while "late" not in await told(kernel):
            pass
    assert kernel.session.running == run
    kernel.session.interrupt()
    await kernel.recorder.finished(run)


@pytest.mark.parametrize("kernel", [PYTHON], indirect=True, scope="module")
async def test_a_frame_is_opened_as_a_table_by_its_name(kernel: KeptKernel) -> None:
    source = KernelSource(kernel.session.evaluate, lambda: True, Named("frame"))
    shape = await source.shape()
    assert ([column.name for column in shape.columns], shape.lines) == (["a", "b"], 2)
    assert [line.cells for line in await source.read(range(2), range(2))] == [("1", "3"), ("2", "4")]
    assert source.origin == "frame in the kernel"
    await source.close()


@pytest.mark.parametrize("kernel", [PYTHON], indirect=True, scope="module")
async def test_the_debugger_is_asked_where_nothing_else_can_be(kernel: KeptKernel) -> None:
    await kernel.recorder.finished(kernel.session.run("del endless, lazy"))
    listing = await DebuggerVariables(kernel.session).ask()
    values = {each.name: (each.type_name, each.value) for each in listing.variables}
    assert values["whole"] == ("int", "41")
