"""Intents become edits and runs, and what the kernel tells comes into the right cells."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from kernelbridge.backlog import PORTION
from kernelbridge.events import LineChanged, StreamArrived
from kernelbridge.fakekeeper import FRONTEND, SCRIPTED, FakeWay
from kernelbridge.fakekernel import (
    Ask,
    Die,
    Fail,
    FakeKernel,
    ReplyWith,
    Step,
    Wait,
    clears,
    prints,
    shows,
    updates,
)
from kernelbridge.outputs import DisplayData, ErrorOutput, MimeBundle, Stream
from kernelbridge.runstatus import RunId, RunStatus
from kernelbridge.session import Session
from kernelbridge.state import Busy, Idle
from tui.controller import Controller
from tui.document.cells import new_cell
from tui.document.edits import RemoveCells, SetOutputs
from tui.document.history import Place
from tui.document.notebook import Cell, CellKey, CellKind, Notebook
from tui.document.selection import TextSelection
from tui.document.textchange import TextChange
from tui.kernelevents import KernelEvents
from tui.runs import Asking, Ended, Queued, Running

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.document.changes import Changes


PATH = "/home/ann/notebook.ipynb"


class Watcher:
    """Hears what the controller tells."""

    def __init__(self) -> None:
        self.changes: list[Changes] = []
        self.pages: list[MimeBundle] = []
        self.lines: list[str] = []
        self.editable = True

    def document_changed(self, changes: Changes) -> None:
        self.changes.append(changes)

    def runs_changed(self) -> None:
        pass

    def kernel_changed(self) -> None:
        pass

    def is_editable(self) -> bool:
        return self.editable

    def input_requested(self, cell: CellKey) -> None:
        pass

    def page_arrived(self, data: MimeBundle) -> None:
        self.pages.append(data)

    def debugger_changed(self) -> None:
        pass

    def others_changed(self) -> None:
        pass

    def told(self, text: str) -> None:
        self.lines.append(text)


class Bench:
    """A controller over a scripted kernel."""

    def __init__(
        self, *sources: str, script: Mapping[str, Sequence[Step]] | None = None, way: FakeWay | None = None
    ) -> None:
        notebook = Notebook()
        self.cells = [new_cell(notebook, CellKind.CODE, source) for source in sources]
        self.watcher = Watcher()
        self.controller = Controller(Notebook(tuple(self.cells)), self.watcher, PATH)
        self.kernel = FakeKernel(script)
        self.events = KernelEvents(self.controller)
        self.session = Session(way or FakeWay(self.kernel), self.events.deliver, FRONTEND)
        self.controller.session = self.session

    async def start(self) -> None:
        self.session.open(SCRIPTED)
        async with asyncio.timeout(5):
            while not (self.session.is_caught_up and isinstance(self.session.state, Idle | Busy)):  # noqa: ASYNC110 - one turn of the loop
                await asyncio.sleep(0)
        self.events.flush_all()

    def cell(self, index: int) -> Cell:
        return self.controller.document.notebook.cell(self.cells[index].key)

    def run(self, *indexes: int) -> None:
        self.controller.run([self.cells[index].key for index in indexes])

    def state(self, index: int) -> object:
        return self.controller.runs.state_of(self.cells[index].key)

    async def settled(self) -> None:
        """Until nothing runs or waits, and all is shown."""
        self.events.flush_all()
        async with asyncio.timeout(5):
            while any(not isinstance(run.state, Asking) for run in self.controller.runs.active()):  # noqa: ASYNC110 - one turn of the loop
                await asyncio.sleep(0)
        self.events.flush_all()

    async def until(self, index: int, state: type) -> None:
        async with asyncio.timeout(5):
            while not isinstance(self.state(index), state):  # noqa: ASYNC110 - one turn of the loop
                await asyncio.sleep(0)


async def test_what_a_cell_prints_comes_into_it_as_one_stream() -> None:
    bench = Bench("work", script={"work": [prints("a\n"), prints("b\n")]})
    await bench.start()
    bench.run(0)
    await bench.settled()
    (stream,) = bench.cell(0).outputs
    assert isinstance(stream, Stream)
    assert str(stream.text) == "a\nb\n"
    assert bench.cell(0).execution_count == 1
    assert bench.controller.document.is_modified


async def test_outputs_are_not_in_the_undo_history() -> None:
    bench = Bench("work", script={"work": [prints("a\n")]})
    await bench.start()
    bench.run(0)
    await bench.settled()
    assert bench.controller.undo() is None
    assert bench.cell(0).outputs


async def test_queued_cells_show_their_place_and_run_in_order() -> None:
    bench = Bench(
        "one", "two", "three", script={"one": [Wait()], "two": [prints("2")], "three": [prints("3")]}
    )
    await bench.start()
    bench.run(0, 1, 2)
    await bench.until(0, Running)
    assert bench.state(1) == Queued(1)
    assert bench.state(2) == Queued(2)
    bench.kernel.go_on()
    await bench.settled()
    counts = [bench.cell(index).execution_count for index in range(3)]
    assert counts == [1, 2, 3]


async def test_an_error_stops_what_is_queued_behind_it() -> None:
    bench = Bench("bad", "after", script={"bad": [Fail("ZeroDivisionError", "by zero")]})
    await bench.start()
    bench.run(0, 1)
    await bench.settled()
    state, after = bench.state(0), bench.state(1)
    assert isinstance(state, Ended)
    assert state.status is RunStatus.ERROR
    assert isinstance(after, Ended)
    assert after.status is RunStatus.ABORTED
    assert isinstance(bench.cell(0).outputs[0], ErrorOutput)


async def test_an_answer_goes_to_the_kernel_and_stays_to_be_seen() -> None:
    bench = Bench("ask", script={"ask": [Ask("name? "), prints("thanks\n")]})
    await bench.start()
    bench.run(0)
    await bench.until(0, Asking)
    bench.events.answer("Ada")
    await bench.settled()
    (stream,) = bench.cell(0).outputs
    assert isinstance(stream, Stream)
    assert str(stream.text) == "name? Ada\nthanks\n"


async def test_a_password_is_sent_but_never_shown() -> None:
    bench = Bench("ask", script={"ask": [Ask("password: ", password=True)]})
    await bench.start()
    bench.run(0)
    await bench.until(0, Asking)
    bench.events.answer("secret")
    await bench.settled()
    assert "secret" not in str(bench.cell(0).outputs)
    assert any(sent.request.content.get("value") == "secret" for sent in bench.kernel.sent)


async def test_clear_output_with_wait_replaces_all_at_the_next_output() -> None:
    bench = Bench("work", script={"work": [prints("old"), clears(wait=True), prints("new")]})
    await bench.start()
    bench.run(0)
    await bench.settled()
    (stream,) = bench.cell(0).outputs
    assert isinstance(stream, Stream)
    assert str(stream.text) == "new"


async def test_a_display_is_updated_from_another_cell() -> None:
    script = {"show": [shows({"text/plain": "v0"}, "d")], "update": [updates({"text/plain": "v1"}, "d")]}
    bench = Bench("show", "update", script=script)
    await bench.start()
    bench.run(0, 1)
    await bench.settled()
    (display,) = bench.cell(0).outputs
    assert isinstance(display, DisplayData)
    assert display.data == {"text/plain": "v1"}


async def test_what_a_deleted_cell_prints_is_there_when_undo_brings_it_back() -> None:
    bench = Bench("work", "other", script={"work": [prints("a"), Wait(), prints("b")]})
    await bench.start()
    bench.run(0)
    await bench.until(0, Running)
    here = Place(bench.cells[0].key)
    bench.controller.perform([RemoveCells(0, 1)], here, here)
    bench.kernel.go_on()
    await bench.settled()
    bench.controller.undo()
    (stream,) = bench.cell(0).outputs
    assert isinstance(stream, Stream)
    assert str(stream.text) == "ab"


async def test_a_cell_cleared_while_it_runs_shows_only_what_comes_after() -> None:
    bench = Bench("work", script={"work": [prints("a"), Wait(), prints("b")]})
    await bench.start()
    bench.run(0)
    await bench.until(0, Running)
    here = Place(bench.cells[0].key)
    bench.controller.perform([SetOutputs(bench.cells[0].key, (), None)], here, here)
    bench.kernel.go_on()
    await bench.settled()
    (stream,) = bench.cell(0).outputs
    assert isinstance(stream, Stream)
    assert str(stream.text) == "b"


async def test_a_kernel_that_dies_ends_the_run() -> None:
    bench = Bench("die", "after", script={"die": [Die("ended by SIGKILL", ("out of memory",))]})
    await bench.start()
    bench.run(0, 1)
    await bench.settled()
    state = bench.state(0)
    assert isinstance(state, Ended)
    assert state.status is RunStatus.LOST
    assert state.last_words == ("the kernel died: ended by SIGKILL", "out of memory")


async def test_set_next_input_makes_a_cell_that_undo_takes_away() -> None:
    payload = {"payload": [{"source": "set_next_input", "text": "next()", "replace": False}]}
    bench = Bench("load", script={"load": [ReplyWith(payload)]})
    await bench.start()
    bench.run(0)
    await bench.settled()
    assert [cell.source for cell in bench.controller.document.notebook.cells] == ["load", "next()"]
    bench.controller.undo()
    assert len(bench.controller.document.notebook.cells) == 1


@pytest.mark.parametrize("replaces", [False, True])
async def test_set_next_input_leaves_a_notebook_alone_that_may_not_be_changed(replaces: bool) -> None:
    payload = {"payload": [{"source": "set_next_input", "text": "next()", "replace": replaces}]}
    bench = Bench("load", script={"load": [ReplyWith(payload)]})
    bench.watcher.editable = False
    await bench.start()
    bench.run(0)
    await bench.settled()
    assert [cell.source for cell in bench.controller.document.notebook.cells] == ["load"]


async def test_much_that_a_cell_prints_comes_into_it_bit_by_bit() -> None:
    text = "a line\n" * PORTION
    bench = Bench("work", script={"work": [prints(text)]})
    await bench.start()
    bench.run(0)
    await bench.until(0, Running)
    bench.events.flush()
    (stream,) = bench.cell(0).outputs
    assert isinstance(stream, Stream)
    assert 0 < len(stream.text) < len(text)
    await bench.settled()
    (stream,) = bench.cell(0).outputs
    assert isinstance(stream, Stream)
    assert str(stream.text) == text


async def flooded(bench: Bench) -> RunId:
    """A cell that has printed much, which is shown, and a line more, which waits for its time."""
    await bench.start()
    bench.run(0)
    await bench.until(0, Running)
    bench.events.flush_all()
    run = bench.controller.runs.newest(bench.cells[0].key)
    assert run is not None
    bench.events.deliver(StreamArrived(run.id, "stdout", "x" * 100_000 + "\n"))
    bench.events.flush()
    bench.events.deliver(StreamArrived(run.id, "stdout", "held\n"))
    bench.events.flush()
    assert not printed(bench, 0).endswith("held\n")
    return run.id


def printed(bench: Bench, index: int) -> str:
    return "".join(str(output.text) for output in bench.cell(index).outputs if isinstance(output, Stream))


async def test_what_waits_to_be_shown_is_shown_as_the_line_to_the_kernel_is_lost() -> None:
    bench = Bench("work", script={"work": [Wait()]})
    await flooded(bench)
    bench.events.deliver(LineChanged())
    bench.events.flush()
    assert printed(bench, 0).endswith("held\n")


async def test_outputs_that_are_cleared_while_some_wait_come_back_whole() -> None:
    bench = Bench("work", script={"work": [Wait()]})
    await flooded(bench)
    here = Place(bench.cells[0].key, None)
    bench.controller.perform([SetOutputs(bench.cells[0].key, (), None)], here, here)
    assert printed(bench, 0) == ""
    bench.events.flush_all()
    bench.controller.undo()
    assert printed(bench, 0).endswith("held\n")


async def test_what_a_flood_printed_is_there_before_its_cell_asks_and_when_it_has_ended() -> None:
    flood = "a line\n" * 1_000
    bench = Bench("work", script={"work": [prints(flood), prints("soon\n"), Ask("now? "), prints(flood)]})
    await bench.start()
    bench.run(0)
    await bench.until(0, Asking)
    bench.events.flush()
    (stream,) = bench.cell(0).outputs
    assert isinstance(stream, Stream)
    assert str(stream.text) == flood + "soon\n"
    bench.events.answer("yes")
    await bench.until(0, Ended)
    (stream,) = bench.cell(0).outputs
    assert isinstance(stream, Stream)
    assert str(stream.text).endswith("yes\n" + flood)


async def test_pages_go_to_whoever_shows_them() -> None:
    payload = {"payload": [{"source": "page", "data": {"text/plain": "help"}, "start": 0}]}
    bench = Bench("print?", script={"print?": [ReplyWith(payload)]})
    await bench.start()
    bench.run(0)
    await bench.settled()
    assert bench.watcher.pages == [{"text/plain": "help"}]


async def test_an_empty_cell_loses_its_outputs_and_is_not_sent() -> None:
    bench = Bench("  \n")
    await bench.start()
    bench.run(0)
    assert bench.controller.runs.active() == []


async def test_typing_is_one_step_a_word() -> None:
    bench = Bench("")
    key = bench.cells[0].key
    for at, letter in enumerate("two words"):
        change = TextChange(at, "", letter)
        bench.controller.change_text(key, change, TextSelection.at(at), TextSelection.at(at + 1))
    bench.controller.undo()
    assert bench.cell(0).source == "two"


async def test_runs_go_on_while_the_kernel_is_idle_again() -> None:
    bench = Bench("one", script={"one": [prints("1")]})
    await bench.start()
    assert bench.controller.session is not None
    assert isinstance(bench.controller.session.state, Idle)
    for _ in range(3):
        bench.run(0)
        await bench.settled()
    assert bench.cell(0).execution_count == 3
