"""Fetches a notebook of the web: within limits of size and time, and without telling anybody who asks.

No cookie, no token and no password is ever sent, whatever this machine knows of them, so that none can go
astray. Proxies are those of the environment.
"""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPMessage
from time import monotonic
from typing import IO, Any, Final
from urllib.parse import urljoin, urlsplit

from tui.viewing.addresses import AddressError, FileAddress, GistAddress, WebAddress, checked
from tui.viewing.nearness import Http, Https, NearError, Reached, is_near

_RAW_GISTS: Final = "gist.githubusercontent.com"
_AGENT: Final = {"User-Agent": "tnb", "Accept": "*/*", "Accept-Encoding": "identity"}
_MEGABYTE: Final = 1 << 20
_PIECE: Final = 1 << 16


class FetchError(Exception):
    """It cannot be fetched; its text says why."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a fetch may take."""

    size: int = 200 * _MEGABYTE
    seconds: float = 60
    """For all of it."""
    silence: float = 15
    """Without a byte."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file of the web."""

    url: str
    """What was asked for."""
    name: str
    data: bytes = field(repr=False)


def fetch(address: WebAddress, limits: Limits | None = None) -> Fetched:
    """Fetch the notebook. Raises FetchError and AddressError."""
    limits = limits or Limits()
    if isinstance(address, GistAddress):
        address = _file_of_gist(address, _read(address.url, limits))
    data = _read(address.url, limits)
    if data.lstrip()[:1] == b"<":
        raise FetchError(f"{address.url}: it is a web page, not a notebook")
    return Fetched(address.url, address.name, data)


def _file_of_gist(gist: GistAddress, told: bytes) -> FileAddress:
    try:
        files: Any = json.loads(told)["files"]
        urls = {str(name): str(about["raw_url"]) for name, about in files.items()}
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise FetchError(f"{gist.url}: this tells of no gist") from error
    notebooks = {name: url for name, url in urls.items() if name.endswith(".ipynb")}
    meant = {name: url for name, url in notebooks.items() if not gist.file or _in_page(name) == gist.file}
    if not meant:
        names = ", ".join(urls) or "no files"
        raise FetchError(f"{gist.url}: there is no such notebook in it; it has {names}")
    url = next(iter(meant.values()))
    if urlsplit(url).hostname != _RAW_GISTS:
        raise FetchError(f"{gist.url}: its file would be at {urlsplit(url).hostname}, not at GitHub")
    return FileAddress(url)


def _in_page(name: str) -> str:
    """How the page of a gist calls a file."""
    return "file-" + "".join(char if char.isalnum() or char == "_" else "-" for char in name.lower())


class _CarefulRedirects(urllib.request.HTTPRedirectHandler):
    """Follows a few, never from https to http, nor from the web to this machine or its network."""

    max_repeats = max_redirections = 5

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        before, after = urlsplit(req.full_url), checked(urljoin(req.full_url, newurl))
        if before.scheme == "https" and after.scheme != "https":
            raise FetchError(f"{req.full_url}: it leads to {newurl}, which is not encrypted")
        if is_near(after.hostname) and not is_near(before.hostname):
            raise FetchError(f"{req.full_url}: it leads into a network of your own, to {after.hostname}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _read(url: str, limits: Limits) -> bytes:
    """All that is there. A thread of its own, since a name may take long to be found, and headers to come."""
    reading = _Reading(url, limits)
    thread = threading.Thread(target=reading.run, daemon=True)
    thread.start()
    thread.join(limits.seconds)
    if reading.error is not None:
        raise reading.error
    if reading.data is None:
        raise FetchError(f"{url}: it took longer than {limits.seconds:g} seconds")
    return reading.data


@dataclass(slots=True)
class _Reading:
    url: str
    limits: Limits
    data: bytes | None = None
    error: FetchError | AddressError | None = None

    def run(self) -> None:
        """Read it; what came of it is in `data` or `error`."""
        try:
            self.data = self._read()
        except (FetchError, AddressError) as error:
            self.error = error
        except NearError as error:
            self.error = FetchError(f"{self.url}: {error}")
        except urllib.error.HTTPError as error:
            with error:
                self.error = FetchError(f"{self.url}: {error.code} {error.reason}")
        except urllib.error.URLError as error:
            self.error = FetchError(f"{self.url}: {_reason(error.reason)}")
        except (OSError, HTTPException, ValueError) as error:
            self.error = FetchError(f"{self.url}: {_reason(error)}")

    def _read(self) -> bytes:
        reached = Reached()
        opener = urllib.request.build_opener(_CarefulRedirects(), Http(reached), Https(reached))
        request = urllib.request.Request(checked(self.url).geturl(), headers=_AGENT)  # noqa: S310 - checked
        ends = monotonic() + self.limits.seconds
        with opener.open(request, timeout=self.limits.silence) as response:
            self._refuse_beyond(int(response.headers.get("Content-Length") or 0))
            pieces: list[bytes] = []
            size = 0
            while piece := response.read1(_PIECE):
                pieces.append(piece)
                size += len(piece)
                self._refuse_beyond(size)
                if monotonic() > ends:
                    raise FetchError(f"{self.url}: it took longer than {self.limits.seconds:g} seconds")
        return b"".join(pieces)

    def _refuse_beyond(self, size: int) -> None:
        if size > self.limits.size:
            raise FetchError(f"{self.url}: it is longer than {self.limits.size / _MEGABYTE:g} MB")


def _reason(error: object) -> str:
    """Why, as the system says it."""
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return text or type(error).__name__
