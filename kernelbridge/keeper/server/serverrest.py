"""Requests to a Jupyter Server, by tornado's own client, which no configuration replaces and no proxy sees.

Imported late, as it loads tornado.
"""

from __future__ import annotations

import json
import ssl
from typing import Mapping

from tornado.httpclient import HTTPRequest, HTTPResponse
from tornado.simple_httpclient import SimpleAsyncHTTPClient

from kernelbridge.keeper.errors import ServerError, UnreachableError
from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.keeper.server.serveraddress import ServerAddress, authorization
from kernelbridge.keeper.server.servermodels import Answer

_CONNECTING = 10.0
_ANSWERING = 120.0
"""Seconds. A cold start of a kernel may take a minute; the server itself gives up after one."""
_ENDING = 20.0
_REDIRECTS = 3
_MOVED = frozenset((301, 302, 303, 307, 308))


class Rest:
    """One server, and the token for it."""

    def __init__(self, address: ServerAddress, token: str) -> None:
        """Raises ServerError for a token that is none."""
        self.address = address
        self._headers = authorization(token)
        self._tls = ssl.create_default_context() if address.scheme == "https" else None
        self._client = SimpleAsyncHTTPClient(force_instance=True)

    async def get(self, path: str) -> Answer:
        """What the server says, whatever the status. Raises ServerError where it says nothing."""
        return await self._ask("GET", path, None)

    async def post(self, path: str, body: JsonObject) -> Answer:
        """As `get`."""
        return await self._ask("POST", path, body)

    async def delete(self, path: str) -> Answer:
        """As `get`, but not for long."""
        return await self._ask("DELETE", path, None, _ENDING)

    def request(
        self, url: str, method: str = "GET", body: bytes | None = None, patience: float = _ANSWERING
    ) -> HTTPRequest:
        """A request as all are made: with the token, verified, and not to be redirected."""
        headers: Mapping[str, str] = {**self._headers, "User-Agent": "tnb"}
        if body is not None:
            headers = {**headers, "Content-Type": "application/json"}
        return HTTPRequest(
            url,
            method=method,
            headers=dict(headers),
            body=body,
            connect_timeout=_CONNECTING,
            request_timeout=patience,
            follow_redirects=False,
            ssl_options=self._tls,
        )

    def close(self) -> None:
        """Gives up what is still going on."""
        self._client.close()

    async def _ask(
        self, method: str, path: str, body: JsonObject | None, patience: float = _ANSWERING
    ) -> Answer:
        data = None if body is None else json.dumps(body).encode("ascii")
        url = self.address.to(path)
        for _ in range(_REDIRECTS + 1):
            response = await self._fetch(self.request(url, method, data, patience))
            location = response.headers.get("Location")
            if response.code not in _MOVED or location is None:
                return Answer.read(response.code, response.body)
            url = self.address.redirected(url, location)
            if response.code not in (307, 308) and method != "GET":
                break
        raise ServerError(f"{self.address} redirects: is it the URL of a Jupyter Server?")

    async def _fetch(self, request: HTTPRequest) -> HTTPResponse:
        try:
            return await self._client.fetch(request, raise_error=False)
        except Exception as error:  # noqa: BLE001 -- whatever tornado raises: it was told not to for statuses
            raise unreachable(self.address, error) from None


def unreachable(address: ServerAddress, error: Exception) -> ServerError:
    """What a connection that failed means, for a person."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return ServerError(f"{address} cannot be trusted: {error.verify_message}")
    said = error.strerror if isinstance(error, OSError) and error.strerror else ""
    return UnreachableError(f"{address} cannot be reached: {said or type(error).__name__}")
