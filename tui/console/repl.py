"""The console between a person and a session: keys and events in, frames out. Knows no terminal."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any, Final

from kernelbridge.events import Event
from kernelbridge.keeper.frontends import FrontendName
from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.session import Session
from kernelbridge.state import Busy, Idle, NoKernel
from kernelbridge.transports.base import Connected, Severed, Way, WayError
from tui.console import history
from tui.console.bottom import leaving_rows, prompt_rows, within
from tui.console.commands import HELP, Command, command_of
from tui.console.completeness import Complete, Completeness, guessed, said
from tui.console.echo import echo_rows, waiting_rows
from tui.console.hearing import Hearing
from tui.console.livearea import Frame, Place
from tui.console.notices import attached_line, described
from tui.console.prompteditor import PromptEditor
from tui.console.promptkeys import Wish
from tui.console.promptview import PromptView
from tui.console.transcript import Transcript
from tui.render.drawing import Pending
from tui.render.rowops import crop, row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.terminal.inputs import KeyPress, Pasted, TerminalInput
from tui.view.editor.state import EditorContext

_PATIENCE: Final = 0.5
"""Seconds in which the kernel is to say whether code is complete."""


class Outside(Enum):
    """What only the terminal's side can do."""

    CLEAR_SCREEN = "clear-screen"
    SUSPEND = "suspend"


@dataclass(frozen=True, slots=True)
class Ending:
    """The console is to end."""

    status: int
    ends_kernel: bool


class Repl:
    """One console. To be used on one event loop."""

    def __init__(
        self, way: Way, kernel: JsonObject | None, changed: Callable[[], None], *, ends_kernel: bool
    ) -> None:
        """`changed` is called when a new frame is to be shown; `ends_kernel`: leaving ends the kernel."""
        self._changed = changed
        self._kernel = kernel
        self._ends_kernel = ends_kernel
        self._transcript = Transcript(self._paint)
        self.session = Session(
            way, self._heard, FrontendName("tnb console", os.getpid(), socket.gethostname())
        )
        self.hearing = Hearing(self._transcript, lambda: self.session)
        self._editor = PromptEditor()
        self._view = PromptView(self.hearing.language)
        self._hint = ""
        self._held: list[TerminalInput] | None = None
        """What is typed while the kernel is asked whether the code before it is complete."""
        self._deciding: asyncio.Task[None] | None = None
        self._is_leaving = False
        self._has_history = False
        self._height = 24
        self._tasks: set[asyncio.Task[None]] = set()
        self.ending: Ending | None = None
        self.outside: list[Outside] = []
        """What is asked of the terminal's side, for it to take."""

    def open(self) -> None:
        """Connects."""
        self.session.open(self._kernel)

    async def close(self) -> None:
        """Leaves the session; the kernel goes on, unless it is ours to end."""
        for task in self._tasks:
            task.cancel()
        if self.ending is not None and self.ending.ends_kernel:
            self.session.shutdown()
        await self.session.close()

    # -- what is shown ----

    def frame(self, width: int, height: int) -> Frame:
        """What is to be shown now. What leaves for the scrollback is told once."""
        self._height = height
        bottom, place = self._bottom(width, height)
        bottom, place = within(bottom, place, height)
        done, live = self._transcript.rows(width, height - len(bottom))
        rows = [*live, *bottom]
        cursor = Place(place.row + len(live), min(place.column, width - 1))
        return Frame([_fitted(row, width) for row in done], [_fitted(row, width) for row in rows], cursor)

    def last_frame(self, width: int) -> Frame:
        """What is left on the screen: what was printed, the prompt as it stands, and an empty row below."""
        bottom, _ = self._bottom(width, 1 << 16)
        for task in self._tasks:
            task.cancel()
        done, live = self._transcript.rows(width, 1 << 30)
        left = [*done, *live, *(bottom if any(bottom) else [])]
        return Frame([_fitted(row, width) for row in left], [()], Place(0, 0))

    def _bottom(self, width: int, height: int) -> tuple[list[Row], Place]:
        hearing = self.hearing
        if self._is_leaving:
            return leaving_rows(width)
        if hearing.question is not None:
            return hearing.question.rows(width)
        waiting: list[Row] = []
        if hearing.own:
            codes = [own.code for own in hearing.own.values() if not own.is_echoed]
            waiting = waiting_rows(codes, width)[: max(0, height - 1)]
            if not self._editor.state.text and self._editor.search is None and not self._hint:
                return [*waiting, ()], Place(len(waiting), 0)
        self._fit(width)
        rows, place = prompt_rows(self._editor, self._view, self._hint, width, height - len(waiting))
        return [*waiting, *rows], Place(place.row + len(waiting), place.column)

    def _fit(self, width: int) -> None:
        self._view.speak(self.hearing.language)
        self._view.fit(width, "*" if self.hearing.own else str(self.hearing.number))

    # -- what is typed ----

    def type(self, given: TerminalInput) -> None:
        """Takes a key or a paste; other reports mean nothing here."""
        if self._held is not None:
            if given == KeyPress("ctrl+c"):
                self._stop_deciding()
            else:
                self._held.append(given)
            return
        match given:
            case KeyPress():
                self._hint = ""
                self._key(given)
            case Pasted(text):
                self._hint = ""
                if self.hearing.question is not None:
                    self.hearing.question.paste(text)
                elif not self._is_leaving:
                    self._editor.paste(text, self._context())
            case _:
                pass

    def cancel(self) -> None:
        """Interrupts what runs, else clears the prompt, which stays on the screen as it was."""
        self._is_leaving = False
        if self.hearing.own:
            self.hearing.question = None
            self.session.interrupt()
        elif self._editor.state.text:
            self._leave_prompt_behind("^C")
        else:
            self._hint = "ctrl+d leaves, :help says what there is"

    def _key(self, press: KeyPress) -> None:
        if self._is_leaving:
            self._answer_leaving(press.name)
        elif self.hearing.question is not None:
            self._answer_question(press)
        else:
            wish = self._editor.key(press, self._context())
            if wish is not None:
                self._grant(wish)

    def _answer_question(self, press: KeyPress) -> None:
        question = self.hearing.question
        match press.name:
            case "enter" | "ctrl+j" if question is not None:
                self.session.answer(question.answer)
                self.hearing.answered()
            case "ctrl+c":
                self.cancel()
            case "ctrl+d" if question is not None and not question.answer:
                self._is_leaving = True
            case _ if question is not None:
                question.key(press)
            case _:
                pass

    def _grant(self, wish: Wish) -> None:
        match wish:
            case Wish.SUBMIT:
                self._submit()
            case Wish.RUN:
                self._run_prompt()
            case Wish.COMPLETE:
                self._complete()
            case Wish.SEARCH:
                self._editor.begin_search()
            case Wish.CANCEL:
                self.cancel()
            case Wish.LEAVE:
                self.leave()
            case Wish.CLEAR_SCREEN:
                self.outside.append(Outside.CLEAR_SCREEN)
            case Wish.SUSPEND:
                self.outside.append(Outside.SUSPEND)

    def _context(self) -> EditorContext:
        return self._view.context(self._editor.state, self._height)

    # -- running ----

    def _submit(self) -> None:
        """Runs what is complete; the kernel is asked whether it is, as long as it has time to answer."""
        text = self._editor.state.text
        if command_of(text) is not None or not text.strip():
            self._run_prompt()
        elif "\n" in text[self._editor.state.selection.head :]:
            self._editor.break_line(None, self._context())
        elif self._answers:
            self._held = []
            self._deciding = self._spawn(self._decide(text))
        else:
            self._decided(guessed(text, self.hearing.language))

    @property
    def _answers(self) -> bool:
        """Whether the kernel would answer at once."""
        is_connected = isinstance(self.session.line, Connected)
        return is_connected and isinstance(self.session.state, Idle) and not self.hearing.own

    async def _decide(self, text: str) -> None:
        try:
            async with asyncio.timeout(_PATIENCE):
                answer = await self.session.ask("is_complete_request", {"code": text})
        except TimeoutError:
            answer = None
        decision = guessed(text, self.hearing.language) if answer is None else said(answer.content)
        held, self._held = self._held or [], None
        self._decided(decision)
        for given in held:
            self.type(given)
        self._changed()

    def _stop_deciding(self) -> None:
        self._held = None
        if self._deciding is not None:
            self._deciding.cancel()

    def _decided(self, decision: Completeness) -> None:
        if isinstance(decision, Complete):
            self._run_prompt()
        else:
            self._editor.break_line(decision.indent, self._context())

    def _run_prompt(self) -> None:
        text = self._editor.state.text
        command = command_of(text)
        self._editor.history.add(text)
        if command is not None:
            self._leave_prompt_behind()
            self._obey(command)
        elif not text.strip():
            self._leave_prompt_behind()
        else:
            is_free = self._answers and self.hearing.is_caught_up
            self._editor.take()
            code = text.rstrip("\n") if text.rstrip() else text
            if is_free:
                self._echo(text)
            self.hearing.began(self.session.run(code), text, is_echoed=is_free)

    def _leave_prompt_behind(self, sign: str = "") -> None:
        """The prompt stays on the screen as it is, and a new one is below it."""
        self._echo(self._editor.take(), sign)

    def _echo(self, text: str, sign: str = "") -> None:
        number = "*" if self.hearing.own else str(self.hearing.number)
        self._transcript.note(partial(echo_rows, text, number, self.hearing.language))
        if sign:
            self._transcript.say(sign)

    def _complete(self) -> None:
        if isinstance(self.session.state, Busy) or self.hearing.own:
            self._hint = "the kernel is busy: it completes nothing now"
        else:
            self._spawn(self._ask_completions())

    async def _ask_completions(self) -> None:
        asked = self._editor.state
        answer = await self.session.complete(asked.text, asked.selection.head)
        if self._editor.state is asked:
            if answer is None or not answer.matches:
                self._hint = "no completions"
            else:
                self._editor.offer(asked, answer)
            self._changed()

    # -- commands and leaving ----

    def _obey(self, command: Command) -> None:
        match command:
            case Command.HELP:
                self._transcript.note(_help_rows)
            case Command.INTERRUPT:
                self.session.interrupt()
            case Command.RESTART if isinstance(self.session.state, NoKernel) and self._kernel is not None:
                self.session.launch(self._kernel)
            case Command.RESTART:
                self.session.restart()
            case Command.KERNEL:
                session = self.session
                self._transcript.say(described(session.state, session.line, session.identity))
                for frontend in session.frontends:
                    self._transcript.say(attached_line(frontend))
            case Command.LOGIN:
                self._spawn(self._log_in())
            case Command.QUIT:
                self.leave()

    async def _log_in(self) -> None:
        try:
            await self.session.log_in()
        except WayError as error:
            self._transcript.say(str(error), Role.ERROR)
        self._changed()

    def leave(self) -> None:
        """Ends the console; where the kernel works for it, it is asked first what to do with it."""
        if self.hearing.own and not isinstance(self.session.line, Severed):
            self._is_leaving = True
        else:
            self._end(ends_kernel=self._ends_kernel)

    def _answer_leaving(self, name: str) -> None:
        match name.lower():
            case "l" | "enter" | "ctrl+d":
                self._end(ends_kernel=False)
            case "i":
                self.session.interrupt()
                self._end(ends_kernel=self._ends_kernel)
            case "s" | "escape" | "ctrl+c":
                self._is_leaving = False
            case _:
                pass

    def _end(self, *, ends_kernel: bool) -> None:
        is_alone = len(self.session.frontends) <= 1
        self.ending = Ending(0, ends_kernel and is_alone)

    # -- what is heard ----

    def _heard(self, event: Event) -> None:
        self.hearing.hear(event)
        if self.hearing.next_input is not None:
            text, self.hearing.next_input = self.hearing.next_input, None
            self._editor.put(text)
        if not self._has_history and isinstance(self.session.state, Idle):
            self._has_history = True
            self._spawn(self._ask_history())
        line = self.session.line
        if isinstance(line, Severed) and line.reason and not self.hearing.is_caught_up:
            self.ending = Ending(1, ends_kernel=False)
        self._changed()

    async def _ask_history(self) -> None:
        answer = await self.session.ask("history_request", history.REQUEST)
        if answer is not None:
            self._editor.history.add_earlier(history.entries_of(answer.content))

    # -- elsewhere ----

    def _paint(self, pending: Pending, ready: Callable[[Sequence[Row]], None]) -> None:
        async def paint() -> None:
            ready(await asyncio.to_thread(pending.draw))
            self._changed()

        self._spawn(paint())

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _fitted(row: Row, width: int) -> Row:
    return row if row_width(row) <= width else crop(row, 0, width)


def _help_rows(width: int) -> list[Row]:
    widest = max(len(what) for what, _ in HELP)
    style = Style(Role.MUTED)
    return [
        crop((*text_row(f"  {what:<{widest}}  ", Style(Role.ACCENT)), *text_row(does, style)), 0, width)
        for what, does in HELP
    ]
