"""What waits to be run, in order. The session sends; this only knows whose turn it is."""

from __future__ import annotations

from dataclasses import dataclass

from kernelbridge.runstatus import RunId


@dataclass(frozen=True, slots=True)
class QueuedRun:
    """A piece of code that the kernel has not been given yet."""

    run: RunId
    code: str
    store_history: bool = True


class RunQueue:
    """Runs in the order in which they were asked for; each step takes the same time however many wait."""

    def __init__(self) -> None:
        self._waiting: dict[RunId, QueuedRun] = {}

    def __bool__(self) -> bool:
        return bool(self._waiting)

    @property
    def runs(self) -> tuple[RunId, ...]:
        """Which runs wait, the next one first."""
        return tuple(self._waiting)

    def add(self, queued: QueuedRun) -> None:
        """One more at the end."""
        self._waiting[queued.run] = queued

    def remove(self, run: RunId) -> bool:
        """Takes one out; whether it was there."""
        return self._waiting.pop(run, None) is not None

    def take(self) -> QueuedRun:
        """Takes the next one out. Raises KeyError when none waits."""
        for run in self._waiting:
            return self._waiting.pop(run)
        raise KeyError

    def clear(self) -> tuple[RunId, ...]:
        """Takes all out, and says which they were."""
        runs = self.runs
        self._waiting.clear()
        return runs
