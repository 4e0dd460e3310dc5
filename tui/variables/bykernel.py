"""Which way to ask for variables there is for a kernel."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kernelbridge.session import Session
    from tui.variables.source import VariablesSource


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
