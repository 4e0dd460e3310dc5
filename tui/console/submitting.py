"""Running what stands in the prompt: at once, or once the kernel says that it is complete."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Final

from kernelbridge.session import Session
from kernelbridge.state import Idle
from kernelbridge.transports.base import Connected
from tui.console.commands import Command, command_of
from tui.console.completeness import Complete, Completeness, guessed, said
from tui.console.echo import echo_rows
from tui.console.hearing import Hearing
from tui.console.prompteditor import PromptEditor
from tui.console.tasks import Tasks
from tui.console.transcript import Transcript
from tui.terminal.inputs import KeyPress, TerminalInput
from tui.view.editor.state import EditorContext

_PATIENCE: Final = 0.5
"""Seconds in which the kernel is to say whether code is complete."""


class Submitting:
    """Takes the prompt's text and makes runs and commands of it."""

    def __init__(
        self,
        session: Session,
        hearing: Hearing,
        editor: PromptEditor,
        transcript: Transcript,
        tasks: Tasks,
        type_on: Callable[[TerminalInput], None],
        obey: Callable[[Command], None],
    ) -> None:
        """`type_on` takes what was typed meanwhile; `obey` does a command."""
        self._session = session
        self._hearing = hearing
        self._editor = editor
        self._transcript = transcript
        self._tasks = tasks
        self._type_on = type_on
        self._obey = obey
        self._held: list[TerminalInput] | None = None
        self._deciding: asyncio.Task[None] | None = None

    def holds(self, given: TerminalInput) -> bool:
        """Whether input has to wait, as what it is for depends on what the kernel is about to say."""
        if self._held is None:
            return False
        if given == KeyPress("ctrl+c"):
            self._held = None
            if self._deciding is not None:
                self._deciding.cancel()
        else:
            self._held.append(given)
        return True

    def submit(self, context: EditorContext) -> None:
        """Runs what is complete and otherwise begins a line; the kernel is asked where it would answer."""
        state = self._editor.state
        if command_of(state.text) is not None or not state.text.strip():
            self.run()
        elif "\n" in state.text[state.selection.head :]:
            self._editor.break_line(None, context)
        elif self._answers:
            self._held = []
            self._deciding = self._tasks.spawn(self._decide(state.text, context))
        else:
            self._decided(guessed(state.text, self._hearing.language), context)

    def run(self) -> None:
        """Runs what stands in the prompt, complete or not."""
        text = self._editor.state.text
        code = text.rstrip()
        command = command_of(text)
        self._editor.history.add(code)
        if command is not None:
            self.leave_behind()
            self._obey(command)
            return
        if not code:
            if not self._hearing.own:  # there is no prompt then that could stay on the screen
                self.leave_behind()
            self._editor.take()
            return
        is_free = self._answers and self._hearing.is_caught_up
        if is_free:
            self.leave_behind()
        else:
            self._editor.take()
        self._hearing.began(self._session.run(code), code, is_echoed=is_free)

    def leave_behind(self, sign: str = "") -> None:
        """The prompt stays on the screen as it is, and a new one is below it."""
        number = "*" if self._hearing.own else str(self._hearing.number)
        text = self._editor.take()
        self._transcript.note(partial(echo_rows, text, number, self._hearing.language))
        if sign:
            self._transcript.say(sign)

    @property
    def _answers(self) -> bool:
        """Whether the kernel would answer at once."""
        is_connected = isinstance(self._session.line, Connected)
        return is_connected and isinstance(self._session.state, Idle) and not self._hearing.own

    async def _decide(self, text: str, context: EditorContext) -> None:
        try:
            async with asyncio.timeout(_PATIENCE):
                answer = await self._session.ask("is_complete_request", {"code": text})
        except TimeoutError:
            answer = None
        decision = guessed(text, self._hearing.language) if answer is None else said(answer.content)
        held, self._held = self._held or [], None
        self._decided(decision, context)
        for given in held:
            self._type_on(given)

    def _decided(self, decision: Completeness, context: EditorContext) -> None:
        if isinstance(decision, Complete):
            self.run()
        else:
            self._editor.break_line(decision.indent, context)
