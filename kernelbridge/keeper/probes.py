"""Questions behind a run: once the kernel comes to one, the run is over, whatever was missed of its end."""

from __future__ import annotations

from typing import Callable

from kernelbridge.keeper.jsontypes import EMPTY
from kernelbridge.keeper.kernels import Channel, Request
from kernelbridge.keeper.questions import Answer
from kernelbridge.keeper.runs import Run
from kernelbridge.keeper.wire import WireMessage

Ask = Callable[[Channel, Request, Callable[[Answer], None]], str]


class Probes:
    """Those that are open, by the ids of what was asked."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._open: dict[str, Run] = {}

    def ask_behind(self, run: Run, answered: Callable[[], None]) -> None:
        """Asks what the kernel answers once it is done with a run; `answered` is called if it does."""

        def heard(answer: Answer) -> None:
            if answer.message is not None:
                answered()

        self._open[self._ask(Channel.SHELL, Request("kernel_info_request", EMPTY), heard)] = run

    def passed(self, status: WireMessage) -> Run | None:
        """The run behind which the kernel is done with what was asked, where a status says so."""
        is_idle = status.content.get("execution_state") == "idle"
        return self._open.pop(status.parent_id, None) if is_idle else None

    def forget(self) -> None:
        """The kernel is gone."""
        self._open.clear()
