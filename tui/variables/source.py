"""Where variables are asked for: the interface, and which there is for a kernel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from kernelbridge.session import Session
    from tui.variables.variable import Listing

MOST: Final = 1_000
"""Variables that are asked for."""
LONGEST: Final = 200
"""Characters of a value that are asked for."""


class VariablesError(Exception):
    """There is no saying which variables there are; one line, not sanitized."""


class VariablesSource(Protocol):
    """A kernel that can be asked for its variables."""

    @property
    def answers_beside_runs(self) -> bool:
        """Whether it can be asked while it runs something; if not, what is asked waits behind that."""
        ...

    async def ask(self) -> Listing:
        """What there is. Raises VariablesError."""
        ...


def source_for(session: Session) -> VariablesSource | None:
    """How to ask this kernel; None where it cannot be asked, or has not said yet what it is."""
    info = session.info
    if info is None:
        return None
    if info.language == "python" and info.implementation in ("ipython", "xeus-python"):
        from tui.variables.pythonvariables import PythonVariables

        return PythonVariables(session)
    if info.implementation == "IRkernel":
        from tui.variables.rvariables import RVariables

        return RVariables(session)
    if info.supports_debugger:
        from tui.variables.debuggervariables import DebuggerVariables

        return DebuggerVariables(session)
    return None
