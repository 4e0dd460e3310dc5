"""The way through ssh to a keeper: what is run there, what is skipped, what is told apart."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from keeper.keepers import alive
from keeper.keepers import until as wait_until
from kernelbridge.events import CaughtUp, RunFinished, StreamArrived
from kernelbridge.keeper.frames import MARKER, PROTOCOL
from kernelbridge.keeper.frontends import FrontendName
from kernelbridge.session import Session
from kernelbridge.sshaddress import SshAddress
from kernelbridge.transports.base import Connected, LoggedOut, LoginNeededError, NoWayError, WayError
from kernelbridge.transports.parcel import parcel
from kernelbridge.transports.ssh import FarKeeper, OpenPipe, SshWay, log_in
from kernelbridge.transports.sshcommand import remote_command, ssh_options
from kernelbridge.transports.sshpipe import Errand, SshPipe
from kernelbridge.transports.sshtrouble import trouble_of, trouble_there
from recording import Recorder
from sshd import Sshd

FAR = SshAddress("far")
ECHO = Errand("echo")


def keeper(python: str = sys.prefix) -> FarKeeper:
    return FarKeeper(FAR, "here:/a.ipynb", python, {"kind": "named", "name": "", "cwd": "~"})


def python_of_version(version: str) -> str:
    """One of the machine's, with ipykernel where it is new enough to have one."""
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for each in sorted(root.glob(f"{version}*/bin/python")):
        return str(each)
    found = shutil.which(f"python{version}")
    if found is None:
        pytest.skip(f"there is no Python {version}")
    return found


# -- what runs there ----


@pytest.mark.parametrize("python", ["python3", "/a b/it's $HOME `id`/python", '/"/x', "~/env", ""])
@pytest.mark.parametrize("shell", ["sh", "bash", "dash", "zsh", "csh", "tcsh", "fish"])
def test_any_login_shell_hands_the_path_through_as_it_is(
    shell: str, python: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"there is no {shell}")
    monkeypatch.setenv("PATH", f"/usr/bin:/bin:{tmp_path}")
    monkeypatch.setenv("HOME", "/no home")
    (tmp_path / "python3").symlink_to("/bin/false")
    done = subprocess.run(
        [program, "-c", remote_command(python)], input=b"", capture_output=True, check=False, cwd=tmp_path
    )
    if python in ("python3", ""):
        assert b"nopython" not in done.stdout
    else:
        path = python.replace("~", "/no home")
        assert done.stdout.decode() == f"\ntnb-keeper nopython {path}\n"


@pytest.mark.parametrize("python", ["/a\\b", "/a!b"])
def test_a_path_that_some_shells_would_not_hand_through_is_refused(python: str) -> None:
    with pytest.raises(NoWayError):
        remote_command(python)


def test_what_is_sent_is_named_for_its_content_and_imports_nothing_else() -> None:
    sent = parcel()
    text = zlib.decompress(sent.data)
    assert b"kernelbridge/keeper/bridge.py" in text
    assert b"kernelbridge/transports" not in text.replace(b"parcel", b"")
    assert len(sent.digest) == 64
    assert len(sent.data) < 150_000


# -- the pipe, against an ssh that is a script ----


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What is run in place of ssh, once it has answered for its configuration."""
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    return tmp_path / "ssh"


def play(script: Path, text: str, configuration: str = "") -> None:
    script.write_text(f"#!/bin/sh\nif [ \"$1\" = -G ]; then printf '{configuration}'; exit; fi\n{text}\n")
    script.chmod(0o755)


@pytest.mark.parametrize(
    "noise",
    ["", "Welcome!\\n", "no end of line", "x" * 9000, "tnb-keeper? no\\n", "\\033[2J\\r\\n\\000\\377\\n"],
)
def test_a_login_shells_noise_is_skipped_and_not_a_byte_behind_the_marker_is_lost(
    noise: str, script: Path
) -> None:
    play(script, f"printf '{noise}'; echo; printf 'tnb-keeper {PROTOCOL}\\nframe'; cat >/dev/null")
    pipe = SshPipe(FAR, ECHO)
    with pipe.open() as connected:
        assert connected.recv(100) == b"frame"
    assert MARKER == b"tnb-keeper 1\n"


@pytest.mark.parametrize(
    ("said", "kind", "words"),
    [
        ("echo tnb-keeper 2", NoWayError, "speaks version 2"),
        ("echo tnb-keeper nopython /x", NoWayError, "there is no /x"),
        ("echo tnb-keeper old 3.7.1 /p", NoWayError, "Python 3.7.1, and it takes 3.8"),
        ("echo tnb-keeper without zmq,ipykernel /p", NoWayError, "/p -m pip install ipykernel"),
        ("echo tnb-keeper unsettled /x: No space left", NoWayError, "No space left"),
        ("echo oh no >&2; exit 255", WayError, "far: oh no"),
        ("exit 3", WayError, "status 3"),
        ("yes x", WayError, "no keeper begins"),
    ],
)
def test_each_trouble_has_its_kind_and_its_line(
    said: str, kind: type[WayError], words: str, script: Path
) -> None:
    play(script, said)
    with pytest.raises(WayError, match=words) as caught:
        SshPipe(FAR, ECHO).open()
    assert type(caught.value) is kind


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("ssh: connect to host far port 22: Connection refused", WayError),
        ("ssh: Could not resolve hostname far: Name or service not known", WayError),
        ("ada@far: Permission denied (publickey,password).", LoginNeededError),
        ("Received disconnect: Too many authentication failures", LoginNeededError),
        ("Host key verification failed.", LoginNeededError),
        ("@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.", NoWayError),
    ],
)
def test_what_ssh_says_is_told_apart(words: str, kind: type[WayError]) -> None:
    assert type(trouble_of("far", words, 255)) is kind


def test_what_another_program_denies_is_no_refused_login() -> None:
    assert type(trouble_of("far", "sh: /x: Permission denied", 126)) is WayError
    assert type(trouble_there("far", "7")) is NoWayError


def test_the_users_own_choices_are_kept(script: Path) -> None:
    own = "controlmaster auto\\ncontrolpath /x/%%C\\ncontrolpersist 600\\n"
    own += "serveraliveinterval 5\\nconnecttimeout 3\\n"
    play(script, "", own)
    given = " ".join(ssh_options(FAR))
    for name in ("Control", "Alive", "ConnectTimeout", "StrictHostKey", "UserKnownHosts", "BatchMode"):
        assert name not in given
    play(script, "", "controlmaster false\\nserveraliveinterval 0\\nconnecttimeout none\\n")
    assert "ServerAliveInterval=15" in " ".join(ssh_options(FAR))
    assert "ControlPersist=60" in " ".join(ssh_options(SshAddress("far", port=23)))


def test_an_ssh_that_hangs_is_given_up_when_nobody_waits_any_more(script: Path, tmp_path: Path) -> None:
    play(script, f"echo $$ > {tmp_path}/pid; exec sleep 600")

    async def give_up() -> None:
        connecting = asyncio.ensure_future(SshWay(keeper()).connect(Hears()))
        await until(lambda: (tmp_path / "pid").exists() and bool((tmp_path / "pid").read_text()))
        connecting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await connecting

    asyncio.run(give_up())  # which waits for its threads
    ssh = int((tmp_path / "pid").read_text())
    wait_until(lambda: not alive(ssh), "ssh to be gone")


class Hears:
    def received(self, frame: object) -> None: ...

    def lost(self, reason: str) -> None: ...


# -- against a real sshd ----


def test_a_keeper_is_sent_there_once_into_a_folder_of_the_user_alone(far: Sshd) -> None:
    (far.home / ".bashrc").write_text("echo Welcome; echo on stderr >&2\n")
    log_in(FAR)
    folder = far.home / ".cache/tnb" / f"keeper-{parcel().digest}"
    for _ in range(2):
        OpenPipe.to(keeper()).connected.close()
        assert folder.stat().st_mode & 0o777 == 0o700
        made = folder.stat().st_ino
        OpenPipe.to(keeper()).connected.close()
        assert folder.stat().st_ino == made
        (folder / "kernelbridge/keeper/bridge.py").write_text("raise SystemExit('tampered with')\n")
    assert [each.name for each in folder.parent.iterdir()] == [folder.name]


def test_it_works_on_the_oldest_python(far: Sshd) -> None:
    python = python_of_version("3.8")
    has = subprocess.run([python, "-c", "import ipykernel, zmq"], capture_output=True, check=False)
    if has.returncode:
        with pytest.raises(NoWayError, match="has no ipykernel"):
            OpenPipe.to(keeper(python))
    else:
        OpenPipe.to(keeper(python)).connected.close()


@pytest.mark.parametrize("version", ["2.7", "3.6", "3.7"])
def test_an_older_python_is_named_with_its_version(version: str, far: Sshd) -> None:
    with pytest.raises(NoWayError, match=rf"is Python {version}\.\d+, and it takes 3.8"):
        OpenPipe.to(keeper(python_of_version(version)))


def test_a_refused_key_and_an_unknown_host_need_a_person_and_a_changed_one_is_the_end(far: Sshd) -> None:
    far.authorize(anyone=False)
    with pytest.raises(LoginNeededError, match="Permission denied"):
        OpenPipe.to(keeper())
    far.authorize()
    known = far.folder / "known"
    key = known.read_text()
    known.write_text("")
    with pytest.raises(LoginNeededError, match="not known"):
        OpenPipe.to(keeper())
    known.write_text(key)
    far.change_host_key()
    with pytest.raises(NoWayError, match="key has changed"):
        OpenPipe.to(keeper())


def test_a_host_that_is_not_there_is_worth_another_try(far: Sshd) -> None:
    far.stop()
    with pytest.raises(WayError, match="Connection refused") as caught:
        OpenPipe.to(keeper())
    assert type(caught.value) is WayError


@pytest.mark.kernel
async def test_a_session_comes_back_by_itself_and_stops_where_a_person_is_needed(far: Sshd) -> None:
    recorder = Recorder()
    session = Session(SshWay(keeper()), recorder, FrontendName("test", os.getpid(), socket.gethostname()))
    session.open(keeper().launch)
    await until(lambda: isinstance(session.line, Connected))
    run = session.run("for i in range(2000): print(i)")
    far.cut()
    await until(lambda: any(isinstance(each, RunFinished) for each in recorder.events))
    assert recorder.text(run).split() == [str(number) for number in range(2000)]
    far.authorize(anyone=False)
    far.cut()
    await until(lambda: isinstance(session.line, LoggedOut))
    far.authorize()
    caught_up = recorder.of(CaughtUp)
    await session.log_in()
    await until(lambda: len(recorder.of(CaughtUp)) > len(caught_up))
    assert len(recorder.of(StreamArrived)) > 0
    session.shutdown()
    await session.close()


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not holds():  # noqa: ASYNC110 -- any condition
            await asyncio.sleep(0.01)
