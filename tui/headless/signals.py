"""Signals that end a run in order: what runs is interrupted, and the file is left whole."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager

from tui.headless.outcome import Stopped

_MEANINGS: Mapping[signal.Signals, Stopped] = {
    signal.SIGINT: Stopped.INTERRUPTED,
    signal.SIGTERM: Stopped.TERMINATED,
    signal.SIGHUP: Stopped.HUNG_UP,
}


@contextmanager
def stopping_on_signals(stop: Callable[[Stopped], None]) -> Generator[None]:
    """Has `stop` called on a signal to end, also on one that was held back until now.

    One that is ignored, as a hangup under nohup, stays ignored.
    """
    loop = asyncio.get_running_loop()
    heeded = [number for number in _MEANINGS if signal.getsignal(number) is not signal.SIG_IGN]
    for number in heeded:
        loop.add_signal_handler(number, stop, _MEANINGS[number])
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _MEANINGS)
    try:
        yield
    finally:
        for number in heeded:
            loop.remove_signal_handler(number)
