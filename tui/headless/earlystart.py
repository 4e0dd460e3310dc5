"""A kernel that is on its way while the rest of the program is loaded."""

from __future__ import annotations

import signal
from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.headless.job import NoKernelError

if TYPE_CHECKING:
    from tui.kernelreach import Reached


def started_early(reach: Callable[[], Reached]) -> Callable[[], Reached]:
    """Have its process started, which takes milliseconds; what is given back gives or raises what came of it.

    Until there is somebody to end it in order, nothing is to end this program and leave it behind: signals to
    end are held back from here on, and `stopping_on_signals` lets them through.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM, signal.SIGHUP))
    try:
        way = reach()
    except NoKernelError as error:
        way = error

    def reached() -> Reached:
        if isinstance(way, NoKernelError):
            raise way
        return way

    return reached
