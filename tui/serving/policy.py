"""Who is answered, and what their browser is told: nothing of a notebook may run, load or tell anything."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Mapping
from typing import Final

_LOOPBACK: Final = {"localhost", "127.0.0.1", "::1"}
_ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_OF_OURS: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_OF_NOTEBOOKS: Final = (
    "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
    "script-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; font-src data:; media-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)

OURS: Final[Mapping[str, str]] = {**_ALWAYS, "Content-Security-Policy": _OF_OURS}
"""The headers of tnb's own pages: their one script is tnb's."""
NOTEBOOKS: Final[Mapping[str, str]] = {**_ALWAYS, "Content-Security-Policy": _OF_NOTEBOOKS}
"""The headers of a notebook, and of pictures beside it: no script, and nothing from elsewhere."""


def may_ask(host: str, public_address: str | None) -> bool:
    """Whether a request for that `Host` is for this server, not a page of the web by a name it was given.

    The port may be another, since ssh forwards ports.
    """
    name = _without_port(host)
    if public_address is None or name in _LOOPBACK:
        return name in _LOOPBACK
    return name in {public_address, socket.gethostname().lower(), socket.getfqdn().lower()} or _is_number(
        name
    )


def _without_port(host: str) -> str:
    host = host.strip().lower()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
