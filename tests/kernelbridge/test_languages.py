"""Any kernel works: the same holds of all of them, through a keeper, whatever they are written in.

Those of PyPI are dependencies of the tests. `make test-kernels` runs the others, which the system's packages
bring.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from functools import reduce

import pytest
import pytest_asyncio

from kept import KeptKernel, state_of_own
from kernelbridge.events import InputRequested, OutputEvent
from kernelbridge.folding import fold
from kernelbridge.outputs import ErrorOutput, Outputs, Stream
from kernelbridge.runstatus import RunStatus
from languagekernels import FROM_PYPI, OF_THE_SYSTEM, LanguageKernel, installed
from tui.render.languages import language_of

ALL = [
    *(pytest.param(kernel, id=kernel.name) for kernel in FROM_PYPI),
    *(pytest.param(kernel, id=kernel.name, marks=pytest.mark.system_kernel) for kernel in OF_THE_SYSTEM),
]
pytestmark = [pytest.mark.kernel, pytest.mark.asyncio(loop_scope="module")]


@dataclass
class Spoken:
    """A kernel that runs, and what it is."""

    kept: KeptKernel
    kernel: LanguageKernel

    async def run(self, code: str) -> RunStatus:
        """How a run ends."""
        return (await self.kept.recorder.finished(self.kept.session.run(code))).status

    def shown(self) -> str:
        """What the runs since the beginning of the test show, without colours."""
        events = [event for event in self.kept.recorder.events if isinstance(event, OutputEvent)]
        shown = "\n".join(_text(item) for item in reduce(fold, events, Outputs()).items)
        return re.sub(r"\x1b\[[0-9;]*m", "", shown)

    async def comes_to_show(self, text: str) -> None:
        """Wait for it: some kernels print what they have to after they said that they are done."""
        while text not in self.shown():
            await self.kept.recorder.next()


def _text(item: object) -> str:
    match item:
        case Stream(text=text):
            return str(text)
        case ErrorOutput():
            return "\n".join((item.ename, item.evalue, *item.traceback))
        case _:
            return str(getattr(item, "data", {}).get("text/plain", ""))


@pytest_asyncio.fixture(loop_scope="module", scope="module", params=ALL)
async def shared(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Spoken]:
    """One process of each kernel for all tests."""
    kernel: LanguageKernel = request.param
    with installed(kernel, tmp_path_factory.mktemp("home")) as spec, state_of_own():
        cwd = tmp_path_factory.mktemp("cwd")
        kept = await KeptKernel(cwd / "a.ipynb", spec.launch(str(cwd)).to_json()).ready()
        yield Spoken(kept, kernel)
        await kept.end()


@pytest.fixture
def spoken(shared: Spoken) -> Iterator[Spoken]:
    shared.kept.recorder.events.clear()
    return shared


async def test_what_is_printed_arrives_as_lines(spoken: Spoken) -> None:
    assert await spoken.run(spoken.kernel.prints) is RunStatus.OK
    await spoken.comes_to_show("hello\n")
    assert spoken.shown() == "hello\n"


async def test_a_value_is_shown(spoken: Spoken) -> None:
    code, shown = spoken.kernel.value
    assert await spoken.run(code) is RunStatus.OK
    await spoken.comes_to_show(shown)
    assert spoken.shown().strip() == shown


async def test_an_error_says_why(spoken: Spoken) -> None:
    code, why = spoken.kernel.fails
    assert await spoken.run(code) is spoken.kernel.fails_as
    assert why in spoken.shown()


async def test_a_name_is_completed(spoken: Spoken) -> None:
    code, name = spoken.kernel.unfinished
    completions = await spoken.kept.session.complete(code, len(code))
    assert completions is not None
    assert name in [match.text for match in completions.matches]
    assert code[completions.start : completions.end] in name


@pytest.mark.parametrize(
    "shared", [each for each in ALL if each.values[0].asks], indirect=True, scope="module"
)
async def test_what_code_asks_is_answered(spoken: Spoken) -> None:
    assert spoken.kernel.asks is not None
    run = spoken.kept.session.run(spoken.kernel.asks)
    asked = await spoken.kept.recorder.first(InputRequested)
    assert (asked.run, asked.prompt.rstrip(), asked.password) == (run, "name?", False)
    spoken.kept.session.answer("Zoë")
    assert (await spoken.kept.recorder.finished(run)).status is RunStatus.OK
    assert "Zoë" in spoken.shown()


async def test_an_interrupt_stops_what_runs_and_not_the_kernel(spoken: Spoken) -> None:
    stop = spoken.kernel.stop
    run = spoken.kept.session.run(stop.code)
    await spoken.kept.recorder.printed(run, "on")
    spoken.kept.session.interrupt()
    assert (await spoken.kept.recorder.finished(run)).status is stop.status
    assert stop.says in spoken.shown()
    spoken.kept.recorder.events.clear()
    assert await spoken.run(spoken.kernel.prints) is RunStatus.OK
    await spoken.comes_to_show("hello\n")
    assert spoken.shown() == "hello\n"


async def test_an_interrupt_of_nothing_does_no_harm(spoken: Spoken) -> None:
    spoken.kept.session.interrupt()
    assert await spoken.run(spoken.kernel.prints) is RunStatus.OK


async def test_only_what_it_really_can_is_believed(spoken: Spoken) -> None:
    info = spoken.kept.session.info
    assert info is not None
    can = {"subshells": info.supports_subshells, "debugger": info.supports_debugger}
    assert {name for name, does in can.items() if does} == spoken.kernel.features


async def test_its_language_is_known_and_has_colours(spoken: Spoken) -> None:
    info = spoken.kept.session.info
    assert info is not None
    said = {"name": info.language, "file_extension": info.file_extension}
    language = language_of({"language_info": {**said, "pygments_lexer": info.pygments_lexer}})
    assert (language.name, language.lexer is not None) == (spoken.kernel.language, True)
