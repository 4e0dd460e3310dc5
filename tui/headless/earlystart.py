"""A kernel that is on its way while the rest of the program is loaded."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.headless.job import NoKernelError

if TYPE_CHECKING:
    from tui.kernellaunch import Reached


def started_early(reach: Callable[[], Reached]) -> Callable[[], Reached]:
    """Begin to reach it, on a thread; what is given back waits for that, and raises what it raised.

    Signals to end are held back from here on: `stopping_on_signals` lets them through.
    """
    found: list[Reached | NoKernelError] = []

    def work() -> None:
        try:
            found.append(reach())
        except NoKernelError as error:
            found.append(error)

    thread = threading.Thread(target=work, name="launch", daemon=True)
    # Until there is somebody to end it in order, nothing is to end this program and leave it behind.
    signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM, signal.SIGHUP))
    thread.start()

    def reached() -> Reached:
        thread.join()
        way = found[0] if found else NoKernelError("the kernel could not be started")
        if isinstance(way, NoKernelError):
            raise way
        return way

    return reached
