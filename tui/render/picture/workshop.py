"""The process that decodes pictures, as tnb uses it: started at the first one, started anew when it dies.

It is given little (`worker.limits`) and ends when tnb does, however that ends. A picture that takes too long,
or that kills it, costs a message.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO, Final, cast

from tui.render.drawing import CannotDrawError
from tui.render.picture.job import Head, Job, read_message, write_message

_PATIENCE: Final = 5.0
"""Seconds for a picture."""
_LONGEST_ANSWER: Final = 1 << 27
_KEPT: Final = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""All of the environment that it gets: without, some Pythons do not start."""
_NEEDED: Final = ("tui", "PIL", "resvg")
_START: Final = (
    "import sys; sys.path[:0] = sys.argv[1:]; from tui.render.picture.worker.main import main; main()"
)


class Workshop:
    """One process, one picture at a time; any thread may ask."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._stops = 0
        """How often all pictures were given up."""

    def make(self, job: Job, data: bytes) -> tuple[Head, bytes]:
        """What the process makes of a picture file. Raises CannotDrawError with the reason."""
        stops = self._stops
        with self._lock:
            if self._stops != stops:
                raise CannotDrawError("it is no longer waited for")
            answer = self._asked(job, data, stops)
        if answer is None:
            raise CannotDrawError("it cannot be decoded in reasonable time and memory")
        head, body = answer
        if isinstance(reason := head.get("error"), str):
            raise CannotDrawError(reason)
        return head, body

    def stop(self) -> None:
        """Give up all pictures that are asked for by now, and end the process."""
        self._stops += 1
        if (process := self._process) is not None:
            process.kill()
        with self._lock:
            if self._process is not None:
                self._end(self._process)

    def _asked(self, job: Job, data: bytes, stops: int) -> tuple[Head, bytes] | None:
        try:
            process = self._running()
        except OSError:
            return None
        late = threading.Timer(_PATIENCE, process.kill)
        late.daemon = True
        late.start()
        if self._stops != stops:  # the stop may have come while the process was being made
            process.kill()
        try:
            stdin, stdout = _pipes(process)
            write_message(stdin, {**job._asdict(), "source": job.source.value, "form": job.form.value}, data)
            answer = read_message(stdout, _LONGEST_ANSWER)
        except (OSError, ValueError):
            answer = None
        finally:
            late.cancel()
        if answer is None or answer[0].get("is_last"):
            self._end(process)
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-X", "utf8", "-c", _START, *_folders()],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={name: os.environ[name] for name in _KEPT if name in os.environ},
            )
            atexit.register(self.stop)
        return self._process

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        self._process = None
        process.kill()
        for pipe in _pipes(process):
            with suppress(OSError):
                pipe.close()
        process.wait()


def _pipes(process: subprocess.Popen[bytes]) -> tuple[BinaryIO, BinaryIO]:
    if process.stdin is None or process.stdout is None:
        raise OSError("started without pipes")
    return cast("BinaryIO", process.stdin), cast("BinaryIO", process.stdout)


def _folders() -> list[str]:
    """Where the process finds what it imports: no more of our path, and nothing of the environment."""
    places = (find_spec(name) for name in _NEEDED)
    found = [
        Path(spec.origin).parent.parent for spec in places if spec is not None and spec.origin is not None
    ]
    return [str(folder.resolve()) for folder in dict.fromkeys(found)]


WORKSHOP: Final = Workshop()
"""The one of this process."""
