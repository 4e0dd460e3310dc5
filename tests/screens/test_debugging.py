"""Debugging as a person sees it, with a scripted debugger: marks beside the code, the pane, and its keys."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from e2e import notebooks
from kernelbridge.fakekeeper import SCRIPTED, FakeWay
from kernelbridge.fakekernel import FakeKernel, Say, Wait, prints
from kernelbridge.keeper.jsontypes import JsonObject, JsonValue
from kernelbridge.state import Missing
from openednotebook import Opened, notebook, see, shown
from tui.app import TnbApp
from tui.config import Config
from tui.files.notebookfile import read
from tui.kernelreach import Reached
from tui.options import Options, WithoutKernel
from tui.screens.notebook.screen import NotebookScreen

if TYPE_CHECKING:
    from textual.pilot import Pilot

SOURCE = "first = 1\nsecond = 2\nthird = 3"
INFO: JsonObject = {
    "status": "ok",
    "implementation": "fake",
    "banner": "",
    "supported_features": ["debugger"],
    "language_info": {"name": "python"},
}


NO_KERNEL = Missing("none", "", is_installed=False)
EVIL: JsonObject = {"name": "evil\x1b[2J", "type": "str", "value": "'\x07'", "variablesReference": 0}


class ScriptedDebugger:
    """Stops at line 2, and at each step at the next."""

    def __init__(self) -> None:
        self.commands: list[str] = []
        self.line = 2
        self.is_started = False
        self.kernel = FakeKernel(
            {SOURCE: [prints("on\n"), Wait(), prints("over")]},
            {"kernel_info_request": INFO, "debug_request": self.answer},
        )

    def answer(self, request: JsonObject) -> JsonObject:
        command = str(request["command"])
        self.commands.append(command)
        if command in ("next", "stepIn", "stepOut"):
            self.line += 1
            self.stop("step")
        elif command == "continue":
            self.kernel.go_on()
        arguments = request["arguments"]
        expression = arguments.get("expression") if isinstance(arguments, dict) else ""
        if expression == "bad":
            return {"success": False, "message": "NameError: \x1b[31mbad"}
        frames: JsonValue = [
            {"id": 1, "name": "<module>", "line": self.line, "source": {"path": "/tmp/cell.py"}},
        ]
        bodies: dict[str, JsonObject] = {
            "debugInfo": {"isStarted": self.is_started, "stoppedThreads": [], "breakpoints": []},
            "dumpCell": {"sourcePath": "/tmp/cell.py"},
            "stackTrace": {"stackFrames": frames},
            "scopes": {"scopes": [{"name": "Locals", "variablesReference": 7, "expensive": False}]},
            "variables": {
                "variables": [
                    {"name": "evil\x1b[2J", "type": "str", "value": "'\x07'", "variablesReference": 0}
                ]
            },
            "evaluate": {"result": "42", "type": "int", "variablesReference": 0},
        }
        return {"success": True, "body": bodies.get(command, {})}

    def stop(self, reason: str) -> None:
        body: JsonObject = {"reason": reason, "threadId": 1, "allThreadsStopped": True}
        self.kernel.say(Say("debug_event", {"type": "event", "event": "stopped", "body": body}))


class Used:
    """An open notebook, and its debugger."""

    def __init__(self, app: TnbApp, pilot: Pilot[None], debugger: ScriptedDebugger) -> None:
        self.app = app
        self.pilot = pilot
        self.debugger = debugger

    async def see(self, *texts: str, gone: str = "\0") -> None:
        async with asyncio.timeout(10):
            while gone in shown(self.app) or not all(text in shown(self.app) for text in texts):
                await self.pilot.pause()

    async def stop(self) -> None:
        """At the second line, where the breakpoint is."""
        await self.pilot.press("enter", "down", "f9", "f5")
        await self.see("┊ on")
        self.debugger.stop("breakpoint")
        await self.see("stopped: breakpoint", "●-> second = 2")


@asynccontextmanager
async def used(path: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Used]:
    debugger = ScriptedDebugger()
    way = FakeWay(debugger.kernel)
    notebooks.write(path, notebooks.code(SOURCE), notebooks.code("more"))
    launched = Reached(way, {**SCRIPTED, "debugger": True}, ("python3",))
    app = TnbApp(read(path), Options(config=Config(), kernel=WithoutKernel()), lambda *_: launched)
    async with app.run_test(size=size) as pilot:
        screen = app.screen
        assert isinstance(screen, NotebookScreen)
        screen.kernel.start()
        opened = Used(app, pilot, debugger)
        await opened.see("idle")
        yield opened


def perform(opened: Opened, action: str) -> None:
    assert isinstance(opened[0].screen, NotebookScreen)
    opened[0].screen.perform(action)


async def test_a_breakpoint_is_set_by_a_key_and_moves_with_its_line(tmp_path: Path) -> None:
    async with used(tmp_path / "a.ipynb") as opened:
        await opened.pilot.press("enter", "down", "f9")
        await opened.see("● second = 2", "stops at line 2; F5 runs the cell to it")
        await opened.pilot.press("home", "enter")
        await opened.see("● second = 2")
        await opened.pilot.press("f9")
        await opened.see("does not stop at line 3", gone="●  second")


async def test_a_stop_is_marked_and_its_variables_are_shown_sanitized(tmp_path: Path) -> None:
    async with used(tmp_path / "a.ipynb") as opened:
        await opened.stop()
        await opened.see("-> <module>  cell 1, line 2", "- Locals", "evil", "busy", "n over")
        assert "\x1b" not in shown(opened.app)
        assert "\x07" not in shown(opened.app)
        at = opened.debugger.commands.index
        assert at("initialize") < at("attach") < at("dumpCell") < at("setBreakpoints") < at("stackTrace")


async def test_steps_move_the_mark_and_going_on_takes_it_away(tmp_path: Path) -> None:
    async with used(tmp_path / "a.ipynb") as opened:
        await opened.stop()
        await opened.pilot.press("n")
        await opened.see("-> third = 3", "● second = 2", "stopped: step")
        await opened.pilot.press("c")
        await opened.see("┊ over", "waits for a breakpoint", gone="->")


async def test_expressions_are_evaluated_where_it_stopped(tmp_path: Path) -> None:
    async with used(tmp_path / "a.ipynb") as opened:
        await opened.stop()
        await opened.pilot.press("e", "6", "asterisk", "7", "enter")
        await opened.see("6*7  int  42")
        await opened.pilot.press("e", "b", "a", "d", "enter")
        await opened.see("› bad  NameError:")


async def test_the_keys_go_back_to_the_notebook_and_the_pane_ends_with_the_debugger(tmp_path: Path) -> None:
    async with used(tmp_path / "a.ipynb") as opened:
        await opened.stop()
        await opened.pilot.press("escape", "j")
        await opened.see("2/2", "── Debugger")
        await opened.pilot.press("f6")
        await opened.see("━━ Debugger")
        await opened.pilot.press("x")
        await opened.see("the debugger has ended", gone="Debugger stopped")
        assert "disconnect" in opened.debugger.commands


async def test_an_interrupt_lifts_the_breakpoints_and_lets_it_go_on_first(tmp_path: Path) -> None:
    async with used(tmp_path / "a.ipynb") as opened:
        await opened.stop()
        await opened.pilot.press("i", "i")
        await opened.see("waits for a breakpoint", "┊ over")
        assert opened.debugger.commands[-2:] == ["setBreakpoints", "continue"]


async def test_on_a_small_terminal_the_pane_has_all_of_it_while_it_has_the_keys(tmp_path: Path) -> None:
    async with used(tmp_path / "a.ipynb", (40, 10)) as opened:
        await opened.pilot.press("enter", "down", "f9", "f5")
        await opened.see("┊ on")
        opened.debugger.stop("breakpoint")
        await opened.see("stopped: breakpoint", gone="first = 1")
        await opened.pilot.press("escape")
        await opened.see("●-> second = 2", "Debugger")


async def test_the_next_tnb_has_the_breakpoints_again_where_their_lines_are_by_then(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    async with used(path) as opened:
        await opened.pilot.press("enter", "down", "f9")
        await opened.see("● second = 2")
    before = path.read_bytes()
    async with notebook(path, NO_KERNEL) as again:
        await see(again, "● second = 2")
    assert path.read_bytes() == before
    notebooks.write(path, notebooks.code("new = 0\n" + SOURCE), notebooks.code("more"))
    async with notebook(path, NO_KERNEL) as again:
        await see(again, "new = 0", "● second = 2")


async def test_breakpoints_that_were_cleared_stay_so(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    async with used(path) as opened:
        await opened.pilot.press("enter", "down", "f9")
        await opened.see("● second = 2")
    async with notebook(path, NO_KERNEL) as again:
        await see(again, "● second = 2")
        perform(again, "debug.clear-breakpoints")
        await see(again, "no breakpoints are left")
    async with notebook(path, NO_KERNEL) as again:
        await again[0].workers.wait_for_complete()
        assert "● second = 2" not in shown(again[0])


async def test_breakpoints_follow_what_is_saved(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    async with used(path) as opened:
        await opened.pilot.press("enter", "down", "f9", *"extra", "ctrl+s")
        await opened.see("● extrasecond = 2", "saved a.ipynb")
    async with notebook(path, NO_KERNEL) as again:
        await see(again, "● extrasecond = 2")
        perform(again, "file.save-as")
        await see(again, "Save as")
        await again[1].press("ctrl+u", *"b.ipynb", "enter")
        await see(again, "saved b.ipynb")
    async with notebook(tmp_path / "b.ipynb", NO_KERNEL) as again:
        await see(again, "● extrasecond = 2")


async def test_breakpoints_that_cannot_be_read_cost_one_message(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    async with used(path) as opened:
        await opened.pilot.press("enter", "down", "f9")
        await opened.see("● second = 2")
    (kept,) = (Path.home() / ".local/state/tnb/breakpoints").iterdir()
    kept.write_text("{")
    async with used(path) as opened:
        await opened.see("the breakpoints of this notebook could not be read, and are forgotten")
        await opened.pilot.press("enter", "f9")
        await opened.see("▐●[ ] first = 1")
    async with used(path) as opened:
        await opened.see("▌●[ ] first = 1")
        assert "could not be read" not in shown(opened.app)


async def test_breakpoints_that_cannot_be_kept_are_said_to_be_so(tmp_path: Path) -> None:
    state = Path.home() / ".local/state/tnb"
    state.mkdir(parents=True)
    (state / "breakpoints").write_text("in the way")
    async with used(tmp_path / "a.ipynb") as opened:
        await opened.see("the breakpoints of this notebook cannot be read")
