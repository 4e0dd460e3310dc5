"""Says once, to each user, that logging out ends what runs on, and what helps."""

from __future__ import annotations

import contextlib
import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from kernelbridge.logout import Logout, what_logout_kills
from tui.locations import private_folder, state_folder
from tui.widgets.hintline import Severity

if TYPE_CHECKING:
    from tui.screens.notebook.screen import NotebookScreen

_MARKER = "logout-told"
_REMEDIES = {
    Logout.NO_LINGER: "logging out ends this kernel: loginctl enable-linger keeps it",
    Logout.SESSION_KILLED: (
        "logout ends kernels: loginctl enable-linger; systemd-run --user --scope tnb ..."
    ),
}


def warn_of_logout(screen: NotebookScreen, root: Path = Path("/")) -> None:
    """Say so where it is so, the first time that there is a kernel on this machine."""
    text = warning(screen.kernel.local_pid, root)
    if text is not None and screen.message is None and _is_first_time():
        screen.say(text, Severity.WARNING)


def warning(pid: int | None, root: Path = Path("/")) -> str | None:
    """What to say of a process; None where it outlives its user's login, as far as is known."""
    if pid is None:
        return None
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a user without a name
        return None
    why = what_logout_kills(user, root, pid)
    return None if why is None else _REMEDIES[why]


def _is_first_time() -> bool:
    """Whether it was never said before; from now on it was. Where that cannot be noted, it is not said."""
    with contextlib.suppress(OSError):
        (private_folder(state_folder()) / _MARKER).touch(mode=0o600, exist_ok=False)
        return True
    return False
