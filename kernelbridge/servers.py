"""What a Jupyter Server offers, for a picker: its kernelspecs, its running kernels and their notebooks.

The rules for URL, token and redirects are the keeper's (`keeper.server.serveraddress`).
"""

from __future__ import annotations

import asyncio
import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from typing import IO, Any

from kernelbridge.keeper.errors import ServerError, UnreachableError
from kernelbridge.keeper.jsontypes import EMPTY, JsonValue
from kernelbridge.keeper.server.serveraddress import ServerAddress, authorization, refusal
from kernelbridge.keeper.server.servermodels import Answer, kernels_of, sessions_of, text_of

_PATIENCE = 15.0
_LARGEST = 16 << 20
_REFUSED = (401, 403)


class RefusedError(ServerError):
    """The server wants a token, or another one."""


@dataclass(frozen=True, slots=True)
class ServerSpec:
    """A kernel that the server can start."""

    name: str
    display_name: str
    language: str
    is_default: bool


@dataclass(frozen=True, slots=True)
class ListedKernel:
    """A kernel that the server runs."""

    id: str
    name: str
    state: str
    connections: int | None
    notebooks: tuple[str, ...]
    """The paths of the notebooks whose sessions have it, as the server knows them."""


@dataclass(frozen=True, slots=True)
class ServerListing:
    """What a server has."""

    url: str
    specs: tuple[ServerSpec, ...]
    kernels: tuple[ListedKernel, ...]
    hides_kernels: bool = False
    """Whether it does not tell which kernels it runs, as a Kernel Gateway is set by default."""


async def list_server(url: str, token: str = "", *, allow_plain: bool = False) -> ServerListing:
    """Asks a server for what it has. Raises ServerError, whose text is one line and holds no secret."""
    address = ServerAddress.parse(url, allow_plain=allow_plain)
    return await asyncio.to_thread(_list, address, authorization(token), _PATIENCE)


def list_server_now(
    url: str, token: str = "", *, allow_plain: bool = False, patience: float = _PATIENCE
) -> ServerListing:
    """The same on this thread, with so many seconds for each step. Raises RefusedError, too."""
    address = ServerAddress.parse(url, allow_plain=allow_plain)
    return _list(address, authorization(token), patience)


def _list(address: ServerAddress, headers: Mapping[str, str], patience: float) -> ServerListing:
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}),
        urllib.request.HTTPSHandler(context=ssl.create_default_context()),
        _StayingHere(address),
    )

    def ask(path: str) -> Answer:
        request = urllib.request.Request(address.to(path), headers=dict(headers))  # noqa: S310 -- http(s) only
        return _answer(opener, address, request, patience)

    specs = _specs(address, ask("api/kernelspecs"))
    kernels, sessions = ask("api/kernels"), ask("api/sessions")
    notebooks: dict[str, list[str]] = {}
    for session in sessions_of(sessions.value) if sessions.is_success else ():
        notebooks.setdefault(session.kernel.id, []).append(session.path)
    running = tuple(
        ListedKernel(
            each.id,
            each.name,
            each.state,
            each.connections if each.connections >= 0 else None,
            tuple(notebooks.get(each.id, ())),
        )
        for each in (kernels_of(kernels.value) if kernels.is_success else ())
    )
    return ServerListing(address.url, specs, running, hides_kernels=not kernels.is_success)


def _specs(address: ServerAddress, answer: Answer) -> tuple[ServerSpec, ...]:
    if answer.status in _REFUSED:
        raise RefusedError(refusal(address, answer.status, answer.message))
    if not answer.is_success:
        raise ServerError(refusal(address, answer.status, answer.message))
    named = answer.object.get("kernelspecs")
    if not isinstance(named, dict):
        raise ServerError(f"{address} does not answer as a Jupyter Server does")
    default = text_of(answer.object, "default")
    specs = [_spec(name, each, is_default=name == default) for name, each in named.items()]
    return tuple(sorted(specs, key=lambda spec: (not spec.is_default, spec.display_name.casefold())))


def _spec(name: str, value: JsonValue, *, is_default: bool) -> ServerSpec:
    inner = value.get("spec") if isinstance(value, dict) else None
    spec = inner if isinstance(inner, dict) else EMPTY
    return ServerSpec(name, text_of(spec, "display_name") or name, text_of(spec, "language"), is_default)


class _StayingHere(urllib.request.HTTPRedirectHandler):
    """Follows redirects only where the token may go."""

    def __init__(self, address: ServerAddress) -> None:
        self._address = address

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Any,
        newurl: str,
    ) -> urllib.request.Request | None:
        """Raises ServerError for a redirect to another server."""
        try:
            self._address.redirected(req.full_url, newurl)
        except ServerError:
            fp.close()
            raise
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _answer(
    opener: urllib.request.OpenerDirector,
    address: ServerAddress,
    request: urllib.request.Request,
    patience: float,
) -> Answer:
    try:
        with opener.open(request, timeout=patience) as response:
            assert isinstance(response, HTTPResponse)  # noqa: S101 -- only http and https are opened
            return Answer.read(response.status, response.read(_LARGEST))
    except urllib.error.HTTPError as error:
        with error:
            return Answer.read(error.code, error.read(_LARGEST))
    except urllib.error.URLError as error:
        reason = error.reason
        if isinstance(reason, ssl.SSLCertVerificationError):
            raise ServerError(f"{address} cannot be trusted: {reason.verify_message}") from None
        said = reason.strerror if isinstance(reason, OSError) else None
        raise UnreachableError(f"{address} cannot be reached: {said or type(reason).__name__}") from None
    except (OSError, HTTPException) as error:
        raise UnreachableError(f"{address} cannot be reached: {type(error).__name__}") from None
