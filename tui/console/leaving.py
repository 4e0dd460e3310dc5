"""Leaving the console: at once, or once it is said what becomes of a kernel that works for it."""

from __future__ import annotations

from dataclasses import dataclass

from kernelbridge.session import Session
from kernelbridge.transports.base import Severed
from tui.console.hearing import Hearing


@dataclass(frozen=True, slots=True)
class Ending:
    """The console is to end."""

    status: int
    ends_kernel: bool = False


class Leaving:
    """Whether and how the console is to end."""

    def __init__(self, session: Session, hearing: Hearing, *, ends_kernel: bool) -> None:
        """`ends_kernel`: an idle kernel that nobody else uses ends with the console."""
        self._session = session
        self._hearing = hearing
        self._ends_kernel = ends_kernel
        self.is_asked = False
        """Whether the question stands."""
        self.ending: Ending | None = None

    def leave(self) -> None:
        """Ends the console, or asks."""
        if self._hearing.own and not isinstance(self._session.line, Severed):
            self.is_asked = True
        else:
            self._end(ends_kernel=self._ends_kernel)

    def answer(self, key: str) -> None:
        """Takes a key as an answer, if it is one."""
        match key.lower():
            case "l" | "enter" | "ctrl+d":
                self._end(ends_kernel=False)
            case "i":
                self._session.interrupt()
                self._end(ends_kernel=self._ends_kernel)
            case "s" | "escape" | "ctrl+c":
                self.is_asked = False
            case _:
                pass

    def notice(self) -> None:
        """Ends the console where the line is gone for good before it ever was there."""
        line = self._session.line
        if isinstance(line, Severed) and line.reason and not self._hearing.is_caught_up:
            self.ending = Ending(1)

    def _end(self, *, ends_kernel: bool) -> None:
        is_alone = len(self._session.frontends) <= 1
        self.ending = Ending(0, ends_kernel and is_alone)
