"""The console between a person and a session: keys and events in, frames out. Knows no terminal."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from enum import Enum

from kernelbridge.events import Event
from kernelbridge.keeper.frontends import FrontendName
from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.session import Session
from kernelbridge.state import Busy, Idle, NoKernel, Restarting, Starting
from kernelbridge.transports.base import Way
from tui.console.bottom import leaving_rows, prompt_rows, within
from tui.console.echo import waiting_rows
from tui.console.hearing import Hearing
from tui.console.leaving import Leaving
from tui.console.livearea import Frame, Place
from tui.console.obeying import Obeying
from tui.console.prompteditor import PromptEditor
from tui.console.promptkeys import Wish
from tui.console.promptview import PromptView
from tui.console.submitting import Submitting
from tui.console.tasks import Tasks
from tui.console.transcript import Transcript
from tui.document.pastinputs import MOST
from tui.render.rowops import crop, row_width
from tui.render.rows import Row
from tui.terminal.inputs import KeyPress, Pasted, TerminalInput
from tui.view.editor.state import EditorContext, EditorState

_ALL = 1 << 30


class Outside(Enum):
    """What only the terminal's side can do."""

    CLEAR_SCREEN = "clear-screen"
    SUSPEND = "suspend"


class Repl:
    """One console. To be used on one event loop."""

    def __init__(
        self, way: Way, kernel: JsonObject | None, changed: Callable[[], None], *, ends_kernel: bool
    ) -> None:
        """`changed` is called when a new frame is to be shown; `ends_kernel`: leaving ends the kernel."""
        self._changed = changed
        self._kernel = kernel
        self._tasks = Tasks(changed)
        self._transcript = Transcript(self._tasks.paint)
        frontend = FrontendName("tnb console", os.getpid(), socket.gethostname())
        self.session = Session(way, self._heard, frontend)
        self.hearing = Hearing(self._transcript, self.session)
        self.leaving = Leaving(self.session, self.hearing, ends_kernel=ends_kernel)
        self._editor = PromptEditor()
        self._view = PromptView(self.hearing.language)
        obeying = Obeying(self.session, kernel, self._transcript, self.leaving, self._tasks)
        self._submitting = Submitting(
            self.session, self.hearing, self._editor, self._transcript, self._tasks, self.type, obeying.obey
        )
        self._hint = ""
        self._has_history = False
        self._completes_later: EditorState | None = None
        """The prompt in which completions were asked for before the kernel could give any."""
        self._height = 24
        self.outside: list[Outside] = []
        """What is asked of the terminal's side, for it to take."""

    def open(self) -> None:
        """Connects."""
        self.session.open(self._kernel)

    async def close(self) -> None:
        """Leaves the session; the kernel goes on, unless it is to end with the console."""
        self._tasks.cancel()
        if self.leaving.ending is not None and self.leaving.ending.ends_kernel:
            self.session.shutdown()
        await self.session.close()

    # -- what is shown ----

    def frame(self, width: int, height: int) -> Frame:
        """What is to be shown now. What leaves for the scrollback is told once."""
        self._height = height
        bottom, place = within(*self._bottom(width, height), height)
        done, live = self._transcript.rows(width, height - len(bottom))
        cursor = Place(place.row + len(live), min(place.column, width - 1))
        return Frame(_fitted(done, width), _fitted([*live, *bottom], width), cursor)

    def last_frame(self, width: int) -> Frame:
        """What is left on the screen: what was printed, the prompt as it stands, and an empty row below."""
        bottom, _ = self._bottom(width, _ALL)
        done, live = self._transcript.rows(width, _ALL)
        left = [*done, *live, *(bottom if any(bottom) else [])]
        return Frame(_fitted(left, width), [()], Place(0, 0))

    def _bottom(self, width: int, height: int) -> tuple[list[Row], Place]:
        hearing = self.hearing
        if self.leaving.is_asked:
            return leaving_rows(width)
        if hearing.question is not None:
            return hearing.question.rows(width)
        waiting: list[Row] = []
        if hearing.own:
            codes = [own.code for own in hearing.own.values() if not own.is_echoed]
            waiting = waiting_rows(codes, width)[: max(0, height - 1)]
            if self._editor.is_empty and not self._hint:
                return [*waiting, ()], Place(len(waiting), 0)
        self._view.speak(hearing.language)
        self._view.fit(width, "*" if hearing.own else str(hearing.number))
        rows, place = prompt_rows(self._editor, self._view, self._hint, width, height - len(waiting))
        return [*waiting, *rows], Place(place.row + len(waiting), place.column)

    # -- what is typed ----

    def type(self, given: TerminalInput) -> None:
        """Takes a key or a paste; other reports mean nothing here."""
        if self._submitting.holds(given):
            return
        match given:
            case KeyPress():
                self._hint = ""
                self._key(given)
            case Pasted(text):
                self._hint = ""
                self._paste(text)
            case _:
                pass

    def cancel(self) -> None:
        """Interrupts what runs, else clears the prompt, which stays on the screen as it was."""
        self.leaving.is_asked = False
        if self.hearing.own:
            self.hearing.question = None
            self.session.interrupt()
        elif not self._editor.is_empty:
            self._submitting.leave_behind("^C")
        else:
            self._hint = "ctrl+d leaves, :help says what there is"

    def _key(self, press: KeyPress) -> None:
        if self.leaving.is_asked:
            self.leaving.answer(press.name)
        elif self.hearing.question is not None:
            self._answer_question(press)
        else:
            wish = self._editor.key(press, self._context())
            if wish is not None:
                self._grant(wish)

    def _paste(self, text: str) -> None:
        if self.hearing.question is not None:
            self.hearing.question.paste(text)
        elif not self.leaving.is_asked:
            self._editor.paste(text, self._context())

    def _answer_question(self, press: KeyPress) -> None:
        question = self.hearing.question
        if question is None:
            return
        match press.name:
            case "enter" | "ctrl+j":
                self.session.answer(question.answer)
                self.hearing.answered()
            case "ctrl+c":
                self.cancel()
            case "ctrl+d" if not question.answer:
                self.leaving.leave()
            case _:
                question.key(press)

    def _grant(self, wish: Wish) -> None:
        match wish:
            case Wish.SUBMIT:
                self._submitting.submit(self._context())
            case Wish.RUN:
                self._submitting.run()
            case Wish.COMPLETE:
                self._complete()
            case Wish.SEARCH:
                self._editor.begin_search()
            case Wish.CANCEL:
                self.cancel()
            case Wish.LEAVE:
                self.leaving.leave()
            case Wish.CLEAR_SCREEN:
                self.outside.append(Outside.CLEAR_SCREEN)
            case Wish.SUSPEND:
                self.outside.append(Outside.SUSPEND)

    def _context(self) -> EditorContext:
        return self._view.context(self._editor.state, self._height)

    # -- what the kernel is asked, and what is heard ----

    def _complete(self) -> None:
        if isinstance(self.session.state, Busy) or self.hearing.own:
            self._hint = "the kernel is busy: it completes nothing now"
        elif isinstance(self.session.state, NoKernel | Starting | Restarting):
            self._hint = "the kernel is starting: it completes then"
            self._completes_later = self._editor.state
        else:
            self._tasks.spawn(self._ask_completions())

    async def _ask_completions(self) -> None:
        asked = self._editor.state
        answer = await self.session.complete(asked.text, asked.selection.head)
        if self._editor.state is not asked:
            return
        if answer is None or not answer.matches:
            self._hint = "no completions"
        else:
            self._editor.offer(asked, answer)

    async def _ask_history(self) -> None:
        answer = await self.session.past_inputs(MOST)
        if answer is not None:
            self._editor.history.add_earlier(answer.sources)

    def _heard(self, event: Event) -> None:
        self.hearing.hear(event)
        if self.hearing.next_input is not None:
            text, self.hearing.next_input = self.hearing.next_input, None
            self._editor.put(text)
        if isinstance(self.session.state, Idle):
            self._kernel_is_ready()
        self.leaving.notice()
        self._changed()

    def _kernel_is_ready(self) -> None:
        if not self._has_history:
            self._has_history = True
            self._tasks.spawn(self._ask_history())
        if self._completes_later is not None:
            is_wanted, self._completes_later = self._completes_later is self._editor.state, None
            if is_wanted:
                self._hint = ""
                self._tasks.spawn(self._ask_completions())


def _fitted(rows: list[Row], width: int) -> list[Row]:
    """The rows with nothing wider than the terminal, which would wrap it."""
    return [row if row_width(row) <= width else crop(row, 0, width) for row in rows]
