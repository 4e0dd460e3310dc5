"""The kernel of one notebook: reached or launched beside the screen, never awaited by it."""

from __future__ import annotations

import asyncio
from os import getpid
from typing import TYPE_CHECKING

from kernelbridge.foundkernels import RunningNow
from kernelbridge.keeper.home.homes import KEEPERS, state_folder
from kernelbridge.keeper.home.machine import host
from kernelbridge.keeper.home.notebookplace import file_mark
from kernelbridge.kernelchoices import JoinKeeper, Target
from kernelbridge.state import Busy, Dead, KernelInfo, KernelState, Missing, NoKernel, Starting
from kernelbridge.transports.base import Connecting, LineState, Severed
from tui.kernelreach import state_on_opening
from tui.options import KeeperKernel, KernelChoice, Options, PickedKernel, WithoutKernel

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from pathlib import Path

    from kernelbridge.keeperframes import Attached
    from kernelbridge.outputs import JsonObject
    from kernelbridge.session import Session
    from tui.controller import Controller
    from tui.kernelevents import KernelEvents
    from tui.kernelreach import GoOnAt, Launch


class NotebookKernel:
    """Reaches, starts, restarts and leaves the kernel; what it tells goes to the controller."""

    def __init__(
        self,
        controller: Controller,
        options: Options,
        path: Path,
        changed: Callable[[], None],
        launch: Launch,
    ) -> None:
        self._controller = controller
        self._options = options
        self._choice: KernelChoice = options.kernel
        self._path = path
        self._changed = changed
        self._launch = launch
        self._without: Starting | NoKernel | Missing = state_on_opening(options.kernel)
        """The state while there is no session."""
        self._is_guest = isinstance(options.kernel, KeeperKernel) and options.kernel.is_guest
        """Whether the keeper is another notebook's: its kernel, and the right to edit that, are not ours."""
        self._insists = False
        """Whether the right to edit is ours whoever has it, and only still to be had from the keeper."""
        self._is_elsewhere = False
        """Whether the notebook was saved under another name since it was opened."""
        self._is_choosing = False
        self._events: KernelEvents | None = None
        self._description: tuple[str, ...] = ()
        self._host = ""
        self._keeper = ""
        self._go_on_at: GoOnAt | None = None
        self._wanted: JsonObject | None = None
        self._then: list[Callable[[], None]] = []
        """What waits for a session."""
        self._notebook_is_settled = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def state(self) -> KernelState:
        """What the kernel is doing."""
        session = self._controller.session
        return self._without if session is None else session.state

    @property
    def info(self) -> KernelInfo | None:
        """What the kernel said of itself."""
        session = self._controller.session
        return None if session is None else session.info

    @property
    def local_pid(self) -> int | None:
        """The kernel's process, where it is one of this machine."""
        session = self._controller.session
        is_here = session is not None and session.identity.host == host()
        return session.identity.pid if session is not None and is_here else None

    @property
    def line(self) -> LineState:
        """How it is with the line to its keeper."""
        session = self._controller.session
        return Connecting() if session is None else session.line

    @property
    def away(self) -> str:
        """Why the kernel's server is out of reach; empty where it is not."""
        session = self._controller.session
        return "" if session is None else session.identity.away

    @property
    def is_silent(self) -> bool:
        """Whether the keeper is connected and does not answer."""
        session = self._controller.session
        return session is not None and session.is_silent

    @property
    def keeper(self) -> str:
        """The keeper's id, as `tnb ps` has it; empty where it is not known, or on another machine."""
        session = self._controller.session
        return self._keeper or (session.identity.keeper if session is not None and not self._host else "")

    @property
    def description(self) -> tuple[str, ...]:
        """The kernel, its environment and its host, as far as they are known and worth telling."""
        session = self._controller.session
        if session is None or not session.identity.name:
            return self._description
        identity = session.identity
        where = self._host or (identity.host if identity.host != host() else "")
        return tuple(part for part in (identity.name, identity.environment, where) if part)

    @property
    def title(self) -> str:
        """What people call the kernel; empty where that is not known."""
        session = self._controller.session
        return "" if session is None else session.identity.display_name

    @property
    def writer(self) -> Attached | None:
        """Another frontend that has the right to edit; None where it is this one, or free."""
        others = (each for each in self._frontends if each.is_writer and not each.is_this)
        return None if self._insists else next(others, None)

    @property
    def may_edit(self) -> bool:
        """Whether the right to edit is this frontend's: one of all that a keeper has."""
        return self._insists or not self._frontends or self._has_right

    @property
    def _has_right(self) -> bool:
        return any(each.is_this and each.is_writer for each in self._frontends)

    @property
    def _frontends(self) -> Sequence[Attached]:
        session = self._controller.session
        return () if session is None or self._is_guest else session.frontends

    def insist(self) -> None:
        """Have the right to edit from now on, and have it from the keeper as soon as there is one."""
        self._insists = True

    def claim_if_free(self) -> None:
        """Ask for the right to edit where nobody has it any more; the first who asks gets it."""
        session = self._controller.session
        if self._has_right:
            self._insists = False
        elif session is not None and self._frontends and self.writer is None:
            session.claim(force=self._insists)

    @property
    def writer_name(self) -> str:
        """How to call the frontend that has the right to edit."""
        writer = self.writer
        if writer is None:
            return ""
        where = f" on {writer.host}" if writer.host not in ("", host()) else ""
        return f"another {writer.name} (process {writer.pid}{where})"

    @property
    def has_company(self) -> bool:
        """Whether others use the kernel by way of the keeper, too."""
        session = self._controller.session
        return session is not None and any(not each.is_this for each in session.frontends)

    def settle(self) -> int:
        """Let all that came take effect; up to which of the keeper's records the document has results."""
        session = self._controller.session
        if session is None or self._events is None:
            return 0
        self._events.flush_all()
        return 0 if self._events.is_catching_up else session.seq

    @property
    def is_catching_up(self) -> bool:
        """Whether what is told happened before this frontend came, or while it was away."""
        return self._events is None or self._events.is_catching_up

    def take_over(self) -> None:
        """Take the right to edit, whoever has it."""
        if self._controller.session is not None and not self._is_guest:
            self._controller.session.claim(force=True)

    def reconnect(self) -> None:
        """Try a line that was lost at once, and one that was given up anew."""
        session = self._controller.session
        if session is None:
            return
        if isinstance(session.line, Severed):
            self.start()
        else:
            session.reconnect()

    async def log_in(self) -> None:
        """Have a person log in on the terminal, which is free for that. Raises WayError."""
        if self._controller.session is not None:
            await self._controller.session.log_in()

    def start_on_opening(self) -> None:
        """Reach the kernel that the notebook has, or launch the one that it names, unless none is wanted."""
        if not isinstance(self._choice, WithoutKernel):
            self.start()

    def notebook_is_settled(self) -> None:
        """The cells are those that there are to be: what ran of them, and runs, may come into them now."""
        self._notebook_is_settled.set()

    def start(self, then: Callable[[], None] | None = None) -> None:
        """Start a kernel where there is none; `then` is done once runs can be asked for."""
        session = self._controller.session
        if session is not None and isinstance(session.line, Severed):
            self._controller.session = session = None  # the keeper has ended; another begins
        if session is not None:
            if isinstance(self.state, NoKernel) and self._wanted is not None:
                session.launch(self._wanted)
            if then is not None:
                then()
            return
        if then is not None:
            self._then.append(then)
        if not self._is_choosing:
            self._is_choosing = True
            self._enter(Starting())
            self._spawn(self._reach_and_open())

    @property
    def running(self) -> RunningNow | None:
        """What runs now, where something does."""
        session = self._controller.session
        if session is None or isinstance(session.state, NoKernel | Dead):
            return None
        identity, info = session.identity, session.info
        state = "busy" if isinstance(session.state, Busy) else "idle"
        language = "" if info is None else info.language
        title = identity.display_name or identity.name
        return RunningNow(identity.name, title, state, language, identity.environment, keeper=self.keeper)

    def switch(self, launch: Target, named: tuple[str, ...]) -> None:
        """Go on with another kernel, called `named`; the document stays."""
        self._description = named
        session = self._controller.session
        if isinstance(launch, JoinKeeper):
            self.leave_on_purpose()
            self._choice = KeeperKernel(state_folder() / KEEPERS / launch.keeper_id, is_guest=True)
            self._is_guest = True
            self._controller.session = None
            if session is not None:
                self._spawn(session.close())
            self.start()
            return
        self._choice = PickedKernel(launch)
        if session is None or isinstance(session.line, Severed):
            self.start()
        else:
            self._wanted = launch.to_json()
            session.launch(self._wanted)

    def interrupt(self) -> None:
        """Stop what runs, and cancel what waits behind it."""
        if self._controller.session is not None:
            self._controller.session.interrupt()

    def restart(self, then: Callable[[], None] | None = None) -> None:
        """A new process; `then` is done once runs can be asked for."""
        session = self._controller.session
        if session is None or isinstance(session.state, NoKernel):
            self.start(then)
            return
        session.restart()
        if then is not None:
            then()

    def answer(self, text: str) -> None:
        """Answer the code that waits for input."""
        if self._events is not None:
            self._events.answer(text)

    def shut_down(self) -> None:
        """End the kernel; the notebook stays."""
        if self._controller.session is not None:
            self._controller.session.shutdown()

    def leave_on_purpose(self) -> bool:
        """As the person quits: an idle kernel that nobody else uses ends, unless it is to be kept.

        Gives whether it was told to.
        """
        session = self._controller.session
        if session is None or self._controller.runs.active() or isinstance(session.state, Busy):
            return False
        return self._end_if_ours(session)

    def interrupt_and_leave(self) -> bool:
        """As the person quits, and wants nothing to go on; gives whether the kernel was told to end."""
        session = self._controller.session
        if session is None:
            return False
        session.interrupt()
        return self._end_if_ours(session)

    def _end_if_ours(self, session: Session) -> bool:
        is_to_stay = self._is_guest or self.has_company or self._options.config.kernel.keep_idle
        if not is_to_stay:
            session.shutdown()
        return not is_to_stay

    async def close(self) -> None:
        """Leave the keeper, which goes on with what it has."""
        for task in self._tasks:
            task.cancel()
        if self._controller.session is not None:
            await self._controller.session.close()

    async def _reach_and_open(self) -> None:
        metadata = self._metadata()

        launched = await asyncio.to_thread(self._launch, self._choice, metadata, self._path)
        if isinstance(launched, Missing):
            self._is_choosing = False
            self._then.clear()
            self._description = (launched.name,) if launched.name else ()
            self._enter(launched)
            return
        await self._notebook_is_settled.wait()
        mark = await asyncio.to_thread(file_mark, self._controller.path)
        self._is_choosing = False
        self._description, self._wanted = launched.description, launched.launch
        self._host, self._keeper, self._go_on_at = launched.host, launched.keeper, launched.go_on_at
        from kernelbridge.keeper.frontends import FrontendName
        from kernelbridge.session import Session
        from tui.kernelevents import KernelEvents

        self._events = KernelEvents(self._controller)
        name = FrontendName("tnb", getpid(), host(), edits=not self._is_guest)
        idle_limit = self._options.config.kernel.idle_hours * 3600
        session = Session(launched.way, self._events.deliver, name, idle_limit)
        if self._has_own_keeper:
            session.notebook_is_at(self._controller.path, mark, saved_as=self._is_elsewhere)
        self._controller.session = session
        session.open(launched.launch)
        waiting, self._then = self._then, []
        for then in waiting:
            then()
        self._changed()

    async def note_file(self) -> None:
        """The notebook was saved: the keeper is to know its new file again, should it be renamed."""
        session, path = self._controller.session, self._controller.path
        if session is not None and self._has_own_keeper:
            mark = await asyncio.to_thread(file_mark, path)
            session.notebook_is_at(path, mark, saved_as=self._is_elsewhere)

    async def note_new_place(self, path: Path) -> None:
        """The notebook was saved under another name: its kernel belongs to that now."""
        self._path = path
        self._is_elsewhere = True
        session, go_on_at = self._controller.session, self._go_on_at
        if session is not None and go_on_at is not None and not self._is_guest:
            notebook = go_on_at(self._controller.path, session.identity.keeper)
            session.notebook_is_at(notebook, "", saved_as=True)
        else:
            await self.note_file()

    @property
    def _has_own_keeper(self) -> bool:
        """Whether the keeper is the notebook's, and on its machine."""
        return not (self._is_guest or self._host)

    def _metadata(self) -> JsonObject:
        return self._controller.document.notebook.metadata

    def _enter(self, state: Starting | NoKernel | Missing) -> None:
        self._without = state
        self._changed()

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
