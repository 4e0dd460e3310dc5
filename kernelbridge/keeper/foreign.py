"""What frontends that are not ours run on the same kernel: told apart, never taken for output of our runs."""

from __future__ import annotations

from dataclasses import dataclass

from kernelbridge.keeper.recording import Records
from kernelbridge.keeper.wire import WireMessage

_MOST = 50
"""Runs of others that are kept."""


NO_RUN = ""
"""Stands for the run of what is of no run."""
_FOR_ALL = frozenset(("update_display_data", "comm_open", "comm_msg", "comm_close"))
"""What concerns displays and widgets of whichever run, whoever asked for it."""


@dataclass
class _Foreign:
    execution_count: int | None
    status: str = "ok"
    is_over: bool = False


class ForeignRuns:
    """Runs that were announced on iopub and that no frontend of this keeper asked for."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._runs: dict[str, _Foreign] = {}
        """By the id of the request, the oldest first."""

    def heard(self, message: WireMessage) -> None:
        """Takes a message whose parent is no run of ours."""
        run_id = message.parent_id
        if message.kind == "execute_input" and run_id and run_id not in self._runs:
            self._begin(run_id, message)
        run = self._runs.get(run_id)
        if run is not None:
            self._records.message(run_id, "iopub", message)
            if message.kind == "error":
                run.status = "error"
        elif message.kind in _FOR_ALL:
            self._records.message(NO_RUN, "iopub", message)

    def let_go(self) -> None:
        """The kernel is gone: what others ran on it is theirs, and no file waits for it."""
        for run_id in (*self._runs, NO_RUN):
            self._records.discard(run_id)
        self._runs.clear()

    def ended(self, run_id: str) -> None:
        """The kernel is idle again after a request; of one that is no run of others', nothing is told."""
        run = self._runs.get(run_id)
        if run is not None and not run.is_over:
            run.is_over = True
            self._records.note(
                "finished", run_id, status=run.status, execution_count=run.execution_count, seconds=None
            )

    def _begin(self, run_id: str, message: WireMessage) -> None:
        if len(self._runs) >= _MOST:
            oldest = next(iter(self._runs))
            del self._runs[oldest]
            self._records.discard(oldest)
        code, count = message.content.get("code"), message.content.get("execution_count")
        self._runs[run_id] = _Foreign(count if isinstance(count, int) else None)
        self._records.note("foreign", run_id, code=code if isinstance(code, str) else "", by=_who(message))


def _who(message: WireMessage) -> str:
    """Who asked, as far as the request says: the user, and the beginning of the frontend's session."""
    username, session = message.parent_header.get("username"), message.parent_header.get("session")
    user = username if isinstance(username, str) else ""
    return f"{user} {session[:8]}".strip() if isinstance(session, str) else user
