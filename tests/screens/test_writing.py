"""Writing code on the screen of a notebook: completions, help, history, cursors, with a scripted kernel."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from e2e import notebooks
from kernelbridge.fakekeeper import SCRIPTED, FakeWay
from kernelbridge.fakekernel import Answers, FakeKernel
from kernelbridge.keeper.jsontypes import JsonObject, JsonValue
from kernelbridge.keeper.kernels import Channel, Request
from kernelbridge.state import Missing
from openednotebook import Opened, see, shown
from tui.app import TnbApp
from tui.config import Config, EditorConfig
from tui.files.notebookfile import read
from tui.kernelreach import Reached
from tui.options import Options
from tui.screens.notebook.screen import NotebookScreen
from tui.screens.pager import PagerScreen

if TYPE_CHECKING:
    from textual.pilot import Pilot

NO_KERNEL = Missing("none", "", is_installed=False)
AT_ONCE = EditorConfig(completion_delay=0)
KEYS = {" ": "space", ".": "full_stop", "(": "left_parenthesis"}
TYPED: list[JsonValue] = [
    {"text": "alpha", "type": "function"},
    {"text": "alphabet", "type": "module"},
    {"text": "alps\x1b[31m", "type": "instance\x1b]0;x\x07"},
]
ALPHAS: JsonObject = {
    "matches": ["alpha", "alphabet", "alps\x1b[31m"],
    "cursor_start": 0,
    "cursor_end": 2,
    "metadata": {"_jupyter_types_experimental": TYPED},
}


class SlowKernel(FakeKernel):
    """Answers what it is asked about code only once it is let go."""

    def __init__(self, answers: Answers) -> None:
        super().__init__(answers=answers)
        self.may_answer = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    def send(
        self,
        channel: Channel,
        request: Request,
        parent: JsonObject | None = None,
        message_id: str | None = None,
    ) -> str:
        if request.kind != "complete_request" or message_id is None:
            return super().send(channel, request, parent, message_id)

        async def later() -> None:
            await self.may_answer.wait()
            FakeKernel.send(self, channel, request, parent, message_id)

        task = asyncio.get_running_loop().create_task(later())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self.asked.append(request)
        return message_id

    @property
    def asked(self) -> list[Request]:
        return self.__dict__.setdefault("_asked", [])


@asynccontextmanager
async def editing(
    folder: Path,
    kernel: FakeKernel | None,
    *sources: str,
    config: EditorConfig = AT_ONCE,
    size: tuple[int, int] = (80, 24),
) -> AsyncIterator[Opened]:
    """A notebook of which the last cell is edited, at its end."""
    path = notebooks.write(folder / "a.ipynb", *map(notebooks.code, sources))
    launched = NO_KERNEL if kernel is None else Reached(FakeWay(kernel), SCRIPTED, ("python3",))
    app = TnbApp(read(path), Options(config=Config(editor=config)), lambda *_: launched)
    async with app.run_test(size=size) as pilot:
        opened = app, pilot
        await see(opened, "idle" if kernel is not None else "no kernel")
        await pilot.press("G", "enter", "ctrl+end")
        yield opened


def screen_of(opened: Opened) -> NotebookScreen:
    screen = opened[0].screen
    assert isinstance(screen, NotebookScreen)
    return screen


def source(opened: Opened) -> str:
    return screen_of(opened).focused_cell.source


async def until(pilot: Pilot[None], condition: object) -> None:
    assert callable(condition)
    async with asyncio.timeout(10):
        while not condition():
            await pilot.pause()


async def type_in(opened: Opened, text: str) -> None:
    for character in text:
        await opened[1].press(
            {" ": "space", ".": "full_stop", "(": "left_parenthesis"}.get(character, character)
        )


async def test_completions_come_while_one_types_with_what_they_are(tmp_path: Path) -> None:
    async with editing(tmp_path, FakeKernel(answers={"complete_request": ALPHAS}), "") as opened:
        await type_in(opened, "al")
        await see(opened, "alpha ", "function", "alphabet", "module", "alps", "instance")
        assert "\x1b" not in shown(opened[0])
        await type_in(opened, "ph")
        assert "alps" not in shown(opened[0])
        await opened[1].press("down", "down", "enter")
        assert source(opened) == "alphabet"
        assert "module" not in shown(opened[0])


async def test_enter_begins_a_line_where_nothing_is_chosen_and_tab_takes_the_first(tmp_path: Path) -> None:
    async with editing(tmp_path, FakeKernel(answers={"complete_request": ALPHAS}), "") as opened:
        await type_in(opened, "al")
        await see(opened, "alphabet")
        await opened[1].press("enter")
        assert source(opened) == "al\n"
        await opened[1].press("backspace")
        await type_in(opened, "p")
        await see(opened, "alphabet")
        await opened[1].press("tab")
        assert source(opened) == "alpha"


async def test_escape_closes_the_list_and_only_that(tmp_path: Path) -> None:
    async with editing(tmp_path, FakeKernel(answers={"complete_request": ALPHAS}), "") as opened:
        await type_in(opened, "al")
        await see(opened, "alphabet")
        await opened[1].press("escape")
        assert "alphabet" not in shown(opened[0])
        assert screen_of(opened).state.editing
        await opened[1].press("escape")
        assert not screen_of(opened).state.editing


@pytest.mark.parametrize("delay", [0, 60])
async def test_nothing_is_asked_nor_waited_for_once_the_screen_is_gone(tmp_path: Path, delay: float) -> None:
    kernel = SlowKernel({"complete_request": ALPHAS})
    config = EditorConfig(completion_delay=delay)
    async with editing(tmp_path, kernel, "", config=config) as opened:
        await type_in(opened, "al")
        completing = screen_of(opened).writing.completing
        assert (completing._asking is not None) == (delay == 0)
    assert completing._asking is None
    assert completing._due is None


async def test_what_comes_too_late_is_let_go_and_the_newest_is_asked_then(tmp_path: Path) -> None:
    kernel = SlowKernel({"complete_request": ALPHAS})
    async with editing(tmp_path, kernel, "") as opened:
        await type_in(opened, "al")
        await until(opened[1], lambda: kernel.asked)
        await type_in(opened, " = 1")
        await opened[1].press("home")
        await type_in(opened, "b")
        kernel.may_answer.set()
        await until(opened[1], lambda: len(kernel.asked) == 2)
        assert [str(request.content["code"]) for request in kernel.asked] == ["a", "bal = 1"]
        assert source(opened) == "bal = 1"


async def test_a_word_that_nothing_begins_with_is_not_asked_about_for_each_further_letter(
    tmp_path: Path,
) -> None:
    def answer(question: JsonObject) -> JsonObject:
        is_known = question["code"] == "xyzzy a"
        return {**ALPHAS, "cursor_start": 6, "cursor_end": 7} if is_known else {"matches": []}

    kernel = SlowKernel({"complete_request": answer})
    kernel.may_answer.set()
    async with editing(tmp_path, kernel, "") as opened:
        for typed in ("x", "xy", "xyz"):
            await type_in(opened, typed[-1])
            await until(
                opened[1], lambda: kernel.asked[-1:] and kernel.asked[-1].content["code"] == source(opened)
            )
        completing = screen_of(opened).writing.completing
        await until(opened[1], lambda: completing._asking is None)
        await type_in(opened, "zy")
        assert completing._due is None
        await type_in(opened, " al")
        await see(opened, "alphabet")
        assert "xyzz" not in [request.content["code"] for request in kernel.asked]
        await opened[1].press("escape", "left", "left", "left", "tab")
        await until(opened[1], lambda: kernel.asked[-1].content["cursor_pos"] == 5)


async def test_letters_show_while_the_kernel_thinks(tmp_path: Path) -> None:
    kernel = SlowKernel({"complete_request": ALPHAS})
    async with editing(tmp_path, kernel, "") as opened:
        await type_in(opened, "al")
        await until(opened[1], lambda: kernel.asked)
        await type_in(opened, "ph")
        await see(opened, "alph")
        kernel.may_answer.set()
        await see(opened, "alphabet")
        assert "alps" not in shown(opened[0])


async def test_the_list_stays_where_it_is_while_a_word_is_typed_and_deleted_again(tmp_path: Path) -> None:
    def answer(question: JsonObject) -> JsonObject:
        return ALPHAS if question["code"] == "al" else {"matches": [], "cursor_start": 0, "cursor_end": 1}

    kernel = SlowKernel({"complete_request": answer})
    kernel.may_answer.set()
    async with editing(tmp_path, kernel, "al") as opened:
        await opened[1].press("ctrl+space")
        await see(opened, "alphabet", "instance")
        places = {shown(opened[0]).index("function")}
        await type_in(opened, "pha")
        places.add(shown(opened[0]).index("function"))
        kernel.may_answer.clear()
        await opened[1].press(*["backspace"] * 4)
        await until(opened[1], lambda: len(kernel.asked) == 2)
        assert source(opened) == "a"
        assert "alphabet" in shown(opened[0])
        places.add(shown(opened[0]).index("function"))
        assert len(places) == 1
        kernel.may_answer.set()
        await until(opened[1], lambda: "alphabet" not in shown(opened[0]))


async def test_tab_indents_where_no_word_is_and_completes_behind_one(tmp_path: Path) -> None:
    answer: JsonObject = {"matches": ["print"], "cursor_start": 4, "cursor_end": 6}
    config = EditorConfig(complete_while_typing=False)
    kernel = FakeKernel(answers={"complete_request": answer})
    async with editing(tmp_path, kernel, "", config=config) as opened:
        await opened[1].press("tab")
        await type_in(opened, "pr")
        await opened[1].press("tab")
        await until(opened[1], lambda: source(opened) == "    print")
        await opened[1].press("shift+tab")
        await opened[1].press("home", "shift+tab")
        assert source(opened) == "print"


async def test_without_a_kernel_words_of_the_notebook_and_the_language_are_offered(tmp_path: Path) -> None:
    async with editing(tmp_path, None, "prospect = 1", "") as opened:
        await type_in(opened, "pro")
        await see(opened, "prospect", "word", "property", "builtin")
        await opened[1].press("ctrl+space")
        await opened[1].press("enter")
        assert source(opened) == "prospect"


async def test_nothing_comes_by_itself_in_strings_and_comments(tmp_path: Path) -> None:
    kernel = SlowKernel({"complete_request": ALPHAS})
    async with editing(tmp_path, kernel, "") as opened:
        await opened[1].press("number_sign")
        await type_in(opened, "al")
        await opened[1].press("enter", "quotation_mark")
        await type_in(opened, "al")
        await opened[1].pause()
        assert not kernel.asked
        await opened[1].press("ctrl+space")
        await until(opened[1], lambda: len(kernel.asked) == 1)


@pytest.mark.parametrize("size", [(40, 10), (80, 24)])
async def test_the_list_stands_above_where_there_is_no_room_below(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    names: list[JsonValue] = [f"name{number}" for number in range(30)]
    answer: JsonObject = {"matches": names, "cursor_start": 60, "cursor_end": 61}
    kernel = FakeKernel(answers={"complete_request": answer})
    async with editing(tmp_path, kernel, "\n" * 60, size=size) as opened:
        await type_in(opened, "n")
        await see(opened, "name0")
        lines = shown(opened[0]).split("\n")
        (cursor,) = [y for y, line in enumerate(lines) if line.strip("▐ ") == "n"]
        listed = [y for y, line in enumerate(lines) if "name" in line]
        assert max(listed) < cursor
        assert len(listed) == min(10, size[1] - 3)
        await opened[1].press("up")
        await see(opened, "name29")


async def test_a_click_on_one_takes_it(tmp_path: Path) -> None:
    async with editing(tmp_path, FakeKernel(answers={"complete_request": ALPHAS}), "") as opened:
        await type_in(opened, "al")
        await see(opened, "alphabet")
        lines = shown(opened[0]).split("\n")
        (y,) = [y for y, line in enumerate(lines) if "alphabet" in line]
        await opened[1].click(offset=(lines[y].index("alphabet"), y))
        assert source(opened) == "alphabet"


DOCUMENT = "Signature: alpha(one)\n" + "\n".join(f"line {number}" for number in range(40))


async def test_help_is_shown_beside_the_cursor_grows_and_goes_to_the_pager(tmp_path: Path) -> None:
    answer: JsonObject = {"found": True, "data": {"text/plain": DOCUMENT}, "metadata": {}}
    kernel = FakeKernel(answers={"inspect_request": answer})
    async with editing(tmp_path, kernel, "\n\nalpha") as opened:
        await opened[1].press("shift+tab")
        await see(opened, "Signature: alpha(one)", "line 8")
        assert "line 12" not in shown(opened[0])
        await opened[1].press("pagedown")
        await see(opened, "line 12")
        await type_in(opened, "b")
        await see(opened, "line 12", "alphab")
        await opened[1].press("shift+tab")
        await see(opened, "line 14")
        await opened[1].press("shift+tab")
        await until(opened[1], lambda: isinstance(opened[0].screen, PagerScreen))
        assert [
            sent.request.content["detail_level"] for sent in kernel.sent if "inspect" in sent.request.kind
        ] == [0, 1]
        await opened[1].press("q")
        await see(opened, "alphab")
        assert "Signature" not in shown(opened[0])


async def test_help_goes_with_escape_and_with_the_line(tmp_path: Path) -> None:
    answer: JsonObject = {"found": True, "data": {"text/plain": "the help"}, "metadata": {}}
    async with editing(tmp_path, FakeKernel(answers={"inspect_request": answer}), "one\nalpha") as opened:
        await opened[1].press("shift+tab")
        await see(opened, "the help")
        await opened[1].press("escape")
        assert "the help" not in shown(opened[0])
        await opened[1].press("shift+tab")
        await see(opened, "the help")
        await opened[1].press("up")
        assert "the help" not in shown(opened[0])


async def test_what_the_kernel_does_not_know_is_said(tmp_path: Path) -> None:
    kernel = FakeKernel(answers={"inspect_request": {"found": False, "data": {}}})
    async with editing(tmp_path, kernel, "alpha") as opened:
        await opened[1].press("shift+tab")
        await see(opened, "the kernel knows nothing of what is here")


async def test_a_pane_follows_the_cursor(tmp_path: Path) -> None:
    answer: JsonObject = {"found": True, "data": {"text/plain": "the help"}, "metadata": {}}
    kernel = FakeKernel(answers={"inspect_request": answer})
    async with editing(tmp_path, kernel, "alpha\nbeta") as opened:
        await opened[1].press("escape", "g", "h")
        await see(opened, "of an edited cell stands here")
        await opened[1].press("enter")
        await see(opened, "the help")
        await opened[1].press("ctrl+home")
        await until(
            opened[1], lambda: [sent.request.content.get("cursor_pos") for sent in kernel.sent][-1] == 0
        )
        await opened[1].press("escape", "g", "h")
        await until(opened[1], lambda: "the help" not in shown(opened[0]))


HISTORY: JsonObject = {"history": [[1, 1, "import os"], [1, 2, "one"], [2, 1, "import json"]]}


async def test_the_history_is_gone_through_from_the_cell_and_undone(tmp_path: Path) -> None:
    async with editing(tmp_path, FakeKernel(answers={"history_request": HISTORY}), "imp") as opened:
        pilot = opened[1]
        await pilot.press("ctrl+up")
        await until(pilot, lambda: source(opened) == "import json")
        await pilot.press("ctrl+up")
        assert source(opened) == "import os"
        await pilot.press("ctrl+down", "ctrl+down")
        assert source(opened) == "imp"
        await pilot.press("ctrl+z")
        assert source(opened) == "import json"


async def test_the_history_is_searched(tmp_path: Path) -> None:
    async with editing(tmp_path, FakeKernel(answers={"history_request": HISTORY}), "") as opened:
        await opened[1].press("alt+r")
        await see(opened, "History", "import json", "one")
        await type_in(opened, "port os")
        await see(opened, "import os")
        assert "import json" not in shown(opened[0])
        await opened[1].press("enter")
        await until(opened[1], lambda: not opened[0].screen.is_modal)
        assert source(opened) == "import os"


async def test_the_word_is_changed_wherever_it_is_selected(tmp_path: Path) -> None:
    async with editing(tmp_path, None, "one = one + ones") as opened:
        await opened[1].press("home", "alt+j", "alt+j", "alt+j")
        await type_in(opened, "two")
        assert source(opened) == "two = two + ones"
        await opened[1].press("escape")
        await type_in(opened, "s")
        assert source(opened).count("twos") == 1


async def test_cursors_below_type_in_several_lines(tmp_path: Path) -> None:
    async with editing(tmp_path, None, "a\nb\nc") as opened:
        await opened[1].press("ctrl+home", "alt+ctrl+down", "alt+ctrl+down")
        await type_in(opened, "x")
        assert source(opened) == "xa\nxb\nxc"
        await opened[1].press("ctrl+z")
        assert source(opened) == "a\nb\nc"
        await type_in(opened, "y")
        assert source(opened).count("y") == 1


async def test_brackets_close_unless_that_is_switched_off(tmp_path: Path) -> None:
    async with editing(tmp_path, None, "") as opened:
        await type_in(opened, "f(")
        assert source(opened) == "f()"
        await opened[1].press("backspace")
        assert source(opened) == "f"
    config = EditorConfig(close_brackets=False)
    async with editing(tmp_path, None, "", config=config) as opened:
        await type_in(opened, "f(")
        assert source(opened) == "f("


async def test_a_line_of_the_cell_is_gone_to_by_its_number(tmp_path: Path) -> None:
    async with editing(tmp_path, None, "one\n  two\nthree") as opened:
        await opened[1].press("ctrl+g")
        await see(opened, "Go to line (1 to 3")
        await opened[1].press("2", "enter")
        await until(opened[1], lambda: not opened[0].screen.is_modal)
        await type_in(opened, "x")
        assert source(opened) == "one\n  xtwo\nthree"


async def test_a_cell_is_edited_in_the_persons_own_editor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "sed -i s/one/two/")
    async with editing(tmp_path, None, "one = 1") as opened:
        await opened[1].press("f4")
        await until(opened[1], lambda: source(opened) == "two = 1")
        await opened[1].press("ctrl+z")
        assert source(opened) == "one = 1"


@pytest.mark.parametrize(
    ("editor", "said"), [("false", "false ended with status 1"), ("/no/such/editor", "/no/such/editor:")]
)
async def test_an_editor_that_fails_leaves_the_cell_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, editor: str, said: str
) -> None:
    monkeypatch.setenv("VISUAL", editor)
    async with editing(tmp_path, None, "one = 1") as opened:
        await opened[1].press("f4")
        await see(opened, said)
        assert source(opened) == "one = 1"


async def test_without_an_editor_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    async with editing(tmp_path, None, "one = 1") as opened:
        await opened[1].press("f4")
        await see(opened, "neither VISUAL nor EDITOR is set")
