"""A keeper's core that keeps nothing: it says who it is, gives back what it hears, does what it is told."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from pathlib import Path

from kernelbridge.keeper.frames import Frame, pack
from kernelbridge.keeper.home.meta import read_meta
from kernelbridge.keeper.listening import Peer, listen
from kernelbridge.keeper.order import Order


class Standin:
    def __init__(self, order: Order) -> None:
        self.order = order
        self.ended = asyncio.Event()
        self.left_count = 0

    def arrived(self, peer: Peer) -> None:
        meta = read_meta(Path(self.order.home))
        fields = {
            "op": "welcome",
            "pid": os.getpid(),
            "epoch": meta.epoch,
            "session": meta.session,
            "launch": self.order.launch,
            "umask": self.order.umask,
            "modules": {
                name: getattr(sys.modules.get(name), "__file__", None) for name in ("json", "kernelbridge")
            },
            "path": sys.path,
        }
        peer.send(pack(Frame(fields)))

    def said(self, peer: Peer, frame: Frame) -> None:
        if frame.op == "end":
            self.ended.set()
        elif frame.op == "flood":
            for _ in range(int(str(frame.fields["count"]))):
                peer.send(pack(Frame({"op": "flood"}, (bytes(1 << 20),))))
        elif frame.op == "raise":
            raise RuntimeError("asked to")
        elif frame.op == "left":
            peer.send(pack(Frame({"op": "left", "count": self.left_count})))
        else:
            peer.send(pack(frame))

    def left(self, peer: Peer) -> None:
        self.left_count += 1


async def serve(order: Order) -> None:
    core = Standin(order)
    server = await listen(socket.socket(fileno=order.socket_fd), core)
    try:
        await core.ended.wait()
    finally:
        print("ended in order", flush=True)
        server.close()
