"""Keeps an address of the web from leading to this machine or its network, whatever it calls them.

Names are looked at before they are asked for, and what was reached in the end by its number, before anything
is sent there: `http://2130706433/` is this machine, and so is any name whose owner says so.
"""

from __future__ import annotations

import http.client
import ipaddress
import ssl
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from http.client import HTTPResponse
from typing import Any, Final
from urllib.parse import urlsplit

_NEAR: Final = (".localhost", ".local", ".internal")


class NearError(Exception):
    """The web leads into a network of one's own."""


def is_near(host: str | None) -> bool:
    """Whether it is this machine, or by its number one of its network."""
    name = (host or "localhost").rstrip(".").partition("%")[0]
    if name == "localhost" or name.endswith(_NEAR):
        return True
    try:
        return not ipaddress.ip_address(name).is_global
    except ValueError:
        return False


@dataclass(slots=True)
class Reached:
    """What was reached on the way to one file; once it was the web it stays that."""

    is_far: bool = False

    def reach(self, number: str) -> None:
        """Takes where a connection ends. Raises NearError."""
        if not is_near(number):
            self.is_far = True
        elif self.is_far:
            raise NearError(f"it leads into a network of your own, to {number}")


class _Connection(http.client.HTTPConnection):
    """Tells where it ends before anything is asked."""

    def __init__(self, *said: Any, reached: Reached, **more: Any) -> None:
        super().__init__(*said, **more)
        self._reached = reached

    def connect(self) -> None:
        super().connect()
        self._reached.reach(self.sock.getpeername()[0])


class _SecureConnection(_Connection, http.client.HTTPSConnection):
    """The same, over TLS."""


class Http(urllib.request.HTTPHandler):
    """Opens http addresses."""

    def __init__(self, reached: Reached) -> None:
        super().__init__()
        self._reached = reached

    def http_open(self, req: urllib.request.Request) -> HTTPResponse:
        """As it does otherwise."""
        if _is_by_proxy(req):
            return super().http_open(req)
        return self.do_open(_made(_Connection, self._reached), req)


class Https(urllib.request.HTTPSHandler):
    """Opens https addresses."""

    def __init__(self, reached: Reached) -> None:
        super().__init__()
        self._reached = reached

    def https_open(self, req: urllib.request.Request) -> HTTPResponse:
        """As it does otherwise."""
        if _is_by_proxy(req):
            return super().https_open(req)
        return self.do_open(
            _made(_SecureConnection, self._reached), req, context=ssl.create_default_context()
        )


def _made(kind: Callable[..., Any], reached: Reached) -> Any:
    return partial(kind, reached=reached)


def _is_by_proxy(request: urllib.request.Request) -> bool:
    """Whether it is a proxy that finds it, whose own network is not ours to know."""
    return request.host != urlsplit(request.full_url).netloc
