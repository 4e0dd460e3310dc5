"""How a run is to go where nobody may be there: what follows a failure, and whether code may ask."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RunManner:
    """Of one run."""

    stops_on_error: bool = True
    """Whether what waits behind it is not run where it fails."""
    allows_input: bool = True
    """Whether its code may ask for a line of input; else `input()` fails at once."""


ATTENDED = RunManner()
"""As for a person who looks on."""
