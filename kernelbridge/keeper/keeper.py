"""The keeper itself: takes what frontends say, and holds kernel, records and frontends together."""

from __future__ import annotations

import asyncio
import math
import time
from dataclasses import dataclass, replace
from typing import Awaitable, Callable, Mapping

from kernelbridge.keeper.comms import COMM_KINDS, Comm
from kernelbridge.keeper.errors import KeeperError
from kernelbridge.keeper.executor import Executor
from kernelbridge.keeper.frames import PROTOCOL, Frame, pack
from kernelbridge.keeper.frontends import Frontend, FrontendName, Frontends, Peer
from kernelbridge.keeper.home.notebookplace import NotebookPlace
from kernelbridge.keeper.jsontypes import EMPTY, JsonObject, JsonValue, object_in, text_in
from kernelbridge.keeper.keeping import Keeps
from kernelbridge.keeper.kernels import Channel, Death, Kernel, Request
from kernelbridge.keeper.kernelstate import State
from kernelbridge.keeper.questions import Answer
from kernelbridge.keeper.recording import Records
from kernelbridge.keeper.runs import Run

_LONGEST_ID = 128
_LAST_PATIENCE = 5.0
"""Seconds for what was begun to come to its end; a kernel that does not go takes 2."""


@dataclass(frozen=True)
class KeeperIdentity:
    """What the keeper says of itself."""

    id: str
    pid: int
    host: str
    started: float
    place: NotebookPlace
    """Where its notebook is."""
    epoch: int

    def to_json(self) -> JsonObject:
        """As `welcome` has it."""
        return {
            "id": self.id,
            "pid": self.pid,
            "host": self.host,
            "started": self.started,
            "notebook": self.place.label,
            "formerly": list(self.place.formerly),
        }


@dataclass(frozen=True)
class Launched:
    """A kernel to start, and what to call it."""

    kernel: Kernel
    described: JsonObject
    """`kind`, `name`, `display_name`, `language`, `environment`, `debugger`."""


Launcher = Callable[[JsonObject], Launched]
"""Makes a kernel of the description in a `launch`. Raises KeeperError."""


class Keeper:
    """One kernel, and all who use it."""

    def __init__(
        self,
        identity: KeeperIdentity,
        journal: Keeps,
        launcher: Launcher,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        """`changed` is called whenever the kernel's state changed, or who is attached."""
        self._identity = identity
        self._journal = journal
        self._launcher = launcher
        self._told = changed
        self._frontends = Frontends(journal)
        self._connections = 0
        self._left_at = time.monotonic()
        self.records = Records(journal, identity.epoch, self._frontends.record, self._journal_changed)
        self.executor = Executor(self.records, self._kernel_changed, self._debugged)
        self._described: JsonObject = EMPTY
        self._away: str | None = None
        self.idle_limit = 24 * 3600.0
        """Seconds after which an idle kernel that no frontend is attached to is ended; 0 for never."""
        self._tasks: set[asyncio.Future[None]] = set()
        self._ops: Mapping[str, Callable[[Frontend, Frame], None]] = {
            "launch": self._launch,
            "run": self._run,
            "cancel": self._cancel,
            "input": self._input,
            "ask": self._ask,
            "comm": self._comm,
            "interrupt": self._interrupt,
            "restart": self._restart,
            "shutdown": self._shutdown,
            "saved": self._saved,
            "discard": self._discard,
            "claim": self._claim,
            "notebook": self._notebook,
        }

    @property
    def frontend_count(self) -> int:
        """How many frontends are attached."""
        return len(self._frontends)

    @property
    def alone_since(self) -> float:
        """When the last connection ended, attached or not (monotonic clock); infinity while there is one."""
        return math.inf if self._connections else self._left_at

    @property
    def described(self) -> JsonObject:
        """What the kernel is called."""
        return self._described

    @property
    def place(self) -> NotebookPlace:
        """Where the notebook is, as far as frontends have said."""
        return self._identity.place

    def launch(self, launched: Launched) -> None:
        """Starts a kernel, in place of a former one."""
        self._away = None
        self._described = launched.described
        self._spawn(self.executor.start(launched.kernel))

    def take_over(self, launched: Launched, runs: list[Run], silent_since: float) -> None:
        """Goes on with a kernel that an earlier keeper had."""
        self._described = launched.described
        self._spawn(self.executor.take_over(launched.kernel, runs, silent_since))

    def line_changed(self, kernel: Kernel, problem: str | None) -> None:
        """Takes why the kernel's server is out of reach, and None when it is back."""
        if kernel is self.executor.kernel and problem != self._away:
            self._away = problem
            self._kernel_changed()

    def journal_lost(self, problem: str) -> None:
        """Goes on with an empty journal: frontends are told why what ran is not in it any more."""
        self.records.tell(problem)
        self.executor.journal_lost()

    async def end(self) -> None:
        """Ends the kernel, and tells who is attached that nothing more comes."""
        await self.executor.shutdown()
        if self._tasks:
            # One of them may be ending the kernel, on a frontend's word.
            await asyncio.wait(self._tasks, timeout=_LAST_PATIENCE)
        self._frontends.send({"op": "bye"})

    # -- frontends ----

    def arrived(self, peer: Peer) -> None:  # noqa: ARG002 -- whoever it is
        """Takes a connection, which says nothing yet."""
        self._connections += 1

    def left(self, peer: Peer) -> None:
        """Takes that a connection is gone."""
        self._connections -= 1
        self._left_at = time.monotonic()
        self._frontends.leave(peer)
        self._told()

    def said(self, peer: Peer, frame: Frame) -> None:
        """Takes a frame; what is not understood is ignored."""
        if frame.op == "attach":
            self._attach(peer, frame.fields)
            return
        frontend = self._frontends.get(peer)
        if frontend is None:
            return
        take = self._ops.get(frame.op)
        if take is not None:
            take(frontend, frame)

    def _attach(self, peer: Peer, fields: JsonObject) -> None:
        if self._frontends.get(peer) is not None:
            return
        self._see_notebook(fields.get("notebook"))
        frontend = self._frontends.attach(peer, FrontendName.from_json(fields.get("frontend")))
        welcome: JsonObject = {
            "op": "welcome",
            "protocol": PROTOCOL,
            "epoch": self._identity.epoch,
            "keeper": self._identity.to_json(),
        }
        peer.send(pack(Frame(welcome)))
        peer.send(pack(Frame(self._kernel_frame())))
        if self.records.problem is not None:
            peer.send(pack(Frame({"op": "journal", "problem": self.records.problem})))
        self._frontends.tell()
        self.records.flush()
        since, idle_limit = fields.get("since"), fields.get("idle_limit")
        if isinstance(idle_limit, (int, float)):
            self.idle_limit = float(idle_limit)
        if isinstance(since, int):
            self.records.skip_to(since)
        self._frontends.replay(frontend, since if isinstance(since, int) else None)
        self._told()

    def _notebook(self, _frontend: Frontend, frame: Frame) -> None:
        self._see_notebook(frame.fields)
        self._told()

    def _see_notebook(self, seen: JsonValue) -> None:
        """Takes where a frontend has the notebook."""
        if isinstance(seen, dict):
            path, file = text_in(seen, "path"), text_in(seen, "file")
            place, saved_as = self._identity.place, seen.get("saved_as") is True
            self._identity = replace(self._identity, place=place.seen_at(path, file, saved_as=saved_as))

    def _launch(self, _frontend: Frontend, frame: Frame) -> None:
        may_start = self.executor.state.state is State.NONE or frame.fields.get("replace") is True
        wanted = frame.fields.get("kernel")
        if not may_start or not isinstance(wanted, dict):
            return
        try:
            launched = self._launcher(wanted)
        except KeeperError as error:
            self.executor.died(Death(str(error)))
            return
        self.launch(launched)

    def _run(self, frontend: Frontend, frame: Frame) -> None:
        fields = frame.fields
        run, code = fields.get("run"), fields.get("code")
        if isinstance(run, str) and 0 < len(run) <= _LONGEST_ID and isinstance(code, str):
            self.executor.run(
                Run(
                    run,
                    code,
                    fields.get("cell"),
                    str(frontend.name),
                    store_history=fields.get("store_history") is not False,
                    stops_on_error=fields.get("stop_on_error") is not False,
                    allows_input=fields.get("allow_stdin") is not False,
                )
            )

    def _cancel(self, _frontend: Frontend, frame: Frame) -> None:
        self.executor.cancel(text_in(frame.fields, "run"))

    def _input(self, _frontend: Frontend, frame: Frame) -> None:
        self.executor.answer(text_in(frame.fields, "run"), text_in(frame.fields, "text"))

    def _ask(self, frontend: Frontend, frame: Frame) -> None:
        fields = frame.fields
        asked = fields.get("id")
        content, metadata = fields.get("content"), fields.get("metadata")
        request = Request(
            text_in(fields, "kind"),
            content if isinstance(content, dict) else EMPTY,
            metadata if isinstance(metadata, dict) else EMPTY,
            frame.buffers,
        )

        def answered(answer: Answer) -> None:
            message = answer.message
            told: dict[str, JsonValue] = {"op": "answer", "id": asked, "kind": None, "content": EMPTY}
            if message is not None:
                told.update(kind=message.kind, content=message.content, metadata=message.metadata)
            frontend.peer.send(pack(Frame(told, () if message is None else message.buffers)))

        if fields.get("channel") == "subshell":
            self.executor.ask_beside(request, answered)
            return
        channel = Channel.CONTROL if fields.get("channel") == "control" else Channel.SHELL
        self.executor.ask(channel, request, answered)

    def _comm(self, frontend: Frontend, frame: Frame) -> None:
        fields = frame.fields
        said, kind = text_in(fields, "id"), text_in(fields, "kind")
        if not 0 < len(said) <= _LONGEST_ID or kind not in COMM_KINDS:
            return
        content, metadata = object_in(fields, "content"), object_in(fields, "metadata")
        handled = pack(Frame({"op": "handled", "id": said}))
        self.executor.comm(
            Comm(
                said,
                text_in(fields, "run"),
                Request(kind, content, metadata, frame.buffers),
                lambda: frontend.peer.send(handled),
            )
        )

    def _interrupt(self, _frontend: Frontend, _frame: Frame) -> None:
        self._spawn(self.executor.interrupt())

    def _restart(self, _frontend: Frontend, _frame: Frame) -> None:
        self._spawn(self.executor.restart())

    def _shutdown(self, _frontend: Frontend, _frame: Frame) -> None:
        self._spawn(self.executor.shutdown())

    def _saved(self, _frontend: Frontend, frame: Frame) -> None:
        """Lets go of runs that are in the file, unless more came of them than the frontend had seen."""
        self.records.flush()
        seq = frame.fields.get("seq")
        for run in _texts(frame.fields, "runs"):
            if isinstance(seq, int) and self._journal.last_of(run) <= seq:
                self._let_go(run)

    def _discard(self, _frontend: Frontend, frame: Frame) -> None:
        for run in _texts(frame.fields, "runs"):
            self._let_go(run)

    def _let_go(self, run: str) -> None:
        if self.executor.is_over(run):
            self.executor.saved(run)
            self.records.discard(run)

    def _claim(self, frontend: Frontend, frame: Frame) -> None:
        self._frontends.claim(frontend, force=frame.fields.get("force") is True)

    # -- what is told to all ----

    def _kernel_frame(self) -> JsonObject:
        kernel = self.executor.kernel
        described = {
            **self._described,
            "pid": None if kernel is None else kernel.pid,
            "connection_file": None if kernel is None else kernel.connection_file,
        }
        state = {**self.executor.state.to_json(), "asks": self.executor.asks}
        info = self.executor.info
        return {"op": "kernel", "state": state, "kernel": described, "info": info, "away": self._away}

    def _kernel_changed(self) -> None:
        self._told()  # first, so that what is written down is true once somebody acts on what was said
        self._frontends.send(self._kernel_frame())

    def _debugged(self, event: JsonObject) -> None:
        self._frontends.send({"op": "debug", "event": event})

    def _journal_changed(self, problem: str | None) -> None:
        self._frontends.send({"op": "journal", "problem": problem})

    def _spawn(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _texts(fields: JsonObject, key: str) -> list[str]:
    value = fields.get(key)
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
