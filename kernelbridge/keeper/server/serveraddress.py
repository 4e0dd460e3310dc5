"""Where a Jupyter Server is, and what may be said to it: the rules for its URL, its token and its redirects.

Standard library only, and quick to import: frontends read it, too.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Mapping
from urllib.parse import quote, urljoin, urlsplit

from kernelbridge.keeper.errors import ServerError

_PORTS = {"http": 80, "https": 443}
_TOKEN = re.compile(r"[\x21-\x7e]+")
_ID = re.compile(r"[0-9A-Za-z_-]{1,128}")
_UNFIT = re.compile(r"[\x00-\x20\x7f-\x9f\\]")


@dataclass(frozen=True)
class ServerAddress:
    """The base of a server's URLs, which holds no secret."""

    scheme: str
    host: str
    port: int
    base: str
    """The path that all others begin with; ends in a slash."""

    @classmethod
    def parse(cls, url: str, *, allow_plain: bool = False) -> ServerAddress:
        """Takes a URL from a person. Raises ServerError, whose text repeats nothing that may be secret."""
        if _UNFIT.search(url):
            raise ServerError("a server's URL holds no spaces, control characters or backslashes")
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError:
            raise ServerError("the server's URL is none") from None
        scheme = parts.scheme.lower()
        if scheme not in _PORTS or not host:
            raise ServerError("a server's URL begins with https:// or http:// and a host")
        if "@" in parts.netloc:
            raise ServerError("the server's URL holds a user or a password: leave it out")
        if "token=" in (parts.query + parts.fragment).lower():
            raise ServerError(
                "the server's URL holds a token, which others may see: leave it out, give it apart"
            )
        if parts.query or parts.fragment or url.endswith(("?", "#")):
            raise ServerError("the server's URL ends with its path: leave out what follows ? or #")
        if any(part in (".", "..") for part in parts.path.split("/")):
            raise ServerError("the server's URL holds . or .. as a part of its path")
        address = cls(scheme, host, port or _PORTS[scheme], parts.path.rstrip("/") + "/")
        if scheme == "http" and not allow_plain and not _is_loopback(host):
            raise ServerError(
                f"{address.url} is not encrypted: others could read the token and all that is run; "
                "use https://, or an ssh tunnel"
            )
        return address

    @property
    def origin(self) -> str:
        """Scheme, host and port, as a browser compares them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _PORTS[self.scheme] else f":{self.port}")

    @property
    def url(self) -> str:
        """The base itself."""
        return self.origin + self.base

    def __str__(self) -> str:
        return self.url

    def to(self, path: str) -> str:
        """The URL of a path below the base, which is quoted already."""
        return self.url + path

    def websocket(self, path: str) -> str:
        """The same for a websocket."""
        return "ws" + self.to(path)[len("http") :]

    def redirected(self, url: str, location: str) -> str:
        """Where a redirect leads that stays at this server. Raises ServerError for one that does not."""
        try:
            target = urljoin(url, location)
            parts = urlsplit(target)
            there = (parts.scheme.lower(), parts.hostname, parts.port or _PORTS.get(parts.scheme.lower(), 0))
        except ValueError:
            raise ServerError(f"{self} redirects to what is no URL") from None
        if there != (self.scheme, self.host, self.port) or "@" in parts.netloc or _UNFIT.search(target):
            raise ServerError(f"{self} redirects to another server, to which the token is not given")
        return target


def authorization(token: str) -> Mapping[str, str]:
    """The header that a token goes into, and no other place. Raises ServerError where it is none."""
    if not token:
        return {}
    if not _TOKEN.fullmatch(token):
        raise ServerError("the token holds characters that no token has")
    return {"Authorization": f"token {token}"}


def is_id(text: str) -> bool:
    """Whether it can be the id of a kernel or a session: one that goes into a URL as it is."""
    return _ID.fullmatch(text) is not None


def quoted(text: str) -> str:
    """A value for a URL's query."""
    return quote(text, safe="")


def refusal(address: ServerAddress, status: int, message: str = "") -> str:
    """What an answer of a status that is no success means, for a person. `message` is the server's own."""
    said = f" ({message})" if message else ""
    if status in (401, 403):
        return f"{address} does not take the token{said}"
    if status == 404:
        return f"{address} has no such thing{said or ': is it the URL of a Jupyter Server?'}"
    return f"{address} answers {status}{said}"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
