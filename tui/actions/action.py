"""What an action is: something that a person can have done, by a key or by its name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final


class Mode(Enum):
    """What keys mean: commands for cells, or text typed into one."""

    COMMAND = "command"
    EDIT = "edit"


class Group(Enum):
    """What an action is about; the value is the heading that people see."""

    MOVING = "Moving"
    FINDING = "Finding"
    RUNNING = "Running"
    CELLS = "Cells"
    KERNEL = "Kernel"
    DEBUGGING = "Debugging"
    OUTPUTS = "Outputs"
    FOLDING = "Folding"
    FILE = "File"
    VIEW = "View"
    PROGRAM = "Program"
    CURSOR = "Moving in the text"
    SELECTING = "Selecting text"
    EDITING = "Changing text"


_TEXT_GROUPS: Final = (Group.CURSOR, Group.SELECTING, Group.EDITING)


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a person can have done.

    Keys are in the notation of `tui.keynotation`, sequences with a space between their keys ("d d").
    """

    id: str
    """Stable: configuration and the rest of the program know the action by it."""
    title: str
    group: Group
    command_keys: tuple[str, ...] = ()
    edit_keys: tuple[str, ...] = ()
    hint: str | None = None
    """A word or two for the line of hints at the bottom of the screen; None for actions not shown there."""

    def keys(self, mode: Mode) -> tuple[str, ...]:
        """The default keys in `mode`."""
        return self.command_keys if mode is Mode.COMMAND else self.edit_keys

    @property
    def modes(self) -> tuple[Mode, ...]:
        """Where keys may be given to it: where it has some already, or, if nowhere, where it makes sense."""
        having = tuple(mode for mode in Mode if self.keys(mode))
        return having or ((Mode.EDIT,) if self.group in _TEXT_GROUPS else tuple(Mode))
