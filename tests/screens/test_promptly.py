"""What is asked for soon is done on a thread of its own, once for all who ask, and never after the end."""

from __future__ import annotations

import threading

from tui.screens.notebook.promptly import Promptly

FOREVER = 3600.0
PATIENCE = 30.0


class Work:
    """Counts how often it is done; goes on when it is let."""

    def __init__(self, delay: float) -> None:
        self.began = threading.Semaphore(0)
        self.may_end = threading.Semaphore(0)
        self.count = 0
        self.promptly = Promptly(self._do, delay, "work")

    def _do(self) -> None:
        self.count += 1
        self.began.release()
        assert self.may_end.acquire(timeout=PATIENCE)

    def has_begun(self) -> bool:
        return self.began.acquire(timeout=PATIENCE)

    def close(self) -> None:
        self.may_end.release(100)
        self.promptly.close()


def test_what_is_asked_for_is_done_once_for_all_who_asked() -> None:
    work = Work(FOREVER)
    for _ in range(3):
        work.promptly.ask()
    work.promptly.hurry(lambda: None)
    assert work.has_begun()
    work.close()
    assert work.count == 1


def test_it_is_done_of_itself_after_its_time() -> None:
    work = Work(0.01)
    work.promptly.ask()
    assert work.has_begun()
    work.close()


def test_who_asks_while_it_is_being_done_has_it_done_again() -> None:
    work = Work(0.0)
    work.promptly.ask()
    assert work.has_begun()
    work.promptly.ask()
    work.may_end.release()
    assert work.has_begun()
    work.close()
    assert work.count == 2


def test_what_was_not_asked_for_is_not_hurried_and_what_was_forgotten_is_not_done() -> None:
    work = Work(FOREVER)
    work.promptly.hurry(lambda: None)
    work.promptly.ask()
    work.promptly.forget()
    work.promptly.hurry(lambda: None)
    work.close()
    assert work.count == 0


def test_after_the_end_nothing_is_begun_and_no_thread_is_left() -> None:
    before = threading.active_count()
    work = Work(0.0)
    work.promptly.ask()
    assert work.has_begun()
    work.close()
    work.promptly.ask()
    work.promptly.close()
    assert (work.count, threading.active_count()) == (1, before)


def test_who_hurries_it_is_told_once_it_is_done_and_at_once_where_there_is_nothing_to_do() -> None:
    work, done = Work(FOREVER), threading.Semaphore(0)
    assert not work.promptly.hurry(done.release)
    work.promptly.ask()
    assert work.promptly.hurry(done.release)
    assert work.has_begun()
    assert work.promptly.hurry(done.release)  # what is being done is all there is
    assert not done.acquire(blocking=False)
    work.may_end.release()
    assert done.acquire(timeout=PATIENCE)
    assert done.acquire(timeout=PATIENCE)
    assert not work.promptly.hurry(done.release)
    work.close()


def test_who_waits_for_what_was_forgotten_waits_no_longer() -> None:
    work, done = Work(FOREVER), threading.Semaphore(0)
    work.promptly.ask()
    work.promptly.hurry(done.release)
    work.promptly.forget()
    work.may_end.release()  # the thread may have begun before it was forgotten
    assert done.acquire(timeout=PATIENCE)
    work.close()
