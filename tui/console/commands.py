"""The console's own commands, such as `:restart`; everything else that is typed is the kernel's."""

from __future__ import annotations

from enum import Enum
from typing import Final


class Command(Enum):
    """What the console itself can be told to do."""

    HELP = ":help"
    INTERRUPT = ":interrupt"
    RESTART = ":restart"
    KERNEL = ":kernel"
    LOGIN = ":login"
    QUIT = ":quit"


def command_of(text: str) -> Command | None:
    """The command that a whole input is; None for code, also for code that begins with a colon."""
    try:
        return Command(text.strip())
    except ValueError:
        return None


HELP: Final = (
    (":restart", "another process for the same kernel; variables are lost"),
    (":interrupt", "stop what runs, and cancel what waits"),
    (":kernel", "which kernel this is, and who uses it"),
    (":login", "log in anew where the line to the kernel needs it"),
    (":quit", "leave, as ctrl+d does"),
    ("enter", "run what is complete, else begin a line"),
    ("alt+enter", "begin a line"),
    ("ctrl+j, ctrl+enter", "run, complete or not"),
    ("tab, shift+tab", "complete; indent where only spaces are before the cursor"),
    ("up, down, ctrl+r", "what was typed before, and searching it"),
    ("ctrl+c", "stop what runs, else clear the prompt"),
    ("name?, name??", "what a name is, where the kernel can say"),
)
"""What there is to know: what is typed or pressed, and what it does."""
