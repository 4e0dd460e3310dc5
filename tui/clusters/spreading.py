"""Spreads notebooks over engines of a cluster: one at a time on each, elsewhere again if one is lost."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from tui.clusters.library import ipyparallel
from tui.clusters.onengine import run_notebook
from tui.clusters.spread import Spread, Standing

_LOOK_AGAIN: Final = 0.1
"""Seconds between looks at how they are getting on."""
_ENDING: Final = 30.0
"""Seconds that a run has to end once its engine is gone; the notebook's next is refused until then."""
_NO_KERNEL: Final = 3
"""The exit status that stands for there being nothing to run it."""
_NO_ENGINE: Final = "no engine is left"
_LOST: Final = "EngineError"
"""What ipyparallel says of a task whose engine died."""
_WITHOUT_TNB: Final = "ModuleNotFoundError"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be run, and how."""

    paths: tuple[str, ...]
    words: tuple[str, ...] = ()
    """Options for each `tnb run`."""
    retries: int = 2
    """How often a notebook is begun again whose engine was lost."""
    folder: str = field(default_factory=lambda: str(Path.cwd()))


class Spreading:
    """Notebooks under way; ipyparallel chooses the engine of each."""

    def __init__(self, client: Any, plan: Plan) -> None:
        self._client = client
        self._view = client.load_balanced_view()
        self._plan = plan
        self._given: dict[int, Any] = {}
        """What was asked of engines, by the place of the notebook."""
        self._since: dict[int, float] = {}
        self._lost_at: dict[str, float] = {}
        self.notebooks = [Spread(path) for path in plan.paths]
        """In the order in which they were named."""

    def run(self, tell: Callable[[Spread], None], look: Callable[[Sequence[Spread]], None]) -> None:
        """Run all to their ends; `tell` gets each whose standing changes, `look` all of them now and then."""
        while not all(each.standing.is_over for each in self.notebooks):
            self._give()
            for at in list(self._given):
                before = self.notebooks[at]
                self._heed(at)
                if self.notebooks[at].standing is not before.standing:
                    tell(self.notebooks[at])
            if not self._client.ids:
                self._give_up(tell)
            look(self.notebooks)
            time.sleep(_LOOK_AGAIN)

    def interrupt(self) -> None:
        """Have the engines end what they do of this, in order."""
        ours = {self.notebooks[at].engine for at in self._given}
        if busy := [each for each in self._client.ids if each in ours]:
            self._client.send_signal("SIGINT", targets=busy, block=False)

    def _give(self) -> None:
        """No more than there are engines: what waits can then go to any of them."""
        waiting = [at for at, each in enumerate(self.notebooks) if each.standing is Standing.WAITING]
        free = len(self._client.ids) - len(self._given)
        for at in [at for at in waiting if at not in self._given][: max(0, free)]:
            plan = self._plan
            self._given[at] = self._view.apply_async(run_notebook, plan.paths[at], plan.words, plan.folder)

    def _heed(self, at: int) -> None:
        """Take in how that notebook is getting on."""
        asked, now = self._given[at], time.monotonic()
        about = self._client.metadata[asked.msg_ids[0]]
        told: Mapping[str, Any] = about["data"] or {}
        spread = self.notebooks[at]
        if "pid" in told:
            self._since.setdefault(at, now)
            spread = replace(
                spread,
                standing=Standing.RUNNING,
                engine=about["engine_id"],
                engine_pid=told["pid"],
                cell=told.get("cell", 0),
                cells=told.get("cells", 0),
                done=told.get("done", 0),
                seconds=now - self._since[at],
            )
        if asked.ready():
            del self._given[at]
            self._since.pop(at, None)
            spread = self._ended(spread, asked)
        self.notebooks[at] = spread

    def _ended(self, spread: Spread, asked: Any) -> Spread:
        error = ipyparallel().error
        try:
            status, complaint = asked.get()
        except error.RemoteError as problem:
            if problem.ename == _LOST:
                return self._lost(spread)
            missing = problem.ename == _WITHOUT_TNB
            why = "tnb is not installed there" if missing else f"{problem.ename}: {problem.evalue}"
            return replace(spread, standing=Standing.FAILED, status=_NO_KERNEL, complaint=why)
        if status == _NO_KERNEL and self._is_ending_elsewhere(spread):
            return Spread(spread.path, lost_on=spread.lost_on)
        if status:
            return replace(spread, standing=Standing.FAILED, status=status, complaint=complaint)
        return replace(spread, standing=Standing.RAN, status=0, done=spread.cells)

    def _is_ending_elsewhere(self, spread: Spread) -> bool:
        """Whether its kernel of a run whose engine was lost may not have ended yet."""
        return time.monotonic() < self._lost_at.get(spread.path, 0.0) + _ENDING

    def _lost(self, spread: Spread) -> Spread:
        self._lost_at[spread.path] = time.monotonic()
        lost_on = (*spread.lost_on, spread.engine)
        if len(lost_on) <= self._plan.retries:
            return Spread(spread.path, lost_on=lost_on)
        why = f"its engine was lost {len(lost_on)} times"
        return replace(spread, standing=Standing.LOST, status=_NO_KERNEL, complaint=why, lost_on=lost_on)

    def _give_up(self, tell: Callable[[Spread], None]) -> None:
        for at, each in enumerate(self.notebooks):
            if not each.standing.is_over:
                self.notebooks[at] = replace(
                    each, standing=Standing.LOST, status=_NO_KERNEL, complaint=_NO_ENGINE
                )
                tell(self.notebooks[at])
