"""Whether logging out ends what runs on, by what systemd-logind is told on a system made up for each test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kernelbridge.logout import Logout, what_logout_kills

PID = 4711
SESSION = "0::/user.slice/user-1000.slice/session-3.scope\n"
MANAGER = "0::/user.slice/user-1000.slice/user@1000.service/app.slice/terminal.scope\n"
VERSION_1 = "12:cpu:/other\n1:name=systemd:/user.slice/user-1000.slice/session-3.scope\n"
KILLS = "[Login]\nKillUserProcesses=yes\n"

Write = Callable[[str], Path]


@pytest.fixture
def system(tmp_path: Path) -> Write:
    """Makes the files of a system that systemd runs."""
    (tmp_path / "run/systemd/system").mkdir(parents=True)

    def write(cgroup: str) -> Path:
        file = tmp_path / "proc" / str(PID) / "cgroup"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(cgroup)
        return tmp_path

    return write


def config(root: Path, name: str, text: str, base: str = "etc") -> None:
    path = root / base / "systemd" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def killed(root: Path, user: str = "ann") -> Logout | None:
    return what_logout_kills(user, root, PID)


def linger(root: Path, user: str = "ann") -> None:
    folder = root / "var/lib/systemd/linger"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / user).touch()


@pytest.mark.parametrize("cgroup", [SESSION, VERSION_1])
def test_a_session_is_killed_where_logind_is_told_to(cgroup: str, system: Write) -> None:
    root = system(cgroup)
    assert killed(root) is None
    config(root, "logind.conf", KILLS)
    assert killed(root) is Logout.SESSION_KILLED
    assert killed(root, "root") is None


def test_lingering_alone_saves_no_process_of_a_session(system: Write) -> None:
    root = system(SESSION)
    config(root, "logind.conf", KILLS)
    linger(root)
    assert killed(root) is Logout.SESSION_KILLED


def test_the_users_service_manager_ends_with_the_last_session_unless_it_lingers(system: Write) -> None:
    root = system(MANAGER)
    assert killed(root) is Logout.NO_LINGER
    linger(root, "bob")
    assert killed(root) is Logout.NO_LINGER
    linger(root)
    assert killed(root) is None


@pytest.mark.parametrize(
    ("text", "is_killed"),
    [
        ("[Login]\n#KillUserProcesses=yes\n", False),
        ("[Other]\nKillUserProcesses=yes\n", False),
        ("[Login]\n KillUserProcesses = True\n", True),
        ("[Login]\nKillUserProcesses=yes\nKillUserProcesses=no\n", False),
        (f"{KILLS}KillExcludeUsers=root ann\n", False),
        (f"{KILLS}KillExcludeUsers=root ann\nKillExcludeUsers=\n", True),
        (f"{KILLS}KillOnlyUsers=bob\n", False),
        (f"{KILLS}KillOnlyUsers=bob\nKillOnlyUsers=ann\n", True),
        ("\x00garbage\n[Login\nno assignment\n", False),
    ],
)
def test_the_configuration_is_read_as_logind_reads_it(text: str, is_killed: bool, system: Write) -> None:
    root = system(SESSION)
    config(root, "logind.conf", text)
    assert (killed(root) is Logout.SESSION_KILLED) is is_killed


def test_drop_ins_come_after_the_main_file_in_the_order_of_their_names(system: Write) -> None:
    root = system(SESSION)
    config(root, "logind.conf", "[Login]\nKillUserProcesses=no\n")
    config(root, "logind.conf.d/50-kill.conf", KILLS, base="usr/lib")
    assert killed(root) is Logout.SESSION_KILLED
    config(root, "logind.conf.d/60-spare.conf", "[Login]\nKillUserProcesses=no\n", base="run")
    assert killed(root) is None
    config(root, "logind.conf.d/60-spare.conf", "", base="etc")
    assert killed(root) is Logout.SESSION_KILLED


def test_without_systemd_nothing_is_known(tmp_path: Path) -> None:
    config(tmp_path, "logind.conf", KILLS)
    assert killed(tmp_path) is None


@pytest.mark.parametrize("cgroup", ["", "0::/\n", "0::/system.slice/cron.service\n", "nonsense"])
def test_a_process_of_no_login_is_not_killed(cgroup: str, system: Write) -> None:
    root = system(cgroup)
    config(root, "logind.conf", KILLS)
    assert killed(root) is None
