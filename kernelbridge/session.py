"""A kernel as a frontend uses it: runs in a queue, one at a time; its state; questions and their answers.

What it tells goes to `deliver`, on the event loop, as events; nothing else here calls back. How the kernel is
reached is the transport's business.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import time
from collections.abc import Awaitable, Callable

from kernelbridge.activerun import ActiveRun
from kernelbridge.errors import KernelBridgeError
from kernelbridge.events import (
    Event,
    InputRequested,
    KernelInfoArrived,
    KernelStateChanged,
    RunFinished,
    RunStarted,
)
from kernelbridge.keeper.kernels import Channel, Death
from kernelbridge.keeper.kernels import Kernel as Transport
from kernelbridge.keeper.wire import WireMessage
from kernelbridge.messages import (
    Activity,
    ExecuteReply,
    Reply,
    Request,
    activity,
    complete_request,
    display_update,
    execute_request,
    input_reply,
    inspect_request,
    is_work,
    kernel_info_request,
    reply,
    run_event,
)
from kernelbridge.queue import QueuedRun, RunQueue
from kernelbridge.replies import Completions, Inspection
from kernelbridge.runstatus import RunId, RunStatus
from kernelbridge.state import Busy, Dead, Idle, KernelInfo, KernelState, NoKernel, Restarting, Starting
from kernelbridge.streamjoiner import StreamJoiner

_ASK_AGAIN = 0.25
"""Seconds after which an unanswered subscription is probed with another `kernel_info_request`."""


class Session:
    """One kernel, its queue and what it is doing. To be used on one event loop."""

    def __init__(self, transport: Transport, deliver: Callable[[Event], None]) -> None:
        self._transport = transport
        self._out = StreamJoiner(deliver, self._flush_soon)
        self._state: KernelState = NoKernel()
        self._info: KernelInfo | None = None
        self._queue = RunQueue()
        self._active: ActiveRun | None = None
        self._runs: dict[str, RunId] = {}
        """By the id of its request, every run that this kernel was given: output may come after the end."""
        self._questions: dict[str, asyncio.Future[Reply | None]] = {}
        self._subscribed = asyncio.Event()

    @property
    def state(self) -> KernelState:
        """What the kernel is doing."""
        return self._state

    @property
    def info(self) -> KernelInfo | None:
        """What the kernel says of itself, once it has."""
        return self._info

    @property
    def running(self) -> RunId | None:
        """The run that the kernel was given last and has not finished."""
        return self._active.run if self._active else None

    @property
    def queue(self) -> tuple[RunId, ...]:
        """The runs that wait, the next one first."""
        return self._queue.runs

    @property
    def pending_input(self) -> InputRequested | None:
        """The question that the running code waits for an answer to."""
        return self._active.question if self._active else None

    async def start(self) -> None:
        """Starts the kernel and returns once it is ready, or Dead. Runs may be asked for before."""
        self._enter(Starting())
        await self._bring_up(self._transport.start(self))

    async def restart(self) -> None:
        """Another process for the same kernelspec; what ran is lost, what waited is cancelled."""
        self._abandon()
        self._enter(Restarting())
        await self._bring_up(self._transport.restart())

    async def shutdown(self) -> None:
        """Ends the kernel; what ran is lost, what waited is cancelled."""
        self._abandon()
        self._enter(NoKernel())
        await self._transport.shutdown()

    def run(self, code: str, *, store_history: bool = True) -> RunId:
        """Asks for code to be run after what waits; a dead kernel cancels it at once."""
        run = RunId(secrets.token_hex(8))
        if isinstance(self._state, Dead):
            asyncio.get_running_loop().call_soon(self._cancelled, run)
        else:
            self._queue.add(QueuedRun(run, code, store_history))
            self._send_next()
        return run

    def cancel(self, run: RunId) -> bool:
        """Takes a waiting run out of the queue; whether it was there."""
        waited = self._queue.remove(run)
        if waited:
            self._cancelled(run)
        return waited

    def answer(self, text: str) -> None:
        """Answers the pending question; without one, nothing happens."""
        active = self._active
        if active is not None and active.question is not None:
            active.question = None
            self._transport.send(Channel.STDIN, input_reply(text), active.question_header)

    async def interrupt(self) -> None:
        """Stops what runs, and takes out of the queue what waits behind it."""
        for run in self._queue.clear():
            self._cancelled(run)
        if isinstance(self._state, Idle | Busy):
            await self._transport.interrupt()

    async def complete(self, code: str, cursor: int) -> Completions | None:
        """How code could go on at `cursor`, in code points; None when there is no kernel to say so."""
        answer = await self._ask(complete_request(code, cursor))
        return answer if isinstance(answer, Completions) else None

    async def inspect(self, code: str, cursor: int, detail: int = 0) -> Inspection | None:
        """What the name at `cursor` is, in code points; None when there is no kernel to say so."""
        answer = await self._ask(inspect_request(code, cursor, detail))
        return answer if isinstance(answer, Inspection) else None

    def heard(self, channel: Channel, message: WireMessage) -> None:
        """Takes a message from the transport."""
        match channel:
            case Channel.IOPUB:
                self._heard_iopub(message)
            case Channel.SHELL:
                self._heard_shell(message)
            case Channel.STDIN:
                self._heard_stdin(message)
            case Channel.CONTROL:
                pass

    def died(self, death: Death) -> None:
        """Takes from the transport that the kernel is gone."""
        self._abandon()
        self._enter(Dead(death.reason, death.log))

    async def _bring_up(self, launch: Awaitable[None]) -> None:
        try:
            await launch
        except KernelBridgeError as error:
            self.died(Death(str(error)))
            return
        await self._until_ready()

    async def _until_ready(self) -> None:
        """Until the kernel answered on shell and was heard on iopub: no output is missed then (JEP 65)."""
        subscribed = self._subscribed
        if await self._ask(kernel_info_request()) is None:
            return
        while not subscribed.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_ASK_AGAIN):
                    await subscribed.wait()
            if not subscribed.is_set():
                self._transport.send(Channel.SHELL, kernel_info_request())
        if subscribed is self._subscribed:
            self._enter(Idle())
            self._send_next()

    def _abandon(self) -> None:
        """Ends whatever depends on the kernel that is gone."""
        self._subscribed.set()
        self._subscribed = asyncio.Event()
        active, self._active = self._active, None
        if active is not None:
            self._out.take(active.finished(RunStatus.LOST))
        for run in self._queue.clear():
            self._cancelled(run)
        for question in self._questions.values():
            if not question.done():
                question.set_result(None)
        self._questions.clear()
        self._runs.clear()

    def _cancelled(self, run: RunId) -> None:
        self._out.take(RunFinished(run, RunStatus.CANCELLED, None, None))

    def _enter(self, state: KernelState) -> None:
        if state != self._state:
            self._state = state
            self._out.take(KernelStateChanged(state))

    def _flush_soon(self) -> None:
        asyncio.get_running_loop().call_soon(self._out.flush)

    def _send_next(self) -> None:
        if self._active is not None or not self._queue or not isinstance(self._state, Idle | Busy):
            return
        queued = self._queue.take()
        request = execute_request(queued.code, store_history=queued.store_history)
        message_id = self._transport.send(Channel.SHELL, request)
        self._runs[message_id] = queued.run
        self._active = ActiveRun(queued.run, message_id)

    async def _ask(self, request: Request) -> Reply | None:
        if isinstance(self._state, NoKernel | Dead):
            return None
        message_id = self._transport.send(Channel.SHELL, request)
        question = asyncio.get_running_loop().create_future()
        self._questions[message_id] = question
        try:
            return await question
        finally:
            self._questions.pop(message_id, None)

    def _heard_iopub(self, message: WireMessage) -> None:
        what = activity(message)
        if what is not None:
            self._heard_activity(what, message)
            return
        run = self._runs.get(message.parent_id)
        update = display_update(message, run)
        if update is not None:
            self._out.take(update)
            return
        event = run_event(message, run, time.time()) if run is not None else None
        if event is None:
            return
        active = self._active
        if isinstance(event, RunStarted) and active is not None and active.run == event.run:
            active.started = True
            active.started_at = message.sent_at
            active.execution_count = event.execution_count
            self._out.take(event)
            if active.question is not None:  # it came on another socket, and sooner
                self._out.take(active.question)
            return
        self._out.take(event)

    def _heard_activity(self, what: Activity, message: WireMessage) -> None:
        self._subscribed.set()
        if not is_work(message) or not isinstance(self._state, Idle | Busy):
            return
        active = self._active
        if what is Activity.BUSY:
            if not isinstance(self._state, Busy):
                self._enter(Busy(time.monotonic()))
        elif what is Activity.IDLE:
            if active is not None and active.message_id == message.parent_id:
                active.idle = True
                active.ended_at = message.sent_at
                self._finish_if_over()
            self._rest_if_done()

    def _heard_shell(self, message: WireMessage) -> None:
        active = self._active
        mine = active is not None and active.message_id == message.parent_id
        answer = reply(message, active.run if active is not None and mine else None)
        if isinstance(answer, ExecuteReply):
            if active is not None and active.reply is None:
                active.reply = answer
                active.question = None
                self._finish_if_over()
            return
        if isinstance(answer, KernelInfo) and message.parent_id in self._questions:
            self._info = answer
            self._out.take(KernelInfoArrived(answer))
        question = self._questions.get(message.parent_id)
        if question is not None and not question.done():
            question.set_result(answer)

    def _heard_stdin(self, message: WireMessage) -> None:
        active = self._active
        if active is None or active.message_id != message.parent_id:
            return
        event = run_event(message, active.run, time.time())
        if isinstance(event, InputRequested):
            active.question = event
            active.question_header = message.header
            if active.started:
                self._out.take(event)

    def _finish_if_over(self) -> None:
        active = self._active
        if active is None or active.reply is None or not active.idle:
            return
        self._active = None
        for event in active.reply.payload:
            self._out.take(event)
        self._out.take(active.finished(active.reply.status))
        if active.reply.status is not RunStatus.OK:
            for run in self._queue.clear():
                self._out.take(RunFinished(run, RunStatus.ABORTED, None, None))
        self._send_next()
        self._rest_if_done()

    def _rest_if_done(self) -> None:
        if self._active is None and isinstance(self._state, Busy):
            self._enter(Idle())
