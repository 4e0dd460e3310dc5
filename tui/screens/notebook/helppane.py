"""A pane below the notebook with what the kernel knows of the name at the cursor, which it follows."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from tui.render.rowops import text_row
from tui.render.rows import Role, Style
from tui.screens.notebook.explaining import help_rows
from tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kernelbridge.outputs import MimeBundle
    from tui.document.notebook import CellKey
    from tui.render.rows import Row
    from tui.screens.notebook.screen import Handler, NotebookScreen

_DELAY: Final = 0.3
"""Seconds that the cursor is to rest before the kernel is asked."""
_FEWEST_ROWS, _PART = 3, 3
_HINT: Final = "Help on the name at the cursor of an edited cell stands here."
_NOTHING: Final = text_row(_HINT, Style(Role.MUTED))


class HelpPane:
    """Open or not; asks one question at a time, and the newest again when the answer has come."""

    def __init__(self, screen: NotebookScreen) -> None:
        self._screen = screen
        self._pane: RowList | None = None
        self._shown: MimeBundle = {}
        self._at: tuple[CellKey, str, int] | None = None
        """The cell, its source and the cursor that were looked at last."""
        self._due: asyncio.TimerHandle | None = None
        self._is_asking = False

    def toggle(self) -> None:
        """Open it, or close it."""
        if self._pane is not None:
            self._pane.remove()
            self._pane = None
            return
        screen = self._screen
        self._pane = RowList(screen.palette, "surface", self._rows)
        self._pane.styles.height = max(_FEWEST_ROWS, screen.size.height // _PART)
        screen.mount(self._pane, after=screen.body)
        screen.call_after_refresh(screen.view.show_focus)
        self._at = None
        self.follow()

    def follow(self) -> None:
        """The cursor may be elsewhere."""
        at = self._now()
        if self._pane is None or at is None or at == self._at:
            return
        self._at = at
        self.end()
        self._due = asyncio.get_running_loop().call_later(_DELAY, self._ask)

    def end(self) -> None:
        """Ask nothing that was to be asked."""
        if self._due is not None:
            self._due.cancel()
            self._due = None

    def _now(self) -> tuple[CellKey, str, int] | None:
        screen = self._screen
        key = screen.state.focus
        return (
            (key, screen.focused_cell.source, screen.state.cursor(key).head) if screen.state.editing else None
        )

    def _ask(self) -> None:
        session = self._screen.controller.session
        if (
            self._pane is None
            or self._at is None
            or self._is_asking
            or session is None
            or not session.answers_now
        ):
            return
        at = self._at

        async def ask() -> None:
            self._is_asking = True
            found = await session.inspect(at[1], at[2])
            self._is_asking = False
            if found is not None and found.data:
                self._show(found.data)
            if at != self._at:
                self._ask()

        self._screen.run_worker(ask, group="help pane")

    def _show(self, data: MimeBundle) -> None:
        if data != self._shown and self._pane is not None and self._pane.is_attached:
            self._shown = data
            self._pane.rebuild()

    def _rows(self, width: int) -> Sequence[Row]:
        return help_rows(self._shown, self._screen.program.canvas, width) if self._shown else [_NOTHING]


HANDLERS: Mapping[str, Handler] = {"view.help-pane": lambda screen: screen.writing.help_pane.toggle()}
