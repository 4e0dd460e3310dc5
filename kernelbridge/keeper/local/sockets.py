"""The ZeroMQ sockets of one kernel on the asyncio loop.

Plain pyzmq with `add_reader`: zmq.asyncio costs more to import and wraps each message in a future. Imported
late, as it loads zmq.
"""

from __future__ import annotations

import asyncio
import time
from typing import Callable, Mapping

import zmq

from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.keeper.kernels import Channel, Request
from kernelbridge.keeper.wire import Wire, WireMessage

_SLICE = 0.005
"""Seconds spent on messages before the loop gets its turn: a key must not wait behind a flood."""
_RECONNECT = 20
"""Milliseconds between attempts to reach a socket that the kernel has not bound yet."""
_ORDER = (Channel.SHELL, Channel.CONTROL, Channel.IOPUB, Channel.STDIN)
"""Answers first: they are few, and what prints may never stop. Questions last: behind what was printed."""

_AWAITED = {Channel.SHELL: Channel.STDIN, Channel.STDIN: Channel.SHELL}
"""What is sent on a channel waits until the other is connected."""


class KernelSockets:
    """Connections to one kernel; reads as long as it is open.

    Shell is connected once stdin is: a kernel drops the question of an `input()` whose asker's stdin is not
    there yet, and then waits for an answer for ever. An answer goes once shell is connected, or the kernel
    drops the reply to what it lets go on. What is sent before that is kept.
    """

    def __init__(
        self, addresses: Mapping[str, str], wire: Wire, heard: Callable[[Channel, WireMessage], None]
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._wire = wire
        self._heard = heard
        self._context = zmq.Context()
        self._context.linger = 0
        self._going_on = False
        self._kept: dict[Channel, list[WireMessage]] = {channel: [] for channel in _AWAITED}
        """What was sent on a channel before it may be; no channel from then on."""
        self._shell_address = addresses[Channel.SHELL.value]
        self._sockets = {channel: self._open(channel) for channel in _ORDER}
        self._monitors = {
            channel: self._sockets[channel].get_monitor_socket(zmq.EVENT_HANDSHAKE_SUCCEEDED)
            for channel in _AWAITED.values()
        }
        for each in (*self._sockets.values(), *self._monitors.values()):
            self._loop.add_reader(each.fileno(), self._read)
        for channel, each in self._sockets.items():
            if channel is not Channel.SHELL:
                each.connect(addresses[channel.value])
        self._read_soon()

    def _open(self, channel: Channel) -> zmq.Socket[bytes]:
        each = self._context.socket(zmq.SUB if channel is Channel.IOPUB else zmq.DEALER)
        each.reconnect_ivl = _RECONNECT
        if channel is Channel.IOPUB:
            # The default of 1000 loses what is printed faster than it is read. Subscribing comes before
            # connecting, or the welcome is missed.
            each.rcvhwm = 0
            each.subscribe(b"")
        else:
            each.routing_id = self._wire.identity
        return each

    def _let_go(self) -> None:
        """Sends what was kept on channels that wait no longer."""
        for channel, awaited in _AWAITED.items():
            if channel not in self._kept or not self._monitors[awaited].poll(0):
                continue
            if channel is Channel.SHELL:
                self._sockets[channel].connect(self._shell_address)
            for message in self._kept.pop(channel):
                self.send(channel, message)

    def request(
        self,
        channel: Channel,
        request: Request,
        parent: JsonObject | None = None,
        message_id: str | None = None,
    ) -> str:
        """Sends a request and gives its id."""
        message = request.message(self._wire, parent, message_id)
        self.send(channel, message)
        return message.id

    def send(self, channel: Channel, message: WireMessage) -> None:
        """Sends a message, or keeps it until the kernel listens."""
        if channel in self._kept:
            self._kept[channel].append(message)
            return
        self._sockets[channel].send_multipart(self._wire.pack(message))
        # Sending may take away the edge that tells of something to read.
        self._read_soon()

    def close(self) -> None:
        """Stops reading and frees all; what was not sent is dropped."""
        for channel, monitor in self._monitors.items():
            self._loop.remove_reader(monitor.fileno())
            self._sockets[channel].disable_monitor()
            monitor.close()
        for each in self._sockets.values():
            self._loop.remove_reader(each.fileno())
            each.close()
        self._sockets.clear()
        self._context.term()

    def _read_soon(self) -> None:
        if not self._going_on:
            self._going_on = True
            self._loop.call_soon(self._go_on)

    def _go_on(self) -> None:
        self._going_on = False
        self._read()

    def _read(self) -> None:
        """Reads until nothing is left, as the descriptor tells of new messages only once, or time is up."""
        if self._kept and self._sockets:
            self._let_go()
        until = time.monotonic() + _SLICE
        for channel in _ORDER:
            while each := self._sockets.get(channel):
                try:
                    frames = each.recv_multipart(zmq.NOBLOCK)
                except zmq.Again:
                    break
                message = self._wire.unpack(frames)
                if message is not None:
                    self._heard(channel, message)
                if time.monotonic() > until:
                    self._read_soon()
                    return
