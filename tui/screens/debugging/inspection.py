"""What a person looks at of code that has stopped: a call, variables as far as they are open, expressions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from tui.debugging.adapter import DebugError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.debugging.adapter import DebugAdapter
    from tui.debugging.debugger import Stopped
    from tui.debugging.protocol import Frame, Held, Scope


@dataclass(frozen=True, slots=True)
class FrameEntry:
    """A call."""

    frame: Frame
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ScopeEntry:
    """A group of variables."""

    scope: Scope
    is_open: bool


@dataclass(frozen=True, slots=True)
class HeldEntry:
    """A variable, or a part of one."""

    held: Held
    depth: int
    is_open: bool
    is_result: bool = False
    """Whether it is what an expression came to."""


@dataclass(frozen=True, slots=True)
class FailedEntry:
    """An expression that came to nothing, and why."""

    expression: str
    why: str


Entry: TypeAlias = FrameEntry | ScopeEntry | HeldEntry | FailedEntry


class Inspection:
    """Of one stop."""

    def __init__(self, adapter: DebugAdapter, stopped: Stopped) -> None:
        self._adapter = adapter
        self.stopped = stopped
        self.frame: Frame | None = stopped.frames[0] if stopped.frames else None
        """The call whose variables are shown."""
        self._scopes: Sequence[Scope] = ()
        self._open: set[int] = set()
        self._parts: dict[int, Sequence[Held]] = {}
        self._results: list[Held | FailedEntry] = []

    async def look(self) -> None:
        """Read the variables of the chosen call. Raises DebugError, as all here do."""
        if self.frame is None:
            return
        self._scopes = await self._adapter.scopes(self.frame.id)
        for scope in self._scopes[:1]:
            if not scope.is_costly:
                await self._unfold(scope.reference)

    async def choose(self, frame: Frame) -> None:
        """Look at another call."""
        self.frame = frame
        await self.look()

    async def toggle(self, reference: int) -> None:
        """Show the parts of something, or not any more."""
        if reference in self._open:
            self._open.discard(reference)
        elif reference:
            await self._unfold(reference)

    async def evaluate(self, expression: str) -> None:
        """What an expression comes to in the chosen call; what it changes is shown."""
        if self.frame is None:
            return
        try:
            self._results.append(await self._adapter.evaluate(expression, self.frame.id))
        except DebugError as error:
            self._results.append(FailedEntry(expression, str(error)))
        self._scopes = await self._adapter.scopes(self.frame.id)
        for reference in list(self._open & {scope.reference for scope in self._scopes}):
            self._parts[reference] = await self._adapter.variables(reference)

    def keep_results(self, earlier: Inspection) -> None:
        """Show what was evaluated at an earlier stop, too; their parts are gone with it."""
        self._results = [
            each if isinstance(each, FailedEntry) else type(each)(each.name, each.type_name, each.value, 0)
            for each in earlier._results
        ]

    def entries(self) -> list[Entry]:
        """What is shown, in order: results, calls, variables."""
        entries: list[Entry] = []
        for result in self._results:
            if isinstance(result, FailedEntry):
                entries.append(result)
            else:
                entries += self._held(result, 0, is_result=True)
        entries += [FrameEntry(frame, frame is self.frame) for frame in self.stopped.frames]
        for scope in self._scopes:
            entries.append(ScopeEntry(scope, scope.reference in self._open))
            entries += self._inner(scope.reference, 1)
        return entries

    def _held(self, held: Held, depth: int, *, is_result: bool = False) -> Iterator[Entry]:
        is_open = bool(held.reference) and held.reference in self._open
        yield HeldEntry(held, depth, is_open, is_result)
        if is_open:
            yield from self._inner(held.reference, depth + 1)

    def _inner(self, reference: int, depth: int) -> Iterator[Entry]:
        if reference in self._open:
            for part in self._parts.get(reference, ()):
                yield from self._held(part, depth)

    async def _unfold(self, reference: int) -> None:
        self._parts[reference] = await self._adapter.variables(reference)
        self._open.add(reference)
