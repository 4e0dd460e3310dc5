"""A pane with a prompt on the notebook's kernel: what is run there is of no cell, and goes into no file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.render.rowops import text_row
from tui.render.rows import Role, Row, Style
from tui.screens.othersrows import rows_of_scratch
from tui.widgets.hintline import Hint, Hints
from tui.widgets.pane import Pane
from tui.widgets.queryline import pasted, query_row, typed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events

    from kernelbridge.runstatus import RunId
    from tui.otherruns import OtherRuns
    from tui.theme import Palette

_HINTS = Hints(
    (
        Hint("Enter", "run"),
        Hint("Up Down", "earlier code"),
        Hint("PgUp PgDn", "scroll"),
        Hint("^C", "interrupt"),
        Hint("Esc", "notebook"),
    )
)


class ScratchPane(Pane):
    """Code is typed at the bottom; what it printed stands above, the newest last."""

    title = "Scratch"

    def __init__(
        self,
        others: OtherRuns,
        palette: Palette,
        run: Callable[[str], RunId | None],
        interrupt: Callable[[], None],
        let_go: Callable[[RunId], None],
    ) -> None:
        """`run` has code run as one of `others`, or gives None without a kernel; `let_go` forgets one."""
        super().__init__(palette)
        self._others = others
        self._run_code = run
        self._interrupt = interrupt
        self._let_go = let_go
        self._runs: list[RunId] = []
        self._code = ""
        self._earlier: list[str] = []
        self._at = 0
        """Which of the earlier pieces of code is shown; their number for none."""
        self._scrolled = 0
        """Rows that the newest are below what is in sight."""

    def heed_runs(self) -> None:
        """Something was printed."""
        self.draw()

    def ended(self) -> None:
        """Nobody wants what was printed."""
        for run in self._runs:
            self._let_go(run)

    def make_rows(self, width: int, height: int) -> Sequence[Row]:
        """What was run, as far as it is in sight, and the prompt."""
        rows: list[Row] = []
        for run_id in self._runs:
            if (run := self._others.get(run_id)) is not None:
                rows += rows_of_scratch(run, width)
        room = max(0, height - 1)
        self._scrolled = max(0, min(self._scrolled, len(rows) - room))
        end = len(rows) - self._scrolled
        prompt = query_row(self._code.replace("\n", "↵"), width, "code for the notebook's kernel")
        return [
            *rows[max(0, end - room) : end],
            prompt if self.has_keys else text_row(" ›", Style(Role.MUTED)),
        ]

    def hints(self) -> Hints:
        """What keys do here."""
        return _HINTS

    def take_paste(self, text: str) -> None:
        """Code, of several lines where it has them."""
        self._code = self._code + text.rstrip("\n") if "\n" in text else pasted(self._code, text)
        self.draw()

    def take_key(self, name: str, event: events.Key) -> bool:
        """Type, run, go back to what was run before."""
        page = max(1, self.size.height - 2)
        match name:
            case "escape":
                return False
            case "enter":
                self._submit()
            case "up" | "down":
                self._recall(-1 if name == "up" else 1)
            case "pageup" | "pagedown":
                self._scrolled += page if name == "pageup" else -page
            case "ctrl+c":
                self._stop()
            case _:
                code = typed(self._code, event)
                if code is None:
                    return False
                self._code = code
        self.draw()
        return True

    def _submit(self) -> None:
        code = self._code
        run = self._run_code(code) if code.strip() else None
        if run is not None:
            self._runs.append(run)
            self._earlier.append(code)
            self._at, self._code, self._scrolled = len(self._earlier), "", 0

    def _recall(self, step: int) -> None:
        self._at = max(0, min(self._at + step, len(self._earlier)))
        self._code = self._earlier[self._at] if self._at < len(self._earlier) else ""

    def _stop(self) -> None:
        """Interrupt what was run here; where nothing runs, forget what is typed."""
        runs = [self._others.get(run) for run in self._runs]
        if any(run is not None and run.status is None for run in runs):
            self._interrupt()
        else:
            self._code = ""
