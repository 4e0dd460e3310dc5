"""A real Chromium without a window, asked by its DevTools protocol what a page has become."""

from __future__ import annotations

import json
import os
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from websocket import WebSocket, create_connection

from programs import require_program

_PATIENCE: Final = 30.0


class Page:
    """A page that it shows."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self._asked = 0

    def ask(self, method: str, **parameters: Any) -> Any:
        """The result of a command of the protocol."""
        self._asked += 1
        self._socket.send(json.dumps({"id": self._asked, "method": method, "params": parameters}))
        while True:
            told = json.loads(self._socket.recv())
            if told.get("id") == self._asked:
                assert "error" not in told, told
                return told["result"]

    def open(self, url: str) -> None:
        """Go there."""
        self.ask("Page.navigate", url=url)

    def evaluate(self, script: str) -> Any:
        """The value of an expression in the page, None where it raises."""
        return self.ask("Runtime.evaluate", expression=script, returnByValue=True)["result"].get("value")

    def wait_for(self, script: str) -> Any:
        """The value of an expression once it is true."""
        ends = time.monotonic() + _PATIENCE
        while not (value := self.evaluate(script)):
            assert time.monotonic() < ends, f"{script}: {value!r}"
        return value


@contextmanager
def chromium(folder: Path) -> Iterator[Page]:
    """A page of a Chromium that keeps what it has in `folder`."""
    program = require_program("chromium")
    command = [
        program,
        "--headless",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--remote-debugging-port=0",
        f"--user-data-dir={folder}",
        *(["--no-sandbox"] if os.geteuid() == 0 else []),
        "about:blank",
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            socket = create_connection(_page_address(folder), timeout=_PATIENCE, suppress_origin=True)
            try:
                yield Page(socket)
            finally:
                socket.close()
        finally:
            process.kill()


def _page_address(folder: Path) -> str:
    port = folder / "DevToolsActivePort"
    ends = time.monotonic() + _PATIENCE
    while True:
        assert time.monotonic() < ends, "Chromium does not start"
        try:
            number = port.read_text().split()[0]
            with urllib.request.urlopen(f"http://127.0.0.1:{number}/json/list") as told:
                pages = [page for page in json.load(told) if page["type"] == "page"]
            return pages[0]["webSocketDebuggerUrl"]
        except (OSError, IndexError):
            continue
