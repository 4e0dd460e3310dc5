"""A kernel as a frontend uses it: runs in a queue, one at a time; its state; questions and their answers.

The kernel belongs to a keeper, and so does the queue. What they tell goes to `deliver`, on the event loop, as
events; nothing else here calls back. How the keeper is reached is the business of a `Way`.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping

from kernelbridge.events import (
    CaughtUp,
    CommHandled,
    DebugEventArrived,
    Event,
    ForeignRunStarted,
    FrontendsChanged,
    InputAnswered,
    InputRequested,
    JournalChanged,
    KernelInfoArrived,
    KernelStateChanged,
    LineChanged,
    RunFinished,
    RunQueued,
    RunStarted,
    SilenceChanged,
)
from kernelbridge.keeper.frames import LONGEST_FROM_FRONTEND, PROTOCOL, Frame, pack
from kernelbridge.keeper.frontends import FrontendName
from kernelbridge.keeper.jsontypes import EMPTY, JsonObject, JsonValue, object_in, text_in
from kernelbridge.keeper.kernels import Request
from kernelbridge.keeper.wire import WireMessage
from kernelbridge.keeperframes import Attached, KernelIdentity, attached_of, identity_of, kernel_state_of
from kernelbridge.keeperrecords import events_of, seq_of
from kernelbridge.line import Line
from kernelbridge.messages import (
    Reply,
    complete_request,
    evaluate_request,
    history_request,
    inspect_request,
    is_repeatable,
    kernel_info,
    reply,
)
from kernelbridge.replies import Completions, Evaluations, Inspection, PastInputs
from kernelbridge.runmanner import ATTENDED, RunManner
from kernelbridge.runstatus import RunId, RunStatus
from kernelbridge.silence import Silence
from kernelbridge.state import Busy, Dead, Idle, KernelInfo, KernelState, NoKernel, Starting
from kernelbridge.transports.base import Connected, LineState, Way


class Session:
    """One keeper, its kernel, and what they are doing. To be used on one event loop."""

    def __init__(
        self,
        way: Way,
        deliver: Callable[[Event], None],
        frontend: FrontendName,
        idle_limit: float | None = None,
    ) -> None:
        """`frontend` is how this end calls itself; `idle_limit` as in an `attach` (docs/keeper.md)."""
        self._idle_limit = idle_limit
        self._line = Line(way, self)
        self._deliver = deliver
        self._silence = Silence(lambda: deliver(SilenceChanged()))
        self._frontend = frontend
        self._state: KernelState = Starting()
        self._info: KernelInfo | None = None
        self._identity = KernelIdentity()
        self._frontends: tuple[Attached, ...] = ()
        self._wish: JsonObject | None = None
        self._notebook: JsonObject | None = None
        self._seq = 0
        self._is_caught_up = False
        self._unheard: dict[RunId, Frame] = {}
        """Runs that the keeper has not said it knows of: asked for again when the line was lost."""
        self._queue: dict[RunId, None] = {}
        self._running: RunId | None = None
        self._question: InputRequested | None = None
        self._given: Frame | None = None
        """An answer that the keeper has not said it got."""
        self._answers: dict[str, asyncio.Future[WireMessage | None]] = {}
        self._comms: dict[str, Frame] = {}
        """Comm messages that the kernel is not known to be done with, in order."""
        self._epoch: JsonValue = None
        self._is_welcome = False
        """Whether the keeper was told again, over this connection, what it may not have heard."""
        self._severing: asyncio.Task[None] | None = None

    @property
    def state(self) -> KernelState:
        """What the kernel is doing."""
        return self._state

    @property
    def info(self) -> KernelInfo | None:
        """What the kernel says of itself, once it has."""
        return self._info

    @property
    def identity(self) -> KernelIdentity:
        """Which kernel it is, and whose."""
        return self._identity

    @property
    def line(self) -> LineState:
        """How it is with the line to the keeper."""
        return self._line.state

    @property
    def is_silent(self) -> bool:
        """Whether the keeper is connected and does not answer: it is stopped, or hangs."""
        return self._silence.is_on

    @property
    def frontends(self) -> tuple[Attached, ...]:
        """Who uses the kernel by way of the keeper, this end included."""
        return self._frontends

    @property
    def is_caught_up(self) -> bool:
        """Whether all that happened before has been told."""
        return self._is_caught_up

    @property
    def seq(self) -> int:
        """The number of the newest record that was delivered."""
        return self._seq

    @property
    def running(self) -> RunId | None:
        """The run that the kernel was given last and has not finished."""
        return self._running

    @property
    def queue(self) -> tuple[RunId, ...]:
        """The runs that wait, the next one first."""
        return tuple(self._queue)

    # -- what a frontend asks for ----

    def open(self, kernel: JsonObject | None = None) -> None:
        """Connects; `kernel` is launched where the keeper has none (docs/keeper.md, `launch`)."""
        self._wish = kernel
        self._line.open()

    def notebook_is_at(self, path: str, file: str, *, saved_as: bool = False) -> None:
        """Says where the notebook is that the keeper is of, and by what its file is known again.

        With `saved_as` it goes on there, and the file that it was in is another notebook from now on.

        To be said before `open`, and after every save (docs/keeper.md, `notebook`).
        """
        self._notebook = {"path": path, "file": file, "saved_as": saved_as}
        self._send({"op": "notebook", **self._notebook})

    async def close(self) -> None:
        """Leaves the keeper and the kernel as they are."""
        self._fail_answers()
        self._silence.end()
        await self._line.close()

    def launch(self, kernel: JsonObject) -> None:
        """Starts another kernel in place of the one there is; what ran is lost, what waited is cancelled."""
        self._send({"op": "launch", "kernel": kernel, "replace": True})

    def run(
        self,
        code: str,
        cell: JsonValue = None,
        *,
        store_history: bool = True,
        manner: RunManner = ATTENDED,
    ) -> RunId:
        """Asks for code to be run after what waits; a dead kernel cancels it at once.

        So is code that is too long for a frame: the keeper would end the connection, over and over.
        `cell` says which cell it is of, in words of the frontend's own that come back with the run.
        """
        run = RunId(secrets.token_hex(16))
        fields: JsonObject = {
            "op": "run",
            "run": run,
            "code": code,
            "cell": cell,
            "store_history": store_history,
            "stop_on_error": manner.stops_on_error,
            "allow_stdin": manner.allows_input,
        }
        frame = Frame(fields)
        if len(pack(frame)) > LONGEST_FROM_FRONTEND:
            self._deliver(RunFinished(run, RunStatus.CANCELLED, None, None))
            return run
        self._unheard[run] = frame
        self._queue[run] = None
        self._line.send(frame)
        if isinstance(self._line.state, Connected):
            self._silence.expect()
        return run

    def cancel(self, run: RunId) -> None:
        """Takes a waiting run out of the queue."""
        self._send({"op": "cancel", "run": run})

    def answer(self, text: str) -> None:
        """Answers the pending question; without one, nothing happens."""
        if self._question is not None:
            self._given = Frame({"op": "input", "run": self._question.run, "text": text})
            self._line.send(self._given)

    def interrupt(self) -> None:
        """Stops what runs, and takes out of the queue what waits behind it."""
        self._send({"op": "interrupt"})

    def restart(self) -> None:
        """Another process for the same kernelspec; what ran is lost, what waited is cancelled."""
        self._send({"op": "restart"})

    def shutdown(self) -> None:
        """Ends the kernel; what ran is lost, what waited is cancelled."""
        self._send({"op": "shutdown"})

    def saved(self, runs: tuple[RunId, ...], seq: int) -> None:
        """Says that the file holds what finished runs printed, up to the record of that number."""
        self._send({"op": "saved", "runs": list(runs), "seq": seq})

    def discard(self, runs: tuple[RunId, ...]) -> None:
        """Says that nobody wants what finished runs printed."""
        self._send({"op": "discard", "runs": list(runs)})

    def claim(self, *, force: bool = False) -> None:
        """Asks for the right to edit, with `force` also where another frontend has it."""
        self._send({"op": "claim", "force": force})

    def reconnect(self) -> None:
        """Tries a line that was lost at once."""
        self._line.hurry()

    async def log_in(self) -> None:
        """Has a person log in where the line needs it. Raises WayError."""
        await self._line.log_in()

    async def complete(self, code: str, cursor: int) -> Completions | None:
        """How code could go on at `cursor`, in code points; None when there is no kernel to say so."""
        answer = await self._ask_beside(complete_request(code, cursor))
        return answer if isinstance(answer, Completions) else None

    async def inspect(self, code: str, cursor: int, detail: int = 0) -> Inspection | None:
        """What the name at `cursor` is, in code points; None when there is no kernel to say so."""
        answer = await self._ask_beside(inspect_request(code, cursor, detail))
        return answer if isinstance(answer, Inspection) else None

    async def past_inputs(self, count: int) -> PastInputs | None:
        """The last inputs that the kernel remembers; None when there is no kernel to say so."""
        answer = await self._ask_beside(history_request(count))
        return answer if isinstance(answer, PastInputs) else None

    @property
    def answers_now(self) -> bool:
        """Whether the kernel can be expected to answer at once: it is idle, or has a subshell for that."""
        has_subshells = self._info is not None and self._info.supports_subshells
        return isinstance(self._state, Idle) or (isinstance(self._state, Busy) and has_subshells)

    async def evaluate(self, expressions: Mapping[str, str], *, beside: bool = False) -> Evaluations | None:
        """What expressions come to, by name, behind all that runs; None when there is no kernel to say so.

        With `beside` also while something runs, where the kernel can: in another thread than what runs.
        """
        request = evaluate_request(expressions)
        answer = await (self._ask_beside(request) if beside else self._ask(request, "shell"))
        return answer if isinstance(answer, Evaluations) else None

    async def ask(self, kind: str, content: JsonObject, channel: str = "shell") -> WireMessage | None:
        """Asks the kernel anything; None when there is none to answer.

        The channel `subshell` is the shell, but for kernels with subshells: those answer while they run code.
        """
        question = secrets.token_hex(8)
        answer = self._answers[question] = asyncio.get_running_loop().create_future()
        self._send({"op": "ask", "id": question, "channel": channel, "kind": kind, "content": content})
        try:
            return await answer
        finally:
            self._answers.pop(question, None)

    def comm(self, request: Request, run: RunId | None = None) -> str:
        """Sends a comm message behind all that was sent before, also over a line that is down at the moment.

        `run` is the one that gets as output what comes of it. Gives the message's id: `CommHandled` tells
        when the kernel, which first does what it was given before, is done with it.
        """
        message = secrets.token_hex(16)
        fields: JsonObject = {
            "op": "comm",
            "id": message,
            "run": run or "",
            "kind": request.kind,
            "content": request.content,
            "metadata": request.metadata,
        }
        self._comms[message] = Frame(fields)
        if self._is_welcome:
            self._send(fields)
        return message

    async def _ask_beside(self, request: Request) -> Reply | None:
        """Asks where it is not held up by what runs, and holds up nothing that is run meanwhile."""
        has_subshells = self._info is not None and self._info.supports_subshells
        return await self._ask(request, "subshell" if has_subshells else "shell")

    async def _ask(self, request: Request, channel: str) -> Reply | None:
        if isinstance(self._state, NoKernel | Dead):
            return None
        message = await self.ask(request.kind, request.content, channel)
        return None if message is None else reply(message, None)

    def _send(self, fields: JsonObject) -> None:
        self._line.send(Frame(fields))

    # -- what the line tells ----

    def connected(self) -> None:
        """Says who this is and what it has seen, and asks again for what may not have arrived."""
        self._is_caught_up = self._is_welcome = False
        self._silence.expect()
        self._send(
            {
                "op": "attach",
                "protocol": PROTOCOL,
                "since": self._seq,
                "frontend": self._frontend.to_json(),
                "idle_limit": self._idle_limit,
                "notebook": self._notebook,
            }
        )
        if self._wish is not None:
            self._send({"op": "launch", "kernel": self._wish, "replace": False})
            self._wish = None  # a kernel that is gone when the line comes back is not replaced unasked
        for frame in (*self._unheard.values(), self._given):
            if frame is not None:
                self._line.send(frame)

    def line_changed(self) -> None:
        """The line is in another state."""
        self._fail_answers()
        self._silence.end()
        self._deliver(LineChanged())

    def received(self, frame: Frame) -> None:
        """Takes a frame from the keeper."""
        self._silence.end()
        match frame.op:
            case "record":
                self._record(frame)
            case "kernel":
                self._kernel(frame.fields)
            case "synced":
                self._is_caught_up = True
                self._deliver(CaughtUp())
            case "answer":
                self._answered(frame)
            case "debug":
                event = object_in(frame.fields, "event")
                self._deliver(DebugEventArrived(text_in(event, "event"), object_in(event, "body")))
            case "handled":
                self._handled(text_in(frame.fields, "id"))
            case "frontends":
                self._frontends = attached_of(frame.fields)
                self._deliver(FrontendsChanged())
            case "journal":
                problem = frame.fields.get("problem")
                self._deliver(JournalChanged(problem if isinstance(problem, str) else None))
            case "welcome":
                self._welcomed(frame.fields)
            case "bye":
                self._enter(NoKernel())
                self._sever("")
            case _:
                pass

    def _welcomed(self, fields: JsonObject) -> None:
        """An older keeper is understood; one of a newer protocol may mean something else."""
        protocol = fields.get("protocol")
        if isinstance(protocol, int) and protocol > PROTOCOL:
            self._sever(f"the kernel's keeper is of a newer tnb (protocol {protocol}): update this one")
            return
        self._identity = identity_of(fields, self._identity)
        self._say_again(fields.get("epoch"))

    def _say_again(self, epoch: JsonValue) -> None:
        """What the keeper may not have heard; another keeper cannot tell, so no button is pressed again."""
        before, self._epoch = self._epoch, epoch
        self._is_welcome = True
        for message, frame in list(self._comms.items()):
            if before in (None, epoch) or is_repeatable(frame.fields):
                self._line.send(frame)
            else:
                self._handled(message)

    def _handled(self, message: str) -> None:
        if self._comms.pop(message, None) is not None:
            self._deliver(CommHandled(message))

    def _sever(self, reason: str) -> None:
        self._severing = asyncio.get_running_loop().create_task(self._line.sever(reason))

    def _record(self, frame: Frame) -> None:
        seq = seq_of(frame)
        if seq <= self._seq:
            return
        self._seq = seq
        for event in events_of(frame):
            self._note(event)
            self._deliver(event)

    def _note(self, event: Event) -> None:
        match event:
            case RunQueued(run=run, is_continued=is_continued):
                self._unheard.pop(run, None)
                if not is_continued:  # it is over, and something that it began prints still
                    self._queue[run] = None
            case RunStarted(run=run) | ForeignRunStarted(run=run):
                self._queue.pop(run, None)
                self._running = run
            case InputRequested():
                self._question = event
            case InputAnswered():
                self._question = self._given = None
            case RunFinished(run=run):
                self._queue.pop(run, None)
                if self._running == run:
                    self._running = self._question = self._given = None
            case _:
                pass

    def _kernel(self, fields: JsonObject) -> None:
        before, self._identity = self._identity, identity_of(fields, self._identity)
        info = fields.get("info")
        if isinstance(info, dict) and info:
            told = kernel_info(info, debugger=self._identity.debugger)
            if told != self._info:
                self._info = told
                self._deliver(KernelInfoArrived(told))
        state = kernel_state_of(fields)
        if state == self._state and self._identity.away != before.away:
            self._deliver(KernelStateChanged(state))  # what is known of it is old, or is not any more
        self._enter(state)

    def _enter(self, state: KernelState) -> None:
        if state != self._state:
            self._state = state
            self._deliver(KernelStateChanged(state))

    def _answered(self, frame: Frame) -> None:
        fields = frame.fields
        answer = self._answers.get(str(fields.get("id")))
        if answer is None or answer.done():
            return
        kind, content = fields.get("kind"), fields.get("content")
        if not isinstance(kind, str):
            answer.set_result(None)
            return
        body = content if isinstance(content, dict) else EMPTY
        answer.set_result(WireMessage({"msg_type": kind}, EMPTY, EMPTY, body, frame.buffers))

    def _fail_answers(self) -> None:
        """What was asked over a line that is gone is answered by nobody."""
        for answer in self._answers.values():
            if not answer.done():
                answer.set_result(None)
