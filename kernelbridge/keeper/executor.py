"""Runs code on the kernel, one piece at a time, and tells what comes of it and what the kernel is doing."""

from __future__ import annotations

import asyncio
import time
from typing import Awaitable, Callable

from kernelbridge.keeper.comms import COMM_KINDS, Comm, Comms
from kernelbridge.keeper.errors import KeeperError
from kernelbridge.keeper.foreign import NO_RUN, ForeignRuns
from kernelbridge.keeper.gate import Gate
from kernelbridge.keeper.jsontypes import EMPTY, JsonObject
from kernelbridge.keeper.kernels import Channel, Death, Kernel, Request
from kernelbridge.keeper.kernelstate import ACTIVE, ALIVE, KernelState, State
from kernelbridge.keeper.probes import Probes
from kernelbridge.keeper.questions import Answer, Questions
from kernelbridge.keeper.readiness import ASK_AGAIN, Readiness
from kernelbridge.keeper.recording import Records
from kernelbridge.keeper.retelling import queued, retold
from kernelbridge.keeper.runs import Run, RunList
from kernelbridge.keeper.subshell import Subshell
from kernelbridge.keeper.wire import WireMessage

_GRACE = 1.0
"""Seconds that one sign of a run's start or end may come after another, before the kernel is asked."""
_OUTPUT = frozenset(("stream", "display_data", "execute_result", "error", "clear_output"))
_LOST: JsonObject = {"status": "lost"}
"""Stands for the reply to a run that is over, and whose reply did not arrive."""


class Executor:
    """One kernel, its queue and what it is doing. To be used on one event loop."""

    def __init__(
        self,
        records: Records,
        changed: Callable[[], None],
        debugged: Callable[[JsonObject], None] = lambda _: None,
    ) -> None:
        """`changed` is called whenever the state or what the kernel says of itself is another.

        `debugged` gets what the kernel's debugger tells, which is of no run.
        """
        self._records = records
        self._changed = changed
        self._debugged = debugged
        self._kernel: Kernel | None = None
        self._gate = Gate(self)
        """Between the kernel and this."""
        self._state = KernelState(State.NONE)
        self._runs = RunList()
        self._active: Run | None = None
        self._foreign = ForeignRuns(records)
        self._questions = Questions()
        self._subshell = Subshell(self.ask)
        self._comms = Comms()
        self._probes = Probes(self.ask)
        self._readiness = Readiness(self.ask)
        self.info: JsonObject | None = None
        """The content of `kernel_info_reply`."""

    @property
    def kernel(self) -> Kernel | None:
        """The kernel, started or dead; None where there never was one."""
        return self._kernel

    @property
    def state(self) -> KernelState:
        """What the kernel is doing."""
        return self._state

    @property
    def active(self) -> Run | None:
        """The run that the kernel was given last and has not finished."""
        return self._active

    @property
    def queue(self) -> list[str]:
        """The runs that wait, the next one first."""
        return list(self._runs.waiting)

    @property
    def asks(self) -> bool:
        """Whether running code waits for a line of input."""
        return self._active is not None and self._active.started and self._active.question is not None

    def is_over(self, run: str) -> bool:
        """Whether nothing of a run is to come, except what its threads may print."""
        known = self._runs.known.get(run)
        return known is None or known.is_over

    def start(self, kernel: Kernel) -> Awaitable[None]:
        """Starts a kernel, in place of a former one; what is given back returns once it is ready, or dead.

        Like all that changes the kernel it takes effect at once: what is run from now on is for the new one.
        """
        former, self._kernel = self._kernel, kernel
        self._gate.close()
        self._gate = Gate(self)
        self._abandon()
        self._enter(State.STARTING)
        return self._start(former, kernel, self._gate)

    async def _start(self, former: Kernel | None, kernel: Kernel, gate: Gate) -> None:
        if former is not None:
            await former.shutdown()
        await self._bring_up(kernel, lambda: kernel.start(gate))

    async def take_over(self, kernel: Kernel, runs: list[Run], silent_since: float) -> None:
        """Goes on with a kernel that lives, and with runs that an earlier keeper was given, oldest first.

        That keeper was heard of last at `silent_since`, in seconds since the epoch.
        """
        self._kernel = kernel
        for run in runs:
            self._runs.add(run)
            if run.sent is not None and self._active is None:
                self._active = run
                del self._runs.waiting[run.id]
        active = self._active
        if active is not None:
            self._records.unheard(active.id, silent_since)
        self._enter(State.BUSY)
        if await self._comes_up(kernel, lambda: kernel.start(self._gate)):
            listening = asyncio.ensure_future(self._readiness.listen())
            await self._until_ready(kernel)
            listening.cancel()
        self._finish_if_over()  # what it published of the end was lost on nobody
        if active is not None and active is self._active and active.reply is None and self.info is not None:
            # The kernel answered what was asked behind it, so it is over, and how is not known.
            self._active = None
            self._finish(active, "lost")
            self._cancel_all("aborted")
            self._rest_if_done()

    def give_up(self, runs: list[Run]) -> None:
        """Ends runs that an earlier keeper was given, and whose kernel is gone."""
        for run in runs:
            self._finish(run, "lost" if run.sent is not None else "cancelled")

    def restart(self) -> Awaitable[None]:
        """Another process for the same kernelspec; what ran is lost, what waited is cancelled."""
        if self._kernel is not None:
            self._gate.close()
            self._abandon()
            self._enter(State.RESTARTING)
        return self._restart(self._kernel, self._gate)

    async def _restart(self, kernel: Kernel | None, gate: Gate) -> None:
        if kernel is not None:
            await self._bring_up(kernel, lambda: gate.open_after(kernel.restart()))

    def shutdown(self) -> Awaitable[None]:
        """Ends the kernel; what ran is lost, what waited is cancelled."""
        kernel, self._kernel = self._kernel, None
        self._gate.close()
        self.info = None
        self._abandon()
        self._enter(State.NONE)
        return self._shutdown(kernel)

    async def _shutdown(self, kernel: Kernel | None) -> None:
        if kernel is not None:
            await kernel.shutdown()

    def run(self, run: Run) -> None:
        """Queues code, once however often it is asked for; where no kernel lives it is cancelled at once."""
        if run.id in self._runs.known:
            return
        self._runs.add(run)
        self._records.note("queued", run.id, **queued(run))
        if self._state.state not in ALIVE:
            self._cancel_all()
        else:
            self._send_next()

    def cancel(self, run_id: str) -> None:
        """Takes a run out of the queue, where it waits."""
        run = self._runs.waiting.pop(run_id, None)
        if run is not None:
            self._finish(run, "cancelled")

    def answer(self, run_id: str, text: str) -> None:
        """Answers the question of a run; where it asks nothing, nothing happens."""
        run = self._active
        if self._kernel is None or run is None or run.id != run_id or run.question is None:
            return
        question, run.question = run.question, None
        self._records.note("answered", run.id, hidden=question.content.get("password") is True)
        self._kernel.send(Channel.STDIN, Request("input_reply", {"value": text}), question.header)
        self._changed()

    def ask(self, channel: Channel, request: Request, answered: Callable[[Answer], None]) -> str:
        """Asks the kernel something else; `answered` is called once, with its answer or without.

        Gives the request's id.
        """
        kernel = self._kernel if self._state.state in ALIVE else None
        return self._questions.ask(kernel, channel, request, answered)

    def ask_beside(self, request: Request, answered: Callable[[Answer], None]) -> None:
        """Asks where what runs does not hold it up, as far as the kernel can."""
        self._subshell.ask(request, answered)

    def comm(self, comm: Comm) -> None:
        """Says something to a widget, behind all that the kernel was given; to a dead one, nothing."""
        self._comms.send(self._kernel if self._state.state in ALIVE else None, comm)

    def interrupt(self) -> Awaitable[None]:
        """Stops what runs, and takes out of the queue what waits behind it.

        A kernel that does nothing is left alone: not all take it well.
        """
        self._cancel_all()
        runs = self._active is not None or self._state.state is State.BUSY
        return self._interrupt(self._kernel if runs and self._state.state in ACTIVE else None)

    async def _interrupt(self, kernel: Kernel | None) -> None:
        if kernel is not None:
            await kernel.interrupt()

    def saved(self, run_id: str) -> None:
        """A frontend has saved the run, or does not want it: what still comes of it begins anew."""
        run = self._runs.known.get(run_id)
        if run is not None:
            run.is_journaled = False

    def journal_lost(self) -> None:
        """Writes down again what runs and what waits: what was written is gone."""
        now = time.time()
        for run in self._runs.known.values():
            if run.is_over:
                run.is_journaled = False
                continue
            self._records.write_again(run.id, retold(run, now))

    # -- what the kernel tells ----

    def heard(self, channel: Channel, message: WireMessage) -> None:
        """Takes a message from the kernel."""
        if channel is Channel.IOPUB:
            self._heard_iopub(message)
        elif channel is Channel.STDIN:
            self._heard_stdin(message)
        else:
            self._heard_reply(message)

    def missed(self, since: float, until: float, dropped: int | None = None) -> None:
        """Takes from the kernel that some of what it said did not arrive."""
        active = self._active
        if active is None:
            return
        self._records.gap(active.id, "line" if dropped is None else "server", since, until, dropped)
        if dropped is None:
            self._probe(active)

    def _probe(self, run: Run) -> None:
        """Ends a run once the kernel does what was asked behind it: that it is over may have been missed."""

        def answered() -> None:
            if run is self._active and run.reply is None:
                run.reply = _LOST
                self._finish_if_over()

        self._probes.ask_behind(run, answered)

    def died(self, death: Death) -> None:
        """Takes from the kernel that it is gone."""
        # First the state: frontends tell in the cell that it died under why it did.
        self._state = KernelState(State.DEAD, death.reason, death.log)
        self._records.flush()
        self._changed()
        self._abandon()

    # -- readiness ----

    async def _bring_up(self, kernel: Kernel, begin: Callable[[], Awaitable[None]]) -> None:
        if await self._comes_up(kernel, begin):
            await self._until_ready(kernel)

    async def _comes_up(self, kernel: Kernel, begin: Callable[[], Awaitable[None]]) -> bool:
        """Whether it began, and was not ended, replaced or restarted once more before that or meanwhile."""
        if kernel is not self._kernel:
            return False
        try:
            await begin()
        except KeeperError as error:
            if kernel is self._kernel and self._gate.is_open:
                self.died(Death(str(error)))
            return False
        return kernel is self._kernel and self._gate.is_open

    async def _until_ready(self, kernel: Kernel) -> None:
        if await self._readiness.wait(kernel, self._introduced) and self._state.state in ALIVE:
            self._enter(State.IDLE if self._active is None else State.BUSY)
            self._send_next()

    def _introduced(self, info: JsonObject) -> None:
        self.info = info

    def _abandon(self) -> None:
        """Ends whatever depends on the kernel that is gone."""
        self._readiness.begin_anew()
        active, self._active = self._active, None
        if active is not None:
            self._finish(active, "lost")
        self._cancel_all()
        self._probes.forget()
        self._subshell.forget()
        self._questions.close()
        self._comms.close()
        self._runs = RunList()
        self._foreign.let_go()

    def _cancel_all(self, status: str = "cancelled") -> None:
        for run in self._runs.take_all():
            self._finish(run, status)

    def _enter(self, state: State) -> None:
        if state is not self._state.state:
            self._state = KernelState(state, since=time.time())
            self._records.flush()
            self._changed()

    # -- the queue ----

    def _send_next(self) -> None:
        if self._kernel is None or self._active is not None or self._state.state not in ACTIVE:
            return
        run = self._runs.take()
        if run is None:
            return
        self._active = run
        self._records.note("sent", run.id)
        run.begun()
        self._kernel.send(Channel.SHELL, run.request(), message_id=run.id)

    def _finish(self, run: Run, status: str) -> None:
        run.is_over = True
        self._records.ends(run.id)
        self._records.note(
            "finished", run.id, status=status, execution_count=run.count(), seconds=run.seconds()
        )

    def _finish_if_over(self) -> None:
        """Ends the run that both signs of the end came of; where one stays out the kernel is asked."""
        run = self._active
        if run is None or (run.reply is None and not run.idle):
            return
        if run.reply is None or not run.idle:
            asyncio.get_event_loop().call_later(_GRACE, self._doubt, run)
        else:
            self._end(run)

    def _doubt(self, run: Run) -> None:
        """One sign of the end stayed out: it comes no more once the kernel answers something else."""

        def answered(answer: Answer) -> None:
            if answer.message is not None:  # what it published before is on its way on another socket
                asyncio.get_event_loop().call_later(ASK_AGAIN, self._end, run)

        if run is self._active:
            self.ask(Channel.SHELL, Request("kernel_info_request", EMPTY), answered)

    def _end(self, run: Run) -> None:
        """Ends the active run, and goes on with the next."""
        if run is not self._active:
            return
        status = run.status()
        if not run.started and status in ("ok", "error"):
            self._begin(run)
        self._active = None
        self._finish(run, status)
        if status != "ok" and run.stops_on_error:
            self._cancel_all("aborted")
        self._send_next()
        self._rest_if_done()

    def _rest_if_done(self) -> None:
        if self._active is None and self._state.state is State.BUSY:
            self._enter(State.IDLE)

    # -- messages ----

    def _heard_iopub(self, message: WireMessage) -> None:
        self._readiness.heard()
        self._records.hears()
        if message.kind == "iopub_welcome":
            return
        if message.kind == "status":
            self._heard_status(message)
            return
        if message.kind == "debug_event":
            self._records.flush()  # what was printed before the code stopped is shown before that
            self._debugged(message.content)
            return
        run = self._runs.known.get(message.parent_id)
        if run is None:
            self._heard_of_comm(message)
            return
        if message.kind == "execute_input":
            self._heard_start(run, message)
            return
        if not run.started and run is self._active and message.kind in _OUTPUT:
            self._begin(run, message)
        if message.kind == "error":
            run.failed = True
        if not run.is_journaled and message.kind in COMM_KINDS:
            self._records.message(NO_RUN, "iopub", message)  # no output, for which the run would go on
        else:
            self._record_output(run, message)

    def _record_output(self, run: Run, message: WireMessage) -> None:
        if not run.is_journaled:
            self._continue(run)
        self._records.message(run.id, "iopub", message)

    def _heard_of_comm(self, message: WireMessage) -> None:
        """What a comm message leads to is output of the run that its widget is of, where there is one."""
        run_id = self._comms.run_of(message.parent_id)
        if run_id is None:
            if not self._questions.is_told_of(message):
                self._foreign.heard(message)
            return
        run = self._runs.known.get(run_id)
        if run is not None and message.kind in _OUTPUT:
            self._record_output(run, message)
        else:
            self._records.message(NO_RUN, "iopub", message)

    def _heard_start(self, run: Run, message: WireMessage) -> None:
        count = message.content.get("execution_count")
        run.execution_count = count if isinstance(count, int) else None
        if run is self._active and not run.started:
            self._records.message(run.id, "iopub", message)
            self._started(run, message.sent_at)

    def _begin(self, run: Run, message: WireMessage | None = None) -> None:
        """Begins the active run, of which the kernel does not say so; a message shows that it did."""
        if run.started or run is not self._active:
            return
        self._records.message(run.id, "iopub", run.beginning(message.header.get("date") if message else None))
        self._started(run, message.sent_at if message else None)

    def _started(self, run: Run, at: float | None) -> None:
        run.started, run.started_at = True, at
        if self._state.state is State.IDLE:
            self._enter(State.BUSY)
        if run.question is not None:  # it came on another socket, and sooner
            self._tell_question(run, run.question)

    def _heard_status(self, message: WireMessage) -> None:
        if (probed := self._probes.passed(message)) is not None:
            probed.idle = True
            if probed is self._active:
                self._finish_if_over()
        if message.content.get("execution_state") == "idle":
            self._comms.ended(message.parent_id)
        if self._questions.is_of_one(message) or self._state.state not in ACTIVE:
            return
        doing = message.content.get("execution_state")
        if doing == "busy":
            self._enter(State.BUSY)
        elif doing == "idle":
            active = self._active
            if active is not None and active.id == message.parent_id:
                active.idle = True
                active.ended_at = message.sent_at
                self._finish_if_over()
            else:
                self._foreign.ended(message.parent_id)
            self._rest_if_done()

    def _heard_reply(self, message: WireMessage) -> None:
        if self._questions.take(message):
            return
        active = self._active
        if active is None or message.kind != "execute_reply" or active.reply is not None:
            return
        # Only one run at a time is asked for: what names none of ours as its parent is of that one, too.
        if message.parent_id == active.id or message.parent_id not in self._runs.known:
            active.reply = message.content
            active.question = None
            self._records.message(active.id, "shell", message)
            self._finish_if_over()

    def _heard_stdin(self, message: WireMessage) -> None:
        active = self._active
        if active is None or message.kind != "input_request":
            return
        active.question = message  # whichever run it names: it waits for an answer, and no other can be asked
        if active.started:
            self._tell_question(active, message)
        else:
            asyncio.get_event_loop().call_later(_GRACE, self._begin, active)

    def _tell_question(self, run: Run, question: WireMessage) -> None:
        self._records.message(run.id, "stdin", question)
        self._changed()

    def _continue(self, run: Run) -> None:
        """More comes of a run that has been saved."""
        run.is_journaled = True
        self._records.note("queued", run.id, **queued(run, continues=True))
        if run.is_over:
            self._finish(run, run.status())
