"""Where variables are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
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
