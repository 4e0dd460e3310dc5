"""Work that is to be done soon after it was asked for, whatever else the program does meanwhile."""

from __future__ import annotations

import time
from threading import Condition, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Promptly:
    """Does one kind of work on a thread of its own: neither an event loop nor other threads' work delays it.

    The time counts from when it was asked for. Who asks while it is being done waits until that is done,
    but not for the delay on top.
    """

    def __init__(self, work: Callable[[], None], delay: float, name: str) -> None:
        """`work` is done at most `delay` seconds after it was asked for, once for all who ask until then.

        It handles its errors itself. The thread begins with the first who asks.
        """
        self._work = work
        self._delay = delay
        self._name = name
        self._changed = Condition()
        self._due: float | None = None
        """When it is to be done, on the monotonic clock."""
        self._is_closed = False
        self._thread: Thread | None = None
        self._is_working = False
        self._awaiting: list[Callable[[], object]] = []
        """What is to be called when what is being done is done."""
        self._awaiting_next: list[Callable[[], object]] = []
        """And when what was asked for is."""

    def ask(self) -> None:
        """Have the work done within the delay."""
        with self._changed:
            if self._due is None and not self._is_closed:
                self._due = time.monotonic() + self._delay
                self._begin()
                self._changed.notify()

    def hurry(self, done: Callable[[], object]) -> bool:
        """Have it done at once, if it was asked for, and `done` called then, on any thread.

        False where nothing is left to be done, and `done` is not called.
        """
        with self._changed:
            if self._due is not None:
                self._due = time.monotonic()
                self._awaiting_next.append(done)
                self._changed.notify()
            elif self._is_working:
                self._awaiting.append(done)
            else:
                return False
            return True

    def forget(self) -> None:
        """Nobody needs what was asked for any more."""
        with self._changed:
            self._due = None
            awaiting, self._awaiting_next = self._awaiting_next, []
        for done in awaiting:
            done()

    def close(self) -> None:
        """End the thread, once what is being done is done; nothing is begun any more."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _begin(self) -> None:
        if self._thread is None:
            # A screen that could not be put together is never closed, and must not keep the program alive.
            self._thread = Thread(target=self._go_on, name=self._name, daemon=True)
            self._thread.start()

    def _go_on(self) -> None:
        while self._is_time():
            self._work()
            for done in self._take_awaiting():
                done()

    def _is_time(self) -> bool:
        """Wait until the work is due; False where it never will be again."""
        with self._changed:
            while not self._is_closed:
                left = None if self._due is None else self._due - time.monotonic()
                if left is not None and left <= 0:
                    self._due = None
                    self._is_working = True
                    self._awaiting, self._awaiting_next = self._awaiting_next, []
                    return True
                self._changed.wait(left)
            return False

    def _take_awaiting(self) -> list[Callable[[], object]]:
        """The work is done: who waited for it."""
        with self._changed:
            self._is_working = False
            awaiting, self._awaiting = self._awaiting, []
            return awaiting
