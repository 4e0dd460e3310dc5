"""From what was chosen in the launcher to a notebook that can be shown."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, assert_never

from tui.document.kernelspec import with_kernelspec
from tui.files.notebookfile import create, read
from tui.options import DefaultKernel
from tui.screens.launcherrows import NewNotebook, OpenPath
from tui.trustedenvironments import trust

if TYPE_CHECKING:
    from tui.files.notebookfile import NotebookFile
    from tui.options import KernelChoice
    from tui.screens.launcherrows import Opening


def opened(opening: Opening, asked: KernelChoice) -> tuple[NotebookFile, KernelChoice]:
    """The notebook, and what it is to run on: what the command line asked for, unless a kernel was chosen.

    Raises FileError.
    """
    match opening:
        case OpenPath(path):
            return read(path), asked
        case NewNotebook(path, kernelspec, kernel, environment):
            if environment is not None:
                with suppress(OSError):  # then it is asked for anew the next time
                    trust(environment)
            metadata = None if kernelspec is None else with_kernelspec({}, kernelspec)
            return create(path, metadata), asked if isinstance(kernel, DefaultKernel) else kernel
        case _:
            assert_never(opening)
