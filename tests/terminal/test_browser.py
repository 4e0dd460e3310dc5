"""Which command opens a web page, if any does."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tui.terminal.browser import browser_command

SSH = {"SSH_CONNECTION": "10.0.0.2 1 10.0.0.1 22"}
SCREEN = {"DISPLAY": ":0"}


def found(program: str) -> str | None:
    return f"/usr/bin/{program}" if program in ("xdg-open", "firefox", "code") else None


@pytest.mark.parametrize(
    ("environment", "platform", "command"),
    [
        (SCREEN, "linux", ["xdg-open", "%s"]),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", ["xdg-open", "%s"]),
        ({}, "darwin", ["open", "%s"]),
        ({}, "linux", None),
        (SCREEN | SSH, "linux", None),
        ({"SSH_TTY": "/dev/pts/1"}, "darwin", None),
        (SCREEN | {"BROWSER": "firefox"}, "linux", ["firefox", "%s"]),
        ({"BROWSER": "firefox -P 'my own' %s:w3m"}, "linux", ["firefox", "-P", "my own", "%s"]),
        (SSH | {"BROWSER": "code"}, "linux", ["code", "%s"]),
        (SCREEN | {"BROWSER": "not-installed"}, "linux", ["xdg-open", "%s"]),
        (SCREEN | {"BROWSER": "firefox 'unclosed"}, "linux", ["xdg-open", "%s"]),
    ],
)
def test_the_command(environment: Mapping[str, str], platform: str, command: list[str] | None) -> None:
    assert browser_command(environment, platform, found) == command
