"""The sockets to a kernel of this machine as long as there are any, and who hears what comes over them."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.keeper.kernels import Channel, Death, KernelListener, Request
from kernelbridge.keeper.local.connections import Connection
from kernelbridge.keeper.wire import WireMessage

if TYPE_CHECKING:
    from kernelbridge.keeper.local.sockets import KernelSockets


class KernelLink:
    """Connected to one kernel at a time, or to none."""

    def __init__(self, session: str) -> None:
        """`session` names this end to the kernel."""
        self._session = session
        self._sockets: KernelSockets | None = None
        self.listener: KernelListener | None = None

    def connect(self, connection: Connection) -> None:
        """Connects to a kernel, also to one that has not bound its sockets yet."""
        from kernelbridge.keeper.local.sockets import KernelSockets  # zmq: only now, while the kernel starts

        self.close()
        self._sockets = KernelSockets(connection.addresses, connection.wire(self._session), self._heard)

    def send(
        self,
        channel: Channel,
        request: Request,
        parent: JsonObject | None = None,
        message_id: str | None = None,
    ) -> str:
        """Sends a request and gives its id; to a kernel that is gone, nothing."""
        if self._sockets is None:
            return message_id or secrets.token_hex(16)
        return self._sockets.request(channel, request, parent, message_id)

    def close(self) -> None:
        """Closes the sockets; the kernel does not mind."""
        if self._sockets is not None:
            self._sockets.close()
            self._sockets = None

    def died(self, death: Death) -> None:
        """The kernel is gone: tells so, and nothing more comes."""
        self.close()
        if self.listener is not None:
            self.listener.died(death)

    def _heard(self, channel: Channel, message: WireMessage) -> None:
        if self.listener is not None:
            self.listener.heard(channel, message)
