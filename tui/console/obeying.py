"""Doing the console's own commands."""

from __future__ import annotations

from typing import Final

from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.session import Session
from kernelbridge.state import NoKernel
from kernelbridge.transports.base import Severed, WayError
from tui.console.commands import HELP, Command
from tui.console.leaving import Leaving
from tui.console.notices import attached_line, described
from tui.console.tasks import Tasks
from tui.console.transcript import Transcript
from tui.render.rowops import crop, text_row
from tui.render.rows import Role, Row, Style

_WHAT: Final = Style(Role.ACCENT)
_DOES: Final = Style(Role.MUTED)


class Obeying:
    """Does what the console is told to do."""

    def __init__(
        self,
        session: Session,
        kernel: JsonObject | None,
        transcript: Transcript,
        leaving: Leaving,
        tasks: Tasks,
    ) -> None:
        """`kernel` is launched anew where there is none any more."""
        self._session = session
        self._kernel = kernel
        self._transcript = transcript
        self._leaving = leaving
        self._tasks = tasks

    def obey(self, command: Command) -> None:
        """Does a command."""
        match command:
            case Command.HELP:
                self._transcript.note(help_rows)
                self._transcript.part()
            case Command.INTERRUPT:
                self._session.interrupt()
            case Command.RESTART if isinstance(self._session.line, Severed):
                self._session.open(self._kernel)
            case Command.RESTART if isinstance(self._session.state, NoKernel) and self._kernel is not None:
                self._session.launch(self._kernel)
            case Command.RESTART:
                self._session.restart()
            case Command.KERNEL:
                session = self._session
                self._transcript.say(described(session.state, session.line, session.identity))
                for frontend in session.frontends:
                    self._transcript.say(attached_line(frontend))
                self._transcript.part()
            case Command.LOGIN:
                self._tasks.spawn(self._log_in())
            case Command.QUIT:
                self._leaving.leave()

    async def _log_in(self) -> None:
        try:
            await self._session.log_in()
        except WayError as error:
            self._transcript.say(str(error), Role.ERROR)


def help_rows(width: int) -> list[Row]:
    """What there is to know, a row each."""
    widest = max(len(what) for what, _ in HELP)
    return [
        crop((*text_row(f"  {what:<{widest}}  ", _WHAT), *text_row(does, _DOES)), 0, width)
        for what, does in HELP
    ]
