"""The connections to a kernel, against sockets of our own in its place."""

from __future__ import annotations

import asyncio
from pathlib import Path

import zmq

from kernelbridge.keeper.kernels import Channel, Request
from kernelbridge.keeper.local.sockets import KernelSockets
from kernelbridge.keeper.wire import Wire, WireMessage


async def test_a_question_asked_at_the_first_request_reaches_its_asker(tmp_path: Path) -> None:
    """A ROUTER drops what is for a peer that it does not know: stdin has to be connected before shell is."""
    addresses = {channel.value: f"ipc://{tmp_path}/{channel.value}" for channel in Channel}
    context = zmq.Context()
    router = {name: context.socket(zmq.ROUTER) for name in ("shell", "stdin")}
    router["stdin"].router_mandatory = True
    wire = Wire(b"key")
    sockets = KernelSockets(addresses, wire, lambda _channel, _message: None)
    try:
        sockets.request(Channel.SHELL, Request("kernel_info_request", {}))
        router["shell"].bind(addresses["shell"])
        await asyncio.sleep(0)
        assert not router["shell"].poll(0)
        router["stdin"].bind(addresses["stdin"])
        async with asyncio.timeout(5):
            while not router["shell"].poll(0):  # noqa: ASYNC110 - one turn of the loop
                await asyncio.sleep(0)
        asker = router["shell"].recv_multipart()[0]
        router["stdin"].send_multipart([asker, b"question"])  # raises where the asker is not known
    finally:
        sockets.close()
        context.destroy(linger=0)


async def test_what_is_sent_before_the_kernel_listens_arrives_in_order(tmp_path: Path) -> None:
    addresses = {channel.value: f"ipc://{tmp_path}/{channel.value}" for channel in Channel}
    context = zmq.Context()
    wire = Wire(b"key")
    heard: list[WireMessage] = []
    sockets = KernelSockets(addresses, wire, lambda _channel, message: heard.append(message))
    try:
        sent = [wire.message("kernel_info_request", {"number": number}, None) for number in range(5)]
        for message in sent:
            sockets.send(Channel.SHELL, message)
        routers = [context.socket(zmq.ROUTER) for _ in range(2)]
        for router, name in zip(routers, ("stdin", "shell"), strict=True):
            router.bind(addresses[name])
        arrived: list[str] = []
        async with asyncio.timeout(5):
            while len(arrived) < len(sent):
                if routers[1].poll(0):
                    message = wire.unpack(routers[1].recv_multipart()[1:])
                    assert message is not None
                    arrived.append(message.id)
                await asyncio.sleep(0)
        assert arrived == [message.id for message in sent]
    finally:
        sockets.close()
        context.destroy(linger=0)


async def test_an_answer_waits_until_the_reply_to_what_it_lets_go_on_can_arrive(tmp_path: Path) -> None:
    """Who takes a kernel over may answer at once; the kernel drops what is for a shell that is not there."""
    addresses = {channel.value: f"ipc://{tmp_path}/{channel.value}" for channel in Channel}
    context = zmq.Context()
    router = {name: context.socket(zmq.ROUTER) for name in ("shell", "stdin")}
    router["shell"].router_mandatory = True
    router["stdin"].bind(addresses["stdin"])
    sockets = KernelSockets(addresses, Wire(b"key"), lambda _channel, _message: None)
    try:
        sockets.request(Channel.STDIN, Request("input_reply", {"value": "x"}))
        for _ in range(50):
            await asyncio.sleep(0)
            assert not router["stdin"].poll(1)
        router["shell"].bind(addresses["shell"])
        async with asyncio.timeout(5):
            while not router["stdin"].poll(0):  # noqa: ASYNC110 - one turn of the loop
                await asyncio.sleep(0)
        answerer = router["stdin"].recv_multipart()[0]
        router["shell"].send_multipart([answerer, b"reply"])  # raises where it is not known
    finally:
        sockets.close()
        context.destroy(linger=0)
