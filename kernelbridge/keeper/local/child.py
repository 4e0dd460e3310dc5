"""A child of this process that `subprocess` did not start."""

from __future__ import annotations

import os


class Child:
    """Its end, told as `subprocess.Popen` does."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._status: int | None = None

    def poll(self) -> int | None:
        """Its exit status, or the number of the signal that ended it, negative; None while it runs."""
        return self._reap(os.WNOHANG)

    def wait(self) -> int | None:
        """The same, once it has ended."""
        return self._reap(0)

    def _reap(self, options: int) -> int | None:
        if self._status is None:
            try:
                pid, status = os.waitpid(self.pid, options)
            except ChildProcessError:  # somebody took its status; it is not known any more
                self._status = 0
            else:
                if pid:
                    is_killed = os.WIFSIGNALED(status)
                    self._status = -os.WTERMSIG(status) if is_killed else os.WEXITSTATUS(status)
        return self._status
