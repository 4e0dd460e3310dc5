"""The one list of commands: keys, palette, help and the documentation of keys all read it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from tui.actions.action import Action, Group, Mode
from tui.actions.cells import CELLS
from tui.actions.debug import DEBUGGING
from tui.actions.moving import FOLDING, GOING, MOVING, VIEW
from tui.actions.outputs import OUTPUTS
from tui.actions.program import FILE, PROGRAM
from tui.actions.running import KERNEL, RUNNING
from tui.actions.state import STATE
from tui.actions.text import CURSOR, EDITING, SELECTING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ACTIONS", "BY_ID", "Action", "Group", "Mode", "by_id"]

ACTIONS: Final[tuple[Action, ...]] = (
    *MOVING,
    *GOING,
    *RUNNING,
    *CELLS,
    *KERNEL,
    *DEBUGGING,
    *OUTPUTS,
    *FOLDING,
    *VIEW,
    *STATE,
    *PROGRAM,
    *FILE,
    *CURSOR,
    *SELECTING,
    *EDITING,
)
"""Every action, in the order in which lists show them."""

BY_ID: Final[Mapping[str, Action]] = MappingProxyType({action.id: action for action in ACTIONS})


def by_id(action_id: str) -> Action:
    """The action of that id.

    Raises:
        KeyError: there is none.
    """
    return BY_ID[action_id]
