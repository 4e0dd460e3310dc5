"""That logging out ends what runs on is said once to each user."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from tui.render.rowops import plain
from tui.screens.notebook.logout import warn_of_logout
from tui.widgets.hintline import Message, Severity, bottom_row

PID = 4711


class Screen:
    """As much of a notebook's screen as it takes."""

    def __init__(self, pid: int | None = PID) -> None:
        self.kernel = SimpleNamespace(local_pid=pid)
        self.message = None
        self.said: list[str] = []

    def say(self, text: str, severity: Severity) -> None:
        assert severity is Severity.WARNING
        self.said.append(text)


@pytest.fixture(params=["session-3.scope", "user@1000.service"])
def root(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A system where logging out ends what runs."""
    monkeypatch.setenv("USER", "ann")
    monkeypatch.setenv("LOGNAME", "ann")
    for name, text in {
        f"proc/{PID}/cgroup": f"0::/user.slice/user-1000.slice/{request.param}/x\n",
        "etc/systemd/logind.conf": "[Login]\nKillUserProcesses=yes\n",
        "run/systemd/system/x": "",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_it_is_said_once_and_names_what_helps(root: Path) -> None:
    for times in (1, 0):
        screen = Screen()
        warn_of_logout(screen, root)
        assert len(screen.said) == times
        assert all("loginctl enable-linger" in said for said in screen.said)


def test_it_fits_the_line_of_a_small_terminal(root: Path) -> None:
    screen = Screen()
    warn_of_logout(screen, root)
    assert screen.said[0] in "".join(plain(bottom_row(Message(screen.said[0]), 80)))


def test_it_does_not_take_the_place_of_a_message_and_is_said_another_time(root: Path) -> None:
    screen = Screen()
    screen.message = "saved"
    warn_of_logout(screen, root)
    assert screen.said == []
    screen.message = None
    warn_of_logout(screen, root)
    assert len(screen.said) == 1


def test_of_a_kernel_on_another_machine_nothing_is_said(root: Path) -> None:
    screen = Screen(pid=None)
    warn_of_logout(screen, root)
    assert screen.said == []


def test_where_nothing_can_be_noted_nothing_is_said(root: Path, nobodys_home: Path) -> None:
    (nobodys_home / ".local").write_text("in the way")
    screen = Screen()
    warn_of_logout(screen, root)
    assert screen.said == []
