"""The tree of a formula's source, within bounds of size and depth."""

from __future__ import annotations

from typing import Final

from tui.render.math.commands import INFIXES, RULES
from tui.render.math.environments import ENVIRONMENT_RULES
from tui.render.math.nodes import Node
from tui.render.math.parser import Parser
from tui.render.math.refusal import CannotTypesetError

LONGEST: Final = 20_000
"""Code points; no formula that a person or sympy wrote to be looked at comes near it."""

_RULES: Final = {**RULES, **ENVIRONMENT_RULES}


def parse(source: str) -> Node:
    """The tree of a printable source without delimiters. Raises CannotTypesetError."""
    if len(source) > LONGEST:
        raise CannotTypesetError("it is too long to be set")
    return Parser(source, _RULES, INFIXES).formula()
