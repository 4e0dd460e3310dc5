"""A kernel that follows a script: what it says to each piece of code is written down before.

For tests of frontends, and of this package: messages take the way of a real kernel's, and never come from
within a call.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from kernelbridge.keeper.jsontypes import JsonObject, JsonValue
from kernelbridge.keeper.kernels import Channel, Death, KernelListener, Request
from kernelbridge.keeper.wire import Wire


@dataclass(frozen=True, slots=True)
class Say:
    """A message on iopub; `parent` names another frontend's request in place of the one being answered."""

    kind: str
    content: JsonObject
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """A line of input is asked for; what follows waits for the answer."""

    prompt: str = ""
    password: bool = False


@dataclass(frozen=True, slots=True)
class Wait:
    """What follows waits for `FakeKernel.go_on`, or for an interrupt, which makes it an error."""


@dataclass(frozen=True, slots=True)
class Takes:
    """The code takes so long by the kernel's clock; nothing waits for it."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Die:
    """The kernel's process ends."""

    reason: str = "ended by SIGKILL"
    log: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fail:
    """The code raises: an error on iopub and in the reply."""

    ename: str = "ValueError"
    evalue: str = ""


@dataclass(frozen=True, slots=True)
class ReplyWith:
    """Fields for the reply, such as `payload`."""

    content: JsonObject


Step: TypeAlias = Say | Ask | Wait | Takes | Die | Fail | ReplyWith
Comms: TypeAlias = Callable[[JsonObject], Sequence[Say]]
"""What is said to a comm message, of which it gets the content."""
Answers: TypeAlias = Mapping[str, JsonObject | Callable[[JsonObject], JsonObject]]
"""The content of the reply to a request by its type, or what makes it of the request's content."""
Script: TypeAlias = Callable[[str], Sequence[Step]] | Mapping[str, Sequence[Step]]


def prints(text: str, name: str = "stdout") -> Say:
    """A step that prints."""
    return Say("stream", {"name": name, "text": text})


def shows(data: JsonObject, display_id: str | None = None) -> Say:
    """A step that displays a MIME bundle."""
    return Say("display_data", {"data": data, "metadata": {}, "transient": _transient(display_id)})


def updates(data: JsonObject, display_id: str) -> Say:
    """A step that changes what is displayed under an id."""
    return Say("update_display_data", {"data": data, "metadata": {}, "transient": _transient(display_id)})


def clears(*, wait: bool = False) -> Say:
    """A step that clears the output."""
    return Say("clear_output", {"wait": wait})


def opens_widget(model: str, name: str, state: JsonObject, parent: str | None = None) -> Say:
    """A step that makes a widget; `name` is its model's."""
    data: JsonObject = {"state": {"_model_name": name, **state}, "buffer_paths": []}
    content: JsonObject = {"comm_id": model, "target_name": "jupyter.widget", "data": data}
    return Say("comm_open", content, parent)


def changes_widget(model: str, state: JsonObject, parent: str | None = None) -> Say:
    """A step that changes the state of a widget."""
    data: JsonObject = {"method": "update", "state": state, "buffer_paths": []}
    return Say("comm_msg", {"comm_id": model, "data": data}, parent)


def closes_widget(model: str) -> Say:
    """A step that closes a widget."""
    return Say("comm_close", {"comm_id": model, "data": {}})


def shows_widget(model: str, text: str = "") -> Say:
    """A step that displays a widget; `text` is for frontends that have none."""
    view: JsonObject = {"version_major": 2, "version_minor": 0, "model_id": model}
    return shows({"text/plain": text, "application/vnd.jupyter.widget-view+json": view})


def _another(request: str) -> JsonObject:
    """The header of a request that another frontend sent."""
    return {"msg_id": request, "username": "ann", "session": request}


def _no_comms(_content: JsonObject) -> Sequence[Say]:
    return ()


def _no_script(_code: str) -> Sequence[Step]:
    return ()


def _transient(display_id: str | None) -> JsonObject:
    return {"display_id": display_id} if display_id else {}


@dataclass(frozen=True, slots=True)
class Sent:
    """What the session sent."""

    channel: Channel
    request: Request
    message_id: str


@dataclass(slots=True)
class _Execution:
    header: JsonObject
    count: int
    steps: deque[Step]
    reply: dict[str, JsonValue] = field(default_factory=dict[str, JsonValue])


class FakeKernel:
    """A scripted kernel.

    `script` gives the steps for a piece of code; code that it does not know does nothing. `answers` gives the
    content of the reply to any other request by its type; without one, the question stays open. On
    control and in a subshell, questions are answered while code runs.
    `comms` gives what is said to a comm message.
    The dates of its messages come from a clock of its own, which only `Takes` moves on.
    """

    def __init__(
        self,
        script: Script | None = None,
        answers: Answers | None = None,
        comms: Comms = _no_comms,
    ) -> None:
        self._script: Script = script if script is not None else _no_script
        self._answers: dict[str, JsonObject | Callable[[JsonObject], JsonObject]] = {
            "kernel_info_request": {
                "status": "ok",
                "implementation": "fake",
                "banner": "A kernel that follows a script",
                "language_info": {"name": "python", "version": "3.11", "file_extension": ".py"},
            },
            "execute_request": {"status": "ok", "user_expressions": {}},  # silent code
            **(answers or {}),
        }
        self._comms = comms
        self._listener: KernelListener | None = None
        self._wire = Wire(b"")
        self._current: _Execution | None = None
        self._inbox: deque[tuple[Request, JsonObject]] = deque()
        self._count = 0
        self._clock = datetime(2000, 1, 1, tzinfo=UTC)
        self._generation = 0
        self.sent: list[Sent] = []
        """Every request, in order."""
        self.interrupts = 0
        self.restarts = 0
        self.is_shut_down = False
        self.announces_questions = False
        """Whether silent code is announced as a run, as by IRkernel."""

    async def start(self, listener: KernelListener) -> None:
        """Welcomes the listener."""
        self._listener = listener
        self._hear(Channel.IOPUB, "iopub_welcome", {}, {})

    @property
    def pid(self) -> int | None:
        """None: there is no process."""
        return None

    @property
    def connection_file(self) -> str | None:
        """None: there are no sockets."""
        return None

    def send(
        self,
        channel: Channel,
        request: Request,
        parent: JsonObject | None = None,
        message_id: str | None = None,
    ) -> str:
        """Takes a request; what it leads to comes in later turns of the loop."""
        message = self._wire.message(request.kind, request.content, parent, message_id)
        self.sent.append(Sent(channel, request, message.id))
        if channel is Channel.STDIN:
            self.go_on()
        elif channel is Channel.CONTROL or request.subshell:
            self._answer(request, message.header)
        elif channel is Channel.SHELL:
            self._inbox.append((request, message.header))
            self._next()
        return message.id

    def say(self, said: Say) -> None:
        """Says something by itself, as a debugger does."""
        self._hear(Channel.IOPUB, said.kind, said.content, {})

    def go_on(self) -> None:
        """Ends a `Wait`, or an `Ask`."""
        self._play()

    async def interrupt(self) -> None:
        """Makes what waits an error."""
        self.interrupts += 1
        if self._current is not None:
            self._current.steps = deque([Fail("KeyboardInterrupt")])
            self._play()

    async def restart(self) -> None:
        """Forgets everything and counts from one again."""
        self.restarts += 1
        self._forget()
        self._hear(Channel.IOPUB, "iopub_welcome", {}, {})

    async def shutdown(self) -> None:
        """Says nothing more."""
        self._forget()
        self.is_shut_down = True

    def _forget(self) -> None:
        self._generation += 1
        self._current = None
        self._inbox.clear()
        self._count = 0

    def _next(self) -> None:
        while self._current is None and self._inbox:
            request, header = self._inbox.popleft()
            if request.kind == "execute_request" and request.content.get("silent") is not True:
                self._execute(str(request.content["code"]), header)
            else:
                self._answer(request, header)

    def _answer(self, request: Request, header: JsonObject) -> None:
        kind = request.kind
        self._hear(Channel.IOPUB, "status", {"execution_state": "busy"}, header)
        if kind == "execute_request" and self.announces_questions:
            announced: JsonObject = {"code": request.content["code"], "execution_count": self._count}
            self._hear(Channel.IOPUB, "execute_input", announced, header)
        if kind in self._answers:
            answer = self._answers[kind]
            content = answer(request.content) if callable(answer) else answer
            self._hear(Channel.SHELL, kind.replace("_request", "_reply"), content, header)
        for said in self._comms(request.content) if kind.startswith("comm_") and "info" not in kind else ():
            self._hear(Channel.IOPUB, said.kind, said.content, header)
        self._hear(Channel.IOPUB, "status", {"execution_state": "idle"}, header)

    def _execute(self, code: str, header: JsonObject) -> None:
        self._count += 1
        steps = self._script(code) if callable(self._script) else self._script.get(code, ())
        self._current = _Execution(header, self._count, deque(steps), {"status": "ok"})
        self._hear(Channel.IOPUB, "status", {"execution_state": "busy"}, header)
        self._hear(Channel.IOPUB, "execute_input", {"code": code, "execution_count": self._count}, header)
        self._play()

    def _play(self) -> None:
        current = self._current
        while current is not None and current.steps:
            match current.steps.popleft():
                case Say(kind, content, parent):
                    header = _another(parent) if parent else current.header
                    self._hear(Channel.IOPUB, kind, content, header)
                case Ask(prompt, password):
                    content: JsonObject = {"prompt": prompt, "password": password}
                    self._hear(Channel.STDIN, "input_request", content, current.header)
                    return
                case Wait():
                    return
                case Takes(seconds):
                    self._clock += timedelta(seconds=seconds)
                case Die(reason, log):
                    self._die(Death(reason, log))
                    return
                case Fail(ename, evalue):
                    error: JsonObject = {
                        "ename": ename,
                        "evalue": evalue,
                        "traceback": [f"{ename}: {evalue}"],
                    }
                    self._hear(Channel.IOPUB, "error", error, current.header)
                    current.reply.update(error, status="error")
                    current.steps.clear()
                case ReplyWith(content):
                    current.reply.update(content)
        if current is not None:
            self._finish(current)

    def _finish(self, current: _Execution) -> None:
        reply = {"execution_count": current.count, **current.reply}
        self._hear(Channel.SHELL, "execute_reply", reply, current.header)
        self._hear(Channel.IOPUB, "status", {"execution_state": "idle"}, current.header)
        self._current = None
        self._next()

    def _die(self, death: Death) -> None:
        self._current = None
        self._inbox.clear()
        self._soon(lambda listener: listener.died(death))

    def _hear(self, channel: Channel, kind: str, content: JsonObject, parent: JsonObject) -> None:
        made = self._wire.message(kind, content, parent)
        message = replace(made, header={**made.header, "date": self._clock.isoformat()})
        self._soon(lambda listener: listener.heard(channel, message))

    def _soon(self, tell: Callable[[KernelListener], None]) -> None:
        """In the next turn of the loop, unless another kernel took this one's place by then."""
        generation = self._generation
        listener = self._listener
        if listener is None:
            return

        def tell_now() -> None:
            if generation == self._generation:
                tell(listener)

        asyncio.get_running_loop().call_soon(tell_now)
