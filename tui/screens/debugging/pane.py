"""The pane of what has stopped: calls, variables, expressions; keys are those of Python's own debugger."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui.debugging.adapter import DebugError
from tui.debugging.debugger import Off, On, Step, Stopped
from tui.render.rowops import marked, text_row
from tui.render.rows import Role, Row, Style
from tui.sanitize import clean
from tui.screens.debugging.inspection import Entry, FailedEntry, FrameEntry, HeldEntry, Inspection, ScopeEntry
from tui.screens.debugging.rows import row_of
from tui.widgets.hintline import Hint, Hints
from tui.widgets.pane import Pane
from tui.widgets.queryline import pasted, query_row, typed

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from textual import events

    from tui.debugging.debugger import Debugger
    from tui.debugging.protocol import Frame
    from tui.theme import Palette

_HINTS = Hints(
    (
        Hint("n", "over"),
        Hint("s", "into"),
        Hint("o", "out"),
        Hint("c", "continue"),
        Hint("e", "evaluate"),
        Hint("Enter", "open"),
        Hint("x", "end"),
        Hint("Esc", "notebook"),
        Hint("arrows", "select"),
    )
)
_TYPING = Hints((Hint("Enter", "evaluate"), Hint("Esc", "back")))
_STEPS = {"n": Step.OVER, "s": Step.INTO, "o": Step.OUT, "r": Step.OUT, "c": Step.CONTINUE}


class DebugPane(Pane):
    """Shows what has stopped, as long as the debugger is on."""

    title = "Debugger"

    def __init__(
        self,
        debugger: Debugger,
        palette: Palette,
        place_of: Callable[[Frame], str],
        chosen: Callable[[], None],
        go: Callable[[Step], None],
        end: Callable[[], None],
    ) -> None:
        """`place_of` says where in the notebook a frame is; `chosen`: another one is looked at."""
        super().__init__(palette)
        self._debugger = debugger
        self._place_of = place_of
        self._chosen = chosen
        self._go = go
        self._end = end
        self._inspection: Inspection | None = None
        self._problem = ""
        self._expression: str | None = None
        """What is typed to be evaluated; None while nothing is being typed."""
        self._selected = 0
        self._top = 0

    @property
    def frame(self) -> Frame | None:
        """The call that is looked at."""
        return None if self._inspection is None else self._inspection.frame

    def on_mount(self) -> None:
        """It may have stopped already."""
        self.heed_debugger()

    def heed_debugger(self) -> None:
        """Code stopped, or went on."""
        state, known = self._debugger.state, self._inspection
        if isinstance(state, Stopped) and (known is None or known.stopped is not state):
            self._inspection = fresh = Inspection(self._debugger.adapter, state)
            if known is not None:
                fresh.keep_results(known)
            self._selected = self._top = 0
            self._work(fresh.look())
        self.draw()

    # -- what is shown ----

    def note(self) -> str:
        """What the debugger does."""
        if self._problem:
            return clean(self._problem.strip().rpartition("\n")[2])
        match self._debugger.state:
            case Stopped(reason=reason):
                return f"stopped: {clean(reason)}" if reason else "stopped"
            case On():
                return "waits for a breakpoint"
            case Off():
                return "off"

    def make_rows(self, width: int, height: int) -> Sequence[Row]:
        """What is typed, and the entries in sight."""
        entries = self._entries()
        typing = [] if self._expression is None else [query_row(self._expression, width, "an expression")]
        room = max(1, height - len(typing))
        self._selected = max(0, min(self._selected, len(entries) - 1))
        self._top = max(0, min(self._top, self._selected, len(entries) - room), self._selected - room + 1)
        rows = [row_of(entry, width, self._place_of) for entry in entries[self._top : self._top + room]]
        if not isinstance(self._debugger.state, Stopped):
            rows = [text_row(" code stops where a line has a breakpoint", Style(Role.MUTED))]
        at = self._selected - self._top
        return [*typing, *(self._marked(row, width) if y == at else row for y, row in enumerate(rows))]

    def _entries(self) -> list[Entry]:
        is_stopped = isinstance(self._debugger.state, Stopped)
        return self._inspection.entries() if is_stopped and self._inspection is not None else []

    def _marked(self, row: Row, width: int) -> Row:
        if not self.has_keys or self._expression is not None or not self._entries():
            return row
        return marked(row, width)

    # -- keys ----

    def hints(self) -> Hints:
        """What keys do here."""
        return _HINTS if self._expression is None else _TYPING

    def take_paste(self, text: str) -> None:
        """Text for the expression."""
        if self._expression is not None:
            self._expression = pasted(self._expression, text)
            self.draw()

    def take_key(self, name: str, event: events.Key) -> bool:
        """Step, look around, evaluate."""
        if self._expression is not None:
            is_known = self._type(name, event)
        elif name in _STEPS:
            self._go(_STEPS[name])
            is_known = True
        else:
            is_known = self._do(name)
        self.draw()
        return is_known

    def _type(self, name: str, event: events.Key) -> bool:
        expression = self._expression or ""
        if name in ("escape", "ctrl+c"):
            self._expression = None
        elif name == "enter":
            self._expression = None
            if expression.strip() and self._inspection is not None:
                self._selected = self._top = 0
                self._work(self._inspection.evaluate(expression.strip()))
        else:
            changed = typed(expression, event)
            if changed is None:
                return False
            self._expression = changed
        return True

    def _do(self, name: str) -> bool:
        page = max(1, self.size.height - 2)
        steps = {"up": -1, "k": -1, "down": 1, "j": 1, "pageup": -page, "pagedown": page}
        if name in steps:
            self._selected += steps[name]
        elif name == "home":
            self._selected = 0
        elif name == "end":
            self._selected = len(self._entries()) - 1
        elif name == "e" and isinstance(self._debugger.state, Stopped):
            self._expression = ""
        elif name == "x":
            self._end()
        elif name in ("enter", "space", "right", "left"):
            self._open_selected()
        else:
            return False
        return True

    def _open_selected(self) -> None:
        entries = self._entries()
        if self._inspection is None or self._selected >= len(entries):
            return
        match entries[self._selected]:
            case FrameEntry(frame):
                self._work(self._inspection.choose(frame))
            case ScopeEntry(scope):
                self._work(self._inspection.toggle(scope.reference))
            case HeldEntry(held):
                self._work(self._inspection.toggle(held.reference))
            case FailedEntry():
                pass

    def _work(self, work: Coroutine[None, None, None]) -> None:
        self.run_worker(partial(self._do_work, work), group="debugger")

    async def _do_work(self, work: Coroutine[None, None, None]) -> None:
        self._problem = ""
        try:
            await work
        except DebugError as error:
            self._problem = str(error) if isinstance(self._debugger.state, Stopped) else ""
        self._chosen()
        self.draw()
