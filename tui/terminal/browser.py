"""The person's browser, where this machine can show one: over ssh it would open where nobody sits."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from typing import Final

_OVER_SSH: Final = ("SSH_CONNECTION", "SSH_TTY")
_DISPLAYS: Final = ("DISPLAY", "WAYLAND_DISPLAY")


def browser_command(
    environment: Mapping[str, str], platform: str, find: Callable[[str], str | None] = shutil.which
) -> list[str] | None:
    """The command that opens an address, which stands in the place of `%s`; None where there is none.

    `BROWSER` wins, over ssh too: editors that have a terminal set it to what opens pages on the near machine.
    """
    if asked := environment.get("BROWSER", "").partition(os.pathsep)[0].strip():
        words = _words(asked)
        if words and find(words[0]) is not None:
            return words if any("%s" in word for word in words) else [*words, "%s"]
    if any(environment.get(name) for name in _OVER_SSH):
        return None
    if platform == "darwin":
        return ["open", "%s"]
    if any(environment.get(name) for name in _DISPLAYS) and find("xdg-open") is not None:
        return ["xdg-open", "%s"]
    return None


def open_in_browser(address: str) -> bool:
    """Open an http or https address; whether there was a browser to open it in. It is not waited for."""
    command = browser_command(os.environ, sys.platform)
    if command is None:
        return False
    try:
        process = subprocess.Popen(
            [word.replace("%s", address) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    threading.Thread(target=process.wait, daemon=True).start()  # so that no zombie is left
    return True


def _words(command: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError:  # a quotation mark that is not closed
        return []
