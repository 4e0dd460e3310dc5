"""The variables of an IPython: asked for by expressions, in a subshell where it has any."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui.kernelcode.kernelmodule import KernelCodeError, KernelModule
from tui.variables.reading import listing_of
from tui.variables.source import LONGEST, MOST, VariablesError

if TYPE_CHECKING:
    from kernelbridge.session import Session
    from tui.variables.variable import Listing


class PythonVariables:
    """What is in the user's namespace, but for what IPython puts there."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._module = KernelModule(partial(session.evaluate, beside=True), "tui.variables", "pythoncode.py")

    @property
    def answers_beside_runs(self) -> bool:
        """By a subshell."""
        return self._session.info is not None and self._session.info.supports_subshells

    async def ask(self) -> Listing:
        """What there is."""
        try:
            return listing_of(await self._module.open("list", MOST, LONGEST))
        except KernelCodeError as error:
            raise VariablesError(str(error)) from None
