"""Why code cannot be run at the moment, and the one key or command that helps: a line for the bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kernelbridge.state import Dead, Missing
from tui.actions import Mode

if TYPE_CHECKING:
    from tui.screens.notebook.screen import NotebookScreen


def trouble_of(screen: NotebookScreen) -> str:
    """Empty where nothing is wrong."""
    kernel = screen.kernel
    match kernel.state:
        case Missing(name=name, hint=reason, is_installed=True):
            another = _key(screen, "kernel.choose", "chooses another")
            return f"{f'the kernel {name}' if name else 'the kernel'} cannot be started{another}: {reason}"
        case Missing(name=name, hint=hint):
            return f"no kernel {name} is installed: {hint}" if name else hint
        case Dead(reason=reason):
            return f"the kernel died{_key(screen, 'kernel.restart', 'restarts it')}: {reason}"
        case _ if kernel.is_silent:
            helps = f" (tnb stop {kernel.keeper} ends it and its kernel)" if kernel.keeper else ""
            return f"the keeper of this kernel does not answer{helps}"
        case _:
            return ""


def _key(screen: NotebookScreen, action: str, what: str) -> str:
    """Before the reason, which may be longer than the line."""
    labels = screen.keymap.labels(action, Mode.COMMAND)
    return f" ({labels[0]} {what})" if labels else ""
