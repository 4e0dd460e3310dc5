"""What a session tells, as rows above the prompt: own runs, those of others, and what befalls the kernel."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from kernelbridge.events import (
    CaughtUp,
    Displayed,
    DisplayUpdated,
    Event,
    ForeignRunStarted,
    FrontendsChanged,
    InputAnswered,
    InputRequested,
    JournalChanged,
    KernelInfoArrived,
    KernelStateChanged,
    LineChanged,
    NextInputSet,
    OutputEvent,
    PageArrived,
    RunFinished,
    RunQueued,
    RunStarted,
    SilenceChanged,
    StreamArrived,
)
from kernelbridge.runstatus import RunId, RunStatus
from kernelbridge.state import Dead, KernelInfo, KernelState, NoKernel, Restarting, Starting
from kernelbridge.transports.base import Connecting, LineState
from tui.console import notices
from tui.console.echo import echo_rows, foreign_rows
from tui.console.question import Question
from tui.console.transcript import Transcript
from tui.render.languages import PYTHON, Language, language_of
from tui.render.rows import Role

if TYPE_CHECKING:
    from kernelbridge.session import Session

_ENDS: Final = {
    RunStatus.ABORTED: "not run, as what ran before it failed",
    RunStatus.CANCELLED: "not run",
    RunStatus.LOST: "lost: the kernel ended under it",
}


@dataclass(slots=True)
class OwnRun:
    """Code of this console's that is not over."""

    code: str
    is_echoed: bool
    """Whether it stands above already."""


class Hearing:
    """Takes events, keeps the runs that are going on, and writes the transcript."""

    def __init__(self, transcript: Transcript, session: Session) -> None:
        self._transcript = transcript
        self._session = session
        self._kernel: KernelState = Starting()
        self._line: LineState = Connecting()
        self._mine: set[RunId] = set()
        self._others: dict[RunId, tuple[str, str]] = {}
        self._is_caught_up = False
        self._earlier: dict[RunId, list[Event]] = {}
        """What happened before, of runs that may still be going on."""
        self._earlier_count = 0
        self.own: dict[RunId, OwnRun] = {}
        """The oldest first."""
        self.number = 1
        """Of the next input."""
        self.language: Language = PYTHON
        self.question: Question | None = None
        self.next_input: str | None = None
        """What the kernel wants to stand in the next prompt."""
        self.status: int = 0
        """1 once something of ours failed."""

    @property
    def is_caught_up(self) -> bool:
        """Whether all that happened before this console came is known."""
        return self._is_caught_up

    def began(self, run: RunId, code: str, *, is_echoed: bool) -> None:
        """This console asked for a run."""
        self._mine.add(run)
        self.own[run] = OwnRun(code, is_echoed)

    def answered(self) -> None:
        """The question got its answer, which stays on the screen unless it is a password."""
        question, self.question = self.question, None
        if question is not None:
            typed = StreamArrived(question.asked.run, "stdin", question.echo)
            self._transcript.output(typed, is_own=True)

    def hear(self, event: Event) -> None:
        """Takes an event."""
        run: object = getattr(event, "run", None)
        if not self._is_caught_up and isinstance(run, str) and run not in self._mine:
            self._keep(RunId(run), event)
            return
        match event:
            case KernelStateChanged(state=state):
                self._kernel_changed(state)
            case KernelInfoArrived(info=info):
                self._info_came(info)
            case LineChanged():
                self._line_changed()
            case CaughtUp():
                self._catch_up()
            case JournalChanged(problem=problem):
                text = f"Output is not being kept: {problem}" if problem else "Output is being kept again."
                self._transcript.say(text, Role.WARNING)
            case SilenceChanged():
                self._transcript.say(*notices.of_silence(self._session))
            case FrontendsChanged():
                pass
            case _:
                self._hear_run(event)

    def _hear_run(self, event: Event) -> None:
        match event:
            case RunQueued(run=run, code=code, by=by) | ForeignRunStarted(run=run, code=code, by=by):
                if run not in self._mine:
                    self._others[run] = (code, by)
            case RunStarted(run=run, execution_count=count):
                self._started(run, count)
            case RunFinished():
                self._finished(event)
            case InputRequested(run=run, prompt=prompt):
                if run in self._mine:
                    self.question = Question(event)
                else:
                    self._transcript.say(f"{self._who(run)} is asked for a line: {prompt}", Role.WARNING)
            case InputAnswered(run=run):
                if self.question is not None and self.question.asked.run == run:
                    self.question = None
            case NextInputSet(run=run, text=text):
                if run in self._mine:
                    self.next_input = text
            case PageArrived(run=run, data=data):
                self._transcript.output(Displayed(run, data, {}, None), is_own=run in self._mine)
            case DisplayUpdated(run=run):
                self._transcript.update(event, is_own=run is None or run in self._mine)
            case _ if isinstance(event, OutputEvent):
                self._transcript.output(event, is_own=event.run in self._mine)
            case _:
                pass

    # -- runs ----

    def _started(self, run: RunId, count: int | None) -> None:
        number = self.number if count is None else count
        own = self.own.get(run)
        if own is not None:
            if not own.is_echoed:
                self._transcript.note(partial(echo_rows, own.code, str(number), self.language))
            own.is_echoed = True
        elif run not in self._mine:
            code, by = self._others.get(run, ("", ""))
            self._transcript.note(partial(foreign_rows, code, by, str(number), self.language))
        self._transcript.begin(run, is_own=run in self._mine)
        self.number = number + 1

    def _finished(self, event: RunFinished) -> None:
        run = event.run
        if event.execution_count is not None and event.status in (RunStatus.OK, RunStatus.ERROR):
            self.number = event.execution_count + 1
        self._transcript.end(run)
        if run not in self._mine:
            self._others.pop(run, None)
            self._transcript.part()
            return
        own = self.own.pop(run, None)
        if self.question is not None and self.question.asked.run == run:
            self.question = None
        if own is None:
            return
        if event.status is not RunStatus.OK:
            self.status = 1
        said = _ENDS.get(event.status)
        if said is not None and not (event.status is RunStatus.LOST and isinstance(self._kernel, Dead)):
            first_line = own.code.strip().split("\n", 1)[0]
            self._transcript.say(f"{said}: {first_line}", Role.WARNING)
        self._transcript.part()
        self._session.discard((run,))

    def _who(self, run: RunId) -> str:
        return self._others.get(run, ("", ""))[1] or "another frontend"

    # -- what happened before ----

    def _keep(self, run: RunId, event: Event) -> None:
        """Keeps what happened before this console came, of runs that are not over."""
        match event:
            case RunStarted(execution_count=count) | RunFinished(execution_count=count):
                self.number = max(self.number, (count or 0) + 1)
            case _:
                pass
        if isinstance(event, RunFinished):
            self._earlier_count += 1
            self._earlier.pop(run, None)
        else:
            self._earlier.setdefault(run, []).append(event)

    def _catch_up(self) -> None:
        if self._is_caught_up:
            return
        self._is_caught_up = True
        if self._earlier_count:
            runs = "1 run" if self._earlier_count == 1 else f"{self._earlier_count:,} runs"
            self._transcript.say(f"{runs} of before this console came, not shown here.")
        for events in self._earlier.values():
            if any(isinstance(event, RunQueued | ForeignRunStarted) for event in events):
                for event in events:
                    self._hear_run(event)
        self._earlier.clear()

    # -- the kernel and the line ----

    def _kernel_changed(self, state: KernelState) -> None:
        notice = notices.of_kernel(self._kernel, state)
        self._kernel = state
        if isinstance(state, Restarting | Dead | NoKernel):
            self.number, self.question = 1, None
        if notice is not None:
            self._transcript.say(*notice)

    def _line_changed(self) -> None:
        line = self._session.line
        notice = notices.of_line(self._line, line)
        if notice is not None:
            self._transcript.say(*notice)
        # While it is tried again it is connecting for a moment: that is no other state to a person.
        if not isinstance(line, Connecting):
            self._line = line

    def _info_came(self, info: KernelInfo) -> None:
        self.language = language_of(
            {
                "language_info": {
                    "name": info.language,
                    "pygments_lexer": info.pygments_lexer,
                    "file_extension": info.file_extension,
                }
            }
        )
        self._transcript.say(*notices.greeting(info, self._session.identity))
