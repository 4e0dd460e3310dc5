"""tnb on a kernel that follows a script, which starts at once: `python scriptedtnb.py NOTEBOOK`."""

from __future__ import annotations

import sys
from pathlib import Path

from kernelbridge.fakekeeper import SCRIPTED, FakeWay
from kernelbridge.fakekernel import FakeKernel, Step, prints
from tui.app import run
from tui.config import Config
from tui.files.notebookfile import read
from tui.kernelreach import Reached
from tui.options import Options


def script(code: str) -> list[Step]:
    """Prints each line of the code."""
    return [prints(f"{line}\n") for line in code.splitlines()]


if __name__ == "__main__":
    reached = Reached(FakeWay(FakeKernel(script)), SCRIPTED, ("scripted",))
    sys.exit(run(read(Path(sys.argv[1])), Options(config=Config()), lambda *_: reached))
