"""Asks a kernel for its variables when something ran: beside what runs where it can, never in its way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kernelbridge.runstatus import RunId
from kernelbridge.state import Busy, Dead, Idle, Missing, NoKernel
from tui.runs import Ended
from tui.variables.bykernel import source_for
from tui.variables.source import VariablesError, VariablesSource
from tui.variables.variable import Listing

if TYPE_CHECKING:
    from kernelbridge.session import Session
    from kernelbridge.state import KernelInfo
    from tui.controller import Controller


class VariablesWatch:
    """What is known of the variables of a notebook's kernel."""

    def __init__(self, controller: Controller) -> None:
        self._controller = controller
        self._source: VariablesSource | None = None
        self._asked_of: tuple[Session, KernelInfo | None] | None = None
        self._over: frozenset[RunId] | None = None
        """The runs that were over when it was asked last."""
        self.listing = Listing(())
        self.problem = ""
        """Why there is no saying which there are, or that what is known is old; not sanitized."""
        self.is_asking = False

    def is_due(self) -> bool:
        """Whether something has ended since it was asked last, or it never was, and it would answer now."""
        if self.is_asking or not self._may_ask():
            return False
        return self._over != self._runs_over()

    def ask_again(self) -> None:
        """Have it asked whatever has happened."""
        self._over = None

    async def ask(self) -> None:
        """Ask, and know what is told."""
        if self._source is None:
            return
        self.is_asking = True
        self._over = self._runs_over()
        try:
            self.listing = await self._source.ask()
            self.problem = ""
        except VariablesError as error:
            self.problem = str(error)
        finally:
            self.is_asking = False

    def _may_ask(self) -> bool:
        """Whether there is somebody to ask; says why not."""
        session = self._controller.session
        if session is None or isinstance(session.state, NoKernel | Dead | Missing):
            self._forget("there is no kernel")
            return False
        if self._asked_of != (session, session.info):
            self._asked_of = session, session.info
            self._source = source_for(session)
            is_mute = self._source is None and session.info is not None
            self._forget("this kernel does not tell its variables" if is_mute else "")
        if self._source is None:
            return False
        is_idle = isinstance(session.state, Idle) and session.running is None and not session.queue
        if is_idle or (self._source.answers_beside_runs and isinstance(session.state, Idle | Busy)):
            return True
        if self._over is not None:
            self.problem = "as of before what runs"
        return False

    def _forget(self, why: str) -> None:
        self.listing, self.problem, self._over = Listing(()), why, None

    def _runs_over(self) -> frozenset[RunId]:
        runs, others = self._controller.runs.newest_runs(), self._controller.others.all()
        over = [run.id for run in runs if isinstance(run.state, Ended)]
        return frozenset((*over, *(run.id for run in others if run.status is not None)))
