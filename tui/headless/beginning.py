"""The first moments with a keeper: whether its kernel may be used, and is one that has run nothing yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kernelbridge.state import Busy, Idle
from tui.headless.execution import Execution
from tui.headless.job import NoKernelError

if TYPE_CHECKING:
    from tui.kernelreach import Reached


async def begin(execution: Execution, reached: Reached, patience: float, *, is_joined: bool) -> None:
    """Returns once cells can be queued. Raises NoKernelError.

    Who has a notebook open writes it: a run beside that would write over what is typed there. A kernel on
    another machine may be there already, which nobody knew before: one that does nothing gives way.
    """
    others = await execution.attached(patience)
    writer = next((each for each in others if each.is_writer), None)
    if writer is not None:
        raise NoKernelError(
            f"the notebook is open in another {writer.name} (process {writer.pid}): "
            "leave that, or write elsewhere with -o"
        )
    if not reached.host or is_joined or reached.launch is None:
        return
    match execution.session.state:
        case Busy():
            raise NoKernelError(f"the notebook has a kernel on {reached.host} that is busy: stop that first")
        case Idle():
            execution.session.launch(reached.launch)
        case _:
            pass
