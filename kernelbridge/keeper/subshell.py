"""A subshell of the kernel: answers questions while the kernel runs what it was given (JEP 91)."""

from __future__ import annotations

from dataclasses import replace
from typing import Callable

from kernelbridge.keeper.jsontypes import EMPTY, text_in
from kernelbridge.keeper.kernels import Channel, Request
from kernelbridge.keeper.questions import Answer

Answered = Callable[[Answer], None]
Ask = Callable[[Channel, Request, Answered], object]


class Subshell:
    """Made when something is asked in it first; what is asked meanwhile waits for it.

    A kernel that makes none is asked on its one shell, behind what it runs.
    """

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._id: str | None = None
        self._waiting: list[tuple[Request, Answered]] = []

    def ask(self, request: Request, answered: Answered) -> None:
        """Asks beside what runs; `answered` is called once, with an answer or without."""
        if self._id is not None:
            self._ask(Channel.SHELL, replace(request, subshell=self._id), answered)
            return
        self._waiting.append((request, answered))
        if len(self._waiting) == 1:
            self._ask(Channel.CONTROL, Request("create_subshell_request", EMPTY), self._made)

    def forget(self) -> None:
        """The kernel is gone, and its subshells with it."""
        self._id = None

    def _made(self, answer: Answer) -> None:
        waiting, self._waiting = self._waiting, []
        if answer.message is None:
            for _, answered in waiting:
                answered(answer)
            return
        self._id = text_in(answer.message.content, "subshell_id")
        for request, answered in waiting:
            self.ask(request, answered)
