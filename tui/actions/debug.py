"""Debugging, with the keys of most editors."""

from __future__ import annotations

from tui.actions.action import Action, Group


def _debug(name: str, title: str, *keys: str, command: tuple[str, ...] = ()) -> Action:
    return Action(f"debug.{name}", title, Group.DEBUGGING, (*keys, *command), keys)


DEBUGGING = (
    _debug("toggle-breakpoint", "Set or clear a breakpoint at the cursor's line", "f9", command=("D b",)),
    _debug("continue", "Run the cell to a breakpoint, or go on from one", "f5", command=("D r",)),
    _debug("step-over", "Step over the line", "f10"),
    _debug("step-into", "Step into the call", "f11"),
    _debug("step-out", "Step out of the call", "shift+f11"),
    _debug("end", "End the debugger", "shift+f5"),
    _debug("show", "Show calls and variables of what has stopped"),
    _debug("clear-breakpoints", "Clear all breakpoints"),
)
