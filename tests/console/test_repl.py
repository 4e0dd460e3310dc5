"""The console between keys and a session, without a terminal."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from kernelbridge.fakekeeper import FRONTEND, SCRIPTED, FakeWay
from kernelbridge.fakekernel import Ask, FakeKernel, Script, Wait, prints
from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.keeper.kernels import Channel, KernelListener
from kernelbridge.session import Session
from recording import Recorder
from tui.console.repl import Repl
from tui.render.rowops import plain
from tui.terminal.inputs import KeyPress, Pasted

COMPLETE = {"is_complete_request": {"status": "complete"}}


class Person:
    """Types, and waits until something is to be read."""

    def __init__(self, way: FakeWay, *, ends_kernel: bool = True) -> None:
        self._changed = asyncio.Event()
        self.repl = Repl(way, SCRIPTED, self._changed.set, ends_kernel=ends_kernel)
        self.done: list[str] = []
        self.live: list[str] = []
        self.repl.open()

    def look(self) -> str:
        frame = self.repl.frame(60, 20)
        self.done += [plain(row) for row in frame.done]
        self.live = [plain(row) for row in frame.live]
        return "\n".join(line.rstrip() for line in (*self.done, *self.live))

    def type(self, text: str, *keys: str) -> None:
        for character in text:
            self.repl.type(KeyPress(character, character))
        for key in keys:
            self.repl.type(KeyPress(key))

    async def until(self, holds: Callable[[str], bool]) -> str:
        async with asyncio.timeout(30):
            while not holds(seen := self.look()):
                self._changed.clear()
                await self._changed.wait()
        return seen

    async def reads(self, text: str) -> str:
        return await self.until(lambda seen: text in seen)

    async def ready(self) -> Person:
        await self.reads(":help")
        await self.until(lambda _: self.repl.hearing.is_caught_up)
        return self


class Kernel(FakeKernel):
    """Tells when it was interrupted, and when it was shut down."""

    def __init__(self, script: Script | None = None) -> None:
        super().__init__(script, COMPLETE)
        self.interrupted, self.ended = asyncio.Event(), asyncio.Event()

    async def interrupt(self) -> None:
        await super().interrupt()
        self.interrupted.set()

    async def shutdown(self) -> None:
        await super().shutdown()
        self.ended.set()


def over(script: Script | None = None) -> tuple[FakeWay, Kernel]:
    kernel = Kernel(script)
    return FakeWay(kernel), kernel


async def notebook(way: FakeWay) -> tuple[Session, Recorder]:
    recorder = Recorder()
    session = Session(way, recorder, FRONTEND)
    session.open(SCRIPTED)
    return session, recorder


async def test_code_may_be_typed_before_the_kernel_is_there() -> None:
    way, _ = over({"x": [prints("ran\n")]})
    person = Person(way)
    assert person.look().startswith("In [1]:")
    person.type("x", "enter")
    await person.reads("In [1]: x\nran\n\nIn [2]:")


async def test_what_another_frontend_ran_before_is_counted_and_not_shown() -> None:
    way, _ = over({"old": [prints("old output\n")]})
    session, recorder = await notebook(way)
    await recorder.finished(session.run("old"))
    person = await Person(way).ready()
    seen = await person.reads("1 run of before")
    assert "old output" not in seen
    assert "In [2]:" in seen


async def test_a_run_of_another_frontend_that_goes_on_is_shown_from_its_start() -> None:
    way, kernel = over({"long": [prints("begun\n"), Wait(), prints("over\n")]})
    session, recorder = await notebook(way)
    run = session.run("long")
    await recorder.printed(run, "begun")
    person = await Person(way).ready()
    await person.reads("┊ long\n┊ begun")
    kernel.go_on()
    seen = await person.reads("┊ over")
    assert "runs [1]" in seen
    assert "tnb" in seen.split("runs [1]")[0]


async def test_a_question_to_another_frontend_is_said_and_not_asked() -> None:
    way, _ = over({"ask": [Ask("name? ")]})
    session, _ = await notebook(way)
    person = await Person(way).ready()
    session.run("ask")
    await person.reads("is asked for a line: name?")
    person.type("mine")
    assert person.live[-1] != "mine"
    assert "mine" in person.look()


async def test_a_password_goes_to_the_kernel_and_nowhere_else() -> None:
    way, kernel = over({"ask": [Ask("pw: ", password=True), prints("thanks\n")]})
    person = await Person(way).ready()
    person.type("ask", "enter")
    await person.reads("pw:")
    person.repl.type(Pasted("hunter2\nrest"))
    assert "hunter2" not in person.look()
    person.type("", "enter")
    assert "hunter2" not in await person.reads("thanks")
    (sent,) = (one for one in kernel.sent if one.channel is Channel.STDIN)
    assert sent.request.content == {"value": "hunter2"}
    person.type("", "up")
    assert "In [2]: ask" in person.look()


async def test_leaving_an_idle_kernel_that_nobody_else_uses_ends_it() -> None:
    way, kernel = over()
    person = await Person(way).ready()
    person.type("", "ctrl+d")
    assert person.repl.leaving.ending is not None
    await person.repl.close()
    async with asyncio.timeout(30):
        await kernel.ended.wait()


async def test_leaving_a_kernel_that_others_use_leaves_it_alone() -> None:
    way, _ = over()
    _, recorder = await notebook(way)
    person = await Person(way).ready()
    await person.until(lambda _: len(person.repl.session.frontends) == 2)
    person.type("", "ctrl+d")
    ending = person.repl.leaving.ending
    assert ending is not None
    assert not ending.ends_kernel
    assert recorder.events
    await person.repl.close()


async def test_leaving_while_something_runs_asks_and_can_interrupt() -> None:
    way, kernel = over({"x": [Wait()]})
    person = await Person(way).ready()
    person.type("x", "enter")
    await person.until(lambda _: bool(person.repl.hearing.own))
    person.type("", "ctrl+d")
    assert "[L]eave it running" in person.look()
    assert person.repl.leaving.ending is None
    person.type("i")
    ending = person.repl.leaving.ending
    assert ending is not None
    assert ending.ends_kernel
    async with asyncio.timeout(30):
        await kernel.interrupted.wait()
    await person.repl.close()


async def test_code_that_begins_with_a_colon_and_is_no_command_is_the_kernels() -> None:
    way, kernel = over({":type x": [prints("Int\n")]})
    person = await Person(way).ready()
    person.type(":type x", "enter")
    await person.reads("Int")
    assert kernel.sent[-1].request.content["code"] == ":type x"


async def test_own_runs_are_let_go_of_once_they_are_over() -> None:
    way, _ = over({"x": [prints("ran\n")]})
    person = await Person(way).ready()
    person.type("x", "enter")
    await person.reads("In [2]:")
    again = await Person(way).ready()
    assert "before this console" not in again.look()


async def test_completions_asked_for_while_the_kernel_starts_come_when_it_has() -> None:
    class StartsWhenTold(FakeKernel):
        async def start(self, listener: KernelListener) -> None:
            await told.wait()
            await super().start(listener)

    told = asyncio.Event()
    answer: JsonObject = {"matches": ["alphabet"], "cursor_start": 0, "cursor_end": 3}
    person = Person(FakeWay(StartsWhenTold(answers={"complete_request": answer})))
    person.type("alp", "tab")
    await person.reads("the kernel is starting: it completes then")
    told.set()
    await person.reads("In [1]: alphabet")


async def test_ctrl_c_gives_up_waiting_for_whether_code_is_complete() -> None:
    kernel = FakeKernel({"xy": [prints("ran\n")]})  # never says whether anything is complete
    person = await Person(FakeWay(kernel)).ready()
    person.type("x", "enter")
    person.type("", "ctrl+c")
    person.type("y", "ctrl+j")
    await person.reads("ran")


async def test_a_kernel_that_does_not_say_whether_code_is_complete_is_not_waited_for_long() -> None:
    kernel = FakeKernel({"x": [prints("ran\n")]})
    person = await Person(FakeWay(kernel)).ready()
    person.type("x", "enter")
    await person.reads("ran")
