"""Slides served by `tnb export --serve`: these, and nothing else of their folder."""

from __future__ import annotations

import signal
import socket
import subprocess
from http.client import HTTPConnection
from pathlib import Path

import pytest

from e2e import notebooks
from programs import tnb_command

pytestmark = pytest.mark.e2e


def ask(port: int, path: str) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def answered(process: subprocess.Popen[str], port: int, path: str) -> tuple[int, bytes]:
    """The answer, once the server is up."""
    while process.poll() is None:
        try:
            return ask(port, path)
        except ConnectionRefusedError:
            continue
    raise AssertionError(process.communicate())


def test_slides_are_served_and_nothing_beside_them(tmp_path: Path) -> None:
    notebook = notebooks.write(tmp_path / "talk.ipynb", notebooks.markdown("# Welcome"))
    (tmp_path / "secret.txt").write_text("secret")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [*tnb_command(), "export", "--serve", str(port), notebook]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        status, page = answered(process, port, "/talk.slides.html")
        assert status == 200
        assert b"Welcome" in page
        assert ask(port, "/secret.txt")[0] == 404
        assert ask(port, "/talk.ipynb")[0] == 404
        process.send_signal(signal.SIGTERM)
        process.communicate()
        assert process.returncode == 0
    assert (tmp_path / "talk.slides.html").exists()
