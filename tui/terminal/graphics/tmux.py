"""What tmux says of the terminal that it is shown on."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from typing import Final

_PATIENCE: Final = 2.0
_FORMAT: Final = "#{allow-passthrough} #{client_termtype}"
_PASSES: Final = ("on", "all", "1", "2")
"""As words, or, up to tmux 3.3 at least, as numbers."""


def terminal_around(environment: Mapping[str, str]) -> str | None:
    """The name and version of the terminal around tmux, as `kitty(0.36.1)`, if sequences may pass to it.

    None outside of tmux, and where it has `allow-passthrough` off, as it is out of the box. Waits for tmux.
    """
    if not environment.get("TMUX"):
        return None
    pane = environment.get("TMUX_PANE", "")
    target = ["-t", pane] if pane else []
    try:
        done = subprocess.run(
            ["tmux", "display-message", "-p", *target, _FORMAT],
            capture_output=True,
            timeout=_PATIENCE,
            check=True,
            text=True,
            errors="replace",
        )
    except (OSError, subprocess.SubprocessError):
        return None
    passes, _, name = done.stdout.strip().partition(" ")
    return name if passes in _PASSES else None
