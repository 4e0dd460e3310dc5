"""The server: on the loopback, under a path that nobody can guess, for requests that name this machine."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Mapping
from hashlib import sha256
from hmac import compare_digest
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import AF_INET6
from typing import Final
from urllib.parse import unquote, urlsplit

from tui.export.chain.errors import ExportError
from tui.files.errors import FileError
from tui.serving.pages import SCRIPT, STYLE, Pages, failed, frame, index
from tui.serving.policy import NOTEBOOKS, OURS, may_ask
from tui.serving.site import PICTURES, Entry, Folder, Root, Site, Web

LOOPBACK: Final = "127.0.0.1"
_LOOK: Final = 0.5
"""Seconds between two looks whether a notebook has changed."""
_SIGN_OF_LIFE: Final = 30
"""Looks after which a browser that is told nothing hears that it is still connected, or is found gone."""
_HTML: Final = "text/html; charset=utf-8"
_SECRET: Final = 24


class Server(ThreadingHTTPServer):
    """Serves a site until `stop`."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, site: Site, pages: Pages, port: int, public_address: str | None = None) -> None:
        """Raises OSError where it cannot listen there."""
        address = public_address or LOOPBACK
        self.address_family = AF_INET6 if ":" in address else self.address_family
        super().__init__((address, port), _Handler)
        self.site = site
        self.pages = pages
        self.public_address = public_address
        self.secret = secrets.token_urlsafe(_SECRET)
        self.stopping = threading.Event()

    @property
    def url(self) -> str:
        """Where the index is."""
        host = self.public_address or LOOPBACK
        return f"http://{f'[{host}]' if ':' in host else host}:{self.server_port}/{self.secret}/"

    def stop(self) -> None:
        """Answer no more; from another thread than the one that serves."""
        self.stopping.set()
        self.shutdown()

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that went away is nothing to be told of."""


class _Handler(BaseHTTPRequestHandler):
    server: Server  # pyright: ignore[reportIncompatibleVariableOverride] - the one that makes it
    timeout = 30
    """Seconds that a request may take to come."""

    def version_string(self) -> str:
        return "tnb"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the base class names it
        """Nothing: the path has the secret."""

    def do_GET(self) -> None:
        """Answer."""
        if not may_ask(self.headers.get("Host", ""), self.server.public_address):
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST, "this server is not the one that was asked for")
            return
        secret, _, path = unquote(urlsplit(self.path).path).removeprefix("/").partition("/")
        if not compare_digest(secret.encode(), self.server.secret.encode()):
            self._refuse(HTTPStatus.NOT_FOUND, "there is nothing here; the address has a secret part")
            return
        self._answer(path)

    def _answer(self, path: str) -> None:
        kind, _, rest = path.partition("/")
        key, _, name = rest.partition("/")
        root = self.server.site.root(key)
        match kind:
            case "":
                self._send(index(self.server.site.entries()).encode(), _HTML, OURS)
            case "tnb.css":
                self._send(STYLE.encode(), "text/css", OURS)
            case "tnb.js":
                self._send(SCRIPT.encode(), "text/javascript", OURS)
            case "changes":
                self._tell_changes(root, name)
            case "n" if root is not None and _is_there(root, name):
                self._send(frame(Entry(int(key), name)).encode(), _HTML, OURS)
            case "p" if root is not None:
                self._send_part(root, name)
            case _:
                self._refuse(HTTPStatus.NOT_FOUND, "there is no such notebook")

    def _send_part(self, root: Root, name: str) -> None:
        """A notebook, or a picture that it shows."""
        picture = root.file(name) if isinstance(root, Folder) else None
        try:
            if picture is not None and picture.suffix in PICTURES:
                self._send(picture.read_bytes(), PICTURES[picture.suffix], NOTEBOOKS)
                return
            page = self.server.pages.notebook(root, name)
        except (ExportError, FileError, OSError) as error:
            self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))
            return
        if page is None:
            self._refuse(HTTPStatus.NOT_FOUND, "there is no such notebook")
        else:
            self._send(page.encode("utf-8", "replace"), _HTML, NOTEBOOKS)

    def _tell_changes(self, root: Root | None, name: str) -> None:
        """A line for each change of a notebook, or of the index, as long as the browser listens."""
        seen = self._version(root, name)
        self._begin(HTTPStatus.OK, "text/event-stream", OURS)
        looks = 0
        while not self.server.stopping.wait(_LOOK):
            looks += 1
            now = self._version(root, name)
            if now != seen:
                self.wfile.write(b"data: changed\n\n")
            elif looks % _SIGN_OF_LIFE == 0:
                self.wfile.write(b": still here\n\n")
            seen = now

    def _version(self, root: Root | None, name: str) -> object:
        match root:
            case Folder():
                return root.version(name)
            case Web():
                return None
            case None:
                return sha256(repr(self.server.site.entries()).encode()).digest()

    def _refuse(self, status: HTTPStatus, why: str) -> None:
        self._send(failed(why).encode("utf-8", "replace"), _HTML, NOTEBOOKS, status)

    def _send(
        self, data: bytes, kind: str, headers: Mapping[str, str], status: HTTPStatus = HTTPStatus.OK
    ) -> None:
        self._begin(status, kind, {**headers, "Content-Length": str(len(data))})
        self.wfile.write(data)

    def _begin(self, status: HTTPStatus, kind: str, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()


def _is_there(root: Root, name: str) -> bool:
    if isinstance(root, Web):
        return name == root.fetched.name
    return name.endswith(".ipynb") and root.file(name) is not None
