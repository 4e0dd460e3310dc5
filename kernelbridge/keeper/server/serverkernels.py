"""What a Jupyter Server can be asked to do with kernels. Imported late, as it loads tornado."""

from __future__ import annotations

from dataclasses import dataclass

from kernelbridge.keeper.errors import ServerError
from kernelbridge.keeper.jsontypes import JsonObject, JsonValue
from kernelbridge.keeper.server.serveraddress import refusal
from kernelbridge.keeper.server.servermodels import Answer, KernelModel, SessionModel, sessions_of, text_of
from kernelbridge.keeper.server.serverrest import Rest
from kernelbridge.keeper.server.serversocket import ServerSocket


class GoneError(ServerError):
    """The kernel does not live any more."""


class RefusedError(ServerError):
    """The token is not taken."""


@dataclass(frozen=True)
class Started:
    """A kernel that the server runs."""

    kernel_id: str
    session_id: str = ""
    """The server's name for the notebook's session; empty where the kernel has none."""
    is_ours: bool = True
    """Whether it runs because we asked for it."""


class ServerKernels:
    """The kernels of one server."""

    def __init__(self, rest: Rest) -> None:
        self._rest = rest

    async def start(self, name: str, path: str) -> Started:
        """Starts a kernel, of the notebook's session where the server has sessions. Raises ServerError.

        Where the notebook has a session with such a kernel already, as it is open elsewhere, it is joined.
        """
        if path:
            answer = await self._rest.get("api/sessions")
            if answer.is_success and isinstance(answer.value, list):
                found = [each for each in sessions_of(answer.value) if each.path == path]
                if not found:
                    return await self._start_session(name, path)
                session = found[0]
                if session.kernel.name == name or not name:
                    return Started(session.kernel.id, session.id, is_ours=False)
        body: dict[str, JsonValue] = {"name": name} if name else {}
        if path:
            body["path"] = path
        model = KernelModel.read(self._done(await self._rest.post("api/kernels", body)).value)
        if model is None:
            raise ServerError(f"{self._rest.address} did not say which kernel it started")
        return Started(model.id)

    async def _start_session(self, name: str, path: str) -> Started:
        kernel: JsonObject = {"name": name} if name else {}
        body: JsonObject = {
            "path": path,
            "name": path.rpartition("/")[2],
            "type": "notebook",
            "kernel": kernel,
        }
        session = SessionModel.read(self._done(await self._rest.post("api/sessions", body)).value)
        if session is None:
            raise ServerError(f"{self._rest.address} did not say which kernel it started")
        return Started(session.kernel.id, session.id)

    async def look(self, kernel_id: str) -> KernelModel:
        """The kernel as it is. Raises GoneError, RefusedError and other ServerErrors."""
        answer = await self._rest.get(f"api/kernels/{kernel_id}")
        if answer.status == 404 and await self._is_jupyter():
            raise GoneError("the server does not have the kernel any more")
        model = KernelModel.read(self._done(answer).value)
        if model is None:
            raise ServerError(f"{self._rest.address} does not answer as a Jupyter Server does")
        if model.state == "dead":
            raise GoneError("it died")
        return model

    async def interrupt(self, kernel_id: str) -> None:
        """Stops what a kernel runs. Raises ServerError."""
        self._done(await self._rest.post(f"api/kernels/{kernel_id}/interrupt", {}))

    async def restart(self, kernel_id: str) -> None:
        """Starts a kernel anew. Raises GoneError and other ServerErrors."""
        answer = await self._rest.post(f"api/kernels/{kernel_id}/restart", {})
        if answer.status == 404 and await self._is_jupyter():
            raise GoneError("the server does not have the kernel any more")
        self._done(answer)

    async def end(self, started: Started) -> None:
        """Ends a kernel and its session; one that is gone is none the worse. Raises ServerError."""
        if started.session_id:
            answer = await self._rest.delete(f"api/sessions/{started.session_id}")
            if answer.is_success:
                return
        answer = await self._rest.delete(f"api/kernels/{started.kernel_id}")
        if answer.status != 404:
            self._done(answer)

    async def connect(self, kernel_id: str, session: str) -> ServerSocket:
        """Connects to a kernel's channels. Raises ServerError."""
        return await ServerSocket.connect(self._rest, kernel_id, session)

    def close(self) -> None:
        """Gives up what is still going on."""
        self._rest.close()

    async def _is_jupyter(self) -> bool:
        """Whether it is the server that answers, and no proxy or hub in its place."""
        return bool(text_of((await self._rest.get("api")).object, "version"))

    def _done(self, answer: Answer) -> Answer:
        if answer.is_success:
            return answer
        text = refusal(self._rest.address, answer.status, answer.message)
        raise RefusedError(text) if answer.status in (401, 403) else ServerError(text)
