"""No text takes the terminal over, whatever path it comes by: each is walked with one canary, in a terminal.

What is sent must be tnb's own by the grammar; where text is drawn, its mark must be seen, so that no path is
walked in vain.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

import pytest

from e2e import keys, notebooks
from e2e.canary import DRAWN, OTHERS, SEQUENCES, canary, mark, notebook_of_all
from e2e.conftest import OpenTnb
from e2e.grammar import Sent, SentByConsole
from e2e.terminal import Terminal
from programs import isolated_environment, tnb_command

pytestmark = pytest.mark.e2e

KERNEL: Final = Path(__file__).parents[1] / "kernels" / "hostile.py"
SIZE: Final = (150, 50)


def sent_by(terminal: Terminal, grammar: type[Sent] = Sent) -> Sent:
    """What was sent: all of it tnb's own, and nothing that the canary asks for."""
    sent = grammar(bytes(terminal.raw))
    assert sent.foreign == []
    assert sent.copied == []
    assert all(link.startswith("http://a/") or link == "https://example.org" for link in sent.links)
    return sent


def leave(terminal: Terminal) -> None:
    for _ in range(3):
        terminal.send(keys.ESCAPE)
        terminal.draw_for(0.1)
    terminal.send(keys.CTRL_Q)
    terminal.wait_until(
        lambda: terminal.process.poll() is not None or "esc back" in terminal.text, "it to end"
    )
    terminal.send("dq")
    terminal.wait_exit()
    assert sent_by(terminal).is_restored


# -- a file ----


def test_every_place_of_a_file(open_notebook: OpenTnb, tmp_path: Path) -> None:
    terminal = open_notebook(notebook_of_all(tmp_path / "a.ipynb"), "--no-kernel", size=SIZE)
    seen = ""
    count = len(DRAWN) + len(OTHERS)
    for place in range(1, count + 1):
        terminal.wait_for(rf"\b{place}/{count}\n")
        seen += terminal.text
        terminal.send("j")
    assert [place for place in DRAWN if mark(place) not in seen] == []
    terminal.send("gg")
    for _ in range(count):
        terminal.send("toj")
        terminal.draw_for(0.02)
    for key in ("gg", keys.ENTER, keys.ESCAPE, "?", keys.ESCAPE, keys.CTRL_P, mark("id"), keys.ESCAPE, "gk"):
        terminal.send(key)
        terminal.wait_quiet(0.05)
    leave(terminal)


@pytest.mark.parametrize("color", ["always", "never"])
def test_every_place_of_a_file_that_is_printed(color: str, home: Path, tmp_path: Path) -> None:
    path = notebook_of_all(tmp_path / "a.ipynb")
    done = subprocess.run(
        [*tnb_command(), "show", "--color", color, path], capture_output=True, env=isolated_environment(home)
    )
    assert done.returncode == 0
    assert Sent(done.stdout).foreign == Sent(done.stderr).foreign == []
    text = done.stdout.decode()
    assert [place for place in DRAWN if mark(place) not in text] == []
    assert color == "always" or "\x1b" not in text


def test_what_another_program_wrote_into_the_file(open_notebook: OpenTnb, tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("1"), notebooks.code("2"))
    terminal = open_notebook(path, "--no-kernel", size=SIZE)
    theirs = {**notebooks.markdown(canary("prose")), "metadata": {"tags": [canary("tag")]}}
    notebooks.write(path, notebooks.code(canary("theirs"), canary("output")), notebooks.code("2"), theirs)
    terminal.send("\x1b[I")
    terminal.wait_for("gd shows")
    terminal.send("gd")
    terminal.wait_for(re.escape(mark("theirs")))
    terminal.wait_for(re.escape(mark("prose")))
    terminal.send(f"{keys.PAGE_DOWN}{keys.ENTER}")
    terminal.wait_for("took it from the file")
    leave(terminal)


def test_what_was_unsaved_when_tnb_ended(open_notebook: OpenTnb, home: Path, tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / f"{NAME}.ipynb", notebooks.code("1"))
    terminal = open_notebook(path, "--no-kernel", size=SIZE)
    terminal.send(keys.ENTER + keys.paste(canary("typed")))
    terminal.wait_for(re.escape(mark("typed")))
    folder = home / ".local/state/tnb/recovery"
    terminal.wait_until(lambda: any("[typed]" in each.read_text() for each in folder.glob("*.json")), "it")
    terminal.process.kill()
    terminal.wait_exit()
    sent_by(terminal)
    again = open_notebook(path, "--no-kernel", size=SIZE)
    again.wait_for("Enter take the marked")
    again.wait_for(re.escape(mark("typed")))
    again.send(keys.ENTER)
    again.wait_for("brought back 1 cell")
    leave(again)


# -- names, and what is said of them ----

NAME: Final = canary("name").replace("/", "").replace("\0", "").encode()[:200].decode(errors="ignore")
SAYS_NO: Final[Mapping[str, list[str]]] = {
    "a file that is none": ["{bad}"],
    "a file that is none, to be printed": ["show", "{bad}"],
    "a file that is not there": ["show", "{missing}"],
    "a folder that is not there": ["{missing}/a.ipynb"],
    "no notebook's name": ["{missing}"],
    "a kernel": ["--kernel", "{text}", "console", "x"],
    "a kernel of the console": ["console", "--kernel", "{text}"],
    "an option": ["--{text}", "a.ipynb"],
    "a theme": ["--theme", "{text}", "a.ipynb"],
    "cells": ["show", "--cells", "{text}", "a.ipynb"],
    "an id": ["stop", "{text}"],
    "an id to attach": ["attach", "{text}"],
    "an id of ps": ["ps", "--connection-file", "{text}"],
    "a running kernel": ["--existing={text}", "a.ipynb"],
    "a machine": ["ssh://{text}/a.ipynb"],
    "a server": ["--server", "http://{text}/", "a.ipynb"],
    "another server": ["--server", "{text}", "a.ipynb"],
}


@pytest.mark.parametrize("said", SAYS_NO.values(), ids=SAYS_NO)
def test_what_is_quoted_in_a_complaint(said: list[str], open_tnb: OpenTnb, tmp_path: Path) -> None:
    notebooks.write(tmp_path / "a.ipynb")
    bad = tmp_path / f"{NAME}.ipynb"
    bad.write_bytes(b"no notebook")
    text = canary("said").replace("\0", "")
    places = {"bad": str(bad), "missing": str(tmp_path / f"no {NAME}"), "text": text}
    *arguments, last = [word.format(**places) for word in said]
    terminal = open_tnb(last, *arguments, size=SIZE)
    assert terminal.wait_exit() in (1, 2)
    assert terminal.text.startswith("tnb: ")
    assert len(terminal.raw.splitlines()) == 1
    assert sent_by(terminal).is_restored


def test_the_name_of_a_file(open_tnb: OpenTnb, tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / f"{NAME}.ipynb", notebooks.code("1"))
    terminal = open_tnb(path, "--no-kernel", size=SIZE)
    terminal.wait_for(r"\[name\]")
    terminal.send(f"{keys.ENTER}x{keys.ESCAPE}{keys.CTRL_S}")
    terminal.wait_for("saved")
    path.write_text("{}")
    terminal.send(f"{keys.ENTER}x{keys.ESCAPE}{keys.CTRL_S}")
    terminal.wait_quiet(0.2)
    leave(terminal)


CONFIGURED: Final = ('theme = "{}"', '"{}" = 1', '[keys]\n"{}" = ["x"]', '[keys]\n"cell.last" = ["{}"]', "{}")


@pytest.mark.parametrize("setting", CONFIGURED)
def test_what_is_wrong_with_the_configuration(setting: str, open_tnb: OpenTnb, tmp_path: Path) -> None:
    quoted = json.dumps(canary("setting"))[1:-1].replace("\\u0000", "")
    (tmp_path / "config.toml").write_text(setting.format(quoted))
    env = {"TNB_CONFIG": str(tmp_path / "config.toml")}
    terminal = open_tnb(notebooks.write(tmp_path / "a.ipynb"), env=env)
    assert terminal.wait_exit() == 1
    assert terminal.text.startswith("tnb: ")
    sent_by(terminal)


def test_what_ssh_says(open_tnb: OpenTnb, tmp_path: Path) -> None:
    ssh = tmp_path / "bin" / "ssh"
    ssh.parent.mkdir()
    words = f"{SEQUENCES}\n{canary('ssh')}".replace("\0", "").replace("\x85", "")
    ssh.write_text(f"#!{sys.executable}\nimport sys\nsys.stderr.write({words!r})\nsys.exit(255)\n")
    ssh.chmod(0o755)
    env = {"PATH": f"{ssh.parent}{os.pathsep}{os.environ['PATH']}"}
    notebooks.write(tmp_path / "a.ipynb", notebooks.code("1"))
    for arguments in (["ssh://far/a.ipynb"], ["--kernel", "ssh://far", "a.ipynb"]):
        terminal = open_tnb(arguments[-1], *arguments[:-1], size=SIZE, env=env)
        assert terminal.wait_exit() == 1
        assert mark("ssh") in terminal.text
        sent_by(terminal)


# -- kernels ----


@pytest.fixture
def kernel(tmp_path: Path) -> dict[str, str]:
    """A kernel that says the canary of everything; the environment in which it is found."""
    text = canary("info")
    info = {
        "status": "ok",
        "protocol_version": "5.4",
        "implementation": text,
        "implementation_version": text,
        "language_info": {"name": text, "version": text, "mimetype": text, "file_extension": text},
        "banner": canary("banner"),
        "help_links": [{"text": text, "url": text}],
    }
    words = [canary(f"match {letter}") for letter in "ab"]
    types = [
        {"start": 0, "end": 1, "text": word, "type": canary("type"), "signature": text} for word in words
    ]
    answers = {
        "complete_request": {
            "status": "ok",
            "matches": words,
            "cursor_start": 0,
            "cursor_end": 1,
            "metadata": {"_jupyter_types_experimental": types},
        },
        "inspect_request": {
            "status": "ok",
            "found": True,
            "data": {"text/plain": canary("docs")},
            "metadata": {},
        },
        "is_complete_request": {"status": "incomplete", "indent": canary("indent")},
        "history_request": {"status": "ok", "history": [[1, 1, canary("history")]]},
    }
    folder = tmp_path / "jupyter" / "kernels" / "canary"
    folder.mkdir(parents=True)
    argv = [sys.executable, str(KERNEL), "{connection_file}", json.dumps(info), json.dumps(answers)]
    spec = {"argv": argv, "display_name": canary("display name"), "language": canary("language")}
    (folder / "kernel.json").write_text(json.dumps(spec))
    return {"JUPYTER_PATH": str(tmp_path / "jupyter")}


def _stream(text: str) -> list[Any]:
    return ["iopub", "stream", {"name": "stdout", "text": text}]


SAID: Final[Mapping[str, list[Any]]] = {
    "printed": _stream(canary("printed")),
    "failed": ["iopub", "error", {"ename": canary("failed"), "evalue": canary("failed"), "traceback": []}],
    "displayed": ["iopub", "display_data", {"data": {"text/plain": canary("displayed")}, "metadata": {}}],
    "asked": ["stdin", "input_request", {"prompt": canary("asked"), "password": False}],
    "secret": ["stdin", "input_request", {"prompt": canary("secret"), "password": True}],
    "paged": ["reply", "execute_reply", {"status": "ok", "payload": [
        {"source": "page", "data": {"text/plain": canary("paged")}, "start": 0}]}],
    "inserted": ["reply", "execute_reply", {"status": "ok", "payload": [
        {"source": "set_next_input", "text": canary("inserted"), "replace": True}]}],
    "theirs": ["others", "execute_input", {"code": canary("theirs"), "execution_count": 9}],
}  # fmt: skip
"""What a run of a cell makes the kernel say."""
WELL: Final = [_stream("all is well")]


def source_of(place: str) -> str:
    """The code that has it said, without the mark, so that the mark is seen only once it is said."""
    return json.dumps([SAID[place]]).replace(mark(place), f"\\u005b{mark(place)[1:]}")


@pytest.mark.kernel
def test_all_that_a_kernel_says(kernel: dict[str, str], open_notebook: OpenTnb, tmp_path: Path) -> None:
    cells = [notebooks.code(source_of(place)) for place in SAID]
    spec = {"name": "canary", "display_name": canary("spec"), "language": canary("spec")}
    path = notebooks.write(tmp_path / "a.ipynb", *cells, notebooks.code(json.dumps(WELL)), kernelspec=spec)
    terminal = open_notebook(path, env=kernel, size=SIZE)
    terminal.wait_for("idle")
    for place in SAID:
        terminal.send(keys.CTRL_E)
        terminal.wait_for("other run" if place == "theirs" else re.escape(mark(place)))
        terminal.send(f"answer{keys.ENTER}" if place in ("asked", "secret") else keys.ESCAPE)
        terminal.wait_for("idle")
        terminal.send(f"{keys.ESCAPE}j")
    terminal.send(f"G{keys.CTRL_E}")
    terminal.wait_for("┊ all is well")
    terminal.send("O")
    terminal.wait_for(r"\[theirs\]")
    terminal.send(f"{keys.ESCAPE}gk")
    terminal.wait_for(r"\[displayname\]")
    terminal.send(keys.ESCAPE)
    leave(terminal)


@pytest.mark.kernel
def test_the_console(kernel: dict[str, str], open_tnb: OpenTnb) -> None:
    terminal = open_tnb("canary", "console", "--kernel", env=kernel, size=SIZE)
    terminal.wait_for(r"In \[1\]")
    terminal.send("a\t")
    terminal.wait_for(r"\[matcha\]")
    terminal.send(f"\t{keys.ESCAPE}\x15")
    terminal.send("if" + keys.ENTER)
    terminal.wait_quiet(0.1)
    terminal.send("\x03\x03")
    for place in SAID:
        terminal.send(keys.paste(source_of(place)) + keys.CTRL_J)
        terminal.wait_for(re.escape(mark(place)))
        if place in ("asked", "secret"):
            terminal.send(f"answer{keys.ENTER}")
        terminal.wait_quiet(0.1)
        terminal.send("\x15\x0c")
    terminal.send(keys.UP * 12)
    terminal.wait_quiet(0.1)
    terminal.send("\x03\x04")
    terminal.wait_exit()
    assert sent_by(terminal, SentByConsole).is_restored


@pytest.mark.kernel
def test_the_list_of_what_runs(
    kernel: dict[str, str], open_notebook: OpenTnb, tmp_path: Path, home: Path
) -> None:
    path = notebooks.write(tmp_path / f"{NAME}.ipynb", notebooks.code(json.dumps(WELL)))
    terminal = open_notebook(path, "--kernel", "canary", env=kernel)
    terminal.wait_for("idle")
    environment = {**isolated_environment(home), **kernel}
    asked = subprocess.run([*tnb_command(), "ps", "--json"], env=environment, capture_output=True, check=True)
    assert Sent(asked.stdout).foreign == []
    for arguments in (["ps"], ["attach", json.loads(asked.stdout)[0]["id"]], ["stop", "--all"]):
        with Terminal([*tnb_command(), *arguments], columns=300, env=environment) as other:
            other.wait_for(re.escape(mark("name")))
            if arguments[0] == "attach":
                leave(other)
            assert other.wait_exit() == 0
            sent_by(other)
    terminal.wait_for("no kernel")
    leave(terminal)


# -- servers ----


@pytest.fixture
def server() -> Iterator[str]:
    """A Jupyter Server that says the canary of everything; its URL."""
    text = canary("server")
    specs = {name: {"name": name, "spec": {"display_name": text, "language": text}} for name in (text, "b")}
    kernel = {"id": text, "name": text, "execution_state": text, "connections": 1, "last_activity": text}
    session = {"id": text, "path": text, "name": text, "type": "notebook", "kernel": kernel}
    answers = {
        "/api/kernelspecs": {"default": text, "kernelspecs": specs},
        "/api/kernels": [kernel, {**kernel, "id": "b" * 36}],
        "/api/sessions": [session],
    }

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            found = answers.get(self.path.partition("?")[0])
            body = json.dumps(found if found is not None else {"message": text, "reason": text}).encode()
            self.send_response(200 if found is not None else 500)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_DELETE = answer  # noqa: N815  the names that http.server calls

        def log_message(self, *_: object) -> None:
            """Silence."""

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{running.server_address[1]}/"
    running.shutdown()
    thread.join()
    running.server_close()


def test_what_a_server_says_in_a_complaint(server: str, open_tnb: OpenTnb, tmp_path: Path) -> None:
    notebooks.write(tmp_path / "a.ipynb", notebooks.code("1"))
    env = {"TNB_SERVER_TOKEN": "x"}
    terminal = open_tnb("a.ipynb", "--server", server, "--kernel", "none", env=env, size=SIZE)
    assert terminal.wait_exit() == 1
    assert mark("server") in terminal.text
    sent_by(terminal)


def test_what_a_server_says_in_the_list_and_on_starting(
    server: str, open_notebook: OpenTnb, home: Path, tmp_path: Path
) -> None:
    settings = home / ".config" / "tnb" / "servers.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f'[[server]]\nurl = "{server}"\ntoken = "x"\nname = {json.dumps(canary("called"))}\n')
    settings.chmod(0o600)
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("1"))
    terminal = open_notebook(path, "--no-kernel", size=SIZE)
    terminal.send("gk")
    terminal.wait_for(r"\[server\]")
    terminal.send("[server]")
    terminal.wait_quiet(0.1)
    terminal.send(keys.ENTER)
    terminal.wait_quiet(0.5)
    leave(terminal)
